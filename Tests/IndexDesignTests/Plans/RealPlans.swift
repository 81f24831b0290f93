import IndexDesign

/// Plans of one statement without and with designs, as PostgreSQL 15.20 with HypoPG 1.3.1 gave them, without
/// the flags that are false. A few settings were changed to get small plans of the wanted shape.
struct RealPlans {
  /// The plans are `NAME.before.json` and `NAME.after.json` of Resources/Plans.
  let name: String
  let statement: String
  /// HypoPG's names of the designs.
  let names: [String: DesignHandle]

  init(_ name: String, statement: String, names: [String: DesignHandle]) {
    (self.name, self.statement, self.names) = (name, statement, names)
  }

  func diff() throws -> PlanDiff {
    try PlanDiff(
      before: ExecutionPlan(explainJSON: PlanResource.text("Plans/\(name).before"), designs: [:]),
      after: ExecutionPlan(explainJSON: PlanResource.text("Plans/\(name).after"), designs: names))
  }
}
