import Glibc
import TestSupport
import Testing

@testable import Postgres

@Suite struct SentStatementsTests {
  private let database: TestDatabase
  private let sent = SentStatements()

  init() throws { database = try TestCluster.shared.database(.empty) }

  private func connect(_ purpose: SentStatements.Purpose = .analysis) throws -> Connection {
    try Connection(ConnectionParameters(database.parameters), tap: SentStatementsTap(sent, purpose))
  }

  @Test func `whatever is sent is kept in order, with its values`() throws {
    sent.isKept = true
    let reading = try connect()
    let changing = try connect(.change)
    let start = Int64(time(nil)) * 1_000_000
    _ = try reading.query("SELECT $1, $2", ["a", nil])
    _ = try changing.script("SELECT 1; SELECT 2")
    _ = try reading.pipeline([
      .query("SELECT $1::int", ["1"]), .prepare(name: "two", "SELECT 2"), .query("EXECUTE two"),
    ])
    _ = try reading.stream("SELECT 3") { _, _ in }
    #expect(throws: PostgresError.self) { try changing.query("SELECT 1/0") }
    let statements = sent.take()
    let expected: [(String, [String?], SentStatements.Purpose)] = [
      ("SELECT $1, $2", ["a", nil], .analysis), ("SELECT 1; SELECT 2", [], .change),
      ("SELECT $1::int", ["1"], .analysis), ("SELECT 2", [], .analysis), ("EXECUTE two", [], .analysis),
      ("SELECT 3", [], .analysis), ("SELECT 1/0", [], .change),
    ]
    #expect(statements.map(\.text) == expected.map(\.0))
    #expect(statements.map(\.values) == expected.map(\.1))
    #expect(statements.map(\.purpose) == expected.map(\.2))
    #expect(statements.map(\.times) == expected.map { _ in 1 })
    let times = statements.map(\.microsecondsSinceEpoch)
    #expect(times == times.sorted() && times[0] >= start && times[0] < start + 60_000_000)
    #expect(sent.take() == [])
  }

  @Test func `nothing is kept unless somebody wants it`() throws {
    let connection = try connect()
    _ = try connection.query("SELECT 1")
    #expect(sent.take() == [])
    sent.isKept = true
    _ = try connection.query("SELECT 2")
    sent.isKept = false
    #expect(sent.take() == [])
  }

  @Test func `what watches one statement again and again is kept once`() throws {
    sent.isKept = true
    let watching = try connect(.watch)
    let changing = try connect(.change)
    func look(_ value: String) throws { _ = try watching.query("SELECT $1", [value]) }
    try look("1")
    _ = try changing.query("SELECT 'build'")
    for value in ["1", "2", "1", "1"] { try look(value) }
    _ = try changing.query("SELECT 'end'")
    try look("1")
    let statements = sent.take()
    #expect(
      statements.map { $0.values.first ?? $0.text } == ["1", "SELECT 'build'", "1", "2", "SELECT 'end'", "1"])
    #expect(statements.map(\.times) == [1, 1, 3, 1, 1, 1])
  }
}
