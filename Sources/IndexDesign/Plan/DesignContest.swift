/// What is known of a design that a plan does not use, although it reads a table of that name.
public enum DesignContest: Equatable, Sendable {
  /// The planner can use it and has something cheaper.
  ///
  /// `cost` is the estimate for the whole statement with the design, nil when it is not known; `against` that of the
  /// plan.
  case lost(cost: ContestCost?, against: PlannerCost)
  /// The planner cannot use it for this statement; why is nil when that is not known, and `remedy` an index that it can
  /// use, nil when none is known.
  case cannotServe(ServingObstacle?, remedy: IndexDefinition?)
  /// Neither is known.
  case unknown

  /// What to say of it.
  ///
  /// - Parameter rival: the title of the step that reads the table.
  public func words(rival: String) -> String {
    switch self {
    case .lost(let cost?, let against):
      let (first, second) = NumberText.pair(cost.least.units, against.units)
      if first == second { return "no better than \(rival): both cost \(second)" }
      // The planner would have taken what is cheaper, but for what it holds for the same.
      if cost.least < against {
        return
          "no better than \(rival): would cost \(first), against \(second), which the planner holds for the same"
      }
      return "beaten by \(rival): would cost \(cost.isExact ? "" : "at most ")\(first), against \(second)"
    case .lost(nil, _): return "beaten by \(rival); by how much is not known"
    case .cannotServe(nil, _): return "cannot serve; hypo cannot tell why"
    case .cannotServe(let obstacle?, let remedy):
      return "cannot serve: \(obstacle)" + (remedy.map { "; \($0.shortForm) would" } ?? "")
    case .unknown: return "not chosen; what it would cost is not known"
    }
  }
}

/// What a statement would cost with a design.
public struct ContestCost: Equatable, Sendable {
  /// The least that was found, for the whole statement.
  public var least: PlannerCost
  /// Whether nothing with the design can cost less.
  public var isExact: Bool
  /// How many of its entries are read for that, whether or not a further condition leaves some out; nil for all of them, and
  /// where that is not known.
  public var rowsRead: Double?

  /// Makes an estimate.
  public init(_ least: PlannerCost, isExact: Bool, rowsRead: Double? = nil) {
    self.least = least
    self.isExact = isExact
    self.rowsRead = rowsRead
  }
}

/// Why the planner cannot use an index for a statement.
public enum ServingObstacle: Equatable, Sendable, CustomStringConvertible {
  /// The statement reads a table of the same name in another schema.
  case otherTable(read: RelationName, design: RelationName)
  /// None of the keys is asked for; their texts.
  case noKeyOccurs([String])
  /// The statement names none of these columns, which the design's condition or its expressions need.
  case columnsNotNamed([String])
  /// A key's column is only a part of what is compared.
  case onlyInside(column: String, expression: String)
  /// The operator class of a key has no such operator.
  case foreignOperator(String, key: String)
  /// The operator class serves patterns whose beginning is known, and the statement's is not.
  case noKnownBeginning(String, key: String)
  /// The statement compares or sorts a key in another collation; nil for the key's own.
  case otherCollation(RelationName?, key: String)
  /// A key occurs only in an OR.
  case onlyInAlternative(key: String)
  /// The statement sorts by a key in a direction that the index does not keep, and asks nothing else of it; the key as
  /// the index would have to have it.
  case otherOrder(key: String, wanted: IndexKey)
  /// The statement sorts or groups by a key, and asks nothing of those that the index has before it.
  case orderWithin([String], key: String)
  /// The statement sorts by a key, and the key's operator class keeps another order; the collation of the statement's,
  /// nil for the key's own.
  case foreignOrder(RelationName?, key: String)
  /// The access method serves only conditions, a hash index only those by =, and the statement has none on the key.
  case noCondition(accessMethod: String, key: String)
  /// The statement sorts by other keys first, and asks nothing else of this one.
  case laterInOrder(key: String)
  /// The statement compares a key with columns of the same row.
  case ownComparison(key: String)
  /// The index holds only rows that fulfil this condition, and the planner finds no proof that the statement asks for
  /// nothing else.
  case conditionNotImplied(String)

  /// Whether it is only likely until an index without it serves.
  public var needsProof: Bool {
    switch self {
    case .otherCollation, .otherOrder: true
    default: false
    }
  }

  /// Why, without a full stop.
  public var description: String {
    switch self {
    case .otherTable(let read, let design): "the statement reads \(read), the design is on \(design)"
    case .noKeyOccurs(let keys):
      "no condition, join or order on its table has \(keys.joined(separator: " or "))"
    case .columnsNotNamed(let columns):
      "no condition, join or order has \(columns.joined(separator: " or "))"
    case .onlyInside(let column, let expression): "\(column) occurs only inside \(expression)"
    case .foreignOperator(let name, let key):
      "the operator class of \(key) has no operator \(name)" + (Self.words[name].map { " (\($0))" } ?? "")
    case .noKnownBeginning(let name, let key):
      "\(key) \(Self.words[name] ?? name) takes a pattern whose beginning is known: no parameter, no % in front"
    case .otherCollation(let collation?, let key):
      "the statement compares \(key) in the collation \(collation)"
    case .otherCollation(nil, let key):
      "the statement compares \(key) in its own collation, not in that of the design"
    case .onlyInAlternative(let key):
      "\(key) occurs only in an OR, which takes an index for each alternative"
    case .otherOrder(_, let wanted):
      "the statement sorts by \(wanted.sql(isShort: true)), an order that the index does not keep"
    case .orderWithin(let others, let key):
      "the index keeps the order of \(key) only within each \(others.joined(separator: " and "))"
    case .foreignOrder(_, let key):
      "the statement sorts by \(key), of which the operator class keeps another order"
    case .noCondition("hash", let key):
      "a hash index serves only conditions \(key) = …, and the statement has none"
    case .noCondition(let method, let key):
      "a \(method) index serves only conditions on \(key), and the statement has none"
    case .laterInOrder(let key): "the statement sorts by \(key) only after other keys"
    case .ownComparison(let key): "\(key) is compared only with columns of the same row"
    case .conditionNotImplied(let condition):
      "the planner cannot prove that the statement asks only for rows where \(condition)"
    }
  }

  private static let words = ["~~": "LIKE", "~~*": "ILIKE", "!~~": "NOT LIKE", "!~~*": "NOT ILIKE"]
}
