/// The plans that a planner makes when what it preferred to a design is switched off.
public struct ContestPlans: Equatable, Sendable {
  /// Plans without the sequential scans of the design's table alone, those of the other tables being allowed or not:
  /// each of them the cheapest of its kind.
  public var free: [ExecutionPlan]
  /// Whether `free` has every choice of the other tables' scans, so that nothing cheaper can be left out.
  public var isComplete: Bool
  /// Plans without more than that.
  public var forced: [ExecutionPlan]
  /// What a step that is switched off costs on top; nil where such steps are counted instead, from PostgreSQL 18 on.
  ///
  /// - Source: `disable_cost` in PostgreSQL's costsize.c.
  public var penalty: PlannerCost?

  /// Takes plans.
  public init(free: [ExecutionPlan], isComplete: Bool, forced: [ExecutionPlan], penalty: PlannerCost?) {
    self.free = free
    self.isComplete = isComplete
    self.forced = forced
    self.penalty = penalty
  }

  /// What is known of a design that one of the plans uses; nil when none does.
  ///
  /// - Parameters:
  ///   - keys: those of the design, as HypoPG has them.
  ///   - against: the cost of the plan that was preferred.
  public func contest(of design: DesignHandle, keys: [IndexKey], against: PlannerCost) -> DesignContest? {
    let users = (free + forced).filter { $0.usedDesigns.contains(design) }
    guard !users.isEmpty else { return nil }
    let costs = users.compactMap { plan in
      withoutPenalty(plan, against).map {
        (cost: $0, isForced: isForced(plan), rows: plan.rowsRead(through: design, keys))
      }
    }
    // Penalties swallow the cents, so that a plan without any goes first.
    guard
      let least = costs.min(by: { left, right in
        abs(left.cost.units - right.cost.units) < 0.05
          ? !left.isForced && right.isForced : left.cost < right.cost
      })
    else { return .lost(cost: nil, against: against) }
    // What is cheapest without the design leaves nothing cheaper with it; and where the planner has to take what is
    // switched off, that choice of scans has no plan.
    let isExact = free.allSatisfy { plan in
      isForced(plan) || plan.usedDesigns.contains(design) || plan.totalCost >= least.cost
    }
    return .lost(
      cost: ContestCost(
        least.cost, isExact: isComplete && isExact && !least.isForced && !free.isEmpty, rowsRead: least.rows),
      against: against)
  }

  /// Whether the planner had to take a step that is switched off.
  private func isForced(_ plan: ExecutionPlan) -> Bool {
    plan.disabledSteps > 0 || (penalty.map { plan.totalCost >= $0 } ?? false)
  }

  /// The cost of a plan without what the planner puts on top of steps that are switched off.
  ///
  /// - Returns: nil when the cost is lost among the penalties, as where a step is repeated for many rows.
  private func withoutPenalty(_ plan: ExecutionPlan, _ against: PlannerCost) -> PlannerCost? {
    guard let penalty, isForced(plan) else { return plan.totalCost }
    let total = plan.totalCost.units
    let rest = total.truncatingRemainder(dividingBy: penalty.units)
    // The planner would have taken what is cheaper; two decimals are exact up to here.
    guard total < penalty.units * 1_000, rest >= against.units * 0.98 else { return nil }
    return PlannerCost(rest)
  }
}

extension ExecutionPlan {
  /// How many entries of a design the plan reads in all; nil where it goes through the whole index or a part of which the
  /// plan tells no number, and where a filter leaves open how many it reads.
  fileprivate func rowsRead(through design: DesignHandle, _ keys: [IndexKey]) -> Double? {
    let scans = outline.lines.filter { $0.node.index == .design(design) }
    let isKnown = scans.allSatisfy { $0.node.readsNoMoreThanItFinds(in: keys) }
    return isKnown ? rowsFound(through: design) : nil
  }

  /// How many entries of a design the plan finds in all; nil where a filter leaves some out, and where it does not read it.
  public func rowsFound(through design: DesignHandle) -> Double? {
    let scans = outline.lines.filter { $0.node.index == .design(design) }
    guard !scans.isEmpty, scans.allSatisfy({ $0.node.condition("Filter") == nil }) else { return nil }
    return scans.reduce(0) { $0 + $1.node.planRows * $1.cost.loops * Double(($1.workers ?? 0) + 1) }
  }
}
