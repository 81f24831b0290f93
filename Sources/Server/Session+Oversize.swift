internal import IndexDesign
internal import Postgres

// HypoPG computes sizes as if each row had an entry of its own, and the statistics tell how many rows share one.

extension Session {
  /// Those of the designs that lost a plan by no more than what HypoPG adds to their size.
  ///
  /// - Throws: `ServerError` when the person stops it or the connection is lost.
  func oversizedDesigns(
    among contests: [DesignHandle: DesignContest]
  ) throws(ServerError) -> [OversizedDesign] {
    var found: [OversizedDesign] = []
    for design in hypotheticals.active {
      guard case .lost(let cost?, let against)? = contests[design.handle], let definition = design.typed,
        definition.isDeduplicated, let entries = try entries(of: definition)
      else { continue }
      let saved = Double(design.estimatedSizeInBytes - entries.sizeInBytes)
      // A page of an index costs no more than random_page_cost, and only what is read counts.
      let share = cost.rowsRead.map { min(1, $0 / entries.rows) } ?? 1
      let gain = saved / 8_192 * entries.pageCost * share
      guard saved > Double(entries.sizeInBytes) * Self.leastExcess,
        cost.least.units - against.units <= gain
      else { continue }
      found.append(
        OversizedDesign(
          design: design.handle, estimatedSizeInBytes: design.estimatedSizeInBytes,
          realSizeInBytes: entries.sizeInBytes))
    }
    return found
  }

  /// HypoPG is wrong by less on every index.
  private static let leastExcess = 0.5

  private struct Entries {
    var sizeInBytes: Int64
    var rows: Double
    var pageCost: Double
  }

  /// - Returns: nil when a column has no statistics, or its type or collation does not let equal keys be kept together.
  private func entries(of definition: IndexDefinition) throws(ServerError) -> Entries? {
    let columns = definition.keys.compactMap { if case .column(let name) = $0.term { name } else { nil } }
    let answer = try ifPossible { () throws(ServerError) in
      try resolve(Self.columns, [definition.table.sql, Literal.array(of: columns)])
    }
    let rows = (answer?.rows ?? []).map { $0.map { $0.flatMap(Double.init) } }
    guard rows.count == Set(columns).count, let first = rows.first, let total = first[0], total > 0,
      let pageCost = first[1]
    else { return nil }
    var (distinct, width) = (1.0, 0.0)
    for row in rows {
      guard let values = row[2], let bytes = row[3], row[4] == 1 else { return nil }
      // NULLs are kept together like one more value.
      distinct *= (values < 0 ? -values * total : values) + 1
      width += bytes
    }
    let entries = DeduplicatedEntries(rows: total, distinctKeys: distinct, keyWidthInBytes: width)
    return Entries(sizeInBytes: entries.sizeInBytes, rows: total, pageCost: pageCost)
  }

  /// PostgreSQL 13 or later; `$1` is a table, `$2` an array of its columns. Of each: the table's rows, `random_page_cost`,
  /// how many different values the column has as in pg_stats, its width, and 1 when equal values look the same, without
  /// which there is no deduplication.
  private static let columns = """
    SELECT c.reltuples, pg_catalog.current_setting('random_page_cost'), s.n_distinct, s.avg_width, \
    CASE WHEN NOT EXISTS (SELECT FROM pg_catalog.pg_collation l WHERE l.oid = a.attcollation \
    AND NOT l.collisdeterministic) AND EXISTS (SELECT FROM pg_catalog.pg_opclass o \
    JOIN pg_catalog.pg_am m ON m.oid = o.opcmethod AND m.amname = 'btree' \
    JOIN pg_catalog.pg_amproc p ON p.amprocfamily = o.opcfamily AND p.amproclefttype = o.opcintype \
    AND p.amprocrighttype = o.opcintype AND p.amprocnum = 4 \
    WHERE o.opcdefault AND (o.opcintype = b.oid \
    OR b.typtype = 'e' AND o.opcintype = 'pg_catalog.anyenum'::pg_catalog.regtype \
    OR b.oid = 'pg_catalog.varchar'::pg_catalog.regtype AND o.opcintype = 'pg_catalog.text'::pg_catalog.regtype)) \
    THEN 1 ELSE 0 END FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace \
    JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid JOIN pg_catalog.pg_type t ON t.oid = a.atttypid \
    JOIN pg_catalog.pg_type b ON b.oid = CASE t.typtype WHEN 'd' THEN t.typbasetype ELSE t.oid END \
    LEFT JOIN pg_catalog.pg_stats s ON s.schemaname = n.nspname AND s.tablename = c.relname AND s.attname = a.attname \
    AND NOT s.inherited WHERE c.oid = pg_catalog.to_regclass($1)::oid AND a.attname = ANY ($2::text[])
    """

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
    WHERE c.oid = pg_catalog.to_regclass($1)::oid
    """
}

extension IndexDefinition {
  /// Whether the real index keeps equal keys together, if its types allow it, and how many there are is known.
  fileprivate var isDeduplicated: Bool {
    accessMethod == "btree" && !isUnique && includedColumns.isEmpty && predicate == nil
      && keys.allSatisfy { $0.term.expression == nil }
      && !storageParameters.contains { $0.name == "deduplicate_items" }
  }
}
