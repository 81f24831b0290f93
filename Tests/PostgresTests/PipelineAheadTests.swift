import TestSupport
import Testing

@testable import Postgres

@Suite struct PipelineAheadTests {
  private func select(_ number: Int) -> [PipelineStep] { [.query("SELECT \(number)")] }

  @Test func `groups are taken in the order in which they were sent, each with its own failure`() throws {
    let database = try TestCluster.shared.database(.empty)
    let connection = try database.connect()
    let ahead = PipelineAhead(connection)
    let failing: [PipelineStep] = [.query("SELECT 1"), .query("SELECT 1/0")]
    #expect(try ahead.take(select(1)) == nil)
    for group in [select(1), failing, select(3)] { ahead.send(group) }
    #expect(ahead.count == 3)
    // Another one is not what comes next, and takes nothing away.
    #expect(try ahead.take(select(3)) == nil)
    #expect(try ahead.take(select(1))?.results.map(\.value) == ["1"])
    let failed = try #require(try ahead.take(failing))
    #expect(failed.results.map(\.value) == ["1"])
    #expect(failed.failure == PipelineError(step: 1, error: PipelineLoopTests.division))
    ahead.send(select(4))
    #expect(try ahead.take(select(3))?.results.map(\.value) == ["3"])
    #expect(try ahead.take(select(4))?.results.map(\.value) == ["4"])
    #expect(ahead.count == 0)
    ahead.end()
    #expect(try connection.query("SELECT 5").value == "5")
  }

  @Test func `more is sent than the sockets hold, and nothing is blocked`() throws {
    let database = try TestCluster.shared.database(.empty)
    let connection = try database.connect()
    let ahead = PipelineAhead(connection)
    let text = String(repeating: "x", count: 1_000_000)
    let group: [PipelineStep] = [.query("SELECT $1::text", [text])]
    for _ in 0..<16 { ahead.send(group) }
    for _ in 0..<16 { #expect(try ahead.take(group)?.results.first?.value == text) }
    ahead.end()
    #expect(try connection.query("SELECT 5").value == "5")
  }

  @Test func `what takes long is cancelled at the end, and the connection is free`() throws {
    let database = try TestCluster.shared.database(.empty)
    let connection = try database.connect()
    let ahead = PipelineAhead(connection)
    for _ in 0..<3 { ahead.send([.query("SELECT pg_sleep(600)")]) }
    ahead.end()
    #expect(ahead.count == 0)
    #expect(try connection.query("SELECT 5").value == "5")
  }

  @Test func `a backend that ends takes what was sent with it`() throws {
    let database = try TestCluster.shared.database(.empty)
    let connection = try database.connect()
    let ahead = PipelineAhead(connection)
    let ending: [PipelineStep] = [.query("SELECT pg_terminate_backend(pg_backend_pid())")]
    for group in [select(1), ending, select(2)] { ahead.send(group) }
    #expect(try ahead.take(select(1))?.results.map(\.value) == ["1"])
    #expect(try ahead.take(ending)?.failure?.error.code == .lost)
    #expect(try ahead.take(select(2))?.failure?.error.code == .lost)
    ahead.end()
    #expect(!connection.isAlive)
  }
}
