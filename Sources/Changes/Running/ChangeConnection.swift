internal import Glibc
internal import IndexDesign
internal import Postgres
internal import Server

/// The short-lived connections of one change: one that changes, one that watches it.
///
/// They are the session's own in everything but its settings: the same server, role and password.
/// Neither is the analysis session, which keeps its read-only transactions and its designs.
final class ChangeConnection {
  /// Both connections read the same signal, so whichever takes it leaves word here.
  private final class CancelState {
    var isWanted = false
    var isSent = false
    var before: () -> Void = {}
  }

  private let session: Session
  private let state = CancelState()
  private let settings: [String: String]
  private let watchSettings: [String: String]
  private let name: String
  private var working: Connection
  private var watching: Connection

  /// - Parameters:
  ///   - name: how the connections name themselves in `pg_stat_activity`.
  ///   - textSettings: the settings that decide what a statement's text means.
  init(_ session: Session, name: String, textSettings: [String: String] = [:]) throws(ServerError) {
    self.session = session
    self.name = name
    settings = Self.unhurried(session).merging(textSettings) { $1 }
    // PostgreSQL's own come first; the rest is there for definitions to be written out as in the session.
    let rest = textSettings["search_path"].map { $0.isEmpty ? "" : ", " + $0 } ?? ""
    watchSettings = Self.watchful.merging(["search_path": "pg_catalog" + rest]) { $1 }
    do {
      working = try Self.open(session, name, .change, settings, Self.workingInterrupts(session, state))
      watching = try Self.open(session, name, .watch, watchSettings, Self.watchingInterrupts(session, state))
    } catch { throw ServerError(error) }
  }

  /// Whether the person has asked to stop since `forgetCancel`.
  var isCancelWanted: Bool { state.isWanted }

  /// What is done before a cancel request goes out, to see once more what is about to be stopped.
  func beforeCancel(_ action: @escaping () -> Void) { state.before = action }

  /// Lets the next statement run though the one before it was cancelled.
  func forgetCancel() { state.isWanted = false }

  /// The process that works; it keeps its number after the connection was lost.
  var backendPID: Int32 { working.backendPID }

  /// How the connections name themselves.
  var applicationName: String { name }

  // MARK: Running

  /// Runs one statement that changes, calling `beat` ten times a second; Ctrl-C cancels it on the server.
  ///
  /// - Parameter isLast: runs it also after a cancel, to leave nothing open.
  @discardableResult func run(
    _ sql: String, isLast: Bool = false, beat: @escaping () -> Void = {}
  ) throws(ServerError) -> QueryResult {
    guard isLast || !state.isWanted else {
      throw ServerError(.cancelled, "cancelled before the statement was sent")
    }
    state.isSent = isLast && state.isWanted
    let heartbeat = Heartbeat(every: .milliseconds(100)) { [state, working] in
      beat()
      // The watching connection took the signal: pass it on, once.
      guard state.isWanted, !state.isSent else { return }
      state.isSent = true
      state.before()
      working.cancel()
    }
    do { return try working.query(sql, [], heartbeat: heartbeat) } catch {
      var told = ServerError(error)
      // The analysis session's hint: nothing of this connection is brought back.
      if error.code == .lost { told.hint = nil }
      if error.code == .interrupted { hasGivenUp = true }
      throw told
    }
  }

  /// Whether the person stopped a second time before the server had answered the first: it may still work.
  private(set) var hasGivenUp = false

  /// Has the server count now what this change has scanned, so that it does not count as later use.
  ///
  /// Source: PostgreSQL manual, `pg_stat_force_next_flush` (15 and later; before, counters come when they come).
  func flushCounters() {
    guard session.facts.versionNumber >= 150_000, !hasGivenUp, working.isAlive else { return }
    _ = try? working.query(Session.mark + "SELECT pg_catalog.pg_stat_force_next_flush()")
  }

  /// Tells the person what the server said beside an answer.
  func tell(_ notice: ServerNotice) {
    session.tell(.notice(severity: notice.severity, message: notice.message))
  }

  /// Asks the watching connection, which is made new when it was lost.
  ///
  /// Ctrl-C stops no question of this kind: how a change ended has to be known.
  func ask(_ sql: String, _ values: [String?] = []) throws(ServerError) -> [[String?]] {
    do {
      try reopenWatching()
      return try watching.query(Session.mark + sql, values).rows
    } catch  where error.sqlState == "57014" {
      do { return try watching.query(Session.mark + sql, values).rows } catch { throw ServerError(error) }
    } catch { throw ServerError(error) }
  }

  /// What stands under a qualified name now; nil when the name is free.
  func namedRelation(_ name: RelationName) throws(ServerError) -> NamedRelation? {
    NamedRelation(rows: try ask(NamedRelation.queryByName, [name.schema, name.name]))
  }

  /// What has an object id now; nil when nothing has.
  func relation(objectID: UInt32) throws(ServerError) -> NamedRelation? {
    NamedRelation(rows: try ask(NamedRelation.queryByObjectID, [String(objectID)]))
  }

  /// Makes the working connection new when it was lost.
  func reopenWorking() throws(ServerError) {
    guard working.wasClosedByServer else { return }
    do {
      working = try Self.open(session, name, .change, settings, Self.workingInterrupts(session, state))
    } catch { throw ServerError(error) }
  }

  private func reopenWatching() throws(PostgresError) {
    guard watching.wasClosedByServer else { return }
    watching = try Self.open(session, name, .watch, watchSettings, Self.watchingInterrupts(session, state))
  }

  /// Takes and gives back the lock that a concurrent build or drop begins with, so that only this wait
  /// is limited: a limit on the build itself would also fire at its end and leave an invalid index.
  ///
  /// - Throws: `ServerError` with SQLSTATE 55P03 and the names of those who hold the table.
  func waitForTable(
    _ table: ChangedTable, _ lock: TableLock, atMost limit: Duration, _ watch: ChangeWatch
  ) throws(ServerError) {
    // PostgreSQL has no LOCK for other kinds; their wait is seen in the build's own progress.
    guard table.isOrdinary else { return }
    watch.begin()
    do {
      try run(Session.mark + "BEGIN")
      try run(Session.mark + "SET LOCAL lock_timeout = \(Literal.quoted(limit.words))")
      try run(Session.mark + "LOCK TABLE ONLY \(table.name.sql) IN \(lock.rawValue) MODE") {
        watch.beat("waiting for a lock on the table")
      }
      try run(Session.mark + "COMMIT")
    } catch {
      _ = try? run(Session.mark + "ROLLBACK", isLast: true)
      // An owner may have revoked the rights that LOCK asks for, and may build all the same.
      if error.sqlState == "42501" { return }
      guard error.sqlState == "55P03" else { throw error }
      let holders = watch.lastBlockers.map(\.description).joined(separator: "; ")
      throw ServerError(
        .statement,
        "could not lock table \(Session.inQuotes(table.name.sql)) within \(limit.words): "
          + (holders.isEmpty ? error.message : "it is held by \(holders)"),
        sqlState: error.sqlState, detail: "Nothing was built or dropped.",
        hint: "let the other transaction end and try again")
    }
  }

  /// Sees that the name is still that of the table that was planned for: whoever held it may have swapped it.
  ///
  /// - Throws: `ServerError` with code `.refused` when it is another one's.
  func requireSame(_ table: ChangedTable) throws(ServerError) {
    let rows = try ask(
      "SELECT 1 FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace "
        + "WHERE c.oid = $1::oid AND n.nspname = $2 AND c.relname = $3",
      [String(table.objectID), table.name.schema, table.name.name])
    guard rows.isEmpty else { return }
    throw ServerError(
      .refused, "\(Session.inQuotes(table.name.sql)) is another table than was planned for",
      detail: "Nothing was built or dropped.",
      hint: "look at it and try again: somebody has made the table anew or renamed it meanwhile")
  }

  /// Waits without holding anything on the server; a signal ends the wait early.
  func pause(milliseconds: Int32) {
    guard let interrupts = session.interrupts else {
      poll(nil, 0, milliseconds)
      return
    }
    var entry = pollfd(fd: interrupts.fileDescriptor, events: Int16(POLLIN), revents: 0)
    if poll(&entry, 1, milliseconds) > 0, interrupts.take() { state.isWanted = true }
  }

  private static func workingInterrupts(_ session: Session, _ state: CancelState) -> Interrupts? {
    session.interrupts.map { original in
      Interrupts(fileDescriptor: original.fileDescriptor) {
        guard original.take() else { return false }
        if !state.isSent { state.before() }
        state.isWanted = true
        state.isSent = true
        return true
      }
    }
  }

  private static func watchingInterrupts(_ session: Session, _ state: CancelState) -> Interrupts? {
    session.interrupts.map { original in
      Interrupts(fileDescriptor: original.fileDescriptor) {
        guard original.take() else { return false }
        state.isWanted = true
        return true
      }
    }
  }

  // MARK: Opening

  /// Time-outs off, for roles and databases have defaults of their own.
  private static func unhurried(_ session: Session) -> [String: String] {
    var settings = [
      "default_transaction_read_only": "off", "lock_timeout": "0", "statement_timeout": "0",
      "idle_in_transaction_session_timeout": "0", "client_min_messages": "notice",
      "standard_conforming_strings": "on",
    ]
    if session.facts.versionNumber >= 140_000 { settings["idle_session_timeout"] = "0" }
    if session.facts.versionNumber >= 170_000 { settings["transaction_timeout"] = "0" }
    return settings
  }

  private static let watchful = [
    "default_transaction_read_only": "on", "lock_timeout": "2s", "statement_timeout": "10s",
    "standard_conforming_strings": "on",
  ]

  private static func open(
    _ session: Session, _ name: String, _ purpose: SentStatements.Purpose, _ settings: [String: String],
    _ interrupts: Interrupts?
  ) throws(PostgresError) -> Connection {
    // The server that was planned for and permitted, whatever its name leads to by now.
    var parameters = session.parametersOfThisServer
    parameters["application_name"] = nil
    parameters["fallback_application_name"] = name
    let connection = try Connection(
      parameters.noticingLoss, interrupts: interrupts, waiting: session.waiting,
      tap: SentStatementsTap(session.sent, purpose))
    let all = settings.merging(["application_name": name]) { $1 }.sorted { $0.key < $1.key }
    let calls = all.indices.map { "pg_catalog.set_config($\($0 * 2 + 1), $\($0 * 2 + 2), false)" }
    _ = try connection.query(
      Session.mark + "SELECT " + calls.joined(separator: ", "), all.flatMap { [$0.key, $0.value] })
    return connection
  }
}
