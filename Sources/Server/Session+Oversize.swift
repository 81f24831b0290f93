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
        definition.accessMethod == "btree",
        // What beats it may be a design, too, which is as much too large.
        !explanation.plan.readsDesign(of: definition.table, design.partitions)
      else { continue }
      let size = try builtSize(of: definition, design.partitions)
      // HypoPG's size of a parent that was never analysed, or has a condition, is none of its partitions'.
      let isKnown =
        design.partitions.isEmpty || design.estimatedSizeInBytes > size?.sizeInBytes ?? .max
      let built = isKnown ? size : nil
      let mayWin =
        switch contest {
        case .lost(let cost, let against):
          if case let doubt = try sizeDoubt(of: design, built),
            !isKnown || doubt.mayWin(cost, against: against),
            try !isAsCheapAsCanBe(explanation, design, definition)
          {
            try !isDearerAsAWhole(explanation, design, definition)
          } else {
            false
          }
        default:
          if let built, design.estimatedSizeInBytes > built.sizeInBytes {
            try isSmaller(design, definition, built, than: explanation)
          } else {
            false
          }
        }
      guard mayWin else { continue }
      found.append(
        OversizedDesign(
          design: design.handle, estimatedSizeInBytes: design.estimatedSizeInBytes,
          realSizeInBytes: built?.sizeInBytes ?? 0, packing: built?.packing ?? .unknown))
    }
    return found
  }

  /// Those of the designs not used by a plan of which something else is not known that may make the real index win.
  ///
  /// - Throws: `ServerError` when the person stops it or the connection is lost.
  func undecidedDesigns(in explanation: Explanation) throws(ServerError) -> [UndecidedDesign] {
    var found = try designsForForeignKeys(in: explanation)
    for design in hypotheticals.active where !found.contains(where: { $0.design == design.handle }) {
      guard let contest = explanation.contests[design.handle], let definition = design.typed else { continue }
      let reason: UndecidedDesign.Reason? =
        switch contest {
        case .unknown: .cost
        case .lost where definition.hasOwnPagesPerRange: .pagesPerRange
        case .lost where explanation.designsWithoutStatistics.contains(design.handle): .rows
        case .lost, .cannotServe: nil
        }
      guard let reason, try !isAsCheapAsCanBe(explanation, design, definition) else { continue }
      if reason == .cost, try isDearerAsAWhole(explanation, design, definition) { continue }
      found.append(UndecidedDesign(design: design.handle, reason: reason))
    }
    return found
  }

  /// Those of the designs that a plan uses which HypoPG takes for larger than the real index, or whose size is not known;
  /// looked at only where the plan costs a little more for it.
  ///
  /// - Throws: `ServerError` when the person stops it or the connection is lost.
  func oversizedUsedDesigns(
    in explanation: Explanation, _ diff: PlanDiff
  ) throws(ServerError) -> [DesignHandle] {
    guard diff.after.totalCost > diff.before.totalCost else { return [] }
    var found: [DesignHandle] = []
    for design in hypotheticals.active where diff.after.usedDesigns.contains(design.handle) {
      guard let definition = design.typed, definition.accessMethod == "btree" else { continue }
      if try sizeDoubt(of: design, builtSize(of: definition, design.partitions)).isOversized {
        found.append(design.handle)
      }
    }
    return found
  }

  private func sizeDoubt(
    of design: HypotheticalIndexes.Active, _ built: BuiltSize?
  ) throws(ServerError) -> SizeDoubt {
    let pageCost = if let built { built.pageCost } else { try pageCost() }
    return SizeDoubt(
      estimatedSizeInBytes: design.estimatedSizeInBytes, realSizeInBytes: built?.sizeInBytes ?? 0,
      rows: built?.rows, pageCost: pageCost)
  }

  /// Whether the plan reads a design's table by so few pages that no other index can do with less.
  private func isAsCheapAsCanBe(
    _ explanation: Explanation, _ design: HypotheticalIndexes.Active, _ definition: IndexDefinition
  ) throws(ServerError) -> Bool {
    let scans = explanation.plan.outline.lines.filter { line in
      guard line.node.reads, let relation = line.node.relation else { return false }
      return relation == definition.table.name || design.partitions.contains(relation)
    }
    let isLookedUp = scans.allSatisfy { line in
      ["Index Scan", "Index Only Scan"].contains(line.node.nodeType) && line.cost.loops <= 1
    }
    guard isLookedUp, let dearest = scans.map(\.node.totalCost.units).max() else { return false }
    let coversAll = try covers(Set(definition.columns), definition.table, explanation.statement)
    // A page of the index, one of the table, and what the processor does meanwhile.
    return dearest <= (coversAll ? 1 : 2) * (try pageCost()) + 0.5
  }

  /// Whether a plan whose statement asks nothing of a design's first column, so that all of the design would be read, reads
  /// the table for less than that.
  private func isDearerAsAWhole(
    _ explanation: Explanation, _ design: HypotheticalIndexes.Active, _ definition: IndexDefinition
  ) throws(ServerError) -> Bool {
    // Of pruned partitions nothing is read.
    guard definition.accessMethod == "btree", design.partitions.isEmpty,
      case .column(let first)? = definition.keys.first?.term,
      !explanation.plan.mayAsk(for: first, in: explanation.statement),
      let built = try builtSize(of: definition, design.partitions)
    else { return false }
    // The size is an estimate.
    let least = Double(built.sizeInBytes) / 8_192 * built.pageCost * 0.9
    return explanation.plan.outline.lines.allSatisfy { line in
      line.node.relation != definition.table.name || !line.node.reads || line.cost.total.units <= least
    }
  }

  /// `random_page_cost`, which the session may have set.
  private func pageCost() throws(ServerError) -> Double {
    try value("SELECT pg_catalog.current_setting('random_page_cost')") ?? 4
  }

  /// Whether a design whose cost is not known takes less than what the plan reads, and can stand in for it.
  private func isSmaller(
    _ design: HypotheticalIndexes.Active, _ definition: IndexDefinition, _ built: BuiltSize,
    than explanation: Explanation
  ) throws(ServerError) -> Bool {
    let columns = Set(definition.columns)
    let coversAll = try covers(columns, definition.table, explanation.statement)
    // Without VERBOSE a plan tells no schema.
    let table = RelationName(name: definition.table.name)
    for scan in explanation.plan.scans(of: table, design.partitions) {
      let reader = scan.subtree.first { $0.index != nil }
      guard case .real(let name)? = reader?.index else {
        let least = Double(built.sizeInBytes) / 8_192 * built.pageCost
        if coversAll, least < scan.totalCost.units { return true }
        continue
      }
      let names = reader?.condition("Index Cond").map { SQLLexer($0).names }
      let leads = definition.keys.first?.occurs(in: names ?? [])
      guard names == nil ? coversAll : leads == true else { continue }
      let taken = try value(Self.indexSize, definition.table.sql, name)
      if Double(built.sizeInBytes) < taken ?? 0 { return true }
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

extension IndexKey {
  /// Whether its names are among those of a condition.
  fileprivate func occurs(in names: Set<String>) -> Bool {
    switch term {
    case .column(let name): names.contains(name)
    case .expression(let text): SQLLexer(text).names.isSubset(of: names)
    }
  }
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
  /// Whether a condition, an order or a grouping may be on a column, or a part of an order may be enough.
  fileprivate func mayAsk(for column: String, in statement: String) -> Bool {
    let words = SQLLexer(statement).names
    guard words.isDisjoint(with: ["limit", "fetch", "min", "max"]) else { return true }
    return nodes.contains { node in
      let texts = node.conditions.map(\.text) + node.sortKeys + node.groupKeys
      return node.nodeType == "Limit" || node.nodeType.contains("SubPlan")
        || texts.contains { SQLLexer($0).names.contains(column) }
    }
  }

  /// Whether a scan of a table reads a design.
  fileprivate func readsDesign(of table: RelationName, _ partitions: Set<String>) -> Bool {
    // Without VERBOSE a plan tells no schema.
    scans(of: RelationName(name: table.name), partitions).contains { scan in
      scan.subtree.contains { if case .design? = $0.index { true } else { false } }
    }
  }
}
