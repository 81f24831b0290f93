import IndexDesign
import Reports
import Server
import Terminal
import TestSupport
import Testing

@testable import Shell

/// `connect` and `\c`, on a real server.
@Suite struct ConnectCommandTests {
  private let database: TestDatabase
  private let other: TestDatabase
  private let live: Target

  init() throws {
    database = try TestCluster.shared.database(.extensions)
    other = try TestCluster.shared.database(.extensions)
    live = Target(name: "live", conninfo: database.conninfo, policy: TargetPolicy(isProduction: true))
  }

  private func loop() -> Loop {
    Loop(
      console: SilentConsole(), environment: [:],
      configuration: Configuration(targets: [live, Target(name: "play", conninfo: "sandbox")]))
  }

  @discardableResult private func run(_ text: String, _ loop: Loop) throws -> Session? {
    _ = try loop.report(of: text)
    return loop.workspace.session
  }

  private func failure(_ text: String) -> Failure? {
    do {
      try run(text, loop())
      return nil
    } catch { return Failure(error) }
  }

  @Test(arguments: ["connect", "\\c", "\\connect"])
  func `a database by its name keeps host, port and user`(command: String) throws {
    let loop = loop()
    let role = "connect_keeper_\(UInt32.random(in: 0 ... .max))"
    try database.execute("CREATE ROLE \(role) LOGIN")
    try run("connect \(database.conninfo(user: role))", loop)
    let session = try #require(try run("\(command) \(other.name)", loop))
    #expect(session.facts.database == other.name && session.facts.user == role)
    #expect(session.address.port == database.parameters["port"])
    let same = try #require(try run("\(command) -", loop))
    #expect(same.facts.database == other.name && same.facts.user == role)
    let superuser = try #require(try run("\(command) - hypo - \(session.address.port)", loop))
    #expect(superuser.facts.database == other.name && superuser.facts.user == "hypo")
    try database.execute("DROP ROLE \(role)")
  }

  @Test func `the target and its policy stay on the same server, however it is written`() throws {
    let loop = loop()
    try run("connect live", loop)
    #expect(loop.workspace.targetName == "live" && loop.workspace.isOnProduction)
    try run("connect \(other.name) hypo", loop)
    #expect(loop.workspace.targetName == "live" && loop.workspace.isOnProduction)
    #expect(Prompt(of: loop.workspace).text(width: 200).text == "hypo PRODUCTION \(other.name)@live> ")
    let folder = try #require(other.parameters["host"])
    for line in ["connect \(other.conninfo)", "connect - - \(folder)/. -"] {
      try run(line, loop)
      #expect(loop.workspace.targetName == "live" && loop.workspace.isOnProduction, "\(line)")
    }
    try run("disconnect", loop)
    try run("connect \(other.conninfo)", loop)
    #expect(loop.workspace.targetName == "live" && loop.workspace.isOnProduction)
    try run("connect live", loop)
    try run("disconnect", loop)
    #expect(loop.workspace.targetName == nil && Prompt(of: loop.workspace).text(width: 80).text == "hypo> ")
  }

  @Test func `a connection that fails leaves the present one`() throws {
    let loop = loop()
    try run("connect live", loop)
    #expect(throws: Failure.self) { try run("connect nosuch_database", loop) }
    #expect(loop.workspace.targetName == "live" && loop.workspace.session?.facts.database == database.name)
  }

  @Test func `a conninfo and a database may stand in quotes`() throws {
    let loop = loop()
    let conninfo = database.conninfo.replacing("'", with: "")
    #expect(try run("connect '\(conninfo)'", loop)?.facts.database == database.name)
    #expect(try run("connect \"\(other.name)\" ;", loop)?.facts.database == other.name)
  }

  @Test func `more words than psql takes, and words behind a target, are told`() {
    #expect(
      failure("connect a b c d e")
        == Failure(
          .script, "unexpected \"e\"", hint: "usage: connect DATABASE USER HOST PORT",
          place: .init(text: "connect a b c d e", range: 16..<17)))
    for name in ["live", "sandbox"] {
      #expect(
        failure("connect \(name) joe")
          == Failure(
            .script, "the target \"\(name)\" has its own user, host and port",
            hint: "connect 'dbname=\(name) user=…' connects to a database of that name",
            place: .init(text: "connect \(name) joe", range: 8..<8 + name.utf8.count)))
    }
    #expect(
      failure("connect 'a")
        == Failure(
          .script, "the quote is not closed", hint: "a value that begins with a quote ends with one",
          place: .init(text: "connect 'a", range: 8..<10)))
  }

  @Test func `server, role and extensions are shown, below what the policy of the target says`() throws {
    let window = try ChangeWindow("Mon 22:00-23:00", zones: .ofThisMachine)
    let trial = try CommandTrial(
      on: database,
      targets: [
        Target(
          name: "live", conninfo: database.conninfo,
          policy: TargetPolicy(isProduction: true, changeWindow: window, allowsChanges: false))
      ])
    try trial.setClock("2026-11-24T12:00:00Z")
    #expect(
      trial.screen(after: "connect live") == """
        target              live
        production          yes  PRODUCTION
        change window       Mon 22:00-23:00  closed until Mon 2026-11-30 22:00 UTC
        changes             refused  promote = refuse
        measure             refused
        server              PostgreSQL VERSION
        role                primary
        database            DATABASE
        user                hypo  superuser
        host                HOST
        port                PORT
        TLS                 no
        backend             PID
        hypopg              \(TestServer.hypopg)
        pg_stat_statements  \(TestServer.statements)
        """)
  }

  @Test func `a query whose table is in the database that it was made in says where that is`() throws {
    let loop = loop()
    func hint(_ text: String) -> String? {
      do {
        try run(text, loop)
        return nil
      } catch { return Failure(error).hint }
    }
    try database.script("create table only_there as select 1 as a")
    try run("connect live", loop)
    try run("query z = select * from only_there where a = 1;", loop)
    try run("connect \(other.name)", loop)
    let origin = "@z was made in database \(database.name); connect \(database.name) leads there"
    #expect(hint("explain @z") == origin && hint("expect cost @z < 1") == origin)
    #expect(hint("explain select * from only_there;") == "\\dt *.* lists the tables of all schemas")
    // A column, a schema, a function and a type may be missing, too.
    try database.script(
      "create table common as select 1 as here; create schema s3; create table s3.t(a int);"
        + "create function f3() returns int language sql as 'select 1'; create domain d3 as int")
    try other.script("create table common as select 1 as there")
    for statement in [
      "select here from common", "select * from s3.t where a = 1", "select f3()", "select 1::d3",
    ] {
      try run("connect \(database.name)", loop)
      try run("query y = \(statement);", loop)
      try run("connect \(other.name)", loop)
      #expect(
        hint("explain @y")
          == "@y was made in database \(database.name); connect \(database.name) leads there", "\(statement)")
    }
    try run("query z = select * from only_there where a = 1;", loop)
    #expect(hint("explain @z") == "\\dt *.* lists the tables of all schemas")
    try run("connect \(database.name)", loop)
    try run("explain @z", loop)
    try database.script("drop table only_there")
    #expect(hint("explain @z") == "\\dt *.* lists the tables of all schemas")
  }

  @Test func `designs become proposals, which is told`() throws {
    let trial = try CommandTrial.onShop()
    try trial.enter(
      "hypo add orders(note)", "hypo add orders(total)", "hypo add orders(status)", "hypo drop %2")
    #expect(
      trial.lastLines(2, after: "connect -")
        == "\nnow only proposed: %1 %3; hypo add %n makes one again")
    #expect(
      trial.screen(after: "hypo list") == """
        design | state    | estimated size | name | definition
        -------+----------+----------------+------+----------------------
        %1     | proposed |         \(TestServer.estimate("528 kB", "480 kB")) | –    | public.orders(note)
        %2     | proposed |         \(TestServer.estimate("528 kB", "480 kB")) | –    | public.orders(total)
        %3     | proposed |         \(TestServer.estimate("608 kB", "560 kB")) | –    | public.orders(status)
        """)
  }

  @Test func `what cannot be reached is told, and the shell stays where it was`() throws {
    let trial = try CommandTrial(on: database)
    try trial.enter("status")
    #expect(
      trial.screen(after: "connect nosuch_database") == """
        error: could not connect: connection to server on socket "HOST/.s.PGSQL.PORT" failed: FATAL:  database \
        "nosuch_database" does not exist
        hint: a bare TARGET is the name of a database; psql -l lists those that exist
        exit status 2
        """)
    #expect(trial.lastLines(14, after: "status").hasPrefix("server              PostgreSQL VERSION\n"))
  }
}
