import IndexDesign
import Ledger
import Notebook
import Reports
import Server

/// `status`
struct StatusCommand: PlainCommand {
  static let declaration = CommandDeclaration(
    name: "status", form: Form(""), summary: "the server, the session and what it holds",
    details: """
      Shows server, version, role, extensions, the open transaction, the designs and the ledger. Warns of changes without \
      a recorded ending and of invalid indexes that changes left, as far as they are your own and of this database; \
      changes lists the others, too.
      """,
    examples: [
      .init("status", gives: .parts(["status"], showing: "primary"))
    ], group: .session, effects: .looks)

  func run(in workspace: Workspace, by loop: Loop) throws -> Report {
    let session = try workspace.connected()
    try session.renewFacts()
    let active = session.hypotheticals.active.map { Cell.handle($0.handle.description) }
    var values = workspace.targetFields + session.fields
    if let version = try session.auroraVersion() { values.append(.init("Aurora version", .text(version))) }
    values += [
      .init(
        "transaction",
        .text(
          session.isTransactionFailed
            ? "failed, rollback; ends it" : session.isInTransaction ? "open, read only" : "none")),
      .init(
        "designs", .integer(Int64(workspace.designs.all.count)),
        remark: active.isEmpty
          ? nil
          : "active: " + session.hypotheticals.active.map(\.handle.description).joined(separator: " ")
            + (session.hypotheticals.isEnabled ? "" : ", switched off")),
      .init("queries", .integer(Int64(workspace.queries.all.count))),
      .init("ledger", .text(try workspace.ledger().path), isVolatile: true),
    ]
    var report = Report("status", [.fields(.init(name: "status", title: nil, values: values))])
    for finding in workspace.openChanges() { report.note(.warning, finding.sentence) }
    return report
  }
}
