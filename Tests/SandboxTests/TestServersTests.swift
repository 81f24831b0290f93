import Postgres
import TestSupport
import Testing

/// The servers that other tests rely on are what they say.
@Suite struct TestServersTests {
  @Test func `a standby reads what its primary has and writes nothing`() throws {
    let primary = TestCluster()
    try primary.execute("CREATE TABLE told AS SELECT 7 AS number")
    let standby = try primary.standby()
    #expect(try standby.execute("SELECT pg_is_in_recovery()").value == "t")
    #expect(try standby.execute("SELECT number FROM told").value == "7")
    #expect {
      try standby.execute("CREATE TABLE own ()")
    } throws: { ($0 as? PostgresError)?.sqlState == "25006" }
    try standby.stop()
    try primary.stop()
  }

  @Test func `a pooler stands between client and backend`() throws {
    let database = try TestCluster.shared.database(.extensions)
    let pooler = try TestPooler()
    let connection = try Connection(ConnectionParameters(pooler.parameters(database: database.name)))
    let backend = try #require(try connection.query("SELECT pg_backend_pid()").value)
    #expect(Int32(backend) != connection.backendPID)
    #expect(try Connection(ConnectionParameters(target: pooler.conninfo(database: database.name))).isAlive)
  }

  @Test func `databases of one template are apart`() throws {
    let first = try TestCluster.shared.database(.orders)
    let second = try TestCluster.shared.database(.orders)
    try first.script("DELETE FROM order_lines; DELETE FROM orders;")
    #expect(try first.execute("SELECT count(*) FROM orders").value == "0")
    #expect(try second.execute("SELECT count(*) FROM orders").value == "20000")
  }
}
