/// A cost as the planner states it: a number in units of `seq_page_cost`, never a time.
///
/// Source: PostgreSQL manual, "Using EXPLAIN".
public struct PlannerCost: Comparable, Hashable, Sendable {
  /// The planner's own number.
  public var units: Double

  /// Wraps the planner's own number.
  public init(_ units: Double) { self.units = units }

  /// A cost below which nothing can be.
  public static let zero = PlannerCost(0)

  /// Orders costs by their number.
  public static func < (left: PlannerCost, right: PlannerCost) -> Bool { left.units < right.units }

  /// The cost of doing both.
  public static func + (left: PlannerCost, right: PlannerCost) -> PlannerCost {
    PlannerCost(left.units + right.units)
  }

  /// The change from `before` to this cost as a share of `before`: −0.9 is ninety per cent cheaper.
  ///
  /// Nil when `before` is zero, because no share can be named then.
  public func change(from before: PlannerCost) -> Double? {
    before.units == 0 ? nil : (units - before.units) / before.units
  }
}
