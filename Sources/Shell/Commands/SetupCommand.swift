import Changes
import IndexDesign
import Ledger
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
    examples: ["setup"], group: .session, effects: [.changesDatabase, .changesNames])

  func run(in workspace: Workspace, by loop: Loop) throws -> Report {
    let session = try workspace.connected()
    let missing = try session.missingExtensions()
    guard !missing.isEmpty else {
      return .message("setup", "nothing to install here; doctor says whether anything else is missing")
    }
    try loop.permit(.setup)
    loop.show(
      Report(
        "setup plan",
        [
          .statement(
            name: "statement", title: "Statements",
            sql: missing.map { $0.statement + ";" }.joined(separator: "\n")),
          .statement(
            name: "reverse", title: "Their reverse",
            sql: missing.map { $0.reverse + ";" }.joined(separator: "\n")),
        ]))
    try loop.confirm(
      typing: "setup", to: "install \(missing.map(\.name).joined(separator: " and "))", .setup)
    var report = Report("setup")
    for missing in missing {
      let setup = try ExtensionSetup(
        missing, on: session, journal: workspace.ledger(), context: workspace.changeContext(for: nil, nil))
      let finished = try loop.undisturbed { progress in
        try setup.run { progress("installing \(missing.name) (Ctrl-C cancels)", nil) }
      }
      guard case .installed = finished.outcome.result else { throw Failure(finished) }
      report.note(.good, "\(missing.name): \(finished.outcome.sentence), \(finished.number)")
    }
    try session.renewFacts()
    report.note(.hint, "doctor says whether anything else is missing")
    return report
  }
}
