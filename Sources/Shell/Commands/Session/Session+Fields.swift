import IndexDesign
import Reports
import Server

extension Session {
  /// Who the server is, for `connect` and `status`.
  var fields: [Report.Field] {
    [
      .init("server", .text("PostgreSQL \(facts.shortVersion)" + (facts.isAurora ? ", Aurora" : ""))),
      .init("role", .text(facts.role)),
      .init("database", .identifier(facts.database)),
      .init(
        "user", .identifier(facts.user), remark: facts.isSuperuser ? "superuser" : nil, isVolatile: true),
      .init("host", .text(address.host), isVolatile: true),
      .init("port", .text(address.port), isVolatile: true),
      .init("TLS", .boolean(address.usesTLS), isVolatile: true),
      .init("backend", .text(String(facts.backendPID)), isVolatile: true),
      .init("hypopg", Self.cell(facts.hypopg), remark: facts.hypopg == nil ? "setup installs it" : nil),
      .init(
        "pg_stat_statements", Self.cell(facts.statStatements),
        remark: facts.statStatements == nil ? "setup installs it" : nil),
    ]
      + (facts.isBehindPooler
        ? [.init("pooler", .outcome(.warning), remark: "another backend answers; hypo add is refused")] : [])
  }

  private static func cell(_ installed: ServerFacts.Extension?) -> Cell {
    installed.map { .text($0.version) } ?? .text("not installed")
  }
}
