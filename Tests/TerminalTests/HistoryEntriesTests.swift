import Testing

@testable import Terminal

@Suite struct HistoryEntriesTests {
  @Test func `blank, hidden and secret entries are not kept`() {
    let entries = HistoryEntries(limit: 10) { $0.contains("password=") }
    #expect(entries.kept(of: "select 1 \n") == "select 1")
    #expect(entries.kept(of: "select\n 1") == "select\n 1")
    #expect(entries.kept(of: " select 1") == nil)
    #expect(entries.kept(of: " \n") == nil)
    #expect(entries.kept(of: "\n") == nil)
    #expect(entries.kept(of: "connect password=x") == nil)
  }

  @Test func `an equal older entry goes away`() {
    var entries = HistoryEntries(limit: 10) { _ in false }
    #expect(["a", "b", "b", "a"].map { entries.add($0) } == [.added, .added, .none, .moved])
    #expect(entries.texts == ["b", "a"])
  }

  @Test func `only the newest are kept`() {
    var entries = HistoryEntries(limit: 2) { _ in false }
    for text in ["a", "b", "c"] { _ = entries.add(text) }
    #expect(entries.texts == ["b", "c"])
    entries.replace(with: ["x", "y", "x", " hidden", "z"])
    #expect(entries.texts == ["x", "z"])
  }
}
