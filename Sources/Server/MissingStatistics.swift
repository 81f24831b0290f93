public import IndexDesign
internal import Postgres

/// Tables of which nothing is known: the planner guesses what it says of them.
public struct MissingStatistics: Equatable, Sendable {
  /// The tables that hold rows, in alphabetical order.
  public var tables: [RelationName]
  /// The tables that are empty, in alphabetical order, and that the planner takes for ten pages full
  /// of rows. Partitions are left out, because one for later is empty as a rule.
  /// Source: `table_block_relation_estimate_size` in PostgreSQL's tableam.c.
  public var emptyTables: [RelationName] = []

  /// What it means, as a sentence without a full stop.
  public var sentence: String {
    let guesses =
      tables.isEmpty
      ? nil
      : Self.names(tables) + (tables.count == 1 ? " has" : " have")
        + " no statistics, as before the first ANALYZE: rows and costs are guesses"
    let empty =
      emptyTables.isEmpty
      ? nil
      : Self.names(emptyTables) + (emptyTables.count == 1 ? " is empty" : " are empty")
        + ": the planner supposes ten pages full of rows, and what it says holds for no filled table"
    return [guesses, empty].compactMap(\.self).joined(separator: "; ")
  }

  /// What to do about it.
  public var hint: String {
    let all = tables + emptyTables
    let names = all.count > Self.mostNames ? "" : " " + all.map(\.sql).joined(separator: ", ")
    return (emptyTables.isEmpty ? "" : "fill what is empty, ")
      + "run ANALYZE\(names) where writing is allowed, then ask again"
  }

  private static func names(_ tables: [RelationName]) -> String {
    let rest = tables.count - mostNames
    return tables.prefix(mostNames).map(\.sql).joined(separator: ", ")
      + (rest > 0 ? " and \(NumberText.counted(Int64(rest), "other table"))" : "")
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
    let read = Set(explanation.plan.nodes.filter(\.reads).compactMap(\.relation))
    guard !read.isSubset(of: tablesWithStatistics) else { return nil }
    let named = StatementParser.relations(in: explanation.statement) ?? []
    let missing = try missingStatistics(of: named) { read.contains($0.name) }
    let lacking = missing.map { ($0.tables + $0.emptyTables).map(\.name) } ?? []
    tablesWithStatistics.formUnion(read.subtracting(lacking))
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
    let found = (answer?.rows ?? []).map {
      (table: RelationName(schema: $0[0], name: $0[1] ?? ""), isEmpty: $0[2] == "t")
    }
    .filter { isMeant($0.table) }
    guard !found.isEmpty else { return nil }
    return MissingStatistics(
      tables: found.filter { !$0.isEmpty }.map(\.table), emptyTables: found.filter(\.isEmpty).map(\.table))
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

  /// PostgreSQL 13 or later. Schema and name of each table that has no statistics that the role could see although it
  /// holds something, or that is empty and that the planner takes for ten pages, and which of the two it is; `$1` is an array
  /// of names. What it may not read has none for it either. From 14 on the planner takes only what was never analysed so.
  private static let missingStatistics = """
    WITH RECURSIVE reads(id) AS (SELECT pg_catalog.to_regclass(t)::oid \
    FROM pg_catalog.unnest($1::text[]) t UNION \
    SELECT f.id FROM reads r, LATERAL (SELECT i.inhrelid FROM pg_catalog.pg_inherits i WHERE i.inhparent = r.id \
    UNION ALL SELECT d.refobjid FROM pg_catalog.pg_rewrite w JOIN pg_catalog.pg_class v ON v.oid = w.ev_class \
    JOIN pg_catalog.pg_depend d ON d.classid = 'pg_catalog.pg_rewrite'::pg_catalog.regclass AND d.objid = w.oid \
    AND d.refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass \
    WHERE w.ev_class = r.id AND v.relkind = 'v') f(id)) \
    SELECT n.nspname, c.relname, e.is_empty FROM reads r JOIN pg_catalog.pg_class c ON c.oid = r.id \
    JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace \
    CROSS JOIN LATERAL (SELECT pg_catalog.pg_relation_size(c.oid) = 0) e(is_empty) \
    WHERE c.relkind IN ('r', 'm') AND n.nspname NOT IN ('pg_catalog', 'information_schema') \
    AND CASE WHEN pg_catalog.has_table_privilege(c.oid, 'SELECT') AND NOT pg_catalog.row_security_active(c.oid) \
    THEN CASE WHEN e.is_empty THEN NOT c.relispartition AND NOT c.relhassubclass AND (c.reltuples < 0 \
    OR pg_catalog.current_setting('server_version_num')::int < 140000 AND c.relpages = 0) \
    ELSE NOT EXISTS (SELECT FROM pg_catalog.pg_stats s \
    WHERE s.schemaname = n.nspname AND s.tablename = c.relname) END ELSE false END ORDER BY 1, 2
    """
}
