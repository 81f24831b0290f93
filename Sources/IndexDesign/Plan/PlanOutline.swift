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
    /// What the plan spends on this step alone in all its executions, without the steps below it; never below
    /// zero.
    ///
    /// A step under a Limit counts as far as it is run, the inner side of a nested loop as often as it is run.
    public var ownCost: PlannerCost
    /// The own cost as a share of the plan's cost, 0 to 1; 0 when the plan costs nothing.
    public var shareOfTotal: Double
    /// How the cost of one execution adds up over all of them.
    ///
    /// Of a step that is not run to its end the cost is EXPLAIN's, as if it were; in total it is what the plan spends.
    public var cost: StepCost
    /// How many workers the nearest Gather above asks for; nil when no worker shares the step.
    public var workers: Int?
    /// Whether the step is below a Gather: its rows and cost are then those of one worker.
    public var isPerWorker: Bool { workers != nil }
  }

  /// Lays a plan out.
  public init(_ plan: ExecutionPlan) {
    lines = []
    append(
      plan.root, siblingsFollow: [], spent: plan.totalCost.units, times: 1, loops: 1,
      whole: plan.totalCost.units, workers: nil)
  }

  /// The places of the steps directly below the one at `place`, in the order of the plan.
  public func places(below place: Int) -> [Int] {
    let depth = lines[place].depth
    let below = lines[(place + 1)...].prefix { $0.depth > depth }
    return below.indices.filter { lines[$0].depth == depth + 1 }
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

  /// - Parameters:
  ///   - spent: what one execution of the step costs, all below it included.
  ///   - times: how many executions of that cost the plan pays for.
  ///   - loops: how often the step is executed.
  private mutating func append(
    _ node: PlanNode, siblingsFollow: [Bool], spent: Double, times: Double, loops: Double,
    whole: Double, workers: Int?
  ) {
    let place = lines.count
    lines.append(
      Line(
        node: node, depth: siblingsFollow.count, siblingsFollow: siblingsFollow, ownCost: .zero,
        shareOfTotal: 0,
        cost: StepCost(node.totalCost, loops: loops, total: PlannerCost(spent * times), workers: workers),
        workers: workers)
    )
    var left = spent
    for (number, child) in node.children.enumerated() {
      let asked = node.repetitions(of: child, spending: spent)
      // What is repeated is run to its end each time, and less often.
      let once = min(asked > 1 ? child.totalCost.units : node.part(of: child, spending: spent), left)
      let repetitions = once > 0 ? min(asked, left / once) : 1
      // What is not run to its end repeats its inner side only as often as it can pay for.
      let isWhole = spent >= node.totalCost.units
      left -= once * repetitions
      append(
        child, siblingsFollow: siblingsFollow + [number < node.children.count - 1], spent: once,
        times: times * repetitions, loops: loops * (isWhole ? asked : repetitions), whole: whole,
        workers: node.gathers ? node.plannedWorkers ?? 1 : workers)
    }
    lines[place].ownCost = PlannerCost(max(0, left) * times)
    lines[place].shareOfTotal = whole > 0 ? min(1, lines[place].ownCost.units / whole) : 0
  }
}

extension PlanNode {
  /// What an execution that costs `spent` in all pays for one execution of a step below.
  ///
  /// A step that is not run to its end asks those below for the same part of their rows; what they do before
  /// the first row is paid in full.
  fileprivate func part(of child: PlanNode, spending spent: Double) -> Double {
    guard spent < totalCost.units, child.totalCost > startupCost else { return child.totalCost.units }
    let begin = child.startupCost.units
    let run = totalCost.units - startupCost.units
    let fraction = run > 0 ? min(1, max(0, (spent - startupCost.units) / run)) : 1
    return begin + fraction * (child.totalCost.units - begin)
  }

  /// How often a step below is executed for one execution of this one that costs `spent`.
  ///
  /// Steps that keep their rows read them anew at a price that the plan does not tell: they count once. A SubPlan counts
  /// once for each row that it is asked about: in a filter that is each row that is tested.
  fileprivate func repetitions(of child: PlanNode, spending spent: Double) -> Double {
    if child.parentRelationship == "SubPlan" {
      if isHashed(child) { return 1 }
      return max(1, isTested(child) ? rowsTested(spending: spent) : planRows)
    }
    guard nodeType == "Nested Loop", child.parentRelationship == "Inner",
      !child.keepsRows,
      let outer = children.first(where: { $0.parentRelationship == "Outer" })
    else { return 1 }
    return max(1, outer.planRows)
  }
}

extension ExecutionPlan {
  /// The plan as lines of a tree.
  public var outline: PlanOutline { PlanOutline(self) }
}
