/// The same join in two plans: the same relations are brought together, in whatever way.
public struct JoinComparison: Sendable, Equatable {
  /// What became of the two sides of a join: the outer one, which is read first or probes, and the inner one.
  public enum Sides: Sendable {
    /// Each consists of the same relations as before.
    case same
    /// Each consists of what the other one was before.
    case exchanged
    /// They consist of other relations: what is brought together here is joined in another order below.
    case others
  }

  /// The names under which the plans know what is joined, in alphabetical order.
  public var relations: [String]
  /// `Nested Loop`, `Hash Join` or `Merge Join`.
  public var methodBefore: String
  /// `Nested Loop`, `Hash Join` or `Merge Join`.
  public var methodAfter: String
  /// What became of its sides.
  public var sides: Sides
  /// How a nested loop reaches its inner side after the change; nil for other joins and where no single way
  /// can be named.
  public var innerSide: String?
  /// The estimated cost of the join with everything below it before the change, in all its executions.
  ///
  /// A Sort or Gather right above counts in, so that a join whose order spares a sort, or whose work was
  /// shared by workers, is compared fairly; so does a Limit, because under it a join is not run to its end. A join
  /// that is costlier then is compared alone, too, because the sort can be what a join above asks for, and with
  /// all that is done to its rows before the next join, because its order can spare work there: where one of
  /// these is no costlier, it holds.
  public var costBefore: PlannerCost
  /// The same after the change.
  public var costAfter: PlannerCost
  /// False when the plans share this join among workers in different ways, and together with other joins: then
  /// the two costs do not measure the same, and only the join above them can be compared.
  public var isComparable: Bool

  /// Makes a comparison from its facts.
  public init(
    relations: [String], methodBefore: String, methodAfter: String, sides: Sides,
    innerSide: String?, costBefore: PlannerCost, costAfter: PlannerCost, isComparable: Bool
  ) {
    self.relations = relations
    self.methodBefore = methodBefore
    self.methodAfter = methodAfter
    self.sides = sides
    self.innerSide = innerSide
    self.costBefore = costBefore
    self.costAfter = costAfter
    self.isComparable = isComparable
  }

  /// Whether method or sides differ.
  public var isChanged: Bool { methodBefore != methodAfter || sides != .same }

  /// The join in words, as the plan before has it: `Hash Join of (customers, orders)`.
  public var title: String { "\(methodBefore) of \(PlanNames.list(relations))" }

  /// The change in words, without costs.
  public var sentence: String { change(StepCost(costBefore), StepCost(costAfter)).words }

  /// The difference of the plans that this is.
  func change(_ before: StepCost, _ after: StepCost) -> PlanChange {
    .join(
      relations: relations, methodBefore: methodBefore, methodAfter: methodAfter, sides: sides,
      innerSide: innerSide, costBefore: before, costAfter: after)
  }
}

extension PlanMatching {
  /// The joins of both plans, matched by what they bring together.
  var joins: [Pair] { steps(where: \.isJoin, family: { _ in "" }, likeness: \.nodeType) }

  /// Compares a join that both plans have.
  func compareJoin(_ first: Int, _ second: Int) -> JoinComparison {
    let levels = comparableCosts(first, second)
    let shown = levels.first { PlanVerdict.compare($0.before, $0.after) <= 0 } ?? levels.first
    return JoinComparison(
      relations: after.names(under: second), methodBefore: before.steps[first].node.nodeType,
      methodAfter: after.steps[second].node.nodeType, sides: sides(first, second),
      innerSide: after.innerSide(of: second),
      costBefore: shown?.before ?? before.steps[first].cost.total,
      costAfter: shown?.after ?? after.steps[second].cost.total, isComparable: shown != nil)
  }

  private func sides(_ first: Int, _ second: Int) -> JoinComparison.Sides {
    guard let old = before.inputs(of: first), let new = after.inputs(of: second) else { return .same }
    let (outerBefore, outerAfter) = (readBefore(old.outer), readAfter(new.outer))
    guard outerBefore != outerAfter else { return .same }
    let isExchanged = outerBefore == readAfter(new.inner) && readBefore(old.inner) == outerAfter
    return isExchanged ? .exchanged : .others
  }

  /// The costs that measure the same in both plans, of less and more of what belongs to the join; empty when none do.
  private func comparableCosts(_ first: Int, _ second: Int) -> [(before: PlannerCost, after: PlannerCost)] {
    let (gatherBefore, gatherAfter) = (before.gather(above: first), after.gather(above: second))
    let runs = max(before.steps[first].subplanRuns, after.steps[second].subplanRuns)
    func costs(_ place: Int, _ other: Int) -> (PlannerCost, PlannerCost) {
      (before.steps[place].total(ofRuns: runs), after.steps[other].total(ofRuns: runs))
    }
    let finished = costs(before.finished(first), after.finished(second))
    let alone = costs(first, second)
    let whole = costs(before.top(first), after.top(second))
    switch (gatherBefore, gatherAfter) {
    case (nil, nil): return [finished, alone, whole]
    case (let old?, let new?) where readBefore(old) == readAfter(new):
      // Below a Gather a cost is that of one worker.
      let areAsMany = before.steps[old].node.plannedWorkers == after.steps[new].node.plannedWorkers
      let isOwn = before.steps[old].scans == before.steps[first].scans
      return isOwn
        ? [finished] + (areAsMany ? [alone] : []) + [whole, collected(first, old, second, new, runs)]
        : areAsMany ? [finished, alone, whole] : []
    default:
      let areWhole =
        (gatherBefore.map { before.steps[$0].scans == before.steps[first].scans } ?? true)
        && (gatherAfter.map { after.steps[$0].scans == after.steps[second].scans } ?? true)
      // A Gather that was moved charges for handing rows over, which says nothing of the join: alone it is compared by what
      // one worker takes, which is what the planner counts of it.
      return areWhole
        ? [whole, collected(first, gatherBefore, second, gatherAfter, runs), finished, alone] : []
    }
  }

  /// What it costs until all rows of a join are in one process, without the sorts on the way: those are the price of an
  /// order that a step above asks for.
  private func collected(
    _ first: Int, _ gatherBefore: Int?, _ second: Int, _ gatherAfter: Int?, _ runs: Double
  ) -> (PlannerCost, PlannerCost) {
    (before.collected(first, gatherBefore, ofRuns: runs), after.collected(second, gatherAfter, ofRuns: runs))
  }
}

extension PlanShape.Step {
  /// The cost in all, as if the subplan around the step were executed so often.
  fileprivate func total(ofRuns runs: Double) -> PlannerCost {
    runs == subplanRuns || subplanRuns == 0 ? cost.total : PlannerCost(cost.total.units / subplanRuns * runs)
  }
}

extension PlanShape {
  /// The names of what is read below a step, in alphabetical order.
  func names(under place: Int) -> [String] { steps[place].scans.map { steps[$0].node.shortName }.sorted() }

  /// How a nested loop reaches its inner side; nil for other joins, and when several things are read there.
  func innerSide(of join: Int) -> String? {
    guard steps[join].node.nodeType == "Nested Loop", let inputs = inputs(of: join),
      let scan = steps[inputs.inner].scans.first, steps[inputs.inner].scans.count == 1
    else { return nil }
    let node = steps[scan].node
    let description = ScanDescription(node)
    guard !description.indexes.isEmpty else { return "by \(node.plainTitle)" }
    return "through \(description.indexes.map(\.description).joined(separator: ", "))"
  }

  /// The lowest Gather above a step; nil when it is not shared by workers.
  fileprivate func gather(above place: Int) -> Int? {
    var at = steps[place].parent
    while let step = at, !steps[step].node.gathers { at = steps[step].parent }
    return at
  }

  /// The sort or gathering steps right above a step that finish its work, or the step itself.
  fileprivate func finished(_ place: Int) -> Int {
    climb(from: place) { $0.gathers || $0.sorts }
  }

  /// The topmost step that stands over the same as this one.
  fileprivate func top(_ place: Int) -> Int { climb(from: place) { _ in true } }

  /// - Parameter gather: the Gather above the step; nil when no worker shares it.
  fileprivate func collected(_ place: Int, _ gather: Int?, ofRuns runs: Double) -> PlannerCost {
    guard let gather else { return steps[place].total(ofRuns: runs) }
    var sorting = 0.0
    var at = place
    while let above = steps[at].parent, at != gather {
      if steps[above].node.sorts {
        sorting += steps[above].total(ofRuns: runs).units - steps[at].total(ofRuns: runs).units
      }
      at = above
    }
    return PlannerCost(steps[gather].total(ofRuns: runs).units - max(0, sorting))
  }

  private func climb(from place: Int, while goesOn: (PlanNode) -> Bool) -> Int {
    var at = place
    while let above = steps[at].parent, !steps[at].node.isSubplan, steps[above].scans == steps[at].scans,
      goesOn(steps[above].node)
    {
      at = above
    }
    return at
  }
}

extension PlanNode {
  /// Whether this step collects the rows of workers.
  var gathers: Bool { nodeType == "Gather" || nodeType == "Gather Merge" }

  /// Whether this step sorts.
  var sorts: Bool { nodeType == "Sort" || nodeType == "Incremental Sort" }
}
