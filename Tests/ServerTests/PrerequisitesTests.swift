import IndexDesign
import Postgres
import TestSupport
import Testing

@testable import Server

@Suite struct PrerequisitesTests {
  static func lines(_ list: [Finding]) -> [String] {
    list.map { "\($0.name) | \($0.outcome.rawValue) | \($0.fact) | \($0.fix ?? "-")" }
  }

  static func well(_ session: Session) -> [String] {
    let version = session.facts.shortVersion
    return [
      "server version | ok | PostgreSQL \(version) | -",
      "shared_preload_libraries | ok | pg_stat_statements is loaded | -",
      "pg_stat_statements | ok | version \(TestServer.statements) | -",
      "hypopg | ok | version \(TestServer.hypopg) | -",
      "HypoPG's functions | ok | \(TestServer.functions) | -",
      "other roles' statements | ok | role \"hypo\" sees them | -", "pg_stat_statements.track | ok | top | -",
      "direct connection | ok | no pooler is in between | -", "role | ok | primary | -",
    ]
  }

  @Test func `all is well`() throws {
    let database = try TestCluster.shared.database()
    let session = try database.session()
    #expect(try Self.lines(session.prerequisites()) == Self.well(session))
  }

  @Test func `extensions that are only available are named, and fine once they are installed`() throws {
    let database = try TestCluster.shared.database(.empty)
    let session = try database.session()
    var expected = Self.well(session)
    expected[2] =
      "pg_stat_statements | failed | available (\(TestServer.statements)), not installed in \"\(database.name)\" | setup installs it"
    expected[3] =
      "hypopg | failed | available (\(TestServer.hypopg)), not installed in \"\(database.name)\" | setup installs it"
    expected.remove(at: 4)
    #expect(try Self.lines(session.prerequisites()) == expected)
    try database.script("CREATE EXTENSION pg_stat_statements; CREATE EXTENSION hypopg")
    try session.renewFacts()
    #expect(try Self.lines(session.prerequisites()) == Self.well(session))
  }

  @Test func `a role that sees only its own statements, and one that counts nothing`() throws {
    let database = try TestCluster.shared.database()
    let role = "blind_\(database.name)"
    try database.script("CREATE ROLE \(role) LOGIN; ALTER ROLE \(role) SET pg_stat_statements.track = 'none'")
    defer { try? database.script("DROP ROLE \(role)") }
    let session = try database.session(user: role)
    var expected = Self.well(session)
    expected[5] =
      "other roles' statements | warning | role \"\(role)\" sees only its own | "
      + "GRANT pg_monitor TO the role; scripts/roles.sql makes a role that has it"
    expected[6] =
      "pg_stat_statements.track | ok | none for role \"\(role)\": hypo's work is not counted | -"
    #expect(try Self.lines(session.prerequisites()) == expected)
    try database.script(
      """
      ALTER ROLE \(role) RESET pg_stat_statements.track;
      ALTER DATABASE \(database.name) SET pg_stat_statements.track = 'none'
      """)
    expected[6] =
      "pg_stat_statements.track | failed | none | set pg_stat_statements.track to top"
    #expect(try Self.lines(database.session(user: role).prerequisites()) == expected)
  }

  @Test func `where every explain counts as a call, doctor says how that ends`() throws {
    let database = try TestCluster.shared.database()
    let role = "Counted in \(database.name)"
    try database.script(
      "CREATE ROLE \"\(role)\" LOGIN; ALTER DATABASE \(database.name) SET pg_stat_statements.track = 'all'")
    defer { try? database.script("DROP ROLE \"\(role)\"") }
    func finding() throws -> String? {
      try Self.lines(database.session(user: role).prerequisites()).first {
        $0.hasPrefix("pg_stat_statements.track")
      }
    }
    #expect(
      try finding()
        == "pg_stat_statements.track | warning | all; each explain in hypo counts as a call without time of the "
        + "statement, by role \"\(role)\" | ALTER ROLE \"\(role)\" SET pg_stat_statements.track = 'none', for a "
        + "role of hypo's own"
        + (TestServer.majorVersion < 15
          ? ""
          : "; or GRANT SET ON PARAMETER pg_stat_statements.track TO \"\(role)\": hypo then switches it off for itself")
    )
    guard TestServer.majorVersion >= 15 else { return }
    try database.script("GRANT SET ON PARAMETER pg_stat_statements.track TO \"\(role)\"")
    #expect(try finding() == "pg_stat_statements.track | ok | all | -")
    try database.script("REVOKE SET ON PARAMETER pg_stat_statements.track FROM \"\(role)\"")
  }

  @Test func `a role that may not use the schema of the extensions connects and is told why`() throws {
    let database = try TestCluster.shared.database(.orders)
    let role = "Shut out of \(database.name)"
    try database.script("CREATE ROLE \"\(role)\" LOGIN; REVOKE USAGE ON SCHEMA public FROM PUBLIC")
    defer { try? database.script("DROP ROLE \"\(role)\"") }
    let session = try database.session(user: role)
    let grant = "GRANT USAGE ON SCHEMA public TO \"\(role)\""
    #expect(
      try Self.lines(session.prerequisites())[2...4] == [
        "pg_stat_statements | failed | version \(TestServer.statements); role \"\(role)\" may not use its schema public | \(grant)",
        "hypopg | failed | version \(TestServer.hypopg); role \"\(role)\" may not use its schema public | \(grant)",
        "other roles' statements | warning | role \"\(role)\" sees only its own | "
          + "GRANT pg_monitor TO the role; scripts/roles.sql makes a role that has it",
      ])
    for (name, use) in [
      ("HypoPG", { try session.hypotheticals.reset() }),
      ("pg_stat_statements", { _ = try session.statementRanking(by: .total, limit: 1) }),
    ] {
      #expect(
        throws: ServerError(
          .missingPrerequisite, "role \"\(role)\" may not use schema public, where \(name) lives", hint: grant
        )
      ) { try use() }
    }
    #expect(try session.explain("SELECT 1 FROM pg_catalog.pg_class").plan.usedDesigns == [])
    try database.script("GRANT USAGE ON SCHEMA public TO \"\(role)\"")
    defer { try? database.script("DROP OWNED BY \"\(role)\"") }
    try session.renewFacts()
    try session.hypotheticals.reset()
  }

  @Test func `a pooler, pg_hint_plan and a standby are told`() throws {
    let database = try TestCluster.shared.database()
    let session = try database.session()
    session.facts.isBehindPooler = true
    session.facts.hasHintPlan = true
    session.facts.isInRecovery = true
    session.facts.versionNumber = 120_000
    let found = try Self.lines(session.prerequisites())
    #expect(found[0].hasSuffix("| hypo works with PostgreSQL 13 and later; upgrade the server"))
    #expect(
      found.suffix(3) == [
        "direct connection | failed | a pooler is in between: another backend answers than the one connected to | "
          + "connect to the server itself; through a pooler hypo add is refused",
        "pg_hint_plan | failed | loaded; together with HypoPG it can crash the server | "
          + "connect as a role for which pg_hint_plan is not loaded; hypo add is refused until then",
        "role | warning | standby | planning works here; promote needs the primary",
      ])
  }

  @Test func `a server that does not load pg_stat_statements`() throws {
    let server = TestCluster(["shared_preload_libraries": "", "shared_buffers": "16MB"])
    let database = try server.database(.empty)
    try database.script("CREATE EXTENSION pg_stat_statements; CREATE EXTENSION hypopg")
    let session = try database.session()
    var expected = Self.well(session)
    expected[1] =
      "shared_preload_libraries | failed | pg_stat_statements is not loaded | add pg_stat_statements to "
      + "shared_preload_libraries in postgresql.conf, then restart the server"
    expected.remove(at: 6)
    #expect(try Self.lines(session.prerequisites()) == expected)
    let own = #expect(throws: PostgresError.self) { try database.execute("TABLE pg_stat_statements") }
    #expect(
      throws: ServerError(
        .missingPrerequisite,
        "pg_stat_statements is installed but not loaded: \(try #require(own).message)", sqlState: "55000",
        hint: "add it to shared_preload_libraries and restart the server; doctor says how")
    ) { try session.statementRanking(by: .total, limit: 5) }
  }
}
