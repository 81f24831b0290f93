import IndexDesign
import Reports

extension ValueComparison {
  /// Why a step at another depth counts.
  static let otherDepth = "another place in the tree"

  /// Two steps; a step of another kind, or of another relation, is one difference and not many.
  mutating func compare(_ old: PlanNode, _ new: PlanNode) {
    if !old.doesSame(as: new) {
      guard old.nodeType == new.nodeType, old.relation == new.relation else {
        return differ(nil, old.title, new.title, "another step", weight: 5)
      }
      compareProperties(old, new)
    }
    cost("startup cost", old.startupCost.units, new.startupCost.units)
    cost("cost", old.totalCost.units, new.totalCost.units)
    number(
      "rows", old.planRows, new.planRows, tolerances.rows,
      holds: tolerances.rows.holds(old.planRows, new.planRows))
    let widths = (Double(old.planWidth), Double(new.planWidth))
    let isNear = Tolerances.width.holds(widths.0, widths.1) || tolerances.count.holds(widths.0, widths.1)
    number("width", widths.0, widths.1, Tolerances.width, holds: isNear)
  }

  private mutating func cost(_ name: String, _ old: Double, _ new: Double) {
    number(name, old, new, tolerances.cost, holds: tolerances.holds(cost: old, new))
  }

  private mutating func compareProperties(_ old: PlanNode, _ new: PlanNode) {
    for property in StepProperty.allCases {
      let (a, b) = (old[property], new[property])
      if a != b { differ(property.rawValue, a ?? "-", b ?? "-", "not the same") }
    }
    if old.index != new.index {
      differ("index", old.index?.description ?? "-", new.index?.description ?? "-", "another index")
    }
    count("workers", old.plannedWorkers, new.plannedWorkers)
    count("removed", old.subplansRemoved, new.subplansRemoved)
    flag("parallel", old.isParallelAware, new.isParallelAware)
    flag("async", old.isAsyncCapable, new.isAsyncCapable)
  }

  private mutating func count(_ name: String, _ old: Int?, _ new: Int?) {
    compare(name, old.map { .integer(Int64($0)) } ?? .missing, new.map { .integer(Int64($0)) } ?? .missing)
  }

  private mutating func flag(_ name: String, _ old: Bool, _ new: Bool) {
    if old != new { differ(name, old ? "yes" : "no", new ? "yes" : "no", "not the same") }
  }

  /// What stands below a step; false for other facts.
  mutating func compare(_ old: TranscriptLine.StepFact, _ new: TranscriptLine.StepFact) -> Bool {
    switch (old, new) {
    case (.list(let list, let texts), .list(let other, let others)):
      guard list == other else { return false }
      if texts != others {
        differ(nil, texts.joined(separator: ", "), others.joined(separator: ", "), "not the same")
      }
    case (.condition(let condition), .condition(let other)):
      guard condition.label == other.label else { return false }
      exact(nil, condition.text, other.text)
    case (.extra(let fact), .extra(let other)):
      guard fact.name == other.name else { return false }
      json(fact.value, other.value)
    default: return false
    }
    return true
  }
}

extension PlanNode {
  /// Whether all that stands on the step's own line is the same, its estimates aside.
  fileprivate func doesSame(as other: PlanNode) -> Bool {
    nodeType == other.nodeType && relation == other.relation && schema == other.schema && alias == other.alias
      && index == other.index && joinType == other.joinType && strategy == other.strategy
      && partialMode == other.partialMode && isParallelAware == other.isParallelAware
      && isAsyncCapable == other.isAsyncCapable && operation == other.operation
      && setOperation == other.setOperation && cteName == other.cteName && functionName == other.functionName
      && tuplestoreName == other.tuplestoreName && customPlanProvider == other.customPlanProvider
      && scanDirection == other.scanDirection && parentRelationship == other.parentRelationship
      && subplanName == other.subplanName && plannedWorkers == other.plannedWorkers
      && subplansRemoved == other.subplansRemoved
  }
}
