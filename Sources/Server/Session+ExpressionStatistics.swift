internal import IndexDesign
internal import Postgres

extension Session {
  /// The designs of a plan whose expressions have no statistics, oldest first; unique ones give one row at once.
  ///
  /// - Throws: `ServerError` when the person stops it or the connection is lost.
  func designsWithoutStatistics(in plan: ExecutionPlan) throws(ServerError) -> [DesignHandle] {
    var found: [DesignHandle] = []
    for design in hypotheticals.active {
      guard let definition = design.definition, !definition.isUnique, design.use(in: plan) != .tableNotRead
      else { continue }
      let expressions = definition.keys.compactMap(\.term.expression)
      guard !expressions.isEmpty else { continue }
      let answer = try ifPossible { () throws(ServerError) in
        try resolve(
          Self.knownExpressions + (facts.versionNumber >= 140_000 ? Self.extendedExpressions : ""),
          [definition.table.sql])
      }
      let known = (answer?.rows ?? []).compactMap { $0[0].map { SQLLexer($0) } }
      let isKnown = expressions.allSatisfy { text in
        let expression = SQLLexer(text)
        return known.contains { $0.saysTheSame(as: expression) }
      }
      if !isKnown { found.append(design.handle) }
    }
    return found
  }

  /// PostgreSQL 13 or later; `$1` is a table. The expressions of its indexes that have statistics.
  private static let knownExpressions = """
    SELECT pg_catalog.pg_get_indexdef(i.indexrelid, k.place, true) FROM pg_catalog.pg_index i \
    CROSS JOIN LATERAL pg_catalog.generate_series(1, i.indnkeyatts::int) k(place) \
    JOIN pg_catalog.pg_class c ON c.oid = i.indexrelid JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace \
    WHERE i.indrelid = pg_catalog.to_regclass($1)::oid AND i.indkey[k.place - 1] = 0 \
    AND EXISTS (SELECT FROM pg_catalog.pg_stats s WHERE s.schemaname = n.nspname AND s.tablename = c.relname)
    """

  /// PostgreSQL 14 or later. Those of CREATE STATISTICS.
  private static let extendedExpressions = """
     UNION ALL SELECT e.expr FROM pg_catalog.pg_stats_ext_exprs e \
    JOIN pg_catalog.pg_namespace n ON n.nspname = e.schemaname \
    JOIN pg_catalog.pg_class c ON c.relnamespace = n.oid AND c.relname = e.tablename \
    WHERE c.oid = pg_catalog.to_regclass($1)::oid AND e.n_distinct IS NOT NULL
    """
}
