import Foundation
import Glibc
import Postgres
import Sandbox
import TestSupport
import Testing

@Suite struct ClusterTests {
  @Test func `a fresh database has the extensions and the small shop`() throws {
    let database = try TestCluster.shared.database(.orders)
    let rows = try database.execute(
      "SELECT (SELECT count(*) FROM orders), (SELECT count(*) FROM order_lines), (SELECT count(*) FROM hypopg())"
    ).rows
    #expect(rows == [["20000", "40000", "0"]])
    #expect(try database.execute("SELECT count(*) FROM pg_stat_statements").value != nil)
    #expect(try Connection(ConnectionParameters(target: database.conninfo)).database == database.name)
  }

  @Test func `a database is gone with its value`() throws {
    var database: TestDatabase? = try TestCluster.shared.database(.empty)
    let name = try #require(database?.name)
    database = nil
    #expect(
      try TestCluster.shared.execute("SELECT count(*) FROM pg_database WHERE datname = '\(name)'").value
        == "0")
  }

  @Test func `a killed server is recovered from, orphans, stale files and all`() throws {
    let server = TestCluster()
    let session = try Connection(ConnectionParameters(server.parameters()))
    _ = try session.query("CREATE TABLE kept AS SELECT 1 AS one")
    let first = try #require(try server.cluster().processID)
    try server.kill()
    try server.start()
    let second = try #require(try server.cluster().processID)
    #expect(first != second)
    #expect(try server.execute("SELECT one FROM kept").value == "1")
  }

  @Test func `a pid file that names a living stranger does not keep the server from starting`() throws {
    let server = TestCluster()
    try server.execute("SELECT 1")
    try server.stop()
    let cluster = try server.cluster()
    #expect(cluster.processID == nil)
    let path = "\(cluster.directory)/data/postmaster.pid"
    try "\(getpid())\n".write(toFile: path, atomically: false, encoding: .utf8)
    #expect(cluster.processID == nil)
    try server.start()
    #expect(try server.execute("SELECT 1").value == "1")
  }

  @Test func `stop leaves no process, socket or lock`() throws {
    let server = TestCluster()
    try server.execute("SELECT 1")
    let cluster = try server.cluster()
    let pid = try #require(cluster.processID)
    #expect(FileManager.default.fileExists(atPath: "\(cluster.socketFolder)/.s.PGSQL.5432"))
    try server.stop()
    #expect(kill(pid, 0) == -1)
    #expect(!FileManager.default.fileExists(atPath: cluster.socketFolder))
    #expect(!FileManager.default.fileExists(atPath: "\(cluster.directory)/data/postmaster.pid"))
    try server.stop()
  }

  @Test func `a folder with something else in it is refused and left alone`() throws {
    let folder = try TemporaryFolder()
    try "mine".write(toFile: "\(folder.path)/letter", atomically: false, encoding: .utf8)
    let cluster = try Cluster(directory: folder.path, binaries: ServerBinaries.find())
    let refusal = SandboxError(
      .notOurs, "\(folder.path) was not made by hypo and is left alone",
      detail: "the file made-by-hypo is not in it",
      hint: "choose another folder, or move this one away")
    #expect(throws: refusal) { try cluster.create() }
    #expect(throws: refusal) { try cluster.start() }
    #expect(throws: refusal) { try cluster.remove() }
    #expect(try String(contentsOfFile: "\(folder.path)/letter", encoding: .utf8) == "mine")
  }

  @Test func `a long path gets its socket in a short one`() throws {
    let folder = try TemporaryFolder()
    let deep = folder.path + "/" + String(repeating: "d", count: 100)
    let cluster = try Cluster(directory: deep, binaries: ServerBinaries.find())
    #expect(cluster.socketFolder.hasPrefix("/tmp/hypo-"))
    try cluster.create()
    try cluster.start()
    #expect(
      try Connection(ConnectionParameters(cluster.parameters(database: "postgres"))).query("SELECT 1").value
        == "1")
    try cluster.remove()
    #expect(!FileManager.default.fileExists(atPath: cluster.socketFolder))
    #expect(!FileManager.default.fileExists(atPath: deep))
  }

  @Test func `a server that cannot start tells the last lines of its log`() throws {
    let folder = try TemporaryFolder()
    let cluster = try Cluster(
      directory: "\(folder.path)/c", binaries: ServerBinaries.find(),
      settings: ClusterSettings(extra: ["shared_buffers": "lots"]))
    try cluster.create()
    defer { try? cluster.remove() }
    #expect {
      try cluster.start()
    } throws: { error in
      let error = error as? SandboxError
      return error?.code == .couldNotStart
        && error?.detail?.contains("invalid value for parameter \"shared_buffers\": \"lots\"") == true
    }
  }
}
