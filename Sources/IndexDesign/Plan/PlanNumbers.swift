/// Changes of cost in sentences.
enum PlanNumbers {
  /// The cost without a unit: `24,218`.
  static func text(_ cost: PlannerCost) -> String { NumberText.cost(cost) }

  /// How a cost changed: `(99.9 % lower)`, `(12.0 % higher)`, `(14 times as high)`; empty when no share can be
  /// named or the two are equal.
  static func change(from before: PlannerCost, to after: PlannerCost) -> String {
    guard let share = after.change(from: before), share != 0 else { return "" }
    if share < -0.999 { return " (more than 99.9 % lower)" }
    if abs(share) < 0.0005 { return " (less than 0.1 % \(share < 0 ? "lower" : "higher"))" }
    if share >= 9 { return " (\(NumberText.whole(share + 1)) times as high)" }
    return " (\(NumberText.percent(abs(share))) \(share < 0 ? "lower" : "higher"))"
  }

  /// `24,218 → 21.94 (99.9 % lower)`.
  static func pair(_ before: PlannerCost, _ after: PlannerCost) -> String {
    let (first, second) = NumberText.pair(before.units, after.units)
    return "\(first) → \(second)\(change(from: before, to: after))"
  }
}
