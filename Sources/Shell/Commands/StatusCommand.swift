import IndexDesign
import Ledger
import Reports
import Server

/// `status`
struct StatusCommand: Command {
  static let declaration = CommandDeclaration(
    name: "status", arguments: "", summary: "the server, the session and what it holds",
    details: "Shows server, version, role, extensions, the open transaction, the designs and the ledger.",
    examples: ["status"], group: .session, effects: .looks)

  init(_ arguments: inout ArgumentReader) throws(Failure) {
    try arguments.expectEnd(Self.declaration.synopsis)
  }

  func run(in workspace: Workspace, by loop: Loop) throws -> Report {
    let session = try workspace.connected()
    try session.renewFacts()
    let active = session.hypotheticals.active.map { Cell.handle($0.handle.description) }
    var values = workspace.targetFields + ConnectCommand.fields(session)
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
    for change in try workspace.ledger().unfinished() {
      report.note(
        .warning,
        "\(change.number) (\(change.intent.indexName)) has no recorded ending: "
          + (change.seenIndexObjectID == nil
            ? "look at the server" : "rollback \(change.number) drops what is left of it"))
    }
    return report
  }
}

extension ConnectCommand {
  /// Who the server is, for `connect` and `status`.
  static func fields(_ session: Session) -> [Report.Field] {
    let facts = session.facts
    let address = session.address
    return [
      .init("server", .text("PostgreSQL \(facts.shortVersion)" + (facts.isAurora ? ", Aurora" : ""))),
      .init("role", .text(facts.role)),
      .init("database", .identifier(facts.database)),
      .init(
        "user", .identifier(facts.user), remark: facts.isSuperuser ? "superuser" : nil, isVolatile: true),
      .init("host", .text(address.host), isVolatile: true),
      .init("port", .text(address.port), isVolatile: true),
      .init("TLS", .boolean(address.usesTLS), isVolatile: true),
      .init("backend", .text(String(facts.backendPID)), isVolatile: true),
      .init("hypopg", extensionCell(facts.hypopg), remark: facts.hypopg == nil ? "setup installs it" : nil),
      .init(
        "pg_stat_statements", extensionCell(facts.statStatements),
        remark: facts.statStatements == nil ? "setup installs it" : nil),
    ]
      + (facts.isBehindPooler
        ? [.init("pooler", .outcome(.warning), remark: "another backend answers; hypo add is refused")] : [])
  }

  private static func extensionCell(_ installed: ServerFacts.Extension?) -> Cell {
    installed.map { .text($0.version) } ?? .text("not installed")
  }
}
