/// What the planner means to do for one statement: a tree of steps with estimated costs.
///
/// HypoPG's names never get in: they are replaced by the handles of their designs when the plan is read.
public struct ExecutionPlan: Sendable, Equatable {
  /// The topmost step.
  public var root: PlanNode
  /// Planner settings that differ from their defaults, in the server's order; empty unless the plan was
  /// asked for with SETTINGS.
  public var settings: [PlanSetting]
  /// What else was said of the whole plan, such as `JIT`, in the order of the document.
  public var extras: [PlanFact]

  /// Makes a plan from its parts.
  public init(root: PlanNode, settings: [PlanSetting] = [], extras: [PlanFact] = []) {
    self.root = root
    self.settings = settings
    self.extras = extras
  }

  /// The plan of a statement that rules turn into others: a step `Query Rewrite` over the plans of them, or over none
  /// when rules leave nothing to do. It costs what all of them cost.
  ///
  /// - Source: PostgreSQL manual, "Rules on INSERT, UPDATE, and DELETE".
  init(rewrittenInto plans: [ExecutionPlan]) {
    var root = PlanNode(nodeType: "Query Rewrite")
    root.startupCost = plans.first?.startupCost ?? .zero
    root.totalCost = plans.reduce(.zero) { $0 + $1.totalCost }
    root.children = plans.map(\.root)
    for place in root.children.indices { root.children[place].parentRelationship = "Member" }
    let statements = plans.isEmpty ? "nothing" : NumberText.counted(Int64(plans.count), "statement")
    root.extras = [PlanFact(name: "Rules", value: .string("turn the statement into \(statements)"))]
    self.init(root: root, settings: plans.first?.settings ?? [], extras: plans.flatMap(\.extras))
  }

  /// Reads the output of `EXPLAIN (FORMAT JSON)`, with or without VERBOSE and SETTINGS.
  ///
  /// - Parameters:
  ///   - text: the document as the server sent it.
  ///   - designs: the handles of the hypothetical indexes by HypoPG's names for them.
  /// - Throws: `DesignError` with code `.malformedDocument` when the text is no plan or names a
  ///   hypothetical index that `designs` does not know.
  /// - Source: PostgreSQL's `explain.c`; HypoPG's `hypo_set_indexname` for the form of names.
  public init(explainJSON text: String, designs: [String: DesignHandle] = [:]) throws(DesignError) {
    self = try PlanReader(designs: designs).plan(JSONValue(parsing: text))
  }

  /// The estimated cost before the first row.
  public var startupCost: PlannerCost { root.startupCost }

  /// The estimated cost of all rows: the number by which plans are compared.
  public var totalCost: PlannerCost { root.totalCost }

  /// All steps: each before the ones below it, in the order of EXPLAIN's output.
  public var nodes: [PlanNode] { root.subtree }

  /// Every index that the plan reads, once, in the order of EXPLAIN's output.
  public var usedIndexes: [IndexReference] {
    var indexes: [IndexReference] = []
    root.visit { if let index = $0.index, !indexes.contains(index) { indexes.append(index) } }
    return indexes
  }

  /// Every design that the plan reads, once, oldest first.
  public var usedDesigns: [DesignHandle] {
    usedIndexes.compactMap { if case .design(let handle) = $0 { handle } else { nil } }.sorted()
  }
}

/// A planner setting under which a plan was made.
public struct PlanSetting: Sendable, Equatable {
  /// The setting's name, such as `enable_seqscan`.
  public var name: String
  /// Its value as text.
  public var value: String

  /// Makes a setting.
  public init(name: String, value: String) {
    self.name = name
    self.value = value
  }
}
