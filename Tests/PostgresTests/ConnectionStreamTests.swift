import TestSupport
import Testing

@testable import Postgres

@Suite struct ConnectionStreamTests {
  private struct Enough: Error, Equatable {}

  private func batches(_ connection: Connection, _ sql: String) throws -> (sizes: [Int], tag: String) {
    var sizes: [Int] = []
    let result = try connection.stream(sql) { columns, rows in
      #expect(columns.count == 2)
      sizes.append(rows.count)
    }
    #expect(result.rows == [])
    return (sizes, result.commandTag)
  }

  @Test func `rows come a thousand at a time, and the columns even without rows`() throws {
    let database = try TestCluster.shared.database(.empty)
    let connection = try database.connect()
    let sql = "SELECT i AS a, 'x' AS b FROM generate_series(1, "
    #expect(try batches(connection, sql + "2500) i") == ([1_000, 1_000, 500], "SELECT 2500"))
    #expect(try batches(connection, sql + "1000) i") == ([1_000], "SELECT 1000"))
    #expect(try batches(connection, sql + "0) i") == ([0], "SELECT 0"))
  }

  @Test func `a batch of wide rows is short`() throws {
    let database = try TestCluster.shared.database(.empty)
    let connection = try database.connect()
    let sql = "SELECT repeat('x', 3000000) AS a, i AS b FROM generate_series(1, 5) i"
    #expect(try batches(connection, sql).sizes == [2, 2, 1])
  }

  @Test func `a statement without columns hands nothing on`() throws {
    let database = try TestCluster.shared.database(.empty)
    let connection = try database.connect()
    #expect(try batches(connection, "SET work_mem = '1MB'") == ([], "SET"))
    let sql = "SELECT FROM generate_series(1, 2500)"
    #expect(try batches(connection, sql) == ([], "SELECT 2500"))
  }

  @Test func `a failure behind the first rows is thrown and the connection goes on`() throws {
    let database = try TestCluster.shared.database(.empty)
    let connection = try database.connect()
    var count = 0
    let error = #expect(throws: PostgresError.self) {
      try connection.stream("SELECT 1 / (1500 - i) FROM generate_series(1, 9000) i") { count += $1.count }
    }
    #expect(error?.sqlState == "22012" && count == 1_000)
    #expect(try connection.query("SELECT 1").value == "1")
  }

  @Test func `who wants no more stops the statement`() throws {
    let database = try TestCluster.shared.database(.empty)
    let connection = try database.connect()
    var count = 0
    #expect(throws: Enough()) {
      try connection.stream("SELECT generate_series(1, 100000000)") {
        count += $1.count
        if count == 3_000 { throw Enough() }
      }
    }
    #expect(count == 3_000)
    #expect(try connection.query("SELECT 1").value == "1")
  }

  @Test func `an interrupt stops a statement whose rows never make anybody wait`() throws {
    let interruption = try Interruption()
    let database = try TestCluster.shared.database(.empty)
    let connection = try Connection(
      ConnectionParameters(database.parameters), interrupts: interruption.interrupts)
    var count = 0
    let error = #expect(throws: PostgresError.self) {
      try connection.stream("SELECT generate_series(1, 100000000)") {
        count += $1.count
        if count == 2_000 { interruption.ask() }
      }
    }
    #expect(error?.sqlState == "57014")
    #expect(count < 1_000_000)
    #expect(try connection.query("SELECT 1").value == "1")
  }

  @Test func `the time that is waited for the server is counted, connecting included`() throws {
    let waiting = WaitingTime()
    let database = try TestCluster.shared.database(.empty)
    let connection = try Connection(ConnectionParameters(database.parameters), waiting: waiting)
    let before = waiting.total
    #expect(before > .zero)
    _ = try connection.query("SELECT pg_sleep(0.2)")
    #expect(waiting.total - before > .milliseconds(190) && waiting.total - before < .seconds(60))
  }
}
