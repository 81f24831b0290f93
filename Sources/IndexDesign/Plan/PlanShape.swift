/// A plan laid flat for comparison: each step with what its rows are made of.
struct PlanShape {
  /// A step and what a comparison asks of it.
  struct Step {
    let node: PlanNode
    /// The cost that the plan really spends here: no more than the step above spends in all, so that a step
    /// under a Limit, which is not run to its end, does not look costlier than it is.
    let cost: PlannerCost
    /// The step directly above; nil at the root.
    let parent: Int?
    /// The steps directly below, by their place in `steps`.
    var children: [Int] = []
    /// The steps below, this one included, that read something and whose rows flow into this one.
    var scans: [Int] = []
  }

  /// Each step before the ones below it, in the order of EXPLAIN's output.
  private(set) var steps: [Step] = []

  init(_ plan: ExecutionPlan) { add(plan.root, spent: plan.totalCost, parent: nil) }

  @discardableResult
  private mutating func add(_ node: PlanNode, spent: PlannerCost, parent: Int?) -> Int {
    let place = steps.count
    let cost = min(node.totalCost, spent)
    steps.append(Step(node: node, cost: cost, parent: parent))
    var scans = node.reads ? [place] : []
    for child in node.children {
      let below = add(child, spent: cost, parent: place)
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

  /// The scans that an inner side reads anew for each outer row without an index to enter by.
  ///
  /// Empty when one of the side's scans enters an index, or when there is at most one outer row.
  func unindexedInner(of join: Int) -> [Int] {
    guard steps[join].node.nodeType == "Nested Loop", let inputs = inputs(of: join),
      steps[inputs.outer].node.planRows > 1
    else { return [] }
    let scans = steps[inputs.inner].scans
    return scans.allSatisfy { steps[$0].node.readsWhole } ? scans : []
  }
}

extension PlanNode {
  /// Whether this step joins two inputs.
  var isJoin: Bool { ["Nested Loop", "Hash Join", "Merge Join"].contains(nodeType) }

  /// Whether this scan reads a whole relation, index or common table expression.
  fileprivate var readsWhole: Bool {
    guard relation != nil || cteName != nil else { return false }
    return ScanDescription(self).indexConditions.isEmpty && condition("TID Cond") == nil
  }

  /// What a scan reads: a relation's name, or what stands in its place.
  var source: String { relation ?? functionName ?? cteName ?? tuplestoreName ?? nodeType }

  /// The name by which sentences call what a scan reads.
  var shortName: String { PlanIdentifier.quoted(alias ?? source) }
}
