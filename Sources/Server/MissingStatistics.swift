public import IndexDesign
internal import Postgres

/// Tables that hold rows and of which nothing is known: the planner guesses what it says of them.
public struct MissingStatistics: Equatable, Sendable {
  /// The tables in alphabetical order; at least one.
  public var tables: [RelationName]

  /// What it means, as a sentence without a full stop.
  public var sentence: String {
    let rest = tables.count - Self.mostNames
    let names = tables.prefix(Self.mostNames).map(\.sql).joined(separator: ", ")
    let have = tables.count == 1 ? "has" : "have"
    return names + (rest > 0 ? " and \(NumberText.counted(Int64(rest), "other table"))" : "")
      + " \(have) no statistics, as before the first ANALYZE: rows and costs are guesses"
  }

  /// What to do about it.
  public var hint: String {
    let names = tables.count > Self.mostNames ? "" : " " + tables.map(\.sql).joined(separator: ", ")
    return "run ANALYZE\(names) where writing is allowed, then ask again"
  }

  private static let mostNames = 4
}

extension Session {
  /// The tables that a plan reads, behind views and partitioned tables, too, and that lack statistics; nil for none, and
  /// where the role may not know.
  ///
  /// What has statistics keeps them, so that the server is asked once about a table; one of the same name in another
  /// schema goes unnoticed then.
  /// - Throws: `ServerError` when the person stops it or the connection is lost.
  func missingStatistics(of explanation: Explanation) throws(ServerError) -> MissingStatistics? {
    let read = Set(explanation.plan.nodes.compactMap(\.relation))
    guard !read.isSubset(of: tablesWithStatistics) else { return nil }
    let named = StatementParser.relations(in: explanation.statement) ?? []
    let missing = try missingStatistics(of: named) { read.contains($0.name) }
    tablesWithStatistics.formUnion(read.subtracting(missing?.tables.map(\.name) ?? []))
    return missing
  }

  /// The same of tables by their names, and of what is behind them.
  func missingStatistics(
    of names: [RelationName], where isMeant: (RelationName) -> Bool = { _ in true }
  ) throws(ServerError) -> MissingStatistics? {
    guard !names.isEmpty else { return nil }
    let list = Literal.array(of: names.map(\.sql))
    let known = try ifPossible { () throws(ServerError) in try resolve(Self.areAnalysed, [list]) }
    if let known, known.rows.allSatisfy({ $0[0] == "t" }) { return nil }
    let answer = try ifPossible { () throws(ServerError) in try resolve(Self.missingStatistics, [list]) }
    let tables = (answer?.rows ?? []).map { RelationName(schema: $0[0], name: $0[1] ?? "") }.filter(isMeant)
    return tables.isEmpty ? nil : MissingStatistics(tables: tables)
  }

  /// PostgreSQL 13 or later; `$1` is an array of names. Of each relation whether it is a table of its own that was
  /// analysed with most of its rows in it: for those the view of statistics, which takes a new backend ten times as long
  /// as a plan, need not be asked.
  private static let areAnalysed = """
    SELECT c.relkind IN ('r', 'm') AND NOT c.relhassubclass AND c.reltuples > 0 \
    AND coalesce(pg_catalog.pg_stat_get_last_analyze_time(c.oid), \
    pg_catalog.pg_stat_get_last_autoanalyze_time(c.oid)) IS NOT NULL \
    AND pg_catalog.pg_stat_get_mod_since_analyze(c.oid) < c.reltuples / 2 \
    FROM pg_catalog.pg_class c WHERE c.oid = ANY (ARRAY(SELECT pg_catalog.to_regclass(t)::oid \
    FROM pg_catalog.unnest($1::text[]) t))
    """

  /// PostgreSQL 13 or later. Schema and name of each table that holds something and has no statistics that the role could
  /// see; `$1` is an array of names. What it may not read has none for it either.
  private static let missingStatistics = """
    WITH RECURSIVE reads(id) AS (SELECT pg_catalog.to_regclass(t)::oid \
    FROM pg_catalog.unnest($1::text[]) t UNION \
    SELECT f.id FROM reads r, LATERAL (SELECT i.inhrelid FROM pg_catalog.pg_inherits i WHERE i.inhparent = r.id \
    UNION ALL SELECT d.refobjid FROM pg_catalog.pg_rewrite w JOIN pg_catalog.pg_class v ON v.oid = w.ev_class \
    JOIN pg_catalog.pg_depend d ON d.classid = 'pg_catalog.pg_rewrite'::pg_catalog.regclass AND d.objid = w.oid \
    AND d.refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass \
    WHERE w.ev_class = r.id AND v.relkind = 'v') f(id)) \
    SELECT n.nspname, c.relname FROM reads r JOIN pg_catalog.pg_class c ON c.oid = r.id \
    JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace \
    WHERE c.relkind IN ('r', 'm') AND n.nspname NOT IN ('pg_catalog', 'information_schema') \
    AND CASE WHEN pg_catalog.has_table_privilege(c.oid, 'SELECT') AND NOT pg_catalog.row_security_active(c.oid) \
    THEN pg_catalog.pg_relation_size(c.oid) > 0 AND NOT EXISTS (SELECT FROM pg_catalog.pg_stats s \
    WHERE s.schemaname = n.nspname AND s.tablename = c.relname) ELSE false END ORDER BY 1, 2
    """
}
