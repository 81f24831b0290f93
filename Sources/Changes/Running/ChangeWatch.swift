internal import IndexDesign
internal import Postgres
internal import Server

/// Looks, beside a running statement, at how far it is and whom it waits for.
final class ChangeWatch {
  /// The index that our own build was seen to make; nil before it was.
  private(set) var seenIndex: UInt32?
  /// Called once, with the index that our own build makes.
  var onIndex: (UInt32) -> Void = { _ in }
  /// Whom the statement last waited for.
  private(set) var lastBlockers: [BlockingTransaction] = []

  private let change: ChangeConnection
  private let table: UInt32
  private let tell: (BuildProgress) -> Void
  private var pid: Int32
  private var started = ContinuousClock.now
  private var lastTold: ContinuousClock.Instant?

  /// - Parameters:
  ///   - table: its object id; 0 for none.
  ///   - tell: called about once a second while something runs.
  init(_ change: ChangeConnection, table: UInt32, tell: @escaping (BuildProgress) -> Void) {
    self.change = change
    self.table = table
    self.tell = tell
    pid = change.backendPID
  }

  /// Starts to count the time of a new statement.
  func begin() {
    pid = change.backendPID
    started = .now
    lastTold = nil
    lastBlockers = []
  }

  /// Looks at a build: until its index is known each time, then once a second.
  func beat() {
    let isDue = lastTold.map { .now - $0 >= .seconds(1) } ?? (.now - started >= .milliseconds(300))
    guard seenIndex == nil || isDue else { return }
    let row = look()
    guard isDue else { return }
    lastTold = .now
    lastBlockers = row.map { $0.phase.hasPrefix("waiting") } ?? true ? blockers(row?.lockerPID) : []
    let elapsed = ContinuousClock.now - started
    tell(
      row.map { BuildProgress(row: $0, waitsFor: lastBlockers, elapsed: elapsed) }
        ?? BuildProgress("waiting for a lock on the table", waitsFor: lastBlockers, elapsed: elapsed))
  }

  /// Looks at a statement that the server reports no progress of.
  func beat(_ phase: String) {
    guard lastTold.map({ .now - $0 >= .seconds(1) }) ?? true else { return }
    lastTold = .now
    lastBlockers = blockers(nil)
    tell(BuildProgress(phase, waitsFor: lastBlockers, elapsed: .now - started))
  }

  /// Reads the progress and remembers which index is ours.
  @discardableResult func look() -> ProgressRow? {
    guard let rows = try? change.ask(ProgressRow.query, [String(pid)]) else { return nil }
    let row = ProgressRow(rows: rows)
    if seenIndex == nil, let index = row?.indexObjectID {
      seenIndex = index
      onIndex(index)
    }
    return row
  }

  private func blockers(_ locker: Int32?) -> [BlockingTransaction] {
    let rows = try? change.ask(
      "SELECT " + BlockingTransaction.columns
        + " FROM pg_stat_activity a WHERE a.pid = ANY (pg_blocking_pids($1)) OR a.pid = $2 ORDER BY a.xact_start",
      [String(pid), locker.map { String($0) }])
    // A prepared transaction has no process; pg_blocking_pids calls it 0.
    let found = (rows ?? []).map(BlockingTransaction.init(row:))
    guard found.isEmpty else { return found }
    return ((try? change.ask(BlockingTransaction.preparedQuery, [String(table)])) ?? [])
      .map(BlockingTransaction.init(row:))
  }
}
