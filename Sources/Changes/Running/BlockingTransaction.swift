public import IndexDesign
internal import Postgres
internal import Server

/// A transaction that a concurrent build has to wait for.
public struct BlockingTransaction: Equatable, Sendable {
  /// The backend; nil for a prepared transaction, which has none.
  public var pid: Int32?
  /// The name of a prepared transaction; nil for a backend.
  public var preparedName: String?
  /// The role; nil when it may not be seen.
  public var user: String?
  /// How its program names itself; nil when it does not or it may not be seen.
  public var applicationName: String?
  /// `active`, `idle in transaction` …; nil when it may not be seen.
  public var state: String?
  /// How long the transaction has been open; nil when it may not be seen.
  public var ageInSeconds: Double?
  /// When its newest statement began; nil when it may not be seen.
  public var queryStarted: Timestamp?
  /// Its newest statement, cut to 200 characters and with `?` for its constants; nil when it may not be seen.
  public var query: String?

  /// PostgreSQL 13 or later. Columns in the order of `init(row:)`, from `pg_stat_activity a`.
  static let columns = """
    a.pid, NULL, a.usename, nullif(a.application_name, ''), a.state, \
    extract(epoch FROM clock_timestamp() - a.xact_start), extract(epoch FROM a.query_start), \
    left(nullif(a.query, '<insufficient privilege>'), 200)
    """

  /// Prepared transactions that hold a lock on the table `$1`, with the same columns.
  static let preparedQuery = """
    SELECT DISTINCT NULL::int, p.gid, p.owner::text, NULL, 'prepared', \
    extract(epoch FROM clock_timestamp() - p.prepared), extract(epoch FROM p.prepared), NULL \
    FROM pg_prepared_xacts p JOIN pg_locks l ON l.virtualtransaction = '-1/' || p.transaction::text \
    WHERE p.database = current_database() AND l.locktype = 'relation' AND l.relation = $1::oid
    """

  /// Old snapshots of this database and holders of locks on the table `$1` that a build waits for,
  /// whose transaction is older than `$2` seconds; nothing of the session's own.
  private static let query =
    "SELECT " + columns + """
       FROM pg_stat_activity a WHERE a.datname = current_database() AND a.pid <> pg_backend_pid() \
      AND a.backend_type NOT IN ('autovacuum worker', 'walsender') \
      AND a.xact_start <= clock_timestamp() - make_interval(secs => $2::float8) \
      AND (a.backend_xmin IS NOT NULL OR a.pid IN (SELECT pid FROM pg_locks WHERE locktype = 'relation' \
      AND relation = $1::oid AND granted AND mode IN ('RowExclusiveLock', 'ShareUpdateExclusiveLock', \
      'ShareRowExclusiveLock', 'ExclusiveLock', 'AccessExclusiveLock'))) ORDER BY a.xact_start
      """

  init(row: [String?]) {
    pid = row[0].flatMap { Int32($0) }
    preparedName = row[1]
    user = row[2]
    applicationName = row[3]
    state = row[4]
    ageInSeconds = row[5].flatMap { Double($0) }
    queryStarted = row[6].flatMap { Double($0) }.map { Timestamp(secondsSinceEpoch: $0) }
    // What is told of a blocker is written down with the change, and somebody else's data is not for that.
    query = row[7].map { SQLLexer($0).textWithoutLiterals }
  }

  /// Makes the value from its facts.
  public init(
    pid: Int32?, preparedName: String? = nil, user: String? = nil, applicationName: String? = nil,
    state: String? = nil, ageInSeconds: Double? = nil, queryStarted: Timestamp? = nil, query: String? = nil
  ) {
    self.pid = pid
    self.preparedName = preparedName
    self.user = user
    self.applicationName = applicationName
    self.state = state
    self.ageInSeconds = ageInSeconds
    self.queryStarted = queryStarted
    self.query = query
  }

  static func inTheWay(of table: Relation, olderThan seconds: Double, _ session: Session) throws(ServerError)
    -> [BlockingTransaction]
  {
    let id = String(table.objectID)
    let open = try session.read(query, [id, String(seconds)]).rows
    let prepared = try session.read(preparedQuery, [id]).rows
    return (open + prepared).map(BlockingTransaction.init(row:))
  }
}

extension BlockingTransaction {
  /// Who it is, without what it does: `pid 4711 (app_user, psql)`.
  var who: String {
    let name = preparedName.map { "prepared transaction \(Literal.quoted($0))" } ?? "pid \(pid ?? 0)"
    let known = [user, applicationName].compactMap { $0 }
    return known.isEmpty ? name : "\(name) (\(known.joined(separator: ", ")))"
  }

  /// Who has the turn of a table, since when, and what it does: its times are those of its connection.
  var turn: String {
    var text = who
    if let queryStarted { text += ", since \(queryStarted)" }
    if let ageInSeconds { text += " (\(NumberText.elapsed(.seconds(ageInSeconds))))" }
    if let query { text += ": " + query.split(whereSeparator: \.isWhitespace).joined(separator: " ") }
    return text
  }
}

extension BlockingTransaction: CustomStringConvertible {
  /// Who it is, in one line: `pid 4711 (app_user, psql), idle in transaction for 12 min: SELECT …`.
  public var description: String {
    var text = who
    if let state { text += ", \(state)" }
    if let ageInSeconds { text += " for " + NumberText.elapsed(.seconds(ageInSeconds)) }
    if let queryStarted { text += ", last statement at \(queryStarted)" }
    if let query { text += ": " + query.split(whereSeparator: \.isWhitespace).joined(separator: " ") }
    return text
  }
}
