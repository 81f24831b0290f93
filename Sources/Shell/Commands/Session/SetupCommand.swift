import Changes
import IndexDesign
import Ledger
import Notebook
import Reports
import Server

/// `setup`
struct SetupCommand: PlainCommand {
  static let declaration = CommandDeclaration(
    name: "setup", form: Form(""), summary: "install the extensions that hypo needs, after confirmation",
    details: """
      Shows CREATE EXTENSION for pg_stat_statements and HypoPG as far as they are missing here and the server offers \
      them, asks for the word setup (a script says --yes), writes the reverse to the ledger and runs them. What needs \
      the server's configuration or another package doctor tells.
      """,
    examples: [
      .init("setup", gives: .parts([], showing: "nothing to install here"))
    ], group: .session, effects: [.changesDatabase, .changesNames])

  func run(in workspace: Workspace, by loop: Loop) throws -> Report {
    let session = try workspace.connected()
    let plan = try session.planSetup()
    guard !plan.steps.isEmpty else {
      return .message("setup", "nothing to install here; doctor says whether anything else is missing")
    }
    try loop.allow(.setup)
    loop.show(.setupPlan(plan))
    if let refusal = plan.refusal { throw Failure(refusal) }
    let names = plan.steps.map(\.name.name)
    let permit = try loop.permit(plan, to: "install \(names.joined(separator: " and "))")
    var report = Report("setup")
    let finished = try loop.carryOut(plan, by: permit, workspace.changeContext(for: nil, nil))
    try session.renewFacts()
    for (name, change) in zip(names, finished) {
      guard case .installed = change.outcome.result else {
        loop.show(report)
        throw Failure(change)
      }
      report.note(.good, "\(name): \(change.outcome.sentence), \(change.number)")
    }
    report.note(.hint, "doctor says whether anything else is missing")
    return report
  }
}
