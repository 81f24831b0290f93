import IndexDesign

/// Plans of one statement without and with designs, as PostgreSQL 15.20 with HypoPG 1.3.1 gave them, without
/// the flags that are false. A few settings were changed to get small plans of the wanted shape.
struct RealPlans {
  let statement: String
  let before: String
  let after: String
  /// HypoPG's names of the designs.
  let names: [String: DesignHandle]

  func diff() throws -> PlanDiff {
    try PlanDiff(
      before: ExecutionPlan(explainJSON: before, designs: [:]),
      after: ExecutionPlan(explainJSON: after, designs: names))
  }
}
