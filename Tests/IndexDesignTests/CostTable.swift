import IndexDesign

/// A planner of numbers: what each statement costs with some sets of designs.
///
/// As a planner does, it takes the cheapest plan whose designs are all there. A set that has an exact cost is
/// the exception: with it an added design can make a statement dearer, as happens with real planners.
final class CostTable: CostModel {
  /// A plan of a statement.
  struct Plan {
    var designs: [IndexDefinition]
    var cost: Double
  }

  private var plans: [String: [Plan]] = [:]
  private var exact: [String: [Set<IndexDefinition>: Plan]] = [:]
  private(set) var requests: [CostRequest] = []

  /// Gives a statement a plan that reads these designs.
  func add(_ statement: String, _ cost: Double, reading designs: [IndexDefinition] = []) {
    plans[statement, default: []].append(Plan(designs: designs, cost: cost))
  }

  /// Says what a statement costs under exactly this set.
  func fix(
    _ statement: String, under set: [IndexDefinition], _ cost: Double, reading designs: [IndexDefinition]
  ) {
    exact[statement, default: [:]][Set(set)] = Plan(designs: designs, cost: cost)
  }

  func answers(to requests: [CostRequest]) -> [CostAnswer] {
    self.requests += requests
    return requests.map(answer)
  }

  private func answer(_ request: CostRequest) -> CostAnswer {
    let offered = Set(request.designs)
    let text = request.statement.text
    let possible = (plans[text] ?? []).filter { $0.designs.allSatisfy(offered.contains) }
    guard let plan = exact[text]?[offered] ?? possible.min(by: { $0.cost < $1.cost }) else {
      return .failure(PlanningFailure("the table has no plan for \(text)"))
    }
    return .success(
      StatementCost(
        totalCost: PlannerCost(plan.cost),
        usedDesigns: plan.designs.compactMap { request.designs.firstIndex(of: $0) }.sorted()))
  }
}
