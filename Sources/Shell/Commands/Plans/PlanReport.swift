import IndexDesign
import Reports
import Server

/// How plans are shown: what was planned, the plan or the pair, and what became of each design.
enum PlanReport {
  /// The plan, or the pair without and with the designs that were active.
  static func plans(_ explanation: Explanation, _ query: Query, toldInWords: Bool = false) -> [Report.Block] {
    let statement = Report.PlanBlock.Statement(title: explanation.title(of: query.handle), sql: query.text)
    func block(_ name: String, _ title: String, _ plan: ExecutionPlan) -> Report.Block {
      .plan(.init(name: name, title: title, plan: plan, statement: statement, isToldInWords: toldInWords))
    }
    guard let baseline = explanation.baseline else { return [block("plan", "Plan", explanation.plan)] }
    let designs = explanation.designs.map(\.description).joined(separator: " ")
    return [
      block("baseline", "Without designs", baseline), block("plan", "With \(designs)", explanation.plan),
    ]
  }

  /// Warns of tables without statistics; nothing for nil.
  static func warn(_ report: inout Report, of missing: MissingStatistics?) {
    guard let missing else { return }
    report.note(.warning, missing.sentence)
    report.note(.hint, missing.hint)
  }

  /// Warns of functions that planning can run; nothing for nil.
  static func warn(_ report: inout Report, of functions: PlannedFunctions?) {
    guard let functions else { return }
    report.note(.warning, functions.sentence)
    report.note(.hint, PlannedFunctions.hint)
  }

  /// Of each active design whether it is used and, if not, what beat it or why it cannot serve.
  static func uses(_ explanation: Explanation, _ session: Session, _ workspace: Workspace) -> Report.Table {
    let rows = session.hypotheticals.active.map { active -> [Cell] in
      let design = workspace.designs[active.handle]
      let (used, why) = explanation.words(
        of: design?.use(in: explanation.plan) ?? .tableNotRead, active.handle, on: design?.definition.table)
      return [
        .handle(active.handle.description), .boolean(used), .text(why),
        .sql(design?.definition.shortForm ?? ""),
      ]
    }
    return .init(
      name: "designs", title: nil,
      columns: [.init("design"), .init("used"), .init("how"), .init("definition")],
      rows: rows)
  }
}
