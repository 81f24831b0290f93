internal import CLibPQ
internal import Glibc

/// A libpq connection that never waits: its user polls the descriptor and calls `next` when it is ready.
///
/// One statement at a time, its rows one by one. Used from one thread. Source: PostgreSQL manual, "Database
/// Connection Control Functions", "Asynchronous Command Processing", "Retrieving Query Results Row-by-Row".
public final class PolledConnection {
  /// What came.
  public enum Step: Equatable, Sendable {
    /// Nothing yet: poll the descriptor.
    case wait
    /// The connection stands, or the statement has ended: `send` may be called.
    case idle
    /// One row in text format; nil is SQL's NULL.
    case row([String?])
  }

  private let handle: OpaquePointer
  private var opening: PostgresPollingStatusType? = PGRES_POLLING_WRITING
  private var failure: PostgresError?
  /// Whether bytes wait for the socket to take them.
  private var isSending = false

  /// Begins to open a connection.
  ///
  /// A host name is looked up at once and may make the caller wait; with `hostaddr` nothing does.
  /// - Throws: `PostgresError` with code `.connection` for parameters that lead nowhere.
  public init(_ parameters: ConnectionParameters) throws(PostgresError) {
    var parameters = parameters
    parameters["client_encoding"] = "UTF8"
    let names = parameters.values.keys.sorted()
    let started = Connection.withCStrings(names.map { $0 } + [nil]) { keywords in
      Connection.withCStrings(names.map { parameters[$0] } + [nil]) { PQconnectStartParams(keywords, $0, 0) }
    }
    guard let started else { throw PostgresError(.connection, "out of memory") }
    guard PQstatus(started) != CONNECTION_BAD else {
      let message = Connection.message(of: started)
      PQfinish(started)
      throw PostgresError(.connection, message)
    }
    handle = started
    // Nobody hears the notices of a connection in the background.
    PQsetNoticeReceiver(handle, { _, _ in }, nil)
  }

  deinit {
    // Without it the server would go on with the statement, and keep its snapshot, until it has rows to send.
    if PQtransactionStatus(handle) == PQTRANS_ACTIVE, let cancel = PQgetCancel(handle) {
      var message = [CChar](repeating: 0, count: 256)
      PQcancel(cancel, &message, CInt(message.count))
      PQfreeCancel(cancel)
    }
    PQfinish(handle)
  }

  /// The descriptor to poll, which may be another one after each `next`; −1 when there is none.
  public var descriptor: CInt { PQsocket(handle) }

  /// Whether the descriptor is polled for writing; otherwise for reading.
  public var wantsToWrite: Bool { opening.map { $0 == PGRES_POLLING_WRITING } ?? isSending }

  /// Sends one statement; only after `.idle`. Values are in text format, nil is NULL.
  public func send(_ sql: String, _ parameters: [String?] = []) throws(PostgresError) {
    let sent = Connection.withCStrings(parameters) {
      PQsendQueryParams(handle, sql, CInt(parameters.count), nil, $0, nil, nil, 0)
    }
    guard sent == 1, PQsetSingleRowMode(handle) == 1 else { throw lost() }
    isSending = PQflush(handle) == 1
  }

  /// Goes on as far as is possible without waiting.
  ///
  /// - Throws: `PostgresError` with code `.connection`, `.passwordNeeded`, `.statement` or `.lost`. After a
  ///   failed statement the connection can be asked again once `next` has answered `.idle`.
  public func next() throws(PostgresError) -> Step {
    if opening != nil { return try open() }
    while true {
      if isSending { isSending = PQflush(handle) == 1 }
      if PQisBusy(handle) == 1 {
        guard PQconsumeInput(handle) == 1 else { throw lost() }
        if PQisBusy(handle) == 1 { return .wait }
      }
      guard let result = PQgetResult(handle) else {
        if let failure {
          self.failure = nil
          throw failure
        }
        guard PQstatus(handle) == CONNECTION_OK else { throw lost() }
        return .idle
      }
      defer { PQclear(result) }
      switch PQresultStatus(result) {
      case PGRES_SINGLE_TUPLE:
        var bytes = 0
        return .row(QueryResult.row(0, of: result, width: Int(PQnfields(result)), bytes: &bytes))
      case PGRES_COMMAND_OK, PGRES_TUPLES_OK, PGRES_EMPTY_QUERY: break
      default: failure = PostgresError(result: result, lost: PQstatus(handle) != CONNECTION_OK)
      }
    }
  }

  private func open() throws(PostgresError) -> Step {
    let state = PQconnectPoll(handle)
    opening = state
    switch state {
    case PGRES_POLLING_OK:
      opening = nil
      guard PQsetnonblocking(handle, 1) == 0 else { throw lost() }
      return .idle
    case PGRES_POLLING_FAILED:
      throw PostgresError(
        PQconnectionNeedsPassword(handle) == 1 ? .passwordNeeded : .connection, Connection.message(of: handle)
      )
    default: return .wait
    }
  }

  private func lost() -> PostgresError { PostgresError(.lost, Connection.message(of: handle)) }
}
