// A plan tells how many rows come out of a filter, not how many go in. Where a SubPlan is in the filter, what a scan costs
// tells: the planner charges each row that is tested for it.

extension PlanNode {
  /// Whether the rows of a SubPlan are read once and kept in a hash table.
  func isHashed(_ child: PlanNode) -> Bool {
    conditions.contains { $0.text.contains("hashed \(child.subplanName ?? "SubPlan")") }
  }

  /// Whether a SubPlan is in this step's filter.
  func isTested(_ child: PlanNode) -> Bool {
    child.parentRelationship == "SubPlan" && condition(naming: child) != nil
  }

  /// How many rows a filter with a SubPlan tests, if one execution of this step costs `spent`; no less than come out.
  ///
  /// In the filter of a join those are the rows that its condition brings together, which no step counts. For the filters
  /// of aggregates it is how many come out, because what else they cost cannot be told apart.
  func rowsTested(spending spent: Double) -> Double {
    let flowing = children.filter { !$0.isSubplan }
    if let outer = flowing.first, !isJoin {
      return ["Aggregate", "Group", "WindowAgg"].contains(nodeType) ? planRows : max(planRows, outer.planRows)
    }
    let pairs = flowing.reduce(1) { $0 * max(1, $1.planRows) }
    let tested = children.filter { isTested($0) && !isHashed($0) }
    let others = children.filter { !isTested($0) || isHashed($0) }.reduce(0) { sum, child in
      let isRepeated = nodeType == "Nested Loop" && child.parentRelationship == "Inner" && !child.keepsRows
      return sum + child.totalCost.units * (isRepeated ? max(1, flowing.first?.planRows ?? 1) : 1)
    }
    let forARow = tested.reduce(Self.costOfRow) { $0 + paid(for: $1) }
    let affordable = (spent - others) / forARow
    return max(planRows, isJoin ? min(affordable, pairs) : affordable)
  }

  /// Whether this step keeps the rows that it has read, so that reading them anew costs what the plan does not tell.
  var keepsRows: Bool { nodeType == "Materialize" || nodeType == "Memoize" }

  /// `cpu_tuple_cost` and `cpu_operator_cost`, which are little beside a SubPlan.
  private static let costOfRow = 0.0125

  /// What the planner charges for a SubPlan of a filter: EXISTS for its first row, ANY and ALL for half of its rows.
  ///
  /// Before PostgreSQL 17 the plan does not tell these two apart; the dearer one counts then, for the fewer rows.
  /// Source: `cost_subplan` in PostgreSQL's costsize.c.
  private func paid(for child: PlanNode) -> Double {
    let (start, run) = (child.startupCost.units, child.totalCost.units - child.startupCost.units)
    let exists = start + run / max(1, child.planRows)
    let any = start + run / 2
    guard let text = condition(naming: child), let name = child.subplanName,
      let place = text.firstRange(of: "\(name))")
    else { return start + run }
    let before = text[..<place.lowerBound].drop { $0 == "(" }
    if before.hasSuffix("EXISTS(") { return exists }
    if text[place.upperBound...].hasPrefix(".col") { return any }
    let isCompared = before.hasSuffix(" (") && !["NOT (", "AND (", "OR ("].contains { before.hasSuffix($0) }
    return isCompared ? start + run : max(exists, any)
  }

  private func condition(naming child: PlanNode) -> String? {
    guard let name = child.subplanName else { return nil }
    return conditions.first { $0.label.hasSuffix("Filter") && $0.text.contains("\(name))") }?.text
  }
}
