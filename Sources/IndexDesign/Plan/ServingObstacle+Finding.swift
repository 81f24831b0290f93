/// What the catalog says of a column that an index is to have as a key.
public struct KeyFacts: Equatable, Sendable {
  /// The operators of the key's operator class; nil when the class is not known.
  public var operators: Set<String>?
  /// Other operator classes of the access method for the column's type, those with other operators only.
  public var otherClasses: [RelationName]

  /// Makes facts.
  public init(operators: Set<String>?, otherClasses: [RelationName] = []) {
    self.operators = operators
    self.otherClasses = otherClasses
  }
}

/// A statement as a plan without any index words it, and a design that its plan does not use.
public struct ServingQuestion: Sendable {
  /// The design with its expressions and its condition as the planner simplifies them.
  public var design: IndexDefinition
  /// The names of the table's partitions, which plans name in its place; empty when it has none.
  public var partitions: Set<String>
  /// Whether the planner reads the design's table row by row even where that is forbidden, so that no index on it can
  /// serve.
  public var hasNoPath: Bool
  /// What is known of the design's plain keys, by column.
  public var facts: [String: KeyFacts]
  /// The collations that the statement names.
  public var collations: [RelationName]

  private let terms: [PlanTerm]
  private let plan: ExecutionPlan

  /// Makes a question.
  ///
  /// - Parameter plan: made with VERBOSE and without index scans, so that each condition is in it and each column has
  ///   the name of its table.
  public init(
    _ design: IndexDefinition, partitions: Set<String> = [], in plan: ExecutionPlan, hasNoPath: Bool,
    facts: [String: KeyFacts] = [:], collations: [RelationName] = []
  ) {
    self.design = design
    self.partitions = partitions
    self.plan = plan
    self.hasNoPath = hasNoPath
    self.facts = facts
    self.collations = collations
    terms = PlanTerm.all(in: plan)
  }

  /// Why the design cannot serve the statement; nil when that is not known.
  public var obstacle: ServingObstacle? {
    let named = plan.nodes.filter { $0.reads && $0.relation == design.table.name }
    let own = plan.scans(of: design.table, partitions)
    guard !own.isEmpty else {
      guard let other = named.first?.schema else { return nil }
      return .otherTable(read: RelationName(schema: other, name: design.table.name), design: design.table)
    }
    // A partition's columns can have the parent's name before them, which no scan tells.
    let aliases = partitions.isEmpty ? Set(own.compactMap(\.alias)) : nil
    return conditionObstacle(aliases) ?? absence(aliases) ?? (hasNoPath ? misfit(aliases) : nil)
  }

  /// Indexes that might serve instead, the likeliest first; the planner has to say which do.
  public func remedies(for obstacle: ServingObstacle) -> [IndexDefinition] {
    var plain = design
    plain.name = nil
    switch obstacle {
    case .otherTable(let read, _): return [with(plain) { $0.table = read }]
    case .noKeyOccurs, .onlyInAlternative, .noKnownBeginning: return []
    case .conditionNotImplied: return [with(plain) { $0.predicate = nil }]
    case .onlyInside(let column, let expression):
      return [replacing(column, plain) { $0.term = .expression(expression) }]
    case .otherCollation(let collation, let key):
      return [replacing(key, plain) { $0.collation = collation }]
    case .otherOrder(let key, let wanted):
      return [with(replacing(key, plain) { $0 = wanted }) { $0.accessMethod = "btree" }]
    case .foreignOperator(_, let key):
      let classes = facts[key]?.otherClasses ?? []
      let others = classes.map { name in replacing(key, plain) { $0.operatorClass = name } }
      return others + (plain.accessMethod == "btree" ? [] : [with(plain) { $0.accessMethod = "btree" }])
    }
  }

  private func with(_ definition: IndexDefinition, _ change: (inout IndexDefinition) -> Void)
    -> IndexDefinition
  {
    var copy = definition
    change(&copy)
    return copy
  }

  private func replacing(_ key: String, _ definition: IndexDefinition, _ change: (inout IndexKey) -> Void)
    -> IndexDefinition
  {
    with(definition) { copy in
      for index in copy.keys.indices where copy.keys[index].term.text == key { change(&copy.keys[index]) }
    }
  }

  /// A partial index can be read as a whole whenever its condition is implied, so without a path it is not.
  private func conditionObstacle(_ aliases: Set<String>?) -> ServingObstacle? {
    guard let condition = design.predicate, design.accessMethod != "hash" else { return nil }
    if hasNoPath { return .conditionNotImplied(condition) }
    let lexer = SQLLexer(condition)
    let names = Set(lexer.tokens.indices.compactMap { lexer.name(at: $0) })
    return names.isDisjoint(with: columns(aliases)) ? .conditionNotImplied(condition) : nil
  }

  private func columns(_ aliases: Set<String>?) -> Set<String> {
    Set(terms.flatMap { $0.sides.flatMap { $0.columns(of: aliases) } })
  }

  /// None of the keys is asked for, and the index does not hold all that is, so that it is no smaller table either.
  private func absence(_ aliases: Set<String>?) -> ServingObstacle? {
    // The server's text of an expression does not tell its collations.
    guard
      !design.keys.contains(where: { occurs($0, aliases) || $0.term.text.lowercased().contains("collate") })
    else { return nil }
    let stored = design.keys.map(\.term.text) + design.includedColumns
    let isSmallerTable = columns(aliases).subtracting(stored).isEmpty && design.accessMethod == "btree"
    let isKnown = hasNoPath || (design.predicate == nil && !isSmallerTable)
    return isKnown ? .noKeyOccurs(design.keys.map(\.term.text).withoutRepetitions) : nil
  }

  private func occurs(_ key: IndexKey, _ aliases: Set<String>?) -> Bool {
    terms.contains { $0.sides.contains { key.occurs(in: $0, of: aliases) } }
  }

  /// Why the first key that is asked for does not fit.
  private func misfit(_ aliases: Set<String>?) -> ServingObstacle? {
    guard let key = design.keys.first(where: { occurs($0, aliases) }) else { return nil }
    let concerned = terms.filter { $0.sides.contains { key.occurs(in: $0, of: aliases) } }
    let fitting = concerned.filter { $0.sides.contains { key.isWhole($0, of: aliases) } }
    guard !fitting.isEmpty else { return inside(key, concerned, aliases) }
    if let order = fitting[0].order, fitting.allSatisfy({ $0.order != nil }) {
      var wanted = key
      (wanted.isDescending, wanted.nullsFirst) = (order.isDescending, order.nullsFirst)
      return .otherOrder(key: key.term.text, wanted: wanted)
    }
    let compared = fitting.compactMap(\.comparison)
    let known = facts[key.term.text]?.operators ?? key.term.expression.map { _ in Self.ordering }
    if let known, let foreign = compared.first, known.isDisjoint(with: compared) {
      // Operators that compare byte by byte are there for patterns.
      return Self.patterns.contains(foreign) && known.contains("~<~")
        ? .noKnownBeginning(foreign, key: key.term.text) : .foreignOperator(foreign, key: key.term.text)
    }
    if let collation = collations.first, key.collation != collation {
      return .otherCollation(collation, key: key.term.text)
    }
    return fitting.allSatisfy(\.isAlternative) ? .onlyInAlternative(key: key.term.text) : nil
  }

  private func inside(_ key: IndexKey, _ terms: [PlanTerm], _ aliases: Set<String>?) -> ServingObstacle? {
    let sides = terms.flatMap(\.sides).filter { key.occurs(in: $0, of: aliases) }
    guard case .column(let column) = key.term,
      let expression = sides.lazy.compactMap({ $0.expression(of: aliases) }).first
    else { return nil }
    return .onlyInside(column: column, expression: expression)
  }

  private static let patterns: Set<String> = ["~~", "~", "^@"]

  /// What an expression whose type is not known can be compared by, in a B-tree.
  private static let ordering: Set<String> = ["=", "<", "<=", ">", ">="]
}

extension ExecutionPlan {
  /// The scans of a table or of its partitions, in a plan that tells schemas.
  public func scans(of table: RelationName, _ partitions: Set<String>) -> [PlanNode] {
    nodes.filter { node in
      guard node.reads, let relation = node.relation else { return false }
      return partitions.contains(relation)
        || (relation == table.name && (table.schema == nil || node.schema == table.schema))
    }
  }
}

extension IndexKey {
  fileprivate func occurs(in side: PlanOperand, of aliases: Set<String>?) -> Bool {
    switch term {
    case .column(let name): side.columns(of: aliases).contains(name)
    case .expression(let text): side.contains(text, of: aliases)
    }
  }

  fileprivate func isWhole(_ side: PlanOperand, of aliases: Set<String>?) -> Bool {
    switch term {
    case .column(let name): side.column(of: aliases) == name
    case .expression(let text):
      side.expression(of: aliases).map { SQLLexer($0).saysTheSame(as: SQLLexer(text)) } ?? false
    }
  }
}

extension IndexKey.Term {
  /// The name of the column, or the text of the expression.
  fileprivate var text: String {
    switch self {
    case .column(let name): name
    case .expression(let text): text
    }
  }
}
