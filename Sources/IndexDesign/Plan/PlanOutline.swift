/// A plan as a flat list of lines that a renderer can draw as a tree, with each step's own share.
public struct PlanOutline: Sendable, Equatable {
  /// The steps in the order of EXPLAIN's output.
  public var lines: [Line]

  /// One step of the plan.
  public struct Line: Sendable, Equatable {
    /// The step; its children are in the lines that follow.
    public var node: PlanNode
    /// How many steps stand above this one; 0 for the root.
    public var depth: Int
    /// For each step above, from the root's child down to this step: whether a sibling follows further below.
    ///
    /// Empty for the root. All but the last element say where a tree's vertical rules go on, the last one
    /// whether this step is joined by a tee or by a corner.
    public var siblingsFollow: [Bool]
    /// What the plan spends on this step alone: its cost without that of its children, never below zero.
    ///
    /// Children count with no more than what the step above spends in all, so that a step under a Limit
    /// counts as far as it is run. A nested loop's own cost holds the repetitions of its inner side.
    public var ownCost: PlannerCost
    /// The own cost as a share of the plan's cost, 0 to 1; 0 when the plan costs nothing.
    public var shareOfTotal: Double
  }

  /// Lays a plan out.
  public init(_ plan: ExecutionPlan) {
    lines = []
    append(plan.root, siblingsFollow: [], spent: plan.totalCost, whole: plan.totalCost)
  }

  /// The line whose own cost is highest, the first of equals; nil when the plan costs nothing.
  public var costliest: Line? { costliestIndex.map { lines[$0] } }

  /// Where in `lines` the costliest one stands; nil when the plan costs nothing.
  public var costliestIndex: Int? {
    var best: Int?
    for index in lines.indices where lines[index].ownCost > best.map({ lines[$0].ownCost }) ?? .zero {
      best = index
    }
    return best
  }

  private mutating func append(
    _ node: PlanNode, siblingsFollow: [Bool], spent: PlannerCost, whole: PlannerCost
  ) {
    let below = node.children.map { min($0.totalCost, spent) }
    let own = max(.zero, PlannerCost(spent.units - below.reduce(0) { $0 + $1.units }))
    lines.append(
      Line(
        node: node, depth: siblingsFollow.count, siblingsFollow: siblingsFollow, ownCost: own,
        shareOfTotal: whole > .zero ? min(1, own.units / whole.units) : 0))
    for (place, child) in node.children.enumerated() {
      append(
        child, siblingsFollow: siblingsFollow + [place < node.children.count - 1], spent: below[place],
        whole: whole)
    }
  }
}

extension ExecutionPlan {
  /// The plan as lines of a tree.
  public var outline: PlanOutline { PlanOutline(self) }
}
