public import IndexDesign

/// What a person sees of a change before they confirm it.
extension Report {
  /// The checklist of a build, its statement and its reverse.
  public static func promotionPlan(_ plan: ChangePlan) -> Report {
    var report = Report(
      "promote plan",
      [
        .table(
          .init(
            name: "checklist", title: "Before the build",
            columns: [.init("check"), .init("outcome"), .init("finding")],
            rows: plan.findings.map { [.identifier($0.name), .outcome($0.outcome), .text($0.fact)] })),
        .statement(name: "statement", title: "Statement", sql: plan.statements),
        .statement(name: "reverse", title: "Its reverse", sql: plan.reverses),
      ])
    for finding in plan.findings {
      if let fix = finding.fix { report.note(.hint, "\(finding.name): \(fix)") }
    }
    return report
  }

  /// The change that is taken back, what is found of it, the statement and its reverse.
  public static func rollbackPlan(_ plan: ChangePlan, of record: ChangeRecord) -> Report {
    let index = RelationName(schema: record.intent.indexSchema, name: record.intent.indexName)
    let found = plan.findings.map { Field($0.name, .outcome($0.outcome), remark: $0.fact) }
    return Report(
      "rollback plan",
      [
        .fields(
          .init(
            name: "change", title: nil,
            values: [
              .init("change", .handle(record.number.description), isVolatile: true),
              .init("index", .identifier(index.sql)),
            ] + found)),
        .statement(name: "statement", title: "Statement", sql: plan.statements),
        .statement(name: "reverse", title: "Its reverse", sql: plan.reverses),
      ])
  }

  /// What installs the extensions, and what takes them away again.
  public static func setupPlan(_ plan: ChangePlan) -> Report {
    Report(
      "setup plan",
      [
        .statement(name: "statement", title: "Statements", sql: plan.statements),
        .statement(name: "reverse", title: "Their reverse", sql: plan.reverses),
      ])
  }
}
