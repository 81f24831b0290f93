import Glibc
import Notebook
import Reports
import Server
import TestSupport
import Testing

@testable import Shell

@Suite struct CatalogNamesSourceTests {
  private func workspace(_ database: TestDatabase) throws -> Workspace {
    let workspace = Workspace(environment: [:])
    _ = try workspace.connect(to: database.conninfo)
    return workspace
  }

  /// What Tab after Tab comes to once the names are read.
  private func relations(_ source: CatalogNamesSource) -> [String] {
    var isReady: Int32 = 1
    while isReady > 0, case let descriptors = source.descriptors(), !descriptors.isEmpty {
      var watched = descriptors.map {
        pollfd(fd: $0.descriptor, events: Int16($0.forWriting ? POLLOUT : POLLIN), revents: 0)
      }
      isReady = poll(&watched, nfds_t(watched.count), Int32(Patience.limit / .milliseconds(1)))
      _ = source.forTab()
      source.proceed()
    }
    return (source.names?.relations ?? []).filter { $0.schema == "public" && $0.kind == .table }.map(\.name)
  }

  @Test func `names are read at the first Tab, and again after a change`() throws {
    let database = try TestCluster.shared.database(.empty)
    try database.script("CREATE TABLE first (id int)")
    let source = CatalogNamesSource(try workspace(database))
    #expect(relations(source) == ["first"])
    try database.script("CREATE TABLE second (id int)")
    source.pause()
    #expect(source.descriptors().isEmpty)
    source.resume(after: ["top 5"])
    #expect(relations(source) == ["first"])
    source.resume(after: ["top 5", "promote %1"])
    #expect(!source.descriptors().isEmpty && source.names?.relations.contains { $0.name == "first" } == true)
    #expect(relations(source) == ["first", "second"])
  }

  @Test func `a command that runs stops the reading, which then begins anew`() throws {
    let database = try TestCluster.shared.database(.empty)
    try database.script("CREATE TABLE first (id int)")
    let source = CatalogNamesSource(try workspace(database))
    #expect(!source.descriptors().isEmpty)
    source.pause()
    #expect(source.descriptors().isEmpty && source.forTab().names == nil)
    source.resume(after: ["status"])
    #expect(relations(source) == ["first"])
  }

  @Test func `another session has other names, and no session none`() throws {
    let (one, other) = (try TestCluster.shared.database(.empty), try TestCluster.shared.database(.empty))
    try one.script("CREATE TABLE first (id int)")
    try other.script("CREATE TABLE second (id int)")
    let workspace = try workspace(one)
    let source = CatalogNamesSource(workspace)
    #expect(relations(source) == ["first"])
    _ = try workspace.connect(to: other.conninfo)
    #expect(relations(source) == ["second"])
    workspace.disconnect()
    #expect(source.descriptors().isEmpty)
    #expect(source.forTab() == (nil, nil))
  }

  @Test func `SQL that sets the search path counts`() throws {
    let database = try TestCluster.shared.database(.empty)
    try database.script("CREATE SCHEMA far; CREATE TABLE far.away (id int)")
    let loop = Loop(console: SilentConsole(), environment: [:])
    _ = try loop.workspace.connect(to: database.conninfo)
    let source = CatalogNamesSource(loop.workspace)
    #expect(relations(source) == [])
    #expect(throws: Never.self) { try loop.perform("set search_path = far;").get() }
    _ = relations(source)
    #expect(source.names?.searchPath == ["pg_catalog", "far"])
  }

  @Test(arguments: [
    ("promote %1", true), ("rollback change 7", true), ("sandbox reset", true), ("connect x", true),
    ("run a.hypo", true),
    ("\\i a.hypo", true), ("setup", true), ("explain @1", false), ("select 1;", false), ("", false),
  ])
  func `which commands may change names`(command: String, changes: Bool) {
    #expect(CommandWords.effects(of: command).mayChangeNames == changes)
  }
}

private func == (
  left: (names: CatalogNames?, lack: String?), right: (names: CatalogNames?, lack: String?)
) -> Bool { (left.names == nil) == (right.names == nil) && left.lack == right.lack }
