internal import IndexDesign
internal import Postgres

/// How old the planner's statistics of a relation are.
public struct StatisticsAge: Equatable, Sendable {
  /// The relation's name, without its schema.
  public var relation: String
  /// When it was last analyzed, by hand or by autovacuum, UTC, ISO 8601 to the microsecond; nil when the server's
  /// counters know of no time.
  public var analyzed: String?
}

extension Session {
  /// PostgreSQL 13 or later. Columns: relname, the newest ANALYZE.
  private static let statisticsAges = """
    SELECT relname, to_char(greatest(last_analyze, last_autoanalyze) AT TIME ZONE 'UTC', \
    'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') FROM pg_catalog.pg_stat_user_tables \
    WHERE relname = ANY ($1::text[]) AND pg_catalog.pg_table_is_visible(relid) ORDER BY relname
    """

  /// How old the statistics are of relations that can be named without a schema; others are left out.
  ///
  /// Source: PostgreSQL manual, "pg_stat_all_tables".
  public func statisticsAges(of relations: [String]) throws(ServerError) -> [StatisticsAge] {
    let list = "{" + relations.map { Self.arrayElement($0) }.joined(separator: ",") + "}"
    return try resolve(Self.statisticsAges, [list]).rows.map {
      StatisticsAge(relation: $0[0] ?? "", analyzed: $0[1])
    }
  }

  private static func arrayElement(_ text: String) -> String {
    "\"" + text.map { $0 == "\"" || $0 == "\\" ? "\\\($0)" : "\($0)" }.joined() + "\""
  }
}
