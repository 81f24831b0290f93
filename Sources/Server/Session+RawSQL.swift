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
  }

  /// The columns in order; empty when the statement gives no rows.
  public var columns: [Column]
  /// The values as the server words them; nil is NULL.
  public var rows: [[String?]]
  /// The command tag, such as `SELECT 3`.
  public var commandTag: String

  init(_ result: QueryResult) {
    columns = result.columns.map { Column(name: $0.name, kind: Kind(typeObjectID: $0.typeObjectID)) }
    rows = result.rows
    commandTag = result.commandTag
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
  /// Runs one statement that a person typed, if it is one for looking.
  ///
  /// It runs inside a read-only transaction that already holds a snapshot, because until then the
  /// statement itself could make the transaction writable.
  /// - Throws: `DesignError` when the rule refuses it, `ServerError` when the server does.
  public func look(_ text: String) throws -> ServerRows {
    let judgement = RawSQLRule.judge(text)
    if case .refuse(let error) = judgement { throw error }
    do { try ensureConnected() } catch { throw ServerError(error) }
    do throws(PostgresError) {
      switch judgement {
      case .pass(.transaction(let word)): return try transaction(word, text)
      default: break
      }
      let inside = connection.transactionStatus != .idle
      let result = inside ? try connection.query(text) : try lookOnce(text)
      tellNotices(of: result)
      if mayChangeSettings(judgement, text) { try? rememberSettings() }
      return ServerRows(result)
    } catch {
      throw ServerError(error, in: text, behind: 0)
    }
  }

  private func lookOnce(_ text: String) throws(PostgresError) -> QueryResult {
    try open("BEGIN READ ONLY")
    do {
      let result = try connection.query(text)
      _ = try connection.query(Self.mark + "COMMIT")
      return result
    } catch {
      if connection.isAlive, connection.transactionStatus != .idle {
        _ = try? connection.query(Self.mark + "ROLLBACK")
      }
      throw error
    }
  }

  /// Begins a transaction that holds a snapshot, so that nothing can make it writable any more.
  @discardableResult private func open(_ statement: String) throws(PostgresError) -> QueryResult {
    do {
      return try connection.pipeline(begin(statement) + [.query(Self.mark + "SELECT 1")])[0]
    } catch {
      if connection.isAlive, connection.transactionStatus != .idle {
        _ = try? connection.query(Self.mark + "ROLLBACK")
      }
      throw error.error
    }
  }

  private func transaction(
    _ word: TransactionWord, _ text: String
  ) throws(PostgresError) -> ServerRows {
    let begin: String
    switch word {
    case .begin: begin = "BEGIN READ ONLY"
    case .beginIsolated(let level): begin = "BEGIN ISOLATION LEVEL \(level) READ ONLY"
    default:
      let result = try connection.query(text)
      tellNotices(of: result)
      isTransactionWanted = connection.transactionStatus != .idle
      if !isTransactionWanted { try? rememberSettings() }
      return ServerRows(result)
    }
    if connection.transactionStatus != .idle {
      let result = try connection.query(text)
      tellNotices(of: result)
      return ServerRows(result)
    }
    let result = try open(begin)
    isTransactionWanted = true
    return ServerRows(result)
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
