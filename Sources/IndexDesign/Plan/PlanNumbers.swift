/// Numbers of plans in sentences, free of locale.
enum PlanNumbers {
  /// The cost as EXPLAIN prints it, with two decimals and no unit: `24218.50`.
  static func text(_ cost: PlannerCost) -> String { fixed(cost.units, decimals: 2) }

  /// How a cost changed: `(99.9% lower)`, `(12.0% higher)`, `(14 times as high)`; empty when no share can be
  /// named or the two are equal.
  static func change(from before: PlannerCost, to after: PlannerCost) -> String {
    guard let share = after.change(from: before), share != 0 else { return "" }
    if share < -0.999 { return " (more than 99.9% lower)" }
    if abs(share) < 0.0005 { return " (less than 0.1% \(share < 0 ? "lower" : "higher"))" }
    if share >= 9 { return " (\(fixed((share + 1), decimals: 0)) times as high)" }
    return " (\(fixed(abs(share) * 100, decimals: 1))% \(share < 0 ? "lower" : "higher"))"
  }

  /// `24218.50 → 21.94 (99.9% lower)`.
  static func pair(_ before: PlannerCost, _ after: PlannerCost) -> String {
    "\(text(before)) → \(text(after))\(change(from: before, to: after))"
  }

  private static func fixed(_ value: Double, decimals: Int) -> String {
    let scale = decimals == 2 ? 100.0 : decimals == 1 ? 10 : 1
    let rounded = (value * scale).rounded()
    guard abs(rounded) < 0x1p53 else { return "\(value)" }
    let scaled = Int(rounded)
    guard decimals > 0 else { return "\(scaled)" }
    let digits = "\(abs(scaled))"
    let padded = String(repeating: "0", count: max(0, decimals + 1 - digits.count)) + digits
    return (scaled < 0 ? "-" : "") + "\(padded.dropLast(decimals)).\(padded.suffix(decimals))"
  }
}
