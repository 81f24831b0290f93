import Glibc
import TestSupport
import Testing

@testable import Postgres

@Suite struct PipelineLoopTests {
  static let division = PostgresError(.statement, "division by zero", sqlState: "22012")

  @Test func `a group that fails spoils no other, and keeps what came before its failure`() throws {
    let database = try TestCluster.shared.database(.empty)
    let connection = try database.connect()
    let outcomes = try connection.pipeline(groups: [
      [.query("SELECT 1"), .query("SELECT 1/0"), .query("SELECT 2")], [], [.query("SELECT 1/0")],
      [.query("SELECT 3"), .query("SELECT 4")],
    ])
    #expect(outcomes.map { $0.results.map(\.value) } == [["1"], [], [], ["3", "4"]])
    #expect(
      outcomes.map(\.failure) == [
        PipelineError(step: 1, error: Self.division), nil, PipelineError(step: 0, error: Self.division), nil,
      ])
    #expect(throws: PipelineError(step: 1, error: Self.division)) { try outcomes[0].get() }
    #expect(try outcomes[3].get() == outcomes[3].results)
    #expect(try connection.pipeline(groups: []) == [])
    #expect(try connection.query("SELECT 5").value == "5")
  }

  @Test func `a group is a transaction of its own`() throws {
    let database = try TestCluster.shared.database(.empty)
    let connection = try database.connect()
    let outcomes = try connection.pipeline(groups: [
      [.query("CREATE TABLE kept (a int)")], [.query("CREATE TABLE lost (a int)"), .query("SELECT 1/0")],
      [.query("SELECT to_regclass('kept'), to_regclass('lost')")],
    ])
    #expect(outcomes[2].results.map(\.rows) == [[["kept", nil]]])
    #expect(connection.transactionStatus == .idle)
  }

  @Test func `notices stay with their step`() throws {
    let database = try TestCluster.shared.database(.empty)
    let connection = try database.connect()
    let drop = PipelineStep.query("DROP TABLE IF EXISTS nothing")
    let outcomes = try connection.pipeline(groups: [[drop, .query("SELECT 1")], [drop]])
    #expect(outcomes.map { $0.results.map(\.notices.count) } == [[1, 0], [1]])
  }

  @Test func `a step that libpq does not take is named, and the groups behind it run`() throws {
    let database = try TestCluster.shared.database(.empty)
    let connection = try database.connect()
    let tooMany = PipelineStep.query("SELECT 1", Array(repeating: "1", count: 70_000))
    let outcomes = try connection.pipeline(groups: [
      [.query("SELECT 1"), tooMany, .query("SELECT 2")], [.query("SELECT 3")],
    ])
    #expect(outcomes[0].results.map(\.value) == ["1"])
    #expect(outcomes[0].failure?.step == 1)
    #expect(
      outcomes[0].failure?.error.message.hasPrefix("number of parameters must be between 0 and 65535") == true
    )
    #expect(outcomes[1].results.map(\.value) == ["3"])
  }

  @Test func `a batch that is larger than all buffers does not block itself`() throws {
    let database = try TestCluster.shared.database(.empty)
    let connection = try database.connect()
    let text = String(repeating: "x", count: 1 << 20)
    let groups = (0..<60).map { [PipelineStep.query("SELECT $1, $2::text", ["\($0)", text])] }
    let outcomes = try connection.pipeline(groups: groups)
    #expect(outcomes.count == 60)
    #expect(outcomes.indices.allSatisfy { outcomes[$0].results.map(\.rows) == [[["\($0)", text]]] })
  }

  @Test func `connections of one loop work at the same time and share what there is to do`() throws {
    let database = try TestCluster.shared.database(.empty)
    let connections = [try database.connect(), try database.connect()]
    _ = try connections[1].query("SELECT pg_advisory_lock(1)")
    _ = try connections[0].query("SET lock_timeout = '2min'")
    // The first connection waits for what only the second one can give.
    var first: [[[PipelineStep]]] = [
      [[.query("SELECT pg_advisory_lock(1), 'first'")]], [[.query("SELECT pg_advisory_unlock(1), 'second'")]],
    ]
    var numbers = (0..<200)[...]
    var received: [(connection: Int, value: String?)] = []
    var loop = PipelineLoop(connections)
    let isComplete = try loop.run(
      next: { connection in
        first[connection].popLast() ?? numbers.popFirst().map { [.query("SELECT $1, $1", ["\($0)"])] }
      },
      receive: { outcome, connection in
        received.append((connection, outcome.results.first?.rows.first?.last ?? nil))
      })
    #expect(isComplete)
    #expect(received.first { $0.connection == 0 }?.value == "first")
    #expect(received.first { $0.connection == 1 }?.value == "second")
    #expect(Set(received.compactMap { $0.value.flatMap { Int($0) } }) == Set(0..<200))
    #expect(received.count == 202)
    for connection in connections { #expect(try connection.query("SELECT 1").value == "1") }
  }

  @Test func `what ends a backend is told for its groups, and the other connection goes on`() throws {
    let database = try TestCluster.shared.database(.empty)
    let connections = [try database.connect(), try database.connect()]
    var unsent = [
      [
        [PipelineStep.query("SELECT 1"), .query("SELECT pg_terminate_backend(pg_backend_pid())")],
        [.query("SELECT 2")],
      ],
      [[.query("SELECT 3")], [.query("SELECT 4")]],
    ]
    var received: [[PipelineOutcome]] = [[], []]
    var loop = PipelineLoop(connections)
    let isComplete = try loop.run(
      next: { unsent[$0].isEmpty ? nil : unsent[$0].removeFirst() },
      receive: { outcome, connection in received[connection].append(outcome) })
    #expect(isComplete)
    let error = PostgresError(
      .lost, "terminating connection due to administrator command", sqlState: "57P01")
    #expect(received[0].map { $0.results.map(\.value) } == [["1"], []])
    #expect(received[0][0].failure == PipelineError(step: 1, error: error))
    #expect(received[0][1].failure?.step == 0 && received[0][1].failure?.error.code == .lost)
    #expect(received[1].map { $0.results.map(\.value) } == [["3"], ["4"]])
    #expect(connections.map(\.isAlive) == [false, true])
    #expect(
      try connections[0].pipeline(groups: [[.query("SELECT 1")], []]).map(\.failure?.error.code)
        == [.lost, .lost])
  }

  @Test func `an interrupt cancels what is under way and sends nothing more`() throws {
    let database = try TestCluster.shared.database(.empty)
    let interruption = try Interruption()
    let connection = try Connection(
      ConnectionParameters(database.parameters), interrupts: interruption.interrupts)
    var sent = 0
    var failures: [PipelineError?] = []
    interruption.ask()
    var loop = PipelineLoop([connection])
    let isComplete = try loop.run(
      next: { _ in
        sent += 1
        return [.query("SELECT pg_sleep(300)")]
      },
      receive: { outcome, _ in failures.append(outcome.failure) })
    #expect(!isComplete)
    let canceled = PostgresError(.statement, "canceling statement due to user request", sqlState: "57014")
    #expect(sent == PipelineLoop.window)
    #expect(failures == Array(repeating: PipelineError(step: 0, error: canceled), count: sent))
    interruption.ask()
    #expect(throws: PostgresError(.interrupted, "canceled when 64 of 100 groups had run")) {
      try connection.pipeline(groups: Array(repeating: [.query("SELECT pg_sleep(300)")], count: 100))
    }
    #expect(try connection.query("SELECT 1").value == "1")
  }

  @Test func `a second interrupt gives up a server that does not answer to the first`() throws {
    // A server of its own: what drops a database elsewhere would wait for the backend that is stopped.
    let database = try TestCluster().database(.empty)
    let interruption = try Interruption()
    let connection = try Connection(
      ConnectionParameters(database.parameters), interrupts: interruption.interrupts)
    kill(connection.backendPID, SIGSTOP)
    defer { kill(connection.backendPID, SIGCONT) }
    interruption.ask()
    interruption.ask()
    #expect(throws: PostgresError(.interrupted, "the server did not answer to a cancel request")) {
      try connection.pipeline(groups: [[.query("SELECT 1")]])
    }
    #expect(!connection.isAlive)
  }
}
