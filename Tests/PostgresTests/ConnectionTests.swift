import TestSupport
import Testing

@testable import Postgres

@Suite struct ConnectionTests {
  @Test func `values come back as text, NULL as nil, and columns with their types`() throws {
    let database = try TestCluster.shared.database(.empty)
    let result = try database.connect().query(
      "SELECT $1::int AS n, $2::text AS nothing, '' AS empty, 'ü€' AS word, true AS truth", ["42", nil])
    #expect(result.rows == [["42", nil, "", "ü€", "t"]])
    #expect(
      result.columns == [
        .init(name: "n", typeObjectID: 23), .init(name: "nothing", typeObjectID: 25),
        .init(name: "empty", typeObjectID: 25), .init(name: "word", typeObjectID: 25),
        .init(name: "truth", typeObjectID: 16),
      ])
    #expect(result.commandTag == "SELECT 1")
    #expect(result.value == "42")
  }

  @Test func `a statement without rows has a tag and nothing else`() throws {
    let database = try TestCluster.shared.database(.empty)
    let connection = try database.connect()
    let result = try connection.query("CREATE TABLE t (a int)")
    #expect(result.columns == [] && result.rows == [] && result.commandTag == "CREATE TABLE")
    #expect(try connection.query("").commandTag == "")
  }

  @Test func `notices belong to the statement that they came with`() throws {
    let database = try TestCluster.shared.database(.empty)
    let connection = try database.connect()
    #expect(
      try connection.query("DROP TABLE IF EXISTS nothing").notices == [
        ServerNotice(
          severity: "NOTICE", message: "table \"nothing\" does not exist, skipping", sqlState: "00000",
          routine: "DropErrorMsgNonExistent")
      ])
    #expect(try connection.query("SELECT 1").notices == [])
    #expect(
      try connection.pipeline([.query("DROP VIEW IF EXISTS v"), .query("SELECT 1")]).map(\.notices.count) == [
        1, 0,
      ])
  }

  @Test(arguments: [
    (
      "server closed the connection unexpectedly\n\tThis probably means the server terminated abnormally\n"
        + "\tbefore or while processing the request.\ninvalid socket",
      "server closed the connection unexpectedly"
    ), ("invalid socket", "there is no connection any more"),
  ])
  func `a loss is told in one line`(words: String, message: String) {
    #expect(PostgresError(.lost, words).message == message)
  }

  @Test func `an error keeps all that the server says`() throws {
    let database = try TestCluster.shared.database(.empty)
    let connection = try database.connect()
    let error = #expect(throws: PostgresError.self) { try connection.query("SELECT ü FROM (SELECT 1) ä(uu)") }
    var expected = PostgresError(.statement, "column \"ü\" does not exist", sqlState: "42703")
    expected.position = 8
    #expect(error == expected)
    _ = try connection.query("CREATE TABLE t (a int CONSTRAINT positive CHECK (a > 0))")
    let check = #expect(throws: PostgresError.self) { try connection.query("INSERT INTO t VALUES (-1)") }
    #expect(check?.sqlState == "23514")
    #expect(check?.detail == "Failing row contains (-1).")
    let context = #expect(throws: PostgresError.self) {
      try connection.query("DO $$BEGIN RAISE 'stop' USING HINT = 'go on'; END$$")
    }
    #expect(context?.message == "stop" && context?.hint == "go on")
    #expect(context?.context == "PL/pgSQL function inline_code_block line 1 at RAISE")
    #expect(connection.transactionStatus == .idle)
  }

  @Test func `a second statement is refused by the server itself`() throws {
    let database = try TestCluster.shared.database(.empty)
    let connection = try database.connect()
    let error = #expect(throws: PostgresError.self) { try connection.query("SELECT 1; SELECT 2") }
    #expect(
      error
        == PostgresError(
          .statement, "cannot insert multiple commands into a prepared statement", sqlState: "42601"))
    #expect(try connection.script("SELECT 1; SELECT 2").value == "2")
  }

  @Test func `the transaction's state is known`() throws {
    let database = try TestCluster.shared.database(.empty)
    let connection = try database.connect()
    #expect(connection.transactionStatus == .idle)
    _ = try connection.query("BEGIN")
    #expect(connection.transactionStatus == .open)
    _ = try? connection.query("SELECT 1/0")
    #expect(connection.transactionStatus == .failed)
    _ = try connection.query("ROLLBACK")
    #expect(connection.transactionStatus == .idle)
  }

  @Test func `an interrupt cancels on the server at once, and the connection goes on`() throws {
    let database = try TestCluster.shared.database(.empty)
    let watcher = try database.connect()
    let interruption = try Interruption()
    let connection = try Connection(
      ConnectionParameters(database.parameters), interrupts: interruption.interrupts)
    let pid = String(connection.backendPID)
    var beats = 0
    var asked: ContinuousClock.Instant?
    let heartbeat = Heartbeat(every: .milliseconds(10)) {
      beats += 1
      let query = "SELECT 1 FROM pg_stat_activity WHERE pid = $1::int AND wait_event = 'PgSleep'"
      if asked == nil, (try? watcher.query(query, [pid]).value) == "1" {
        asked = .now
        interruption.ask()
      }
    }
    let error = #expect(throws: PostgresError.self) {
      try connection.query("SELECT pg_sleep(60)", heartbeat: heartbeat)
    }
    let took = ContinuousClock.now - (try #require(asked))
    #expect(
      error == PostgresError(.statement, "canceling statement due to user request", sqlState: "57014"))
    #expect(took < .seconds(30), "the statement itself takes a minute")
    #expect(beats >= 1)
    #expect(try connection.query("SELECT 1").value == "1")
  }

  @Test func `the heart beats while a statement runs`() throws {
    let database = try TestCluster.shared.database(.empty)
    let connection = try database.connect()
    var beats = 0
    let heartbeat = Heartbeat(every: .milliseconds(20)) { beats += 1 }
    let start = ContinuousClock.now
    _ = try connection.query("SELECT pg_sleep(1)", heartbeat: heartbeat)
    #expect(beats >= 3 && beats <= Int((ContinuousClock.now - start) / .milliseconds(20)) + 1)
  }

  @Test func `a backend that was ended is noticed without a round trip`() throws {
    let database = try TestCluster.shared.database(.empty)
    let connection = try database.connect()
    #expect(connection.wasClosedByServer == false)
    try database.terminate(connection.backendPID)
    #expect(connection.wasClosedByServer)
    let error = #expect(throws: PostgresError.self) { try connection.query("SELECT 1") }
    #expect(error?.code == .lost)
    #expect(connection.transactionStatus == .unknown)
  }

  @Test func `a backend that is ended while it works is lost`() throws {
    let database = try TestCluster.shared.database(.empty)
    let connection = try database.connect()
    let error = #expect(throws: PostgresError.self) {
      try connection.query("SELECT pg_terminate_backend(pg_backend_pid())")
    }
    #expect(
      error
        == PostgresError(
          .lost, "terminating connection due to administrator command", sqlState: "57P01"))
    #expect(connection.isAlive == false)
  }

  @Test func `COPY is refused, and what it leaves is no connection any more`() throws {
    let database = try TestCluster.shared.database(.empty)
    for text in ["COPY (SELECT 1) TO STDOUT", "COPY pg_class FROM STDIN"] {
      let connection = try database.connect()
      let error = #expect(throws: PostgresError.self) { try connection.query(text) }
      guard error?.sqlState == nil else { continue }
      #expect(
        error == PostgresError(.lost, "the server started a COPY, which is not supported here"))
      #expect(connection.isAlive == false)
      #expect(connection.wasClosedByServer)
    }
    let connection = try database.connect()
    let error = #expect(throws: PipelineError.self) {
      try connection.pipeline([.query("SELECT 1"), .query("COPY (SELECT 1) TO STDOUT"), .query("SELECT 2")])
    }
    #expect(
      error
        == PipelineError(
          step: 1, error: PostgresError(.lost, "the server started a COPY, which is not supported here")))
    #expect(connection.isAlive == false)
  }
}
