internal import CLibPQ
internal import Glibc
public import struct IndexDesign.Interrupts

/// One libpq connection: its only owner, used from one thread.
///
/// Every wait polls the socket together with the interrupts, so that Ctrl-C always reaches the
/// server. Source: PostgreSQL manual, "libpq - C Library".
public final class Connection {
  /// What the connection does inside a transaction block.
  public enum TransactionStatus: Sendable {
    /// No transaction is open.
    case idle
    /// A transaction is open and well.
    case open
    /// A transaction is open and has failed; only its end is accepted.
    case failed
    /// A statement is running or the connection is lost.
    case unknown
  }

  let handle: OpaquePointer
  let interrupts: Interrupts?
  private let waiting: WaitingTime?
  private let tap: SentStatementsTap?
  /// When what is under way was sent; nil once the server has answered. The server may work, and even be
  /// done, before anybody gets to wait for it.
  private var sentAt: ContinuousClock.Instant?
  private let notices: NoticeBox
  /// Whether the connection is given up though its socket may still stand: the server has said goodbye,
  /// or what runs on it can no longer be told apart from what is sent next.
  private var isGivenUp = false

  /// Opens a connection.
  ///
  /// - Parameters:
  ///   - parameters: what to connect to; `client_encoding` is set to UTF8.
  ///   - interrupts: what ends a wait early; nil never does.
  ///   - waiting: counts the time that is waited for the server; nil counts nothing.
  ///   - tap: is told what is sent; nil is not.
  ///   - password: asked once when the server wants a password and none was found; nil from it gives up.
  /// - Throws: `PostgresError` with code `.connection`, `.passwordNeeded` or `.interrupted`.
  public init(
    _ parameters: ConnectionParameters, interrupts: Interrupts? = nil, waiting: WaitingTime? = nil,
    tap: SentStatementsTap? = nil, password: (() -> String?)? = nil
  ) throws(PostgresError) {
    var parameters = parameters
    parameters["client_encoding"] = "UTF8"
    var handle = try Self.open(parameters, interrupts, waiting)
    var typedPassword: String?
    if PQstatus(handle) != CONNECTION_OK, PQconnectionNeedsPassword(handle) == 1 {
      guard let typed = password?() else {
        let message = Self.message(of: handle)
        PQfinish(handle)
        throw PostgresError(.passwordNeeded, message)
      }
      PQfinish(handle)
      parameters["password"] = typed
      typedPassword = typed
      handle = try Self.open(parameters, interrupts, waiting)
    }
    guard PQstatus(handle) == CONNECTION_OK else {
      let message = Self.message(of: handle)
      let needed = PQconnectionNeedsPassword(handle) == 1
      PQfinish(handle)
      throw PostgresError(needed ? .passwordNeeded : .connection, message)
    }
    self.handle = handle
    self.interrupts = interrupts
    self.waiting = waiting
    self.tap = tap
    self.typedPassword = typedPassword
    notices = NoticeBox()
    PQsetnonblocking(handle, 1)
    // The box outlives the connection: `deinit` finishes the handle before the box is released.
    PQsetNoticeReceiver(
      handle,
      { context, result in
        guard let context else { return }
        Unmanaged<NoticeBox>.fromOpaque(context).takeUnretainedValue().add(result)
      }, Unmanaged.passUnretained(notices).toOpaque())
  }

  deinit { withExtendedLifetime(notices) { PQfinish(handle) } }

  // MARK: Facts

  /// The process id of the backend that libpq was told at connect; a pooler tells its own number.
  public var backendPID: Int32 { PQbackendPID(handle) }

  /// The server's version as a number, such as 150018; 0 when the connection is lost.
  public var serverVersion: Int { Int(PQserverVersion(handle)) }

  /// Where the connection is with its transaction.
  public var transactionStatus: TransactionStatus {
    switch PQtransactionStatus(handle) {
    case PQTRANS_IDLE: .idle
    case PQTRANS_INTRANS: .open
    case PQTRANS_INERROR: .failed
    default: .unknown
    }
  }

  /// Whether the connection still stands as far as is known without asking the server.
  public var isAlive: Bool { PQstatus(handle) == CONNECTION_OK && !isGivenUp && !notices.hasFatal }

  /// Whether the server has closed its end since the last statement; costs no round trip.
  public var wasClosedByServer: Bool {
    guard isAlive else { return true }
    var entry = pollfd(fd: PQsocket(handle), events: Int16(POLLIN), revents: 0)
    while poll(&entry, 1, 0) > 0 {
      guard PQconsumeInput(handle) == 1 else { return true }
      // Reads what has come: the server's last words may be here before the end of the stream is.
      _ = PQisBusy(handle)
      if notices.hasFatal { return true }
      entry.revents = 0
    }
    return !isAlive
  }

  /// The password that was typed for this connection, so that a second one need not ask again; nil when it
  /// was found or none was needed.
  ///
  /// What a password file holds for one host is not for the others, and may be another one the next time.
  public let typedPassword: String?

  /// The host, the socket folder or address that was reached; the one of several that answered.
  public var host: String { PQhost(handle).map { String(cString: $0) } ?? "" }

  /// The address that was reached; empty for a socket folder.
  public var hostAddress: String { PQhostaddr(handle).map { String(cString: $0) } ?? "" }

  /// The port that was reached.
  public var port: String { PQport(handle).map { String(cString: $0) } ?? "" }

  /// The database.
  public var database: String { PQdb(handle).map { String(cString: $0) } ?? "" }

  /// The role that was logged in.
  public var user: String { PQuser(handle).map { String(cString: $0) } ?? "" }

  /// Whether the traffic is encrypted.
  public var usesTLS: Bool { PQsslInUse(handle) == 1 }

  // MARK: Statements

  /// Runs one statement and waits for its result.
  ///
  /// It goes by the extended protocol, so the server itself refuses a second statement.
  /// - Parameter parameters: values for `$1` …, in text format; nil is NULL.
  /// - Throws: `PostgresError` with code `.statement`, `.lost` or `.interrupted`.
  public func query(
    _ sql: String, _ parameters: [String?] = [], heartbeat: Heartbeat? = nil
  ) throws(PostgresError) -> QueryResult {
    notices.clear()
    try sent(send(sql, parameters))
    return try lastResult(heartbeat)
  }

  /// Runs a text by the simple protocol; the last result counts. For fixed texts of several statements only.
  public func script(_ sql: String) throws(PostgresError) -> QueryResult {
    notices.clear()
    beginWaiting()
    tap?.add(sql)
    try sent(PQsendQuery(handle, sql))
    return try lastResult(nil)
  }

  func send(_ sql: String, _ parameters: [String?]) -> CInt {
    beginWaiting()
    tap?.add(sql, parameters)
    return Self.withCStrings(parameters) {
      PQsendQueryParams(handle, sql, CInt(parameters.count), nil, $0, nil, nil, 0)
    }
  }

  func send(_ step: PipelineStep) -> CInt {
    switch step {
    case .query(let sql, let parameters): send(sql, parameters)
    case .prepare(let name, let sql, let types): sendPrepare(name, sql, types)
    }
  }

  private func sendPrepare(_ name: String, _ sql: String, _ types: [UInt32]) -> CInt {
    beginWaiting()
    tap?.add(sql)
    return PQsendPrepare(handle, name, sql, CInt(types.count), types)
  }

  func sent(_ answer: CInt) throws(PostgresError) {
    guard answer == 1 else {
      throw PostgresError(isAlive ? .statement : .lost, Self.message(of: handle))
    }
  }

  private func lastResult(_ heartbeat: Heartbeat?) throws(PostgresError) -> QueryResult {
    var last: QueryResult?
    var failure: PostgresError?
    while let result = try nextResult(heartbeat) {
      defer { PQclear(result) }
      switch PQresultStatus(result) {
      case PGRES_COMMAND_OK, PGRES_TUPLES_OK, PGRES_EMPTY_QUERY:
        last = QueryResult(result, notices: notices.all)
      case PGRES_COPY_IN, PGRES_COPY_OUT, PGRES_COPY_BOTH: throw copyStarted()
      default: failure = failure ?? failed(result)
      }
    }
    if let failure { throw failure }
    guard let last else { throw PostgresError(.lost, Self.message(of: handle)) }
    return last
  }

  /// The error of a failed result. What the server calls fatal is its last word on this connection.
  func failed(_ result: OpaquePointer) -> PostgresError {
    if PostgresError.isFatal(result) { isGivenUp = true }
    return PostgresError(result: result, lost: !isAlive)
  }

  /// Nothing that is sent from here copies; a connection in this state is of no use any more.
  func copyStarted() -> PostgresError {
    giveUp()
    return PostgresError(.lost, "the server started a COPY, which is not supported here")
  }

  /// Sends nothing more over it: what comes can no longer be told apart.
  public func giveUp() { isGivenUp = true }

  func clearNotices() { notices.clear() }

  /// The notices that came since they were last cleared.
  var takenNotices: [ServerNotice] { notices.all }

  // MARK: Waiting

  /// The next result of what was sent, nil after the last one.
  func nextResult(_ heartbeat: Heartbeat? = nil) throws(PostgresError) -> OpaquePointer? {
    // When the next cancel request is due; nil until somebody asked to stop.
    var nextCancel: ContinuousClock.Instant?
    var nextBeat = heartbeat.map { ContinuousClock.now + $0.interval }
    while true {
      let unsent = PQflush(handle)
      // A failed flush or read is told through the result that PQgetResult makes of it.
      if unsent >= 0, PQisBusy(handle) == 1 {
        let events = Int16(POLLIN) | (unsent == 1 ? Int16(POLLOUT) : 0)
        let due = [nextBeat, nextCancel].compactMap { $0 }.min()
        let timeout = due.map { max(0, Int32(($0 - .now).milliseconds.rounded(.up))) } ?? -1
        beginWaiting()
        let wake = try Self.wait(PQsocket(handle), events, interrupts, timeout)
        endWaiting()
        switch wake {
        case .ready: if PQconsumeInput(handle) == 0 { return PQgetResult(handle) }
        case .timedOut: break
        case .interrupted:
          guard nextCancel == nil else {
            isGivenUp = true
            throw PostgresError(.interrupted, "the server did not answer to a cancel request")
          }
          nextCancel = .now
        }
        if let due = nextCancel, due <= .now {
          // A request that comes before the statement has begun is lost, so it is repeated.
          cancel()
          nextCancel = .now + .milliseconds(400)
        }
        if let heartbeat, let due = nextBeat, due <= .now {
          heartbeat.beat()
          nextBeat = .now + heartbeat.interval
        }
      } else {
        endWaiting()
        return PQgetResult(handle)
      }
    }
  }

  func beginWaiting() { sentAt = sentAt ?? .now }

  func endWaiting() {
    if let sentAt { waiting?.add(since: sentAt) }
    sentAt = nil
  }

  /// Asks the server to stop what this connection runs; the statement then fails with 57014.
  public func cancel() {
    guard let request = PQgetCancel(handle) else { return }
    defer { PQfreeCancel(request) }
    var message = [CChar](repeating: 0, count: 256)
    PQcancel(request, &message, CInt(message.count))
  }

  private enum Wake { case ready, interrupted, timedOut }

  private static func wait(
    _ socket: CInt, _ events: Int16, _ interrupts: Interrupts?, _ timeout: Int32
  ) throws(PostgresError) -> Wake {
    var entries = [pollfd(fd: socket, events: events, revents: 0)]
    if let interrupts {
      entries.append(pollfd(fd: interrupts.fileDescriptor, events: Int16(POLLIN), revents: 0))
    }
    let count = pollInPieces(&entries, timeout, interrupts?.whileWaiting)
    if count < 0, errno != EINTR { throw PostgresError(.lost, "could not wait for the server") }
    if count > 0, entries.count > 1, entries[1].revents != 0, interrupts?.take() == true {
      return .interrupted
    }
    return count > 0 && entries[0].revents != 0 ? .ready : .timedOut
  }

  /// `poll` in pieces of a tenth of a second, with something to do before each.
  static func pollInPieces(_ entries: inout [pollfd], _ timeout: CInt, _ beat: (() -> Void)?) -> CInt {
    let count = nfds_t(entries.count)
    guard let beat else { return Glibc.poll(&entries, count, timeout) }
    let deadline = timeout < 0 ? nil : ContinuousClock.now + .milliseconds(timeout)
    while true {
      beat()
      let left = deadline.map { max(0, Int32(($0 - .now).milliseconds.rounded(.up))) } ?? .max
      let found = Glibc.poll(&entries, count, min(left, 100))
      if found != 0 || left <= 100 { return found }
    }
  }

  // MARK: Opening

  private static func open(
    _ parameters: ConnectionParameters, _ interrupts: Interrupts?, _ waiting: WaitingTime?
  ) throws(PostgresError) -> OpaquePointer {
    let start = ContinuousClock.now
    defer { waiting?.add(since: start) }
    let names = parameters.values.keys.sorted()
    let started = withCStrings(names.map { $0 } + [nil]) { keywords in
      withCStrings(names.map { parameters[$0] } + [nil]) { PQconnectStartParams(keywords, $0, 0) }
    }
    guard let handle = started else { throw PostgresError(.connection, "out of memory") }
    let deadline = Self.seconds(parameters, handle).map { ContinuousClock.now + .seconds($0) }
    var state = PGRES_POLLING_WRITING
    while PQstatus(handle) != CONNECTION_BAD, state == PGRES_POLLING_READING || state == PGRES_POLLING_WRITING
    {
      let events = state == PGRES_POLLING_READING ? Int16(POLLIN) : Int16(POLLOUT)
      let left = deadline.map { Int32(max(0, ($0 - .now).milliseconds)) } ?? -1
      var wake = Wake.timedOut
      do { wake = try wait(PQsocket(handle), events, interrupts, left) } catch {
        PQfinish(handle)
        throw error
      }
      switch wake {
      case .ready: state = PQconnectPoll(handle)
      case .interrupted:
        PQfinish(handle)
        throw PostgresError(.interrupted, "the connection attempt was cancelled")
      case .timedOut where deadline.map { $0 <= .now } == true:
        PQfinish(handle)
        throw PostgresError(.connection, "the connection attempt timed out")
      case .timedOut: break
      }
    }
    return handle
  }

  /// libpq applies `connect_timeout` only in its blocking calls, so it is read and kept here.
  private static func seconds(_ parameters: ConnectionParameters, _ handle: OpaquePointer) -> Int? {
    guard let options = PQconninfo(handle) else { return nil }
    defer { PQconninfoFree(options) }
    let seconds = ConnectionParameters.values(of: options)["connect_timeout"].flatMap { Int($0) } ?? 0
    return seconds > 0 ? max(2, seconds) : nil
  }

  static func message(of handle: OpaquePointer) -> String {
    PostgresError.trimmed(String(cString: PQerrorMessage(handle)))
  }

  static func withCStrings<Result>(
    _ strings: [String?], _ body: (UnsafePointer<UnsafePointer<CChar>?>) -> Result
  ) -> Result {
    let copies = strings.map { $0.map { strdup($0) } ?? nil }
    defer { for copy in copies { free(copy) } }
    return copies.map { UnsafePointer($0) }.withUnsafeBufferPointer { buffer in
      buffer.baseAddress.map(body) ?? withUnsafePointer(to: nil) { body($0) }
    }
  }
}

extension Duration {
  /// The whole length in milliseconds.
  var milliseconds: Double {
    Double(components.seconds) * 1_000 + Double(components.attoseconds) / 1e15
  }
}

/// Notices arrive by a C callback; the box is its context.
private final class NoticeBox {
  private(set) var all: [ServerNotice] = []
  /// Whether the server ended the connection with a message that belongs to no statement.
  private(set) var hasFatal = false

  func clear() { all.removeAll(keepingCapacity: true) }

  func add(_ result: OpaquePointer?) {
    if let result, PostgresError.isFatal(result) { hasFatal = true }
    func field(_ code: UInt8) -> String? {
      PQresultErrorField(result, CInt(code)).map { String(cString: $0) }
    }
    all.append(
      ServerNotice(
        severity: field(UInt8(ascii: "V")) ?? "NOTICE", message: field(UInt8(ascii: "M")) ?? "",
        sqlState: field(UInt8(ascii: "C")), routine: field(UInt8(ascii: "R"))))
  }
}
