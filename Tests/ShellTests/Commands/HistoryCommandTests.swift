import Reports
import Testing

@testable import Shell

@Suite struct HistoryCommandTests {
  private func lines(_ arguments: String, of history: [String]) throws -> [String] {
    let console = SilentConsole()
    let loop = Loop(console: console, environment: [:])
    loop.use(TypedLines(history))
    try loop.output.show(HistoryCommand(reading: arguments, from: 0).run(in: loop.workspace, by: loop))
    return console.output
  }

  @Test func `entries are numbered, the newest last, with their lines below one another`() throws {
    #expect(
      try lines("", of: ["top 5", "select\n  1;", "status"]) == [
        "entry | text", "------+-------", "    1 | top 5", "    2 | select", "      |   1;",
        "    3 | status",
      ])
  }

  @Test func `a number limits them and a text selects them`() throws {
    let history = ["top", "explain ORDERS", "select orders"]
    #expect(try lines("2", of: history).dropFirst(2) == ["    2 | explain ORDERS", "    3 | select orders"])
    #expect(
      try lines("orders", of: history).dropFirst(2) == ["    2 | explain ORDERS", "    3 | select orders"])
    #expect(try lines("5 x", of: history) == ["no entry holds \"5 x\""])
    #expect(try lines("", of: []) == ["the history is empty"])
    #expect(
      caught { _ = try HistoryCommand(reading: "0", from: 0) }?.message
        == "the number of entries must be a whole number above 0")
  }
}
