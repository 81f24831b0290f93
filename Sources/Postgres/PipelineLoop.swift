internal import CLibPQ
internal import Glibc
internal import struct IndexDesign.Interrupts

/// Groups of statements over several connections at once: one `poll` loop for their sockets and an interrupt.
///
/// A connection is kept busy by a window of steps that are under way, and takes the next group as soon as it
/// has room; so the faster one does more. Sending and reading take turns, and no batch can block itself.
/// Source: PostgreSQL manual, "Pipeline Mode".
public struct PipelineLoop {
  /// How many steps are under way on a connection before it is given no further group: enough to fill a link
  /// of some milliseconds, and few enough that two connections end at about the same time.
  static let window = 64

  private let lanes: [PipelineLane]
  /// When a cancel request is sent next; nil when none is to be.
  private var nextCancel: ContinuousClock.Instant?
  /// Whether what is under way is being cancelled.
  private var isCancelling = false
  /// Whether the person has asked to stop.
  private var isInterrupted = false

  /// Takes connections on which nothing runs; the interrupts of the first one end a wait.
  public init(_ connections: [Connection]) { lanes = connections.map(PipelineLane.init) }

  /// Runs groups until none is left, or the person stops it.
  ///
  /// - Parameters:
  ///   - next: the next group for a connection, named by its index; nil when there is none at the moment. It is
  ///     asked again whenever an outcome has come, and for a connection that is lost no more.
  ///   - receive: takes an outcome; those of one connection come in the order of its groups.
  /// - Returns: false when an interrupt ended it: what was under way has been cancelled, which is told as
  ///   57014, and `next` was asked for nothing more.
  /// - Throws: `PostgresError` with code `.interrupted` after a second interrupt, or `.lost` when there is no way
  ///   to wait; the connections are given up then.
  public mutating func run(
    next: (_ connection: Int) -> [PipelineStep]?,
    receive: (_ outcome: PipelineOutcome, _ connection: Int) -> Void
  ) throws(PostgresError) -> Bool {
    defer { for lane in lanes { lane.leave() } }
    begin()
    while true {
      if !isCancelling { send(next) }
      if read(receive) { continue }
      guard lanes.contains(where: { !$0.isIdle }) else { return !isInterrupted }
      do { try wait() } catch {
        for lane in lanes { lane.connection.giveUp() }
        throw error
      }
    }
  }

  /// Hands a group to the only connection without waiting for anything.
  func send(_ group: [PipelineStep]) { lanes[0].send(group) }

  /// Waits for the outcome of the oldest group of the only connection.
  ///
  /// - Returns: nil when nothing is under way.
  /// - Throws: `PostgresError` as `run` does.
  mutating func nextOutcome() throws(PostgresError) -> PipelineOutcome? {
    begin()
    while true {
      if let outcome = lanes[0].nextOutcome() { return outcome }
      guard !lanes[0].isIdle else { return nil }
      do { try wait() } catch {
        lanes[0].connection.giveUp()
        throw error
      }
    }
  }

  /// Reads what is under way, cancels it when that takes long, and leaves the connections as they were.
  mutating func end() {
    defer { for lane in lanes { lane.leave() } }
    begin(cancellingAt: .now + .milliseconds(100))
    while lanes.contains(where: { !$0.isIdle }) {
      if read({ _, _ in }) { continue }
      do { try wait() } catch {
        for lane in lanes { lane.connection.giveUp() }
        return
      }
    }
  }

  private mutating func begin(cancellingAt due: ContinuousClock.Instant? = nil) {
    (nextCancel, isCancelling, isInterrupted) = (due, false, false)
  }

  private func send(_ next: (Int) -> [PipelineStep]?) {
    for (index, lane) in lanes.enumerated() {
      while lane.stepsUnderWay < Self.window, lane.connection.isAlive, let group = next(index) {
        lane.send(group)
      }
    }
  }

  /// Whether an outcome came.
  private func read(_ receive: (PipelineOutcome, Int) -> Void) -> Bool {
    var hasRead = false
    for (index, lane) in lanes.enumerated() {
      while let outcome = lane.nextOutcome() {
        hasRead = true
        receive(outcome, index)
        // A cancel request stops one statement, and there may be more behind it.
        if isCancelling, !lane.isIdle { lane.connection.cancel() }
      }
    }
    return hasRead
  }

  private mutating func wait() throws(PostgresError) {
    let waiting = lanes.filter { !$0.isIdle }
    let interrupts = lanes.first?.connection.interrupts
    var entries = waiting.map { lane in
      pollfd(
        fd: PQsocket(lane.connection.handle), events: Int16(POLLIN) | (lane.isSending ? Int16(POLLOUT) : 0),
        revents: 0)
    }
    if let interrupts {
      entries.append(pollfd(fd: interrupts.fileDescriptor, events: Int16(POLLIN), revents: 0))
    }
    let timeout = nextCancel.map { max(0, Int32(($0 - .now).milliseconds.rounded(.up))) } ?? -1
    waiting.first?.connection.beginWaiting()
    let count = Connection.pollInPieces(&entries, timeout, interrupts?.whileWaiting)
    waiting.first?.connection.endWaiting()
    if count < 0, errno != EINTR { throw PostgresError(.lost, "could not wait for the server") }
    if count > 0, let interrupts, entries[waiting.count].revents != 0, interrupts.take() {
      guard !isInterrupted else {
        throw PostgresError(.interrupted, "the server did not answer to a cancel request")
      }
      isInterrupted = true
      nextCancel = .now
    }
    if let due = nextCancel, due <= .now {
      isCancelling = true
      // A request that comes before the statement has begun is lost, so it is repeated.
      for lane in waiting { lane.connection.cancel() }
      nextCancel = .now + .milliseconds(400)
    }
    // A failed read is told through the result that PQgetResult makes of it.
    for (lane, entry) in zip(waiting, entries) where count > 0 && entry.revents != 0 {
      _ = PQconsumeInput(lane.connection.handle)
    }
  }
}
