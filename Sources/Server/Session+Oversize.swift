internal import IndexDesign
internal import Postgres

// HypoPG computes sizes as if each row had an entry of its own, with 8 bytes for each column besides and room to grow. The
// statistics tell how wide an entry is and how many rows share one.

extension Session {
  /// Those of the designs not used by a plan that lost by no more than what HypoPG adds to their size, or by nobody knows
  /// how much to something larger.
  ///
  /// - Throws: `ServerError` when the person stops it or the connection is lost.
  func oversizedDesigns(in explanation: Explanation) throws(ServerError) -> [OversizedDesign] {
    var found: [OversizedDesign] = []
    for design in hypotheticals.active {
      guard let contest = explanation.contests[design.handle], contest.mayTurn, let definition = design.typed,
        // What beats it may be a design, too, which is as much too large.
        !explanation.plan.readsDesign(of: definition.table, design.partitions),
        let entries = try entries(of: definition)
      else { continue }
      let mayWin =
        if case .lost(let cost, let against) = contest {
          entries.doubt(of: design).mayWin(cost, against: against)
        } else {
          design.estimatedSizeInBytes > entries.sizeInBytes
            ? try isSmaller(design, definition, entries, than: explanation) : false
        }
      guard mayWin else { continue }
      found.append(
        OversizedDesign(
          design: design.handle, estimatedSizeInBytes: design.estimatedSizeInBytes,
          realSizeInBytes: entries.sizeInBytes, packing: entries.packing))
    }
    return found
  }

  /// Whether a design whose cost is not known takes less than what the plan reads, and can stand in for it.
  private func isSmaller(
    _ design: HypotheticalIndexes.Active, _ definition: IndexDefinition, _ entries: Entries,
    than explanation: Explanation
  ) throws(ServerError) -> Bool {
    let columns = Set(definition.columns)
    let coversAll = try covers(columns, definition.table, explanation.statement)
    // Without VERBOSE a plan tells no schema.
    let table = RelationName(name: definition.table.name)
    for scan in explanation.plan.scans(of: table, design.partitions) {
      let reader = scan.subtree.first { $0.index != nil }
      guard case .real(let name)? = reader?.index else {
        let least = Double(entries.sizeInBytes) / 8_192 * entries.pageCost
        if coversAll, least < scan.totalCost.units { return true }
        continue
      }
      let names = reader?.condition("Index Cond").map { SQLLexer($0).names }
      let leads = definition.keys.first?.occurs(in: names ?? [])
      guard names == nil ? coversAll : leads == true else { continue }
      let taken = try value(Self.indexSize, definition.table.sql, name)
      if Double(entries.sizeInBytes) < taken ?? 0 { return true }
    }
    return false
  }

  /// Whether a statement names no other column of a table than these.
  private func covers(
    _ columns: Set<String>, _ table: RelationName, _ statement: String
  ) throws(ServerError) -> Bool {
    guard let named = StatementParser.columns(in: statement) else { return false }
    let others = named.subtracting(columns).sorted()
    return try value(Self.columnCount, table.sql, Literal.array(of: others)) == 0
  }

  private func value(_ sql: String, _ values: String...) throws(ServerError) -> Double? {
    let answer = try ifPossible { () throws(ServerError) in try resolve(sql, values) }
    return (answer?.rows.first?[0]).flatMap(Double.init)
  }

  /// PostgreSQL 13 or later; `$1` is a table, `$2` the name of one of its indexes.
  private static let indexSize = """
    SELECT pg_catalog.pg_relation_size(i.indexrelid) FROM pg_catalog.pg_index i JOIN pg_catalog.pg_class c \
    ON c.oid = i.indexrelid WHERE i.indrelid = pg_catalog.to_regclass($1)::oid AND c.relname = $2
    """

  /// PostgreSQL 13 or later; `$1` is a table, `$2` an array of names. How many of them are its columns.
  private static let columnCount = """
    SELECT pg_catalog.count(*) FROM pg_catalog.pg_attribute a WHERE a.attrelid = pg_catalog.to_regclass($1)::oid \
    AND a.attname = ANY ($2::text[])
    """

  fileprivate struct Entries {
    var sizeInBytes: Int64
    var rows: Double
    var pageCost: Double
    var packing: OversizedDesign.Packing

    func doubt(of design: HypotheticalIndexes.Active) -> SizeDoubt {
      SizeDoubt(
        estimatedSizeInBytes: design.estimatedSizeInBytes, realSizeInBytes: sizeInBytes, rows: rows,
        pageCost: pageCost)
    }
  }

  /// - Returns: nil when it is no B-tree, how many rows it has is not known, or a column has no statistics.
  private func entries(of definition: IndexDefinition) throws(ServerError) -> Entries? {
    guard definition.accessMethod == "btree", definition.predicate == nil else { return nil }
    let columns = Set(definition.columns)
    let answer = try ifPossible { () throws(ServerError) in
      try resolve(Self.columns, [definition.table.sql, Literal.array(of: columns.sorted())])
    }
    let rows = (answer?.rows ?? []).map { $0.map { $0.flatMap(Double.init) } }
    guard rows.count == max(1, columns.count), let first = rows.first, let total = first[0], total > 0,
      let pageCost = first[1]
    else { return nil }
    let expressions = definition.keys.compactMap(\.term.expression).count
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
        rows: total, distinctKeys: isShared ? keys : total, keyWidthInBytes: width,
        fillFactor: definition.fillFactor)
    }
    let together = expressions == 0 && columns.count > 1 ? first[5] : nil
    let (least, largest) = (size(together ?? most), size(together ?? product))
    let isCertain = expressions == 0 && least.sizeInBytes == largest.sizeInBytes
    return Entries(
      sizeInBytes: least.sizeInBytes, rows: total, pageCost: pageCost,
      packing: !isCertain ? .atBest : least.isDeduplicated ? .deduplicated : .entryForEachRow)
  }

  /// What an expression takes at least when it is aligned.
  private static let leastWidth = 8.0

  /// PostgreSQL 13 or later; `$1` is a table, `$2` an array of its columns. Of each, or once without them: the table's rows,
  /// `random_page_cost`, how many different values the column has as in pg_stats, its width, 1 when equal values look the
  /// same, without which there is no deduplication, and how many different values CREATE STATISTICS has of all of them
  /// together.
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
    AND NOT s.inherited WHERE c.oid = pg_catalog.to_regclass($1)::oid
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
    WHERE c.oid = pg_catalog.to_regclass($1)::oid AND e.n_distinct IS NOT NULL
    """
}

extension DesignContest {
  /// Whether a smaller index may change who wins.
  fileprivate var mayTurn: Bool {
    switch self {
    case .lost, .unknown: true
    case .cannotServe: false
    }
  }
}

extension IndexDefinition {
  /// The plain columns, keys first.
  fileprivate var columns: [String] {
    keys.compactMap { if case .column(let name) = $0.term { name } else { nil } } + includedColumns
  }

  /// Whether the real index keeps rows of equal keys together, if its types allow it.
  fileprivate var mayShareEntries: Bool {
    !isUnique && includedColumns.isEmpty
      && !storageParameters.contains {
        $0.name == "deduplicate_items" && ["off", "false", "no", "0"].contains($0.plainValue)
      }
  }

  /// The share to which its leaves are filled.
  fileprivate var fillFactor: Double {
    let percent = storageParameters.first { $0.name == "fillfactor" }.flatMap { Double($0.plainValue) }
    return (percent ?? 90) / 100
  }
}

extension IndexKey {
  /// Whether its names are among those of a condition.
  fileprivate func occurs(in names: Set<String>) -> Bool {
    switch term {
    case .column(let name): names.contains(name)
    case .expression(let text): SQLLexer(text).names.isSubset(of: names)
    }
  }
}

extension StorageParameter {
  fileprivate var plainValue: String { (value ?? "true").lowercased().filter { $0 != "'" } }
}

extension StatementParser {
  /// The names that may be columns in a statement; nil when it reads all of a table's, or cannot be parsed.
  fileprivate static func columns(in statement: String) -> Set<String>? {
    var found: Set<String> = []
    var isWhole = false
    func collect(_ tree: JSONValue) {
      switch tree {
      case .array(let elements): elements.forEach(collect)
      case .object(let members):
        if let fields = tree["ColumnRef"]?["fields"]?.array {
          isWhole = isWhole || fields.contains { $0["A_Star"] != nil }
          found.formUnion(fields.compactMap { $0["String"]?["sval"]?.string })
        }
        members.forEach { collect($0.value) }
      default: break
      }
    }
    guard let parsed = try? parse(statement) else { return nil }
    for part in parsed { collect(part.tree) }
    return isWhole ? nil : found
  }
}

extension ExecutionPlan {
  /// Whether a scan of a table reads a design.
  fileprivate func readsDesign(of table: RelationName, _ partitions: Set<String>) -> Bool {
    // Without VERBOSE a plan tells no schema.
    scans(of: RelationName(name: table.name), partitions).contains { scan in
      scan.subtree.contains { if case .design? = $0.index { true } else { false } }
    }
  }
}
