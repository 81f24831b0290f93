/// One step of an execution plan, with everything that EXPLAIN said of it.
///
/// Costs are the planner's estimates. Below the inner side of a nested loop they are those of one
/// execution, as in EXPLAIN's own output.
public struct PlanNode: Sendable, Equatable {
  /// The kind of step in PostgreSQL's words: `Index Only Scan`, `Hash Join`, `ModifyTable`.
  public var nodeType: String
  /// The relation that is read or written; nil for steps without one.
  public var relation: String?
  /// The schema of the relation or function; nil unless the plan was asked for with VERBOSE.
  public var schema: String?
  /// The name under which the plan knows the relation, unique within the plan; nil for steps without one.
  public var alias: String?
  /// The index that is read; nil for steps that read none.
  public var index: IndexReference?
  /// `Inner`, `Left`, `Full`, `Right`, `Semi`, `Anti` …; nil when this is no join.
  public var joinType: String?
  /// How an aggregate or set operation works: `Plain`, `Sorted`, `Hashed`, `Mixed`; else nil.
  public var strategy: String?
  /// The share of an aggregate in a parallel plan: `Simple`, `Partial`, `Finalize`; else nil.
  public var partialMode: String?
  /// Whether the workers of a parallel plan share this step's work.
  public var isParallelAware = false
  /// Whether an Append may run this step asynchronously.
  public var isAsyncCapable = false
  /// What a ModifyTable or Foreign Scan does: `Insert`, `Update`, `Delete`, `Merge`, `Select`; else nil.
  public var operation: String?
  /// The command of a set operation: `Intersect`, `Except All` …; else nil.
  public var setOperation: String?
  /// The common table expression that is read; else nil.
  public var cteName: String?
  /// The function that is read as a table; else nil.
  public var functionName: String?
  /// The transition table that a trigger reads; else nil.
  public var tuplestoreName: String?
  /// The provider of a Custom Scan; else nil.
  public var customPlanProvider: String?
  /// `Forward`, `Backward` or `NoMovement` of an index scan; else nil.
  public var scanDirection: String?
  /// What this step is to the one above: `Outer`, `Inner`, `Member`, `Subquery`, `InitPlan`, `SubPlan`;
  /// nil at the root.
  public var parentRelationship: String?
  /// The name of a subplan as EXPLAIN shows it, `InitPlan 1 (returns $0)` or `CTE recent`; else nil.
  public var subplanName: String?
  /// The estimated cost before the first row.
  public var startupCost = PlannerCost.zero
  /// The estimated cost of all rows.
  public var totalCost = PlannerCost.zero
  /// The estimated number of rows.
  public var planRows = 0.0
  /// The estimated width of a row in bytes.
  public var planWidth = 0
  /// The columns of the result; empty unless the plan was asked for with VERBOSE.
  public var output: [String] = []
  /// The keys of a sort or of a merging step, most significant first.
  public var sortKeys: [String] = []
  /// The leading keys by which an incremental sort's input is already sorted.
  public var presortedKeys: [String] = []
  /// The keys of a grouping; empty for a plain aggregate and for grouping sets, which are among the extras.
  public var groupKeys: [String] = []
  /// `Index Cond`, `Filter`, `Hash Cond` and their like, in the order of the plan.
  public var conditions: [PlanCondition] = []
  /// How many workers a Gather asks for; nil for all other steps.
  public var plannedWorkers: Int?
  /// How many partitions were left out before execution; nil when pruning was not told.
  public var subplansRemoved: Int?
  /// All other facts, in the order of the plan.
  public var extras: [PlanFact] = []
  /// The steps below, in the order of the plan.
  public var children: [PlanNode] = []

  /// Makes a step that has nothing but a kind.
  public init(nodeType: String) { self.nodeType = nodeType }

  /// The text of the condition with that label, such as `Index Cond`; nil when there is none.
  public func condition(_ label: String) -> String? {
    conditions.first { $0.label == label }?.text
  }

  /// This step and all below it: first the step itself, then each child with its own.
  public var subtree: [PlanNode] {
    var steps: [PlanNode] = []
    visit { steps.append($0) }
    return steps
  }

  /// Calls a function with this step and then with each child's own, in the order of `subtree`; nothing is copied.
  func visit(_ body: (PlanNode) -> Void) {
    body(self)
    for index in children.indices { children[index].visit(body) }
  }

  /// Whether rows of this step do not flow into the step above: an InitPlan or a SubPlan.
  public var isSubplan: Bool { parentRelationship == "InitPlan" || parentRelationship == "SubPlan" }
}

/// A condition of a plan step: the label that EXPLAIN gives it and its text.
public struct PlanCondition: Sendable, Hashable {
  /// `Index Cond`, `Recheck Cond`, `Filter`, `Join Filter`, `Hash Cond`, `Merge Cond`, `Order By` …
  public var label: String
  /// The condition as EXPLAIN words it.
  public var text: String

  /// Makes a condition.
  public init(label: String, text: String) {
    self.label = label
    self.text = text
  }
}

/// A fact of a plan that no other property holds.
public struct PlanFact: Sendable, Equatable {
  /// The name that EXPLAIN gives it, such as `Cache Key`.
  public var name: String
  /// Its value.
  public var value: JSONValue

  /// Makes a fact.
  public init(name: String, value: JSONValue) {
    self.name = name
    self.value = value
  }
}
