public import IndexDesign
internal import Postgres

/// The statements that pg_stat_statements ranks highest, and what cannot be seen of it.
public struct StatementRanking: Equatable, Sendable {
  /// The statements in order, highest first.
  public var statements: [RankedStatement]
  /// Statements whose text the session's role may not see; they are in no ranking.
  public var hiddenStatements: Int
  /// When the counters began, in the server's words; nil when the extension does not tell (before 1.9).
  public var since: String?
}

extension Session {
  /// Ranks this database's statements, without hypo's own.
  ///
  /// - Parameters:
  ///   - limit: the most statements to return.
  ///   - table: only statements that name this table; nil for all.
  /// - Throws: `ServerError` with code `.missingPrerequisite` when pg_stat_statements is not there.
  public func statementRanking(
    by ranking: WorkloadRanking, limit: Int, on table: Relation? = nil
  ) throws(ServerError) -> StatementRanking {
    let schema = try statStatementsSchema()
    let rows = try rows("ORDER BY \(ranking.expression) DESC, queryid", atLeast: limit, on: table)
    let whole = try read(
      """
      SELECT coalesce(sum(\(ranking.total)), 0), count(*) FILTER (WHERE queryid IS NULL) \
      FROM \(schema).pg_stat_statements(false) WHERE \(Self.thisDatabase)
      """)
    let total = whole.value.flatMap { Double($0) } ?? 0
    let found = rows.map { row in
      let statement = StatementStatistics(row: row)
      let value = ranking.value(of: statement)
      return RankedStatement(
        statement: statement, value: value,
        share: ranking.isAdditive && total > 0 ? value / total : nil)
    }
    return StatementRanking(
      statements: Array(found.prefix(limit)),
      hiddenStatements: whole.rows.first?[1].flatMap { Int($0) } ?? 0, since: try statisticsReset(schema))
  }

  /// The counters of certain statements, or of all that name a table, for a before and an after.
  ///
  /// - Returns: an empty list when pg_stat_statements is not there or its counters cannot be read.
  public func statements(on table: Relation) throws(ServerError) -> [StatementStatistics] {
    guard facts.statStatements?.isUsable == true else { return [] }
    return try rows("ORDER BY total_exec_time DESC LIMIT 200", on: table).map(StatementStatistics.init(row:))
  }

  /// When the counters of pg_stat_statements began, in the server's words; nil when the extension does not tell.
  func statisticsReset(_ schema: String) throws(ServerError) -> String? {
    guard facts.statStatements?.isAtLeast(1, 9) == true else { return nil }
    return try read("SELECT stats_reset FROM \(schema).pg_stat_statements_info").value
  }

  private func statStatementsSchema() throws(ServerError) -> String {
    guard let installed = facts.statStatements else {
      throw ServerError(
        .missingPrerequisite, "pg_stat_statements is not installed in database \"\(facts.database)\"",
        hint: "doctor says what is missing, setup installs it")
    }
    if let refusal = facts.refusal("pg_stat_statements", installed) { throw refusal }
    guard installed.isAtLeast(1, 8) else {
      throw ServerError(
        .missingPrerequisite,
        "pg_stat_statements \(installed.version) in database \"\(facts.database)\" is too old: "
          + "hypo reads 1.8 and later",
        hint: "ALTER EXTENSION pg_stat_statements UPDATE")
    }
    return installed.schema
  }

  private static let thisDatabase = "dbid = (SELECT oid FROM pg_database WHERE datname = current_database())"

  /// How a statement begins that the planner plans, behind comments and parentheses.
  private static let planned =
    #"^(\s|\(|--[^\n]*(\n|$)|/\*([^*]|\*+[^*/])*\*+/)*(select|insert|update|delete|merge|with|values|table)\y"#

  /// The first rows that are not about system catalogs alone, as psql's describing commands and monitoring are:
  /// no index can be made for those.
  ///
  /// The texts have to be read for that, so more rows are asked for only when some were left out.
  private func rows(_ order: String, atLeast limit: Int, on table: Relation?) throws(ServerError)
    -> [[String?]]
  {
    guard table == nil else { return try rows(order, on: table) }
    var asked = limit
    while true {
      let found = try rows("\(order) LIMIT \(asked)", on: nil)
      let left = found.filter { !Self.readsOnlyCatalogs($0[1] ?? "") }
      if left.count >= limit || found.count < asked { return left }
      asked = asked * 2 + 20
    }
  }

  /// Whether a text names relations, and all of them with the schema pg_catalog.
  static func readsOnlyCatalogs(_ text: String) -> Bool {
    guard text.contains("pg_catalog."), let relations = StatementParser.relations(in: text) else {
      return false
    }
    return !relations.isEmpty && relations.allSatisfy { $0.schema == "pg_catalog" }
  }

  /// Sums over roles and nesting, by queryid. Texts come only for what is returned.
  ///
  /// Left out is what has no plan of its own, such as transactions, settings, ANALYZE and EXPLAIN; and with it
  /// every statement that may hold a password.
  ///
  /// An EXPLAIN under `track = all`, of hypo or of anybody, is a call of the statement that takes no time at all,
  /// because the executor is only started and ended: such entries are no calls of the workload.
  ///
  /// A statement that hypo planned before anybody ran it may carry the text of hypo's EXPLAIN. It is told from
  /// the EXPLAIN itself by its rows, and before PostgreSQL 16 by `$1` too, which utility statements keep out.
  private func rows(_ order: String, on table: Relation?) throws(ServerError) -> [[String?]] {
    let schema = try statStatementsSchema()
    let pattern = table.map {
      "%" + $0.name.replacing("\"", with: "\"\"").replacing("\\", with: "\\\\").replacing("_", with: "\\_")
        + "%"
    }
    let result: QueryResult
    do {
      result = try read(
        """
        SELECT queryid, min(query), sum(calls), sum(total_exec_time) AS total_exec_time, \
        sum(total_exec_time) / greatest(sum(calls), 1) AS mean_exec_time, sum(rows) AS rows, \
        sum(shared_blks_hit), sum(shared_blks_read) AS shared_blks_read, \
        sum(shared_blks_dirtied) AS shared_blks_dirtied, sum(shared_blks_written), \
        sum(temp_blks_read), sum(temp_blks_written) AS temp_blks_written, sum(wal_bytes) AS wal_bytes \
        FROM \(schema).pg_stat_statements WHERE \(Self.thisDatabase) AND queryid IS NOT NULL \
        AND calls > 0 AND total_exec_time > 0 \
        AND (query !~ '\(StatementMark.pattern)' AND query ~* '\(Self.planned)' \
        OR (query ~ '\(StatementMark.explainPattern)' AND (rows > 0 \
        OR current_setting('server_version_num')::int < 160000 AND query ~ '[$][0-9]'))) \
        AND ($1::text IS NULL OR query ILIKE $1) \
        GROUP BY queryid \(order)
        """, [pattern])
    } catch {
      throw error.sqlState == "55000" ? notPreloaded(error) : error
    }
    guard let table else { return result.rows }
    return result.rows.filter { row in
      guard let relations = StatementParser.relations(in: row[1] ?? "") else { return true }
      return relations.contains { $0.name == table.name && ($0.schema ?? table.schema) == table.schema }
    }
  }

  private func notPreloaded(_ error: ServerError) -> ServerError {
    ServerError(
      .missingPrerequisite, "pg_stat_statements is installed but not loaded: \(error.message)",
      sqlState: error.sqlState,
      hint: "add it to shared_preload_libraries and restart the server; doctor says how")
  }
}

extension WorkloadRanking {
  /// The SQL to order by, over the summed columns.
  fileprivate var expression: String {
    switch self {
    case .total: "sum(total_exec_time)"
    case .mean: "sum(total_exec_time) / greatest(sum(calls), 1)"
    default: "sum(\(total))"
    }
  }

  /// The counter to add up over the whole workload.
  fileprivate var total: String {
    switch self {
    case .total, .mean: "total_exec_time"
    case .calls: "calls"
    case .rows: "rows"
    case .reads: "shared_blks_read"
    case .writes: "shared_blks_dirtied"
    case .temp: "temp_blks_read + temp_blks_written"
    case .wal: "wal_bytes"
    }
  }
}

extension StatementStatistics {
  fileprivate init(row: [String?]) {
    func whole(_ column: Int) -> Int64 {
      row[column].flatMap { Double($0) }.flatMap { Int64(exactly: $0) } ?? 0
    }
    func number(_ column: Int) -> Double { row[column].flatMap { Double($0) } ?? 0 }
    let given = row[1] ?? ""
    // A statement that hypo was the first to plan carries the text that it was planned with.
    let text = StatementMark.explained(in: given).map(String.init) ?? given
    self.init(
      queryID: row[0] ?? "", text: text, calls: whole(2), totalTimeInMilliseconds: number(3),
      meanTimeInMilliseconds: number(4), rows: whole(5), sharedBlocksHit: whole(6),
      sharedBlocksRead: whole(7),
      sharedBlocksDirtied: whole(8), sharedBlocksWritten: whole(9), tempBlocksRead: whole(10),
      tempBlocksWritten: whole(11), walBytes: whole(12))
  }
}
