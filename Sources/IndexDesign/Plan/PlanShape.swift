/// A plan laid flat for comparison: each step with what its rows are made of.
struct PlanShape {
  /// A step and what a comparison asks of it.
  struct Step {
    let node: PlanNode
    /// The cost that the plan really spends here: for one execution no more than the step above spends in all, so
    /// that a step under a Limit, which is not run to its end, does not look costlier than it is.
    let cost: StepCost
    /// How many executions of the innermost subplan around the step its cost in all stands for; 1 outside of one.
    ///
    /// How often a subplan runs depends on where its plan evaluates it, which says nothing of the joins in it.
    let subplanRuns: Double
    /// The step directly above; nil at the root.
    let parent: Int?
    /// The steps directly below, by their place in `steps`.
    var children: [Int] = []
    /// The steps below, this one included, that read something and whose rows flow into this one.
    var scans: [Int] = []
  }

  /// Each step before the ones below it, in the order of EXPLAIN's output.
  private(set) var steps: [Step] = []

  init(_ plan: ExecutionPlan) {
    add(plan.root, spent: plan.totalCost, runs: 1, parent: nil, costs: plan.outline.lines.map(\.cost))
  }

  @discardableResult
  private mutating func add(
    _ node: PlanNode, spent: PlannerCost, runs: Double, parent: Int?, costs: [StepCost]
  ) -> Int {
    let place = steps.count
    let once = min(node.totalCost, spent)
    let loops = costs[place].loops
    let (total, workers) = (loops == 1 ? once : costs[place].total, costs[place].workers)
    let cost = StepCost(once, loops: loops, total: total, workers: workers)
    let isSubplan = node.parentRelationship == "SubPlan" && once > .zero
    let runs = isSubplan ? cost.total.units / once.units : runs
    steps.append(Step(node: node, cost: cost, subplanRuns: runs, parent: parent))
    var scans = node.reads ? [place] : []
    for child in node.children {
      let below = add(child, spent: once, runs: runs, parent: place, costs: costs)
      steps[place].children.append(below)
      if !child.isSubplan { scans += steps[below].scans }
    }
    steps[place].scans = scans
    return place
  }

  /// The places of the steps that read something.
  var scans: [Int] { steps.indices.filter { steps[$0].node.reads } }

  /// A step and the steps of a bitmap below it, which belong to it; empty without a step.
  func withBitmapParts(_ place: Int?) -> [Int] {
    guard let place else { return [] }
    let parts = steps[place].children.filter { steps[$0].node.nodeType.hasPrefix("Bitmap") }
    guard steps[place].node.nodeType.hasPrefix("Bitmap") else { return [place] }
    return [place] + parts.flatMap { withBitmapParts($0) }
  }

  /// The outer and inner input of a join; nil when the step is no join.
  func inputs(of join: Int) -> (outer: Int, inner: Int)? {
    guard steps[join].node.isJoin else { return nil }
    let inputs = steps[join].children.filter { !steps[$0].node.isSubplan }
    return inputs.count == 2 ? (inputs[0], inputs[1]) : nil
  }
}

extension PlanNode {
  /// Whether this step joins two inputs.
  var isJoin: Bool { ["Nested Loop", "Hash Join", "Merge Join"].contains(nodeType) }

  /// Whether this scan reads a whole relation, index or common table expression.
  var readsWhole: Bool {
    guard relation != nil || cteName != nil else { return false }
    return ScanDescription(self).indexConditions.isEmpty && condition("TID Cond") == nil
  }

  /// What a scan reads: a relation's name, or what stands in its place.
  var source: String { relation ?? functionName ?? cteName ?? tuplestoreName ?? nodeType }

  /// The name by which sentences call what a scan reads.
  var shortName: String { PlanIdentifier.quoted(alias ?? source) }
}
