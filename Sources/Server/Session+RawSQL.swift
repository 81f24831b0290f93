internal import IndexDesign
internal import Postgres

/// Rows of the server with what is known of their columns.
public struct ServerRows: Equatable, Sendable {
  /// How values of a column are to be read.
  public enum Kind: Sendable {
    /// A whole number of any size.
    case integer
    /// A number with a fraction.
    case number
    /// `t` or `f`.
    case boolean
    /// Everything else.
    case text
  }

  /// A column.
  public struct Column: Equatable, Sendable {
    /// The name as the server gives it.
    public var name: String
    /// How its values are to be read.
    public var kind: Kind

    /// A column of its facts.
    public init(name: String, kind: Kind) {
      self.name = name
      self.kind = kind
    }
  }

  /// The columns in order; empty when the statement gives no rows.
  public var columns: [Column]
  /// The values as the server words them; nil is NULL.
  public var rows: [[String?]]
  /// The command tag, such as `SELECT 3`.
  public var commandTag: String
}

extension ServerRows.Column {
  fileprivate init(_ column: QueryResult.Column) {
    self.init(name: column.name, kind: ServerRows.Kind(typeObjectID: column.typeObjectID))
  }
}

extension ServerRows.Kind {
  /// Object ids of built-in types never change. Source: `pg_type.dat`.
  fileprivate init(typeObjectID: UInt32) {
    switch typeObjectID {
    case 20, 21, 23, 26: self = .integer
    case 700, 701, 1700: self = .number
    case 16: self = .boolean
    default: self = .text
    }
  }
}

extension Session {
  /// Runs one statement that a person typed, if it is one for looking, and holds all that comes back.
  ///
  /// - Throws: as `look(_:to:)`.
  public func look(_ text: String) throws -> ServerRows {
    var found = ServerRows(columns: [], rows: [], commandTag: "")
    found.commandTag = try look(text) { columns, rows in
      found.columns = columns
      found.rows += rows
    }
    return found
  }

  /// Runs one statement that a person typed, if it is one for looking, and hands its rows on as they come.
  ///
  /// It runs inside a read-only transaction that already holds a snapshot, because until then the
  /// statement itself could make the transaction writable.
  /// - Parameter receive: takes the next rows, a first time also when there are none; never called for a
  ///   statement without columns. What it throws cancels the statement. It may not use the session.
  /// - Returns: the command tag, such as `SELECT 3`.
  /// - Throws: `DesignError` when the rule refuses it, `ServerError` when the server does, or what
  ///   `receive` threw.
  public func look(
    _ text: String, to receive: (_ columns: [ServerRows.Column], _ rows: [[String?]]) throws -> Void
  ) throws -> String {
    let judgement = RawSQLRule.judge(text)
    if case .refuse(let error) = judgement { throw error }
    do { try ensureConnected() } catch { throw ServerError(error) }
    let isTyped = connection.transactionStatus != .idle
    if facts.isBehindPooler, let error = PooledSQL.refusal(judgement, text, isInTransaction: isTyped) {
      throw error
    }
    do {
      if case .pass(.transaction(let word)) = judgement { return try transaction(word, text) }
      let result = isTyped ? try lookInside(judgement, text, receive) : try lookOnce(judgement, text, receive)
      tellNotices(of: result)
      // The search path may lead to other functions now.
      if mayChangeSettings(judgement, text) { (namesWithoutFunctions, shapesWithoutFunctions) = ([], []) }
      if !facts.isBehindPooler, mayChangeSettings(judgement, text) { try? rememberSettings() }
      return result.commandTag
    } catch let error as PostgresError {
      throw ServerError(error, in: text, behind: 0)
    }
  }

  private func stream(
    _ text: String, _ receive: (_ columns: [ServerRows.Column], _ rows: [[String?]]) throws -> Void
  ) throws -> QueryResult {
    try connection.stream(text) { columns, rows in try receive(columns.map(ServerRows.Column.init), rows) }
  }

  /// When only the receiver wants no more, the person's transaction goes on as if nothing had been asked.
  private func lookInside(
    _ judgement: RawSQLJudgement, _ text: String,
    _ receive: (_ columns: [ServerRows.Column], _ rows: [[String?]]) throws -> Void
  ) throws -> QueryResult {
    guard case .pass(.reading) = judgement, connection.transactionStatus == .open else {
      return try stream(text, receive)
    }
    try send([.query(Self.mark + "SAVEPOINT hypo")] + facts.ownCounting.stepsBeforePersonsStatement)
    do {
      let result = try stream(text, receive)
      if facts.ownCounting.isSwitchedOff {
        _ = try connection.query(
          Self.mark + "SELECT pg_catalog.set_config($1, $2, true)", [OwnCounting.setting, "none"])
      }
      _ = try connection.query(Self.mark + "RELEASE SAVEPOINT hypo")
      return result
    } catch {
      if !(error is PostgresError), connection.isAlive {
        _ = try? connection.query(Self.mark + "ROLLBACK TO SAVEPOINT hypo")
        _ = try? connection.query(Self.mark + "RELEASE SAVEPOINT hypo")
      }
      throw error
    }
  }

  /// Keeps what was set, for the transactions to come.
  private func keep(_ name: String, _ text: String) throws(PostgresError) {
    switch PooledSQL.scope(of: text) {
    case .transaction: break
    case .reset: changedSettings[name] = nil
    case .session:
      changedSettings[name] = try connection.query(
        Self.mark + "SELECT pg_catalog.current_setting($1)", [name]
      ).value
    }
  }

  private func send(_ steps: [PipelineStep]) throws(PostgresError) {
    do { _ = try connection.pipeline(steps) } catch { throw error.error }
  }

  private func lookOnce(
    _ judgement: RawSQLJudgement, _ text: String,
    _ receive: (_ columns: [ServerRows.Column], _ rows: [[String?]]) throws -> Void
  ) throws -> QueryResult {
    try open("BEGIN READ ONLY", facts.ownCounting.stepsBeforePersonsStatement)
    do {
      let result = try stream(text, receive)
      if facts.isBehindPooler, case .pass(.setting(let name)) = judgement { try keep(name, text) }
      // Whatever set something for the session: a rollback takes it back before others get the backend.
      _ = try connection.query(Self.mark + (facts.isBehindPooler ? "ROLLBACK" : "COMMIT"))
      return result
    } catch {
      if connection.isAlive, connection.transactionStatus != .idle {
        _ = try? connection.query(Self.mark + "ROLLBACK")
      }
      throw error
    }
  }

  /// Begins a transaction that holds a snapshot, so that nothing can make it writable any more.
  ///
  /// The statement that takes the snapshot is not one that people send, too: both would be one entry of
  /// pg_stat_statements.
  @discardableResult private func open(
    _ statement: String, _ steps: [PipelineStep] = []
  ) throws(PostgresError) -> QueryResult {
    let snapshot = PipelineStep.query(
      Self.mark + "SELECT pg_catalog.pg_backend_pid(), 'hypo'::pg_catalog.name")
    let start = begin(statement)
    do {
      let results = try connection.pipeline(start + [snapshot] + steps)
      notice(backend: results[start.count].rows[0][0])
      return results[0]
    } catch {
      if connection.isAlive, connection.transactionStatus != .idle {
        _ = try? connection.query(Self.mark + "ROLLBACK")
      }
      throw error.error
    }
  }

  private func transaction(
    _ word: TransactionWord, _ text: String
  ) throws(PostgresError) -> String {
    let begin: String
    switch word {
    case .begin: begin = "BEGIN READ ONLY"
    case .beginIsolated(let level): begin = "BEGIN ISOLATION LEVEL \(level) READ ONLY"
    default:
      // Both end a transaction that only reads; what a function has set for the session would stay for others.
      let ends = word == .commit && facts.isBehindPooler && connection.transactionStatus == .open
      let result = try connection.query(ends ? "ROLLBACK" : text)
      tellNotices(of: result)
      isTransactionWanted = connection.transactionStatus != .idle
      if !isTransactionWanted, !facts.isBehindPooler { try? rememberSettings() }
      return ends ? "COMMIT" : result.commandTag
    }
    if connection.transactionStatus != .idle {
      let result = try connection.query(text)
      tellNotices(of: result)
      return result.commandTag
    }
    let tag = try open(begin).commandTag
    isTransactionWanted = true
    return tag
  }

  /// A pooler may look direct at first: it handed on the process id of the backend that it took.
  private func notice(backend pid: String?) {
    guard !facts.isBehindPooler, let pid, pid != String(facts.backendPID) else { return }
    facts.isBehindPooler = true
    tell(
      .notice(
        severity: "WARNING",
        message:
          "backend \(pid) answers instead of \(facts.backendPID): a connection pooler is in between; from now on"
          + " a setting is given to each transaction, and hypo add, promote, rollback and setup are refused"))
  }

  private func tellNotices(of result: QueryResult) {
    for notice in result.notices { tell(.notice(severity: notice.severity, message: notice.message)) }
  }

  private func mayChangeSettings(_ judgement: RawSQLJudgement, _ text: String) -> Bool {
    if case .pass(.setting) = judgement { return true }
    return text.lowercased().contains("set_config")
  }

  /// Asks which settings hold for this session only, so that a new backend can be given them.
  ///
  /// Inside a transaction they may yet be taken back: its end asks again.
  private func rememberSettings() throws(PostgresError) {
    if facts.hypopg != nil {
      let seen = try connection.query(Self.mark + "SELECT pg_catalog.current_setting('hypopg.enabled', true)")
        .value
      hypotheticals.noteEnabled(seen != "off")
    }
    if connection.transactionStatus == .idle { changedSettings = try sessionSettings() }
  }
}
