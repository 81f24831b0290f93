/// How often a plan descends hypothetical B-trees, and what the planner would charge for it if they were real.
///
/// A plan with the real index costs no more than with these descents on top, and no more than without the index.
public struct UnchargedDescents: Equatable, Sendable {
  /// The descents of one design.
  public struct Share: Equatable, Sendable {
    /// The design.
    public var design: DesignHandle
    /// How often the plan descends it, by its own estimates: once for each execution of a scan, and once more for each
    /// further value of an `= ANY` or of a key that PostgreSQL 18 skips.
    public var times: Double
    /// What it would cost.
    public var cost: PlannerCost

    /// The descents of a design from their facts.
    public init(design: DesignHandle, times: Double, cost: PlannerCost) {
      (self.design, self.times, self.cost) = (design, times, cost)
    }
  }

  /// Of each design that the plan descends, oldest first; empty for none.
  public private(set) var shares: [Share] = []
  /// The designs of which it is not known how often a skip scan descends them, oldest first.
  public private(set) var uncounted: [DesignHandle] = []

  /// No descent at all.
  public static let none = UnchargedDescents()

  private init() {}

  /// Counts the descents of a plan.
  ///
  /// - Parameter trees: the designs that are B-trees.
  public init(in plan: ExecutionPlan, into trees: [DesignHandle: HypotheticalTree]) {
    guard !trees.isEmpty, !plan.usedDesigns.isEmpty else { return }
    var count = DescentCount(lines: plan.outline.lines, trees: trees)
    count.visit(plan.root, factor: 1)
    uncounted = count.uncounted.sorted()
    shares = count.times.sorted { $0.key < $1.key }.compactMap { design, times in
      trees[design].map {
        Share(design: design, times: times, cost: PlannerCost($0.costOfDescent.units * times))
      }
    }
  }

  /// What all of them would cost.
  public var total: PlannerCost { shares.reduce(.zero) { $0 + $1.cost } }

  /// `2,160 descents of %1, about 270.0`.
  var words: String {
    shares.map { share in
      let times = share.times < 1.5 ? "1 descent" : "\(NumberText.whole(share.times)) descents"
      return "\(times) of \(share.design)"
    }.joined(separator: " and ") + ", about \(PlanNumbers.text(total))"
  }
}

private struct DescentCount {
  let lines: [PlanOutline.Line]
  let trees: [DesignHandle: HypotheticalTree]
  var times: [DesignHandle: Double] = [:]
  var uncounted: Set<DesignHandle> = []
  private var place = 0

  init(lines: [PlanOutline.Line], trees: [DesignHandle: HypotheticalTree]) {
    (self.lines, self.trees) = (lines, trees)
  }

  /// - Parameter factor: how often a Memoize above lets the step be executed.
  mutating func visit(_ node: PlanNode, factor: Double) {
    let loops = lines[place].cost.loops * factor
    place += 1
    if case .design(let design)? = node.index, let tree = trees[design] {
      let most = max(1, (tree.pages / 3).rounded(.up))
      let arrays = node.arrayValues
      let skips = tree.skipped.map { $0.times(in: node, arrays: arrays, pages: tree.pages) } ?? 1
      if skips == nil { uncounted.insert(design) }
      times[design, default: 0] += loops * min(arrays * (skips ?? 1), most)
    }
    for child in node.children { visit(child, factor: factor * node.misses(of: child)) }
  }
}

extension PlanNode {
  /// How often what is under a Memoize is executed: EXPLAIN does not say, but the loop pays for nothing else.
  fileprivate func misses(of child: PlanNode) -> Double {
    guard nodeType == "Nested Loop", child.parentRelationship == "Inner", child.nodeType == "Memoize",
      let below = child.children.first, below.totalCost > .zero,
      let outer = children.first(where: { $0.parentRelationship == "Outer" })
    else { return 1 }
    let paid = (totalCost.units - outer.totalCost.units) / below.totalCost.units
    return max(1, min(paid, outer.planRows))
  }

  /// How many values the scan is entered with: the product over each `= ANY` of how many its array has.
  ///
  /// The planner takes an array that it does not know for one of 10.
  /// Source: `estimate_array_length` in PostgreSQL's selfuncs.c.
  fileprivate var arrayValues: Double {
    guard let condition = condition("Index Cond") else { return 1 }
    let values = condition.split(separator: "= ANY (", omittingEmptySubsequences: false).dropFirst().map {
      rest in
      rest.hasPrefix("'{") ? Double(rest.prefix { $0 != "}" }.count { $0 == "," } + 1) : 10
    }
    return values.reduce(1, *)
  }
}
