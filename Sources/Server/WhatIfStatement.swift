internal import IndexDesign
internal import Postgres

/// A statement that is planned.
struct WhatIfStatement {
  let planned: PlannedStatement
  /// How it is prepared for any values; nil for a statement without parameters.
  var attempt: GenericPlanAttempt?
  /// What decides which designs can matter to it; nil until somebody needs to know.
  var reading: StatementReading?
  /// What its plan is kept by as long as that is not known.
  var firstKey: WhatIfMemory.Key?

  init(_ planned: PlannedStatement) {
    self.planned = planned
    attempt = planned.parameterCount > 0 ? GenericPlanAttempt(planned.text) : nil
  }
}

/// What a statement's text and its server say of the tables that it reads.
struct StatementReading {
  /// The relations that the text names; nil when it cannot be parsed.
  let relations: [RelationName]?
  /// The first table of a statement that names it once; nil when there is none.
  private let firstTable: RelationName?
  /// Whether a function may bring in tables that the text does not name.
  private let readsFunctions: Bool
  /// The words by which it can mean columns; nil where they may come in without their names.
  private let columns: StatementColumns?
  private var families: RelationFamilies?
  /// The tables that it reads, with their parents and children; nil when that is not known, as after a view.
  private var tables: Set<UInt32>?
  private var guardsAgainstCrash = false
  private var namesOnlyPlainTables = false

  init(of text: String) {
    let parsed = try? StatementParser.parse(text)
    relations = parsed.map { StatementParser.relations(in: $0) }
    firstTable = parsed.flatMap { StatementParser.onlyFirstTable(of: $0) }
    // A set-returning function of language SQL is inlined, and with it the tables that it reads.
    readsFunctions = parsed?.contains { $0.tree.holds("RangeFunction") } ?? true
    columns = parsed.flatMap { StatementColumns(of: $0) }
  }

  /// Takes over what the server knows of the names.
  mutating func resolve(_ families: RelationFamilies) {
    guardsAgainstCrash = families.crashesBehindFirstTable
    self.families = families
    guard let relations else { return }
    let found = relations.map { families[$0] }
    namesOnlyPlainTables = found.allSatisfy { $0?.isPlain ?? true }
    guard !readsFunctions, found.allSatisfy({ $0?.isSelfContained == true }) else { return }
    tables = Set(found.flatMap { $0?.members ?? [] })
  }

  /// Whether a design on that table can change the plan; a table that is not known always can.
  func mayRead(_ table: UInt32?) -> Bool {
    guard let tables, let table else { return true }
    return tables.contains(table)
  }

  /// Whether HypoPG really offers this design to the planner of this statement.
  func isOffered(_ design: IndexDefinition) -> Bool {
    !design.hasExpressionOrCondition || design.table.isMeant(by: firstTable)
      || unnamedColumns(of: design) != nil
  }

  /// Columns of a partial or expression design that the statement does not name, so that the design cannot change its
  /// plan; nil where that is not certain.
  ///
  /// A view, a policy or a virtual generated column may bring in columns that the text does not name.
  func unnamedColumns(of design: IndexDefinition) -> [String]? {
    guard let columns, let relations, let families, design.hasExpressionOrCondition else { return nil }
    let named = relations.compactMap { name in families[name].map { (name: name, family: $0) } }
    guard named.count == relations.count,
      named.allSatisfy({ $0.family.isPlain && $0.family.isSelfContained && !$0.family.computesColumns }),
      let table = named.first(where: { design.table.isMeant(by: $0.name) })
    else { return nil }
    let others = named.filter { $0.family.objectID != table.family.objectID }
    return columns.missing(fromConditionOf: design)
      ?? columns.missing(
        fromKeysOf: design, own: table.family.columns,
        others: others.reduce(into: []) { $0.formUnion($1.family.columns) })
  }

  /// Whether a partial design that HypoPG would not really offer is certain to change nothing, so that it is left out.
  func leavesOut(_ design: IndexDefinition) -> Bool {
    design.predicate != nil && !design.table.isMeant(by: firstTable) && unnamedColumns(of: design) != nil
  }

  /// Whether planning it with this design can crash the server.
  func mayCrash(with design: IndexDefinition) -> Bool {
    guard guardsAgainstCrash, design.predicate != nil, !leavesOut(design) else { return false }
    guard let relations, namesOnlyPlainTables else { return true }
    return relations.contains { $0.name == design.table.name } && !design.table.isMeant(by: firstTable)
  }
}

/// A design that the planner may be offered.
struct WhatIfDesign {
  let definition: IndexDefinition
  /// The index that HypoPG is given: with its expressions and condition as the planner simplifies them, once that is
  /// known.
  private(set) var given: IndexDefinition
  /// What HypoPG is given.
  private(set) var statement: String
  /// Its table; nil when the server knows none of that name.
  var tableObjectID: UInt32?
  /// Whether HypoPG's way with it depends on the statement.
  let isSpecial: Bool
  /// Whether HypoPG recognises it where the planner would recognise the real index, as far as is known.
  private(set) var isRecognised = true
  /// Whether a session has made it once.
  private(set) var isTried = false
  /// Why it cannot be hypothetical; nil as far as is known.
  var failure: PlanningFailure?

  init(_ definition: IndexDefinition) {
    self.definition = definition
    given = definition
    statement = definition.hypotheticalStatement
    isSpecial = definition.hasExpressionOrCondition
    failure = definition.hypotheticalObstacle.map { PlanningFailure($0) }
  }

  /// Takes over how a session makes it.
  mutating func take(_ made: HypotheticalIndexes.Active) {
    statement = made.statement
    given = made.definition ?? definition
    isRecognised = made.matching != .fails
    isTried = true
  }
}

/// Relations by their names, each with the parents and children that planning it can bring in.
struct RelationFamilies {
  /// What is known of one name.
  struct Family {
    /// What the name itself means.
    var objectID: UInt32
    /// That, and everything that it inherits from or that inherits from it.
    var members: Set<UInt32> = []
    /// Whether it is one table or materialized view without children.
    var isPlain = true
    /// Whether planning it reads nothing but its members: no view, no rule, no policy.
    var isSelfContained = true
    /// Whether it has virtual generated columns, which the planner replaces by what they are computed of.
    var computesColumns = false
    /// The names of its columns.
    var columns: Set<String> = []
  }

  /// Whether HypoPG can crash this server on a partial design behind a statement's first table.
  let crashesBehindFirstTable: Bool
  private let families: [String: Family]

  init(rows: [[String?]], crashesBehindFirstTable: Bool) {
    self.crashesBehindFirstTable = crashesBehindFirstTable
    var families: [String: Family] = [:]
    for row in rows {
      guard let name = row[0], let root = row[1].flatMap({ UInt32($0) }),
        let member = row[2].flatMap({ UInt32($0) })
      else { continue }
      var family = families[name] ?? Family(objectID: root)
      family.members.insert(member)
      if root == member {
        family.isPlain = ["r", "m"].contains(row[3]) && row[4] != "t"
        family.columns = Set((row[6] ?? "").split(separator: "\n").map(String.init))
      }
      if row[7] == "t" { family.computesColumns = true }
      if row[5] == "t" || !["r", "m", "p"].contains(row[3]) { family.isSelfContained = false }
      families[name] = family
    }
    self.families = families
  }

  subscript(name: RelationName) -> Family? { families[name.sql] }
}

extension Session {
  /// The families of names, found as the session's search path finds them; a name that the server does not know
  /// has none.
  func relationFamilies(of names: Set<RelationName>) throws(ServerError) -> RelationFamilies {
    let list = names.map(\.sql).sorted().map { Literal.quoted($0) }.joined(separator: ", ")
    let crashes = facts.versionNumber >= CrashGuard.since
    do {
      let rows = try resolve(Self.familiesQuery(list)).rows
      return RelationFamilies(rows: rows, crashesBehindFirstTable: crashes)
    } catch {
      // One schema that the role may not use makes the whole question fail; nothing is known then.
      guard error.code == .statement else { throw error }
      return RelationFamilies(rows: [], crashesBehindFirstTable: crashes)
    }
  }

  /// PostgreSQL 13 or later. Columns in the order of `RelationFamilies.init`.
  private static func familiesQuery(_ names: String) -> String {
    """
    WITH RECURSIVE named AS (SELECT n, pg_catalog.to_regclass(n)::pg_catalog.oid AS root \
    FROM pg_catalog.unnest(ARRAY[\(names)]::pg_catalog.text[]) n), \
    family(n, root, member) AS (SELECT n, root, root FROM named WHERE root IS NOT NULL UNION \
    SELECT f.n, f.root, CASE WHEN i.inhrelid = f.member THEN i.inhparent ELSE i.inhrelid END \
    FROM family f JOIN pg_catalog.pg_inherits i ON f.member IN (i.inhrelid, i.inhparent)) \
    SELECT f.n, f.root, f.member, c.relkind, c.relhassubclass, c.relrowsecurity OR c.relhasrules, \
    CASE WHEN f.root = f.member THEN (SELECT pg_catalog.string_agg(a.attname::text, pg_catalog.chr(10)) \
    FROM pg_catalog.pg_attribute a WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped) END, \
    EXISTS (SELECT FROM pg_catalog.pg_attribute a WHERE a.attrelid = c.oid AND a.attgenerated = 'v') \
    FROM family f JOIN pg_catalog.pg_class c ON c.oid = f.member
    """
  }
}

extension JSONValue {
  /// Whether a node of this kind is in the tree.
  fileprivate func holds(_ node: String) -> Bool {
    switch self {
    case .array(let elements): elements.contains { $0.holds(node) }
    case .object(let members): members.contains { $0.name == node || $0.value.holds(node) }
    default: false
    }
  }
}
