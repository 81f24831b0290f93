public import IndexDesign
internal import Postgres

// What is known of a pair of plans beside the plans: which designs it is about, which of them do what a real index does,
// and what HypoPG leaves out of the cost.

extension Session {
  /// The verdict on the pair of plans of an explanation by the active designs whose table the statement reads; nil for one
  /// without a baseline.
  ///
  /// - Parameter diff: the two plans compared.
  /// - Throws: `ServerError` when the real indexes cannot be looked at.
  public func verdict(on explanation: Explanation, _ diff: PlanDiff) throws(ServerError) -> PlanVerdict {
    let concerned = hypotheticals.active.filter { design in
      explanation.undecidedDesigns.contains { $0.design == design.handle }
        || [diff.before, diff.after].contains { design.use(in: $0) != .tableNotRead }
    }
    return diff.verdict(
      designs: concerned.map(\.handle),
      unjudged: explanation.unjudgedDesigns.map(\.handle) + explanation.oversizedDesigns.map(\.design)
        + explanation.undecidedDesigns.map(\.design),
      twins: try twins(of: diff.after.usedDesigns), descents: explanation.descents,
      doubt: try doubt(of: explanation, diff), oversized: try oversizedUsedDesigns(in: explanation, diff))
  }

  /// Why a lower cost may be no gain with the real index; nil when nothing speaks against it.
  private func doubt(of explanation: Explanation, _ diff: PlanDiff) throws(ServerError) -> GainDoubt? {
    if let unexplained = explanation.unexplained,
      [.partlyByChance, .tooDearWithoutGEQO].contains(unexplained)
    {
      return .chance
    }
    if !explanation.descents.uncounted.isEmpty { return .skipScan(explanation.descents.uncounted) }
    for design in hypotheticals.active where diff.after.usedDesigns.contains(design.handle) {
      if let definition = design.typed, let duplicates = try duplicates(of: definition) {
        return .notUnique(design.handle, duplicates)
      }
    }
    let ranges = hypotheticals.active.filter {
      diff.after.usedDesigns.contains($0.handle) && ($0.typed ?? $0.definition)?.hasOwnPagesPerRange == true
    }
    if !ranges.isEmpty { return .pagesPerRange(ranges.map(\.handle)) }
    return try overflowDoubt(diff)
  }

  /// Whether what HypoPG does not count of a hash design takes the gain.
  private func overflowDoubt(_ diff: PlanDiff) throws(ServerError) -> GainDoubt? {
    let gain = diff.before.totalCost.units - diff.after.totalCost.units
    guard gain > 0 else { return nil }
    for design in hypotheticals.active where diff.after.usedDesigns.contains(design.handle) {
      guard let definition = design.typed, definition.accessMethod == "hash",
        let cost = try overflow(of: definition, read: diff.after.rowsFound(through: design.handle)),
        cost.units >= gain
      else { continue }
      return .overflowPages(design.handle, cost)
    }
    return nil
  }

  /// What tells how high the B-tree of a design would be; nil for other access methods, and where the server does not say.
  ///
  /// - Throws: `ServerError` when the person stops it or there is no connection.
  func tree(of design: IndexDefinition, sizeInBytes: Int64) throws(ServerError) -> HypotheticalTree? {
    guard design.accessMethod == "btree" else { return nil }
    let columns = design.keys.compactMap { if case .column(let name) = $0.term { name } else { nil } }
    let answer = try ifPossible { () throws(ServerError) in
      try resolve(Self.keyWidth, [design.table.sql, Literal.array(of: columns)])
    }
    guard let row = answer?.rows.first, let cost = row[0].flatMap(Double.init) else { return nil }
    let expressions = Double((design.keys.count - columns.count) * Self.unknownWidth)
    return HypotheticalTree(
      pages: Double(sizeInBytes) / 8_192, keyWidthInBytes: expressions + (row[1].flatMap(Double.init) ?? 0),
      operatorCost: cost, skipped: try skippedKeys(of: design))
  }

  /// What the statistics say of the keys of a B-tree; nil before PostgreSQL 18, and of a partitioned table, where each
  /// partition has its own.
  private func skippedKeys(of design: IndexDefinition) throws(ServerError) -> SkippedKeys? {
    guard facts.versionNumber >= 180_000 else { return nil }
    let names = design.keys.map { if case .column(let name) = $0.term { name } else { "" } }
    let answer = try ifPossible { () throws(ServerError) in
      try resolve(Self.distinctValues, [design.table.sql, Literal.array(of: names)])
    }
    guard let rows = answer?.rows, rows.count == names.count else { return nil }
    return SkippedKeys(
      zip(design.keys, rows).map { key, row in
        guard case .column(let name) = key.term else { return .init(column: nil, distinctValues: nil) }
        return .init(column: name, distinctValues: row[0].flatMap(Double.init))
      })
  }

  /// PostgreSQL 18; `$1` is a table that is not partitioned, `$2` an array of column names. How many different values each
  /// has.
  private static let distinctValues = """
    SELECT CASE WHEN s.n_distinct OPERATOR(pg_catalog.<) 0::pg_catalog.float4 THEN pg_catalog.abs(s.n_distinct) \
    OPERATOR(pg_catalog.*) c.reltuples ELSE s.n_distinct END \
    FROM pg_catalog.unnest($2::pg_catalog.text[]) WITH ORDINALITY k(name, place) \
    JOIN pg_catalog.pg_class c ON c.oid = pg_catalog.to_regclass($1)::pg_catalog.oid AND c.relkind <> 'p' \
    JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace LEFT JOIN pg_catalog.pg_stats s ON \
    s.schemaname = n.nspname AND s.tablename = c.relname AND s.attname = k.name AND NOT s.inherited ORDER BY k.place
    """

  /// What the planner supposes of a type that tells no width.
  /// Source: `get_typavgwidth` in PostgreSQL's lsyscache.c.
  private static let unknownWidth = 32

  /// PostgreSQL 13 or later; `$1` is a table, `$2` an array of its columns. `cpu_operator_cost` and the width of the columns
  /// together.
  private static let keyWidth = """
    SELECT pg_catalog.current_setting('cpu_operator_cost'), (SELECT pg_catalog.sum(coalesce((SELECT pg_catalog.max( \
    s.avg_width) FROM pg_catalog.pg_stats s WHERE s.schemaname = n.nspname AND s.tablename = c.relname \
    AND s.attname = a.attname), NULLIF(a.attlen, -1), \(unknownWidth))) FROM pg_catalog.pg_class c \
    JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid \
    WHERE c.oid = pg_catalog.to_regclass($1)::oid AND a.attname = ANY ($2::text[]))
    """
}

extension HypotheticalIndexes {
  /// What HypoPG leaves out of the cost of a plan.
  func descents(in plan: ExecutionPlan) -> UnchargedDescents {
    // Whoever has set it since the design was made means the plan, too.
    let changed = session?.changedSettings["cpu_operator_cost"].flatMap(Double.init)
    let trees = active.compactMap { design in
      design.tree.map { tree in
        var tree = tree
        tree.operatorCost = changed ?? tree.operatorCost
        return (design.handle, tree)
      }
    }
    return UnchargedDescents(in: plan, into: Dictionary(trees) { first, _ in first })
  }
}

extension HypotheticalIndexes.Active {
  /// Whether a plan uses the design and, if not, what it does instead.
  func use(in plan: ExecutionPlan) -> DesignUse {
    guard let table = (typed ?? definition)?.table else { return .tableNotRead }
    return plan.use(of: handle, schema: table.schema, table: table.name, partitions: partitions)
  }
}
