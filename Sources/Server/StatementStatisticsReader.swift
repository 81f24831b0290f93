public import IndexDesign
internal import Postgres

/// The statements that pg_stat_statements ranks highest, and what cannot be seen of it.
public struct StatementRanking: Equatable, Sendable {
  /// What was counted and is in no ranking.
  public struct LeftOut: Equatable, Sendable {
    /// Statements without a plan, such as COMMIT, SET and ANALYZE.
    public var withoutPlan = 0
    /// Statements that read only tables named with the schema pg_catalog.
    public var onCatalogs = 0
    /// Their part of the time of all statements, from 0 to 1; nil when no time was counted.
    public var shareOfTime: Double?

    /// How many, and their share of the time.
    public var words: String {
      let counts = [
        withoutPlan > 0 ? "\(withoutPlan) without a plan" : nil,
        onCatalogs > 0 ? "\(onCatalogs) on system catalogs alone" : nil,
      ].compactMap(\.self)
      guard !counts.isEmpty else { return "nothing" }
      return counts.joined(separator: ", ")
        + (shareOfTime.map { "; \(NumberText.percent($0)) of the time" } ?? "")
    }
  }

  /// The statements in order, highest first.
  public var statements: [RankedStatement]
  /// Statements whose text the session's role may not see; they are in no ranking.
  public var hiddenStatements: Int
  /// What else is in no ranking; hypo's own statements are not even here.
  public var leftOut = LeftOut()
  /// When the counters began, in the server's words; nil when the extension does not tell (before 1.9).
  public var since: String?

  /// Why there is no statement to show.
  ///
  /// - Parameter table: what the ranking was limited to; nil for nothing.
  public func reasonForNothing(on table: Relation?) -> String {
    let others = leftOut.withoutPlan + leftOut.onCatalogs + hiddenStatements
    // Of a table nothing is known while nothing at all was counted; then that is the reason.
    guard statements.isEmpty, others > 0 || table != nil else {
      return "pg_stat_statements has counted nothing in this database yet"
    }
    if let table {
      return "no counted statement is known to reach "
        + RelationName(schema: table.schema, name: table.name).sql
    }
    return hiddenStatements > 0
      ? "none of the counted statements that the role may see has a plan"
      : "none of the counted statements has a plan"
  }
}

extension Session {
  /// Ranks this database's statements, without hypo's own.
  ///
  /// - Parameters:
  ///   - limit: the most statements to return.
  ///   - table: only statements that reach this table, by its name, through a view, a partition or a function; nil
  ///     for all.
  /// - Throws: `ServerError` with code `.missingPrerequisite` when pg_stat_statements is not there.
  public func statementRanking(
    by ranking: WorkloadRanking, limit: Int, on table: Relation? = nil
  ) throws(ServerError) -> StatementRanking {
    let schema = try statStatementsSchema()
    let order = "ORDER BY \(ranking.expression) DESC, queryid"
    let rows =
      if let table { try rows(order, on: table) } else { try rows(order, atLeast: limit) }
    let (total, hidden, leftOut) = try whole(schema, by: ranking)
    let found = rows.map { row in
      let statement = StatementStatistics(row: row)
      let value = ranking.value(of: statement)
      return RankedStatement(
        statement: statement, value: value,
        share: ranking.isAdditive && total > 0 ? value / total : nil)
    }
    return StatementRanking(
      statements: Array(found.prefix(limit)), hiddenStatements: hidden, leftOut: leftOut,
      since: try statisticsReset(schema))
  }

  /// The counters of the statements that reach a table, for a before and an after; those that took most time, at
  /// most 200.
  ///
  /// - Returns: an empty list when pg_stat_statements is not there or its counters cannot be read.
  public func statements(on table: Relation) throws(ServerError) -> [StatementStatistics] {
    guard let installed = facts.statStatements, facts.refusal("pg_stat_statements", installed) == nil else {
      return []
    }
    return try rows("ORDER BY total_exec_time DESC", on: table).prefix(200).map(
      StatementStatistics.init(row:))
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

  /// The sum that shares are of, the entries that the role may not see, and what is left out.
  private func whole(
    _ schema: String, by ranking: WorkloadRanking
  ) throws(ServerError) -> (total: Double, hidden: Int, leftOut: StatementRanking.LeftOut) {
    let isLeftOut = "\(WorkloadFilter.isCounted) AND NOT is_own AND NOT \(WorkloadFilter.hasPlan)"
    let row = try read(
      """
      SELECT coalesce(sum(\(ranking.total)) FILTER (WHERE NOT is_own), 0), \
      count(*) FILTER (WHERE queryid IS NULL), count(DISTINCT queryid) FILTER (WHERE \(isLeftOut)), \
      coalesce(sum(total_exec_time) FILTER (WHERE \(isLeftOut)), 0), \
      coalesce(sum(total_exec_time) FILTER (WHERE NOT is_own), 0) \
      FROM \(schema).pg_stat_statements, LATERAL (SELECT \(WorkloadFilter.isOwn)) o(is_own) \
      WHERE \(WorkloadFilter.thisDatabase)
      """
    ).rows[0]
    func number(_ column: Int) -> Double { row[column].flatMap { Double($0) } ?? 0 }
    // Only the grammar tells whether these read anything else.
    let onCatalogs = try rows("", where: "query LIKE '%pg_catalog.%'").map(StatementStatistics.init(row:))
      .filter { Self.readsOnlyCatalogs($0.text) }
    let time = onCatalogs.reduce(number(3)) { $0 + $1.totalTimeInMilliseconds }
    return (
      number(0), Int(number(1)),
      .init(
        withoutPlan: Int(number(2)), onCatalogs: onCatalogs.count,
        shareOfTime: number(4) > 0 ? time / number(4) : nil)
    )
  }

  /// The first rows that are not about system catalogs alone, as psql's describing commands and monitoring are:
  /// no index can be made for those.
  ///
  /// The texts have to be read for that, so more rows are asked for only when some were left out.
  private func rows(_ order: String, atLeast limit: Int) throws(ServerError) -> [[String?]] {
    var asked = limit
    while true {
      let found = try rows("\(order) LIMIT \(asked)")
      let left = found.filter { !Self.readsOnlyCatalogs($0[1] ?? "") }
      if left.count >= limit || found.count < asked { return left }
      asked = asked * 2 + 20
    }
  }

  /// The rows of statements that reach a table, those too that only run a cursor or a prepared statement on it.
  private func rows(_ order: String, on table: Relation) throws(ServerError) -> [[String?]] {
    let reach = try reach(of: table)
    let patterns = reach.names.sorted().map { name in
      "%"
        + name.replacing("\"", with: "\"\"").replacing("\\", with: "\\\\").replacing("_", with: "\\_")
        .replacing("%", with: "\\%") + "%"
    }
    let found = try rows(
      order, where: "query ILIKE ANY ($1::text[]) OR \(WorkloadFilter.runsAnother)", [patterns.asArray])
    let reaching = found.map { reach.isReached(by: $0[1] ?? "") }
    let names = Set(zip(found, reaching).compactMap { $1 ? StatementName.given(by: $0[1] ?? "") : nil })
    return zip(found, reaching).compactMap { row, isReaching in
      isReaching || StatementName.used(by: row[1] ?? "").map { names.contains($0) } == true ? row : nil
    }
  }

  /// Whether a text names relations, and all of them with the schema pg_catalog.
  static func readsOnlyCatalogs(_ text: String) -> Bool {
    guard text.contains("pg_catalog."), let relations = StatementParser.relations(in: text) else {
      return false
    }
    return !relations.isEmpty && relations.allSatisfy { $0.schema == "pg_catalog" }
  }

  /// Sums over roles and nesting, by queryid, of what has a plan. Texts come only for what is returned.
  private func rows(
    _ order: String, where condition: String = "true", _ values: [String?] = []
  ) throws(ServerError) -> [[String?]] {
    let schema = try statStatementsSchema()
    do {
      return try read(
        """
        SELECT queryid, min(query), sum(calls), sum(total_exec_time) AS total_exec_time, \
        sum(total_exec_time) / greatest(sum(calls), 1) AS mean_exec_time, sum(rows) AS rows, \
        sum(shared_blks_hit), sum(shared_blks_read) AS shared_blks_read, \
        sum(shared_blks_dirtied) AS shared_blks_dirtied, sum(shared_blks_written), \
        sum(temp_blks_read), sum(temp_blks_written) AS temp_blks_written, sum(wal_bytes) AS wal_bytes \
        FROM \(schema).pg_stat_statements \
        WHERE \(WorkloadFilter.thisDatabase) AND \(WorkloadFilter.isCounted) AND NOT (\(WorkloadFilter.isOwn)) \
        AND \(WorkloadFilter.hasPlan) AND (\(condition)) GROUP BY queryid \(order)
        """, values
      ).rows
    } catch {
      throw error.sqlState == "55000" ? notPreloaded(error) : error
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
    let text = StatementText.withoutCopyTarget(StatementMark.explained(in: given).map(String.init) ?? given)
    self.init(
      queryID: row[0] ?? "", text: text, calls: whole(2), totalTimeInMilliseconds: number(3),
      meanTimeInMilliseconds: number(4), rows: whole(5), sharedBlocksHit: whole(6),
      sharedBlocksRead: whole(7),
      sharedBlocksDirtied: whole(8), sharedBlocksWritten: whole(9), tempBlocksRead: whole(10),
      tempBlocksWritten: whole(11), walBytes: whole(12))
  }
}
