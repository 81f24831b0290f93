/// What the catalog says of a column that an index is to have as a key.
public struct KeyFacts: Equatable, Sendable {
  /// The operators of the key's operator class; nil when the class is not known.
  public var operators: Set<String>?
  /// Other operator classes of the access method for the column's type, those with other operators only.
  public var otherClasses: [RelationName]
  /// Types, as the server words them, to which a cast does nothing to the column: text for a varchar, and for a domain
  /// the type that it is made of.
  public var plainCasts: Set<String>

  /// Makes facts.
  public init(
    operators: Set<String>?, otherClasses: [RelationName] = [], plainCasts: Set<String> = ["text"]
  ) {
    self.operators = operators
    self.otherClasses = otherClasses
    self.plainCasts = plainCasts
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
  /// Every name in the text of the statement.
  public var names: Set<String>

  private let terms: [PlanTerm]
  private let plan: ExecutionPlan

  /// Makes a question.
  ///
  /// - Parameter plan: made with VERBOSE and without index scans, so that each condition is in it and each column has
  ///   the name of its table.
  public init(
    _ design: IndexDefinition, partitions: Set<String> = [], in plan: ExecutionPlan, hasNoPath: Bool,
    facts: [String: KeyFacts] = [:], collations: [RelationName] = [], names: Set<String> = []
  ) {
    self.design = design
    self.partitions = partitions
    self.plan = plan
    self.hasNoPath = hasNoPath
    self.facts = facts
    self.collations = collations
    self.names = names
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
    var aliases = Set(own.compactMap(\.alias))
    // A partition's columns can have the parent's name before them: that of the partition without its number.
    if !partitions.isEmpty {
      aliases.formUnion(aliases.compactMap { name in name.lastIndex(of: "_").map { String(name[..<$0]) } })
    }
    return conditionObstacle(aliases) ?? absence(aliases) ?? (hasNoPath ? misfit(aliases) : nil)
  }

  /// Indexes that might serve instead, the likeliest first; the planner has to say which do.
  public func remedies(for obstacle: ServingObstacle) -> [IndexDefinition] {
    var plain = design
    plain.name = nil
    switch obstacle {
    case .otherTable(let read, _): return [with(plain) { $0.table = read }]
    case .noKeyOccurs, .columnsNotNamed, .onlyInAlternative, .noKnownBeginning, .laterInOrder, .ownComparison:
      return []
    case .conditionNotImplied: return [with(plain) { $0.predicate = nil }]
    case .onlyInside(let column, let expression):
      return [replacing(column, plain) { $0.term = .expression(expression) }]
    case .otherCollation(let collation, let key):
      return [replacing(key, plain) { $0.collation = collation }]
    case .otherOrder(let key, let wanted):
      return [with(replacing(key, plain) { $0 = wanted }) { $0.accessMethod = "btree" }]
    case .orderWithin(_, let key), .noCondition(_, let key):
      let keys = plain.keys.filter { $0.term.text == key } + plain.keys.filter { $0.term.text != key }
      return [with(plain) { ($0.accessMethod, $0.keys) = ("btree", keys) }]
    case .foreignOrder(let collation, let key):
      return ([nil] + (facts[key]?.otherClasses ?? [])).map { name in
        replacing(key, plain) { ($0.operatorClass, $0.collation) = (name, collation) }
      }
    case .foreignOperator(_, let key):
      let classes = facts[key]?.otherClasses ?? [RelationName(name: "text_pattern_ops")]
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
  private func conditionObstacle(_ aliases: Set<String>) -> ServingObstacle? {
    guard let condition = design.predicate else { return nil }
    if hasNoPath, design.accessMethod == "btree" { return .conditionNotImplied(condition) }
    let needed = SQLLexer(condition).names
    return needed.isDisjoint(with: columns(aliases)) && !mayHide(needed)
      ? .conditionNotImplied(condition) : nil
  }

  private func columns(_ aliases: Set<String>) -> Set<String> {
    Set(terms.flatMap { $0.sides.flatMap { $0.columns(of: aliases) } })
  }

  /// None of the keys is asked for, and the index does not hold all that is, so that it is no smaller table either.
  private func absence(_ aliases: Set<String>) -> ServingObstacle? {
    // The server's text of an expression does not tell its collations.
    guard
      !design.keys.contains(where: { occurs($0, aliases) || $0.term.text.lowercased().contains("collate") })
    else { return nil }
    let needed = design.keys.reduce(into: Set<String>()) { $0.formUnion(SQLLexer($1.term.text).names) }
    guard !mayHide(needed) else { return nil }
    let stored = design.keys.map(\.term.text) + design.includedColumns
    let isSmallerTable = columns(aliases).subtracting(stored).isEmpty && design.accessMethod == "btree"
    let isKnown = hasNoPath || (design.predicate == nil && !isSmallerTable)
    return isKnown ? .noKeyOccurs(design.keys.map(\.term.text).withoutRepetitions) : nil
  }

  /// Whether one of these names may be where a plan does not show it: compared with a subquery, or as an extreme.
  private func mayHide(_ needed: Set<String>) -> Bool {
    let isHidden = terms.contains(where: \.hidesOperands) && !needed.isDisjoint(with: names)
    return isHidden
      || !hasNoPath
        && plan.nodes.contains { node in
          node.output.contains { text in
            let found = SQLLexer(text).names
            return !found.isDisjoint(with: ["min", "max"]) && !found.isDisjoint(with: needed)
          }
        }
  }

  private func occurs(_ key: IndexKey, _ aliases: Set<String>) -> Bool {
    terms.contains { $0.sides.contains { key.occurs(in: $0, of: aliases) } }
  }

  /// Why the first key that is asked for does not fit.
  private func misfit(_ aliases: Set<String>) -> ServingObstacle? {
    guard let place = design.keys.firstIndex(where: { occurs($0, aliases) }) else { return nil }
    let key = design.keys[place]
    let concerned = terms.filter { $0.sides.contains { key.occurs(in: $0, of: aliases) } }
    let casts = facts[key.term.text]?.plainCasts ?? ["text"]
    let fitting = concerned.filter { $0.sides.contains { key.isWhole($0, of: aliases, casts: casts) } }
    guard !fitting.isEmpty else {
      return mayHide(SQLLexer(key.term.text).names) ? nil : inside(key, concerned, aliases)
    }
    // What is compared with a subquery, or in NOT, does not show why it fits no index.
    guard !terms.contains(where: \.hidesOperands), !fitting.contains(where: \.isNegated) else { return nil }
    let orders = fitting.compactMap(\.order)
    if orders.count == fitting.count { return misfit(place, orders) ?? noCondition(key, fitting) }
    return foreignOperator(key, fitting) ?? noCondition(key, fitting) ?? otherCollation(key)
      ?? (fitting.allSatisfy(\.isAlternative)
        ? .onlyInAlternative(key: key.term.text) : ownComparison(key, fitting))
  }

  /// Why an order is not that of the key at `place`, before which no key is asked for.
  private func misfit(_ place: Int, _ orders: [PlanTerm.Order]) -> ServingObstacle? {
    let key = design.keys[place]
    let isGrouping = orders.contains(where: \.isGrouping)
    if !isGrouping, orders.allSatisfy({ $0.place > 0 }) { return .laterInOrder(key: key.term.text) }
    if place > 0 {
      return design.accessMethod == "btree"
        ? .orderWithin(design.keys[..<place].map(\.term.text), key: key.term.text) : nil
    }
    guard !isGrouping, let order = orders.first else { return nil }
    if design.accessMethod == "btree", hasOtherOrder(key, than: order.comparison ?? "<") {
      return .foreignOrder(order.collation, key: key.term.text)
    }
    if order.collation != key.collation { return .otherCollation(order.collation, key: key.term.text) }
    var wanted = key
    (wanted.isDescending, wanted.nullsFirst) = (order.isDescending, order.nullsFirst)
    return order.place == 0 ? .otherOrder(key: key.term.text, wanted: wanted) : nil
  }

  private func hasOtherOrder(_ key: IndexKey, than comparison: String) -> Bool {
    if let operators = facts[key.term.text]?.operators { return !operators.contains(comparison) }
    return comparison == "<" && key.operatorClass?.name.hasSuffix("_pattern_ops") == true
  }

  /// An index of a method without order serves no grouping, and one that only compares by = no IS NULL.
  private func noCondition(_ key: IndexKey, _ terms: [PlanTerm]) -> ServingObstacle? {
    let method = design.accessMethod
    let isCertain = method == "hash" || method != "btree" && terms.allSatisfy { $0.order != nil }
    return isCertain && terms.allSatisfy { $0.comparison == nil }
      ? .noCondition(accessMethod: method, key: key.term.text) : nil
  }

  private func foreignOperator(_ key: IndexKey, _ terms: [PlanTerm]) -> ServingObstacle? {
    let compared = terms.filter { $0.comparison != nil }
    let ordering = design.accessMethod == "hash" ? ["="] : Self.ordering
    let known = facts[key.term.text]?.operators ?? key.term.expression.map { _ in ordering }
    guard let known, let first = compared.first, let foreign = first.comparison,
      known.isDisjoint(with: compared.compactMap(\.comparison))
    else { return nil }
    guard Self.patterns.contains(foreign) else { return .foreignOperator(foreign, key: key.term.text) }
    // Operators that compare byte by byte are there for patterns.
    let isOpen = compared.allSatisfy { term in
      guard let character = term.sides.last?.firstCharacter else { return true }
      return term.comparison == "~" ? character != "^" : ["%", "_"].contains(character)
    }
    if isOpen { return .noKnownBeginning(foreign, key: key.term.text) }
    return known.contains("~<~") ? nil : .foreignOperator(foreign, key: key.term.text)
  }

  private func otherCollation(_ key: IndexKey) -> ServingObstacle? {
    if let collation = collations.first, key.collation != collation {
      return .otherCollation(collation, key: key.term.text)
    }
    return key.collation != nil && collations.isEmpty ? .otherCollation(nil, key: key.term.text) : nil
  }

  /// A comparison of two columns of one row has no value that an index could be searched for.
  private func ownComparison(_ key: IndexKey, _ terms: [PlanTerm]) -> ServingObstacle? {
    let isOwn = terms.allSatisfy {
      $0.sides.count == 2 && !$0.sides[0].tables.isEmpty && $0.sides[0].tables == $0.sides[1].tables
    }
    return isOwn ? .ownComparison(key: key.term.text) : nil
  }

  private func inside(_ key: IndexKey, _ terms: [PlanTerm], _ aliases: Set<String>) -> ServingObstacle? {
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
  fileprivate func occurs(in side: PlanOperand, of aliases: Set<String>) -> Bool {
    switch term {
    case .column(let name): side.columns(of: aliases).contains(name)
    // Where all of its names are, in whatever order, it may be there in other words.
    case .expression(let text):
      side.contains(text, of: aliases) || SQLLexer(text).names.isSubset(of: side.names)
    }
  }

  /// Whether one side of a comparison is the key and nothing else.
  ///
  /// - Parameters:
  ///   - aliases: the table's names in the plan; nil for any.
  ///   - casts: the types to which a cast around a column does nothing to it.
  func isWhole(_ side: PlanOperand, of aliases: Set<String>?, casts: Set<String>) -> Bool {
    switch term {
    case .column(let name): side.column(of: aliases, casts: casts) == name
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

extension SQLLexer {
  /// Every name in it, of columns, tables and functions.
  public var names: Set<String> { Set(tokens.indices.compactMap { name(at: $0) }) }
}
