/// A nested loop that goes through its whole inner side for each outer row, because no index enters it.
public struct UnindexedLoop: Sendable, Equatable {
  /// The loop in words: `Nested Loop of (customers, orders) over Seq Scan on orders`.
  public var title: String
  /// Whether the inner side is read once and kept, so that each outer row goes through what was kept.
  public var isKept: Bool
  /// What the loop costs beyond reading both sides once, in all its executions: so much more for each outer row
  /// that the planner did not expect.
  public var costOfRepeating: PlannerCost

  /// Makes it from its parts.
  public init(title: String, isKept: Bool, costOfRepeating: PlannerCost) {
    self.title = title
    self.isKept = isKept
    self.costOfRepeating = costOfRepeating
  }

  /// The loop and why it is one, for a sentence.
  public var sentence: String {
    isKept
      ? "\(title), which no index enters: it is read once, and all of it is gone through for each outer row"
      : "\(title), which no index enters, for each outer row"
  }
}

extension PlanMatching {
  /// The loops of the plan after, in its order, where the plan before has no such loop.
  var newUnindexedLoops: [UnindexedLoop] {
    let known = Set(
      before.steps.indices.map { Set(before.unindexedInner(of: $0).map { number(before: $0) }) })
    return after.steps.indices.compactMap { place in
      let inner = after.unindexedInner(of: place)
      guard !inner.isEmpty, !known.contains(Set(inner.map { number(after: $0) })) else { return nil }
      return after.unindexedLoop(at: place, over: inner)
    }
  }
}

extension PlanShape {
  /// The scans that an inner side goes through anew for each outer row without an index to enter by.
  ///
  /// Empty when one of the side's scans enters an index, or when there is at most one outer row.
  fileprivate func unindexedInner(of join: Int) -> [Int] {
    guard steps[join].node.nodeType == "Nested Loop", let inputs = inputs(of: join),
      steps[inputs.outer].node.planRows > 1
    else { return [] }
    let scans = steps[inputs.inner].scans
    return scans.allSatisfy { steps[$0].node.readsWhole } ? scans : []
  }

  fileprivate func unindexedLoop(at join: Int, over scans: [Int]) -> UnindexedLoop? {
    guard let inputs = inputs(of: join) else { return nil }
    let cost = steps[join].cost
    let readOnce = steps[inputs.outer].cost.once + steps[inputs.inner].cost.once
    let repeating = max(0, cost.once.units - readOnce.units)
    let share = cost.once.units > 0 ? repeating / cost.once.units : 0
    let side = scans.map { steps[$0].node.plainTitle }.joined(separator: ", ")
    return UnindexedLoop(
      title: "Nested Loop of \(PlanNames.list(names(under: join))) over \(side)",
      isKept: steps[inputs.inner].node.nodeType == "Materialize",
      costOfRepeating: PlannerCost(cost.total.units * share))
  }
}
