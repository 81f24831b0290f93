public import IndexDesign
internal import Postgres

// HypoPG keeps the expressions and the condition of an index as they are for a statement's first table. It
// hands them to the planner unchanged for every other table, too: there they match nothing, and since
// PostgreSQL 16 the estimate of a condition can read memory that is not its own (HypoPG issue 116).

/// A design of which HypoPG cannot tell, for one statement, whether the real index would be used.
public struct UnjudgedDesign: Equatable, Sendable {
  /// Why HypoPG cannot tell.
  public enum Reason: Equatable, Sendable {
    /// It has an expression or a condition, and its table is not the statement's first one.
    case notFirstTable
    /// It has an expression or a condition, and its table is made of partitions.
    case partitions
    /// HypoPG does not recognise it, not even in its own words.
    case notRecognised
  }

  /// The design.
  public var handle: DesignHandle
  /// Why HypoPG cannot tell.
  public var reason: Reason

  /// That it is unknown and why, without a final full stop.
  public var sentence: String {
    switch reason {
    case .notFirstTable:
      "unknown: HypoPG offers partial and expression designs only for a statement's first table"
    case .partitions:
      "unknown: HypoPG does not offer partial and expression designs for partitions of a table"
    case .notRecognised: "unknown: HypoPG does not recognise the design, not even in its own words"
    }
  }
}

extension Session {
  /// The designs that the planner was not really offered for this plan, or could not recognise.
  func unjudgedDesigns(of plan: ExecutionPlan, _ statement: String) -> [UnjudgedDesign] {
    let special = hypotheticals.active.filter {
      $0.matching == .fails || $0.definition?.hasExpressionOrCondition == true
    }
    // Parsing the statement is dear, and most designs have neither.
    guard !special.isEmpty else { return [] }
    let first = StatementParser.onlyFirstTable(of: statement)
    let read = Set(plan.nodes.compactMap(\.relation))
    return special.compactMap { design in
      guard let table = design.definition?.table,
        !design.partitions.union([table.name]).isDisjoint(with: read)
      else { return nil }
      if !design.partitions.isEmpty, design.definition?.hasExpressionOrCondition == true {
        // A parent is not read itself.
        let isFirst = first.map { design.partitions.contains($0.name) && read.contains($0.name) } ?? false
        return isFirst ? nil : .init(handle: design.handle, reason: .partitions)
      }
      if design.matching == .fails { return .init(handle: design.handle, reason: .notRecognised) }
      return table.isMeant(by: first) ? nil : .init(handle: design.handle, reason: .notFirstTable)
    }
  }

  /// Of the active designs that need an expression or a condition, the columns that a statement does not name; and whether
  /// all others are on tables that it does not read.
  func designReach(
    of statement: String
  ) throws(ServerError) -> (unnamed: [DesignHandle: [String]], isComplete: Bool) {
    var reading = StatementReading(of: statement)
    let definitions = hypotheticals.active.compactMap { design in design.definition.map { (design, $0) } }
    let families = try relationFamilies(of: Set((reading.relations ?? []) + definitions.map(\.1.table)))
    reading.resolve(families)
    var unnamed: [DesignHandle: [String]] = [:]
    var isComplete = definitions.count == hypotheticals.active.count
    for (design, definition) in definitions {
      if design.partitions.isEmpty, let columns = reading.unnamedColumns(of: definition) {
        unnamed[design.handle] = columns
      } else if reading.mayRead(families[definition.table]?.objectID) {
        isComplete = false
      }
    }
    return (unnamed, isComplete)
  }

  /// Refuses what may crash the server: a partial design whose table is anything but the first one.
  func refuseCrash(_ statement: String) throws(ServerError) {
    guard facts.versionNumber >= CrashGuard.since else { return }
    for design in hypotheticals.active {
      guard let definition = design.definition, definition.predicate != nil,
        try mayBeBehindFirstTable(definition.table, in: statement)
      else { continue }
      throw ServerError(
        .refused, "planning this with the partial design \(design.handle) may crash the server",
        detail: CrashGuard.detail,
        hint: "drop the design first: hypo drop \(design.handle)")
    }
  }

  /// Whether planning it with the active designs is refused, since it may crash the server.
  func mayCrash(planning statement: String) throws(ServerError) -> Bool {
    do { try refuseCrash(statement) } catch {
      guard error.detail == CrashGuard.detail else { throw error }
      return true
    }
    return false
  }

  private func mayBeBehindFirstTable(_ table: RelationName, in statement: String) throws(ServerError) -> Bool
  {
    guard let relations = StatementParser.relations(in: statement) else { return true }
    if relations.contains(where: { $0.name == table.name }),
      !table.isMeant(by: StatementParser.onlyFirstTable(of: statement))
    {
      return true
    }
    // Only plain tables without children bring no other table with them.
    let names = relations.map { Literal.quoted($0.sql) }.joined(separator: ", ")
    guard !names.isEmpty else { return false }
    let others = try resolve(
      """
      SELECT pg_catalog.count(*) FROM pg_catalog.pg_class \
      WHERE oid IN (SELECT pg_catalog.to_regclass(n)::oid FROM pg_catalog.unnest(ARRAY[\(names)]) n) \
      AND (relkind NOT IN ('r', 'm') OR relhassubclass)
      """)
    return others.value != "0"
  }
}

/// Where HypoPG can crash a server, and why.
enum CrashGuard {
  /// The first version of PostgreSQL that crashes.
  static let since = 160_000
  /// What goes wrong, for the detail of an error.
  static let detail =
    "HypoPG fails on a partial hypothetical index when its table is not the first of the statement, as after a "
    + "view (HypoPG issue 116)."
}

extension StatementParser {
  /// The first table of a statement whose other tables are other ones; nil when there is none or it is named
  /// again.
  ///
  /// First is the target of a change, or what stands leftmost in FROM.
  static func onlyFirstTable(of statement: String) -> RelationName? {
    (try? parse(statement)).flatMap { onlyFirstTable(of: $0) }
  }

  /// The same of what has been parsed.
  static func onlyFirstTable(of statements: [ParsedStatement]) -> RelationName? {
    guard statements.count == 1, let only = statements.first else { return nil }
    let tree = only.tree
    var first = tree["relation"]
    if only.kind == "SelectStmt" {
      guard tree["op"]?.string ?? "SETOP_NONE" == "SETOP_NONE", tree["withClause"] == nil else { return nil }
      first = tree["fromClause"]?.array?.first
      while let join = first?["JoinExpr"] { first = join["larg"] }
      first = first?["RangeVar"]
    } else if only.kind != "UpdateStmt", only.kind != "DeleteStmt" {
      return nil
    }
    guard let name = first?["relname"]?.string, count(of: name, in: tree) == 1 else { return nil }
    return RelationName(schema: first?["schemaname"]?.string, name: name)
  }

  private static func count(of name: String, in tree: JSONValue) -> Int {
    switch tree {
    case .array(let elements): elements.reduce(0) { $0 + count(of: name, in: $1) }
    case .object(let members):
      members.reduce(tree["relname"]?.string == name ? 1 : 0) { $0 + count(of: name, in: $1.value) }
    default: 0
    }
  }
}
