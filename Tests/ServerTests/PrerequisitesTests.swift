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

  @Test func `settings of the role that change plans are named`() throws {
    let database = try TestCluster.shared.database()
    let role = "Tuned in \(database.name)"
    try database.script(
      """
      CREATE ROLE "\(role)" LOGIN;
      ALTER ROLE "\(role)" SET enable_seqscan = off;
      ALTER ROLE "\(role)" IN DATABASE \(database.name) SET work_mem = '1GB';
      ALTER ROLE "\(role)" SET statement_timeout = '1h';
      ALTER DATABASE \(database.name) SET random_page_cost = 1.5
      """)
    defer { try? database.script("DROP OWNED BY \"\(role)\"; DROP ROLE \"\(role)\"") }
    let found = try database.session(user: role).prerequisites().filter { $0.name == "planner settings" }
    #expect(
      Self.lines(found) == [
        "planner settings | warning | role \"\(role)\" or its client sets enable_seqscan = off, work_mem = 1GB; other"
          + " roles may get other plans | ALTER ROLE \"\(role)\" RESET them, or set what the application's role has"
      ])
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

  @Test func `functions that a role may not execute are named with their GRANT, by doctor and hypo add`()
    throws
  {
    let database = try TestCluster.shared.database(.orders)
    let role = "Kept from \(database.name)"
    try database.script(
      """
      CREATE ROLE "\(role)" LOGIN; GRANT pg_monitor TO "\(role)"; GRANT SELECT ON orders TO "\(role)";
      REVOKE EXECUTE ON FUNCTION hypopg_create_index(text), hypopg_reset() FROM PUBLIC;
      REVOKE SELECT ON pg_stat_statements FROM PUBLIC
      """)
    defer { try? database.script("DROP OWNED BY \"\(role)\"; DROP ROLE \"\(role)\"") }
    let session = try database.session(user: role)
    let functions = "EXECUTE ON FUNCTION public.hypopg_create_index(text), public.hypopg_reset()"
    let view = "SELECT ON public.pg_stat_statements"
    let failed = try session.prerequisites().filter { $0.outcome == .stop }
    #expect(
      Self.lines(failed) == [
        "pg_stat_statements | failed | version \(TestServer.statements); role \"\(role)\" lacks \(view) | "
          + "GRANT \(view) TO \"\(role)\"",
        "HypoPG's functions | failed | role \"\(role)\" lacks \(functions) | "
          + "GRANT \(functions) TO \"\(role)\"",
      ])
    #expect(
      throws: ServerError(
        .missingPrerequisite, "role \"\(role)\" lacks \(functions)",
        hint: "GRANT \(functions) TO \"\(role)\"")
    ) { try session.add(1, "orders(customer_id)") }
    #expect(
      throws: ServerError(
        .missingPrerequisite, "role \"\(role)\" lacks \(view)", hint: "GRANT \(view) TO \"\(role)\"")
    ) { try session.statementRanking(by: .total, limit: 1) }
    #expect(try session.statements(on: session.relation(RelationName(name: "orders"))) == [])
    try database.script(failed.compactMap(\.fix).joined(separator: "; "))
    try session.renewFacts()
    try session.add(1, "orders(customer_id)")
    _ = try session.statementRanking(by: .total, limit: 1)
  }

  @Test(arguments: [
    (120_016, "Aurora PostgreSQL 12 offers HypoPG from 12.17 on; upgrade the cluster"),
    (130_012, "Aurora PostgreSQL 13 offers HypoPG from 13.13 on; upgrade the cluster"),
    (140_009, "Aurora PostgreSQL 14 offers HypoPG from 14.10 on; upgrade the cluster"),
    (150_004, "Aurora PostgreSQL 15 offers HypoPG from 15.5 on; upgrade the cluster"),
    (150_005, "Aurora PostgreSQL 15 offers HypoPG from 15.5 on; ask AWS why this one does not list it"),
    (110_021, "Aurora PostgreSQL offers HypoPG from 12.17 on; upgrade the cluster"),
    (160_001, "every Aurora PostgreSQL 16 offers HypoPG; ask AWS why this one does not list it"),
    (170_004, "every Aurora PostgreSQL 17 offers HypoPG; ask AWS why this one does not list it"),
  ])
  func `an Aurora that does not offer HypoPG gets the version from which on it does`(
    version: Int, fix: String
  ) throws {
    let database = try TestCluster.shared.database(.empty)
    try database.script(
      """
      SET allow_system_table_mods = on;
      ALTER VIEW pg_catalog.pg_available_extensions RENAME TO all_extensions;
      CREATE VIEW pg_catalog.pg_available_extensions AS
        SELECT * FROM pg_catalog.all_extensions WHERE name <> 'hypopg';
      CREATE FUNCTION pg_catalog.aurora_version() RETURNS text LANGUAGE sql AS $$SELECT '15.4'$$;
      """)
    let session = try database.session()
    session.facts.versionNumber = version
    #expect(session.facts.isAurora)
    #expect(
      try Self.lines(session.prerequisites()).first { $0.hasPrefix("hypopg") }
        == "hypopg | failed | not available on the server | \(fix)")
  }

  @Test(arguments: [(false, "instance's"), (true, "cluster's")])
  func `an extension that RDS does not allow is told with the parameter to change`(
    isAurora: Bool, owner: String
  ) throws {
    let database = try TestCluster.shared.database(.empty)
    try database.script(
      "ALTER DATABASE \(database.name) SET rds.allowed_extensions = 'postgis,PG_STAT_STATEMENTS, hll'")
    let session = try database.session()
    session.facts.isAurora = isAurora
    let available = "available (\(TestServer.hypopg)), not installed in \"\(database.name)\""
    #expect(
      try Self.lines(session.prerequisites())[2...3] == [
        "pg_stat_statements | failed | available (\(TestServer.statements)), not installed in "
          + "\"\(database.name)\" | setup installs it",
        "hypopg | failed | \(available), and not in rds.allowed_extensions | "
          + "add hypopg to rds.allowed_extensions in the \(owner) parameter group, then setup",
      ])
  }

  @Test(arguments: [nil, "", "*", " * ", "plpgsql, *", "hypopg", "HypoPG,postgis"] as [String?])
  func `HypoPG is allowed unless a list leaves it out`(setting: String?) {
    #expect(AllowedExtensions(setting).allow("hypopg"))
  }

  @Test func `psql is judged by the server's version`() throws {
    var facts = try TestCluster.shared.database(.empty).session().facts
    facts.versionNumber = 180_001
    #expect(facts.finding(ofPsql: true, 18) == nil)
    #expect(facts.finding(ofPsql: true, 19) == nil)
    #expect(facts.finding(ofPsql: true, nil) == nil)
    let findings = [facts.finding(ofPsql: true, 15), facts.finding(ofPsql: false, nil)].compactMap(\.self)
    #expect(
      Self.lines(findings) == [
        "psql | warning | psql 15 is older than the server (18): what it describes can be wrong or fail | "
          + "apt-get install postgresql-client-18 where hypo runs",
        "psql | warning | not found: \\d and the other describing commands are psql's | "
          + "apt-get install postgresql-client-18 where hypo runs",
      ])
  }

  @Test func `a pooler and a standby are told`() throws {
    let database = try TestCluster.shared.database()
    let session = try database.session()
    session.facts.isBehindPooler = true
    session.facts.isInRecovery = true
    session.facts.versionNumber = 120_000
    let found = try Self.lines(session.prerequisites())
    #expect(found[0].hasSuffix("| hypo works with PostgreSQL 13 and later; upgrade the server"))
    #expect(
      found.suffix(2) == [
        "direct connection | failed | a pooler is in between: another backend answers than the one connected to | "
          + "connect to the server itself; through a pooler hypo add is refused",
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
