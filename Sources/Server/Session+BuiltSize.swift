internal import IndexDesign
internal import Postgres

extension Session {
  /// What is known of the size of the B-tree that a design would become, just after it is built.
  struct BuiltSize {
    /// The least that it may be.
    var sizeInBytes: Int64
    /// How many rows are in it.
    var rows: Double
    /// `random_page_cost`.
    var pageCost: Double
    /// What the size is of.
    var packing: OversizedDesign.Packing
  }

  /// The size of a B-tree, from the statistics.
  ///
  /// - Parameter partitions: those of its table; of a condition on them nothing is known.
  /// - Returns: nil when how many rows it has is not known, or a column has no statistics.
  /// - Throws: `ServerError` when the person stops it or the connection is lost.
  func builtSize(
    of definition: IndexDefinition, _ partitions: Set<String>
  ) throws(ServerError) -> BuiltSize? {
    guard definition.predicate == nil || partitions.isEmpty else { return nil }
    let columns = Set(definition.columns)
    let answer = try ifPossible { () throws(ServerError) in
      try resolve(Self.columns, [definition.table.sql, Literal.array(of: columns.sorted())])
    }
    let rows = (answer?.rows ?? []).map { $0.map { $0.flatMap(Double.init) } }
    guard rows.count == max(1, columns.count), let first = rows.first, let total = first[0], total > 0,
      let pageCost = first[1]
    else { return nil }
    let expressions = definition.keys.compactMap(\.term.expression).count
    let part = try definition.predicate.map { predicate throws(ServerError) in
      try expectedRows(of: definition.table, where: predicate)
    }
    if case .some(nil) = part { return nil }
    let held = min(total, (part ?? nil) ?? total)
    var isShared = definition.mayShareEntries
    var (most, product, width) = (1.0, 1.0, Double(expressions) * Self.leastWidth)
    for row in rows where !columns.isEmpty {
      guard let values = row[2], let bytes = row[3] else { return nil }
      // NULLs are kept together like one more value.
      let distinct = (values < 0 ? -values * total : values) + 1
      (most, product, width) = (max(most, distinct), product * distinct, width + bytes)
      if row[4] != 1 { isShared = false }
    }
    func size(_ keys: Double) -> DeduplicatedEntries {
      DeduplicatedEntries(
        rows: held, distinctKeys: isShared ? min(keys, held) : held, keyWidthInBytes: width,
        fillFactor: definition.fillFactor)
    }
    let together = expressions == 0 && columns.count > 1 ? first[5] : nil
    // The rows of a condition may have a single key.
    let (least, largest) = (size(part == nil ? together ?? most : 1), size(together ?? product))
    let isCertain = expressions == 0 && least.sizeInBytes == largest.sizeInBytes
    return BuiltSize(
      sizeInBytes: least.sizeInBytes, rows: held, pageCost: pageCost,
      packing: !isCertain ? .atBest : least.isDeduplicated ? .deduplicated : .entryForEachRow)
  }

  /// What the overflow pages of a hash index, which HypoPG does not count, may add to what a plan reads of it.
  ///
  /// Each page that a bucket needs beside its first is one of them: with few values, nearly all.
  /// - Returns: nil when each value has so few rows that there are none to speak of, or that is not known.
  /// - Throws: `ServerError` when the person stops it or the connection is lost.
  func overflow(of definition: IndexDefinition, read: Double?) throws(ServerError) -> PlannerCost? {
    let columns = Set(definition.columns)
    let answer = try ifPossible { () throws(ServerError) in
      try resolve(Self.columns, [definition.table.sql, Literal.array(of: columns.sorted())])
    }
    let facts = (answer?.rows.first ?? []).map { $0.flatMap(Double.init) }
    guard facts.count > 2, let rows = facts[0], rows > 0, let pageCost = facts[1], let values = facts[2]
    else { return nil }
    let distinct = max(1, values < 0 ? -values * rows : values)
    guard rows / distinct >= Self.rowsOfFewValues else { return nil }
    return PlannerCost(rows * Self.hashEntry / 8_152 * min(1, (read ?? rows) / rows) * pageCost)
  }

  /// With fewer rows for each value buckets fill evenly.
  private static let rowsOfFewValues = 10.0
  /// An entry of a hash index in bytes, with its pointer.
  private static let hashEntry = 20.0

  /// How many rows of a table the planner expects to fulfil a condition; nil when the server does not say.
  private func expectedRows(of table: RelationName, where condition: String) throws(ServerError) -> Double? {
    let explain = "EXPLAIN (FORMAT JSON) SELECT 1 FROM ONLY \(table.sql) WHERE (\(condition)\n)"
    let steps = ["SET LOCAL hypopg.enabled = off", explain].map { PipelineStep.query(Self.mark + $0) }
    return try results(of: steps)?[1].value.flatMap { try? ExecutionPlan(explainJSON: $0).root.planRows }
  }

  /// What an expression takes at least when it is aligned.
  private static let leastWidth = 8.0

  /// PostgreSQL 13 or later; `$1` is a table, `$2` an array of its columns. Of each, or once without them: the table's rows,
  /// `random_page_cost`, how many different values the column has as in pg_stats, its width, 1 when equal values look the
  /// same, without which there is no deduplication, and how many different values CREATE STATISTICS has of all of them
  /// together.
  private static let columns = """
    SELECT CASE c.relkind WHEN 'p' THEN (SELECT pg_catalog.sum(l.reltuples) \
    FROM pg_catalog.pg_partition_tree(c.oid) p JOIN pg_catalog.pg_class l ON l.oid = p.relid WHERE p.isleaf AND l.reltuples > 0) ELSE c.reltuples END, \
    pg_catalog.current_setting('random_page_cost'), s.n_distinct, s.avg_width, \
    CASE WHEN NOT EXISTS (SELECT FROM pg_catalog.pg_collation l WHERE l.oid = a.attcollation \
    AND NOT l.collisdeterministic) AND EXISTS (SELECT FROM pg_catalog.pg_opclass o \
    JOIN pg_catalog.pg_am m ON m.oid = o.opcmethod AND m.amname = 'btree' \
    JOIN pg_catalog.pg_amproc p ON p.amprocfamily = o.opcfamily AND p.amproclefttype = o.opcintype \
    AND p.amprocrighttype = o.opcintype AND p.amprocnum = 4 \
    WHERE o.opcdefault AND (o.opcintype = b.oid \
    OR b.typtype = 'e' AND o.opcintype = 'pg_catalog.anyenum'::pg_catalog.regtype \
    OR b.oid = 'pg_catalog.varchar'::pg_catalog.regtype AND o.opcintype = 'pg_catalog.text'::pg_catalog.regtype)) \
    THEN 1 ELSE 0 END, (SELECT pg_catalog.max(e.value::float8) FROM pg_catalog.pg_stats_ext x \
    CROSS JOIN LATERAL pg_catalog.json_each_text(x.n_distinct::text::json) e \
    WHERE x.schemaname = n.nspname AND x.tablename = c.relname AND e.key = (SELECT pg_catalog.string_agg( \
    k.attnum::text, ', ' ORDER BY k.attnum) FROM pg_catalog.pg_attribute k \
    WHERE k.attrelid = c.oid AND k.attname = ANY ($2::text[]))) \
    FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace \
    LEFT JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid AND a.attname = ANY ($2::text[]) \
    LEFT JOIN pg_catalog.pg_type t ON t.oid = a.atttypid \
    LEFT JOIN pg_catalog.pg_type b ON b.oid = CASE t.typtype WHEN 'd' THEN t.typbasetype ELSE t.oid END \
    LEFT JOIN pg_catalog.pg_stats s ON s.schemaname = n.nspname AND s.tablename = c.relname AND s.attname = a.attname \
    AND s.inherited = (c.relkind = 'p') WHERE c.oid = pg_catalog.to_regclass($1)::oid
    """
}

extension IndexDefinition {
  /// The plain columns, keys first.
  var columns: [String] {
    keys.compactMap { if case .column(let name) = $0.term { name } else { nil } } + includedColumns
  }

  /// Whether the real index keeps rows of equal keys together, if its types allow it.
  var mayShareEntries: Bool {
    !isUnique && includedColumns.isEmpty
      && !storageParameters.contains {
        $0.name == "deduplicate_items" && ["off", "false", "no", "0"].contains($0.plainValue)
      }
  }

  /// Whether it is a BRIN index of other ranges than the planner supposes.
  var hasOwnPagesPerRange: Bool {
    accessMethod == "brin"
      && storageParameters.contains { $0.name == "pages_per_range" && $0.plainValue != "128" }
  }

  /// The share to which its leaves are filled.
  var fillFactor: Double {
    let percent = storageParameters.first { $0.name == "fillfactor" }.flatMap { Double($0.plainValue) }
    return (percent ?? 90) / 100
  }
}

extension StorageParameter {
  fileprivate var plainValue: String { (value ?? "true").lowercased().filter { $0 != "'" } }
}
