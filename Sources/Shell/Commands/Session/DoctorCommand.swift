import IndexDesign
import Notebook
import Reports
import Server

/// `doctor`
struct DoctorCommand: PlainCommand {
  static let declaration = CommandDeclaration(
    name: "doctor", form: Form(""), summary: "check every prerequisite, each failure with its fix",
    details: """
      Checks the server's version, shared_preload_libraries, the two extensions (installed, or only available), \
      the privilege to see other roles' statements, pg_stat_statements.track, HypoPG's functions, whether a pooler, \
      pg_hint_plan or auto_explain is in the way, whether psql is older than the server, whether the ledger is as it was \
      written, and whether changes of yours were cut off here or left an invalid index. hypo switches the hints \
      of pg_hint_plan and the logging of auto_explain off for its own session where its role may: statements with hints \
      are then planned without them, and explain says so. It switches pg_stat_statements.track off for what it does \
      itself where its role may: as a superuser, or after GRANT SET ON PARAMETER, from PostgreSQL 15 on. Else a superuser can switch \
      it off for a role of hypo's own. Where neither is done, any number of explains leaves five entries at most under \
      track = top; under all each counts as a call without time of its statement as well. top leaves these calls \
      out; on PostgreSQL 13 it cannot where the same role runs the statement, too. Nothing is changed. A failed check is a failed command: it ends a script with status 3.
      """,
    examples: [
      .init("doctor", gives: .parts(["checks"], showing: "everything that hypo needs is there"))
    ], group: .session, effects: .looks)

  func run(in workspace: Workspace, by loop: Loop) throws -> Report {
    let session = try workspace.connected()
    try session.renewFacts()
    let checks =
      try session.prerequisites()
      + [PsqlHandover.finding(for: session, workspace.environment)].compactMap(\.self)
      + workspace.openChanges() + workspace.ledgerFaults()
    var report = Report(
      "doctor",
      [
        .table(
          .init(
            name: "checks", title: nil, columns: [.init("check"), .init("outcome"), .init("finding")],
            rows: (workspace.targetChecks + checks).map(\.cells)))
      ])
    for check in checks {
      if let fix = check.fix { report.note(.hint, "\(check.name): \(fix)") }
    }
    let failed = checks.filter { $0.outcome == .stop }.count
    let warnings = checks.filter { $0.outcome == .warning }.count
    guard failed == 0 else {
      loop.show(report)
      throw Failure(.script, "\(failed) of \(checks.count) checks failed")
    }
    report.note(
      .good, "everything that hypo needs is there" + (warnings > 0 ? ", but see the warnings above" : ""))
    return report
  }
}
