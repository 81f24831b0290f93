import IndexDesign
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

  private func workspace() -> Workspace {
    let workspace = Workspace(
      console: SilentConsole(), environment: [:],
      configuration: Configuration(targets: [live, Target(name: "play", conninfo: "sandbox")]))
    _ = Loop(workspace: workspace)
    return workspace
  }

  @discardableResult private func run(_ text: String, _ workspace: Workspace) throws -> Session? {
    _ = try Loop(workspace: workspace).report(of: text)
    return workspace.session
  }

  private func failure(_ text: String) -> Failure? {
    do {
      try run(text, workspace())
      return nil
    } catch { return Failure(error) }
  }

  @Test(arguments: ["connect", "\\c", "\\connect"])
  func `a database by its name keeps host, port and user`(command: String) throws {
    let workspace = workspace()
    let role = "connect_keeper_\(UInt32.random(in: 0 ... .max))"
    try database.execute("CREATE ROLE \(role) LOGIN")
    try run("connect \(database.conninfo(user: role))", workspace)
    let session = try #require(try run("\(command) \(other.name)", workspace))
    #expect(session.facts.database == other.name && session.facts.user == role)
    #expect(session.address.port == database.parameters["port"])
    let same = try #require(try run("\(command) -", workspace))
    #expect(same.facts.database == other.name && same.facts.user == role)
    let superuser = try #require(try run("\(command) - hypo - \(session.address.port)", workspace))
    #expect(superuser.facts.database == other.name && superuser.facts.user == "hypo")
    try database.execute("DROP ROLE \(role)")
  }

  @Test func `the target and its policy stay on the same server, however it is written`() throws {
    let workspace = workspace()
    try run("connect live", workspace)
    #expect(workspace.targetName == "live" && workspace.isOnProduction)
    try run("connect \(other.name) hypo", workspace)
    #expect(workspace.targetName == "live" && workspace.isOnProduction)
    #expect(Prompt(of: workspace).text(width: 200).text == "hypo PRODUCTION \(other.name)@live> ")
    let folder = try #require(other.parameters["host"])
    for line in ["connect \(other.conninfo)", "connect - - \(folder)/. -"] {
      try run(line, workspace)
      #expect(workspace.targetName == "live" && workspace.isOnProduction, "\(line)")
    }
    try run("disconnect", workspace)
    try run("connect \(other.conninfo)", workspace)
    #expect(workspace.targetName == "live" && workspace.isOnProduction)
    try run("connect live", workspace)
    try run("disconnect", workspace)
    #expect(workspace.targetName == nil && Prompt(of: workspace).text(width: 80).text == "hypo> ")
  }

  @Test func `a connection that fails leaves the present one`() throws {
    let workspace = workspace()
    try run("connect live", workspace)
    #expect(throws: Failure.self) { try run("connect nosuch_database", workspace) }
    #expect(workspace.targetName == "live" && workspace.session?.facts.database == database.name)
  }

  @Test func `a conninfo and a database may stand in quotes`() throws {
    let workspace = workspace()
    let conninfo = database.conninfo.replacing("'", with: "")
    #expect(try run("connect '\(conninfo)'", workspace)?.facts.database == database.name)
    #expect(try run("connect \"\(other.name)\" ;", workspace)?.facts.database == other.name)
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
}
