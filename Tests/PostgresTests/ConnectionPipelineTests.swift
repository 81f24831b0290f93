import TestSupport
import Testing

@testable import Postgres

@Suite struct ConnectionPipelineTests {
  @Test func `results come in the order of the steps`() throws {
    let database = try TestCluster.shared.database(.empty)
    let connection = try database.connect()
    let results = try connection.pipeline([
      .query("SELECT $1::int", ["1"]), .prepare(name: "two", "SELECT $1", types: [23]),
      .query("EXECUTE two(2)"), .query("DEALLOCATE two"),
    ])
    #expect(results.map(\.value) == ["1", nil, "2", nil])
    #expect(results.map(\.commandTag) == ["SELECT 1", "", "SELECT 1", "DEALLOCATE"])
    #expect(try connection.query("SELECT 3").value == "3")
  }

  @Test func `the first failing step is named, and those behind it did not run`() throws {
    let database = try TestCluster.shared.database(.empty)
    let connection = try database.connect()
    let error = #expect(throws: PipelineError.self) {
      try connection.pipeline([
        .query("CREATE TABLE t (a int)"), .query("SELECT 1/0"), .query("INSERT INTO t VALUES (1)"),
        .query("SELECT nothing"),
      ])
    }
    #expect(
      error
        == PipelineError(step: 1, error: PostgresError(.statement, "division by zero", sqlState: "22012")))
    #expect(connection.transactionStatus == .idle)
    #expect(try connection.query("SELECT to_regclass('t')").value == nil)
  }

  @Test func `the first step may fail, and no step at all is no failure`() throws {
    let database = try TestCluster.shared.database(.empty)
    let connection = try database.connect()
    let error = #expect(throws: PipelineError.self) { try connection.pipeline([.query("SELEC 1")]) }
    var expected = PostgresError(.statement, "syntax error at or near \"SELEC\"", sqlState: "42601")
    expected.position = 1
    #expect(error == PipelineError(step: 0, error: expected))
    #expect(try connection.pipeline([]) == [])
    #expect(try connection.query("SELECT 1").value == "1")
  }

  @Test func `ten thousand statements that send and return much do not block each other`() throws {
    let database = try TestCluster.shared.database(.empty)
    let connection = try database.connect()
    let text = String(repeating: "x", count: 2_000)
    let steps = (0..<10_000).map { PipelineStep.query("SELECT $1, $2::text", ["\($0)", text]) }
    let results = try connection.pipeline(steps)
    #expect(results.count == 10_000)
    #expect(results.indices.allSatisfy { results[$0].rows == [["\($0)", text]] })
  }

  @Test func `an interrupt cancels the step that runs`() throws {
    let database = try TestCluster.shared.database(.empty)
    let interruption = try Interruption()
    let connection = try Connection(
      ConnectionParameters(database.parameters), interrupts: interruption.interrupts)
    interruption.ask()
    let error = #expect(throws: PipelineError.self) {
      try connection.pipeline([.query("SELECT pg_sleep(60)"), .query("SELECT 1")])
    }
    #expect(
      error
        == PipelineError(
          step: 0,
          error: PostgresError(.statement, "canceling statement due to user request", sqlState: "57014")))
    #expect(try connection.query("SELECT 1").value == "1")
  }

  @Test func `a backend that ends in a pipeline is lost at its step`() throws {
    let database = try TestCluster.shared.database(.empty)
    let connection = try database.connect()
    let error = #expect(throws: PipelineError.self) {
      try connection.pipeline([
        .query("SELECT 1"), .query("SELECT pg_terminate_backend(pg_backend_pid())"), .query("SELECT 2"),
      ])
    }
    #expect(
      error
        == PipelineError(
          step: 1,
          error: PostgresError(
            .lost, "terminating connection due to administrator command", sqlState: "57P01")))
    #expect(connection.isAlive == false)
  }
}
