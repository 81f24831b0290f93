import IndexDesign
import Reports
import Testing

@testable import Shell

@Suite struct QueriesTests {
  private func statistics(_ queryID: String, _ text: String = "SELECT 1") -> StatementStatistics {
    StatementStatistics(
      queryID: queryID, text: text, calls: 1, totalTimeInMilliseconds: 1, meanTimeInMilliseconds: 1, rows: 1,
      sharedBlocksHit: 0, sharedBlocksRead: 0, sharedBlocksDirtied: 0, sharedBlocksWritten: 0,
      tempBlocksRead: 0, tempBlocksWritten: 0, walBytes: nil)
  }

  @Test func `a statement keeps its number and a new one gets the next`() {
    var queries = Queries()
    let handles = ["a", "b", "a", "c", "b"].map { queries.add(statistics($0), target: "t").handle }
    #expect(handles == [.number(1), .number(2), .number(1), .number(3), .number(2)])
    #expect(queries.all.map(\.handle) == [.number(1), .number(2), .number(3)])
  }

  @Test func `the same statement on another server is another query`() {
    var queries = Queries()
    #expect(queries.add(statistics("a"), target: "one").handle == .number(1))
    #expect(queries.add(statistics("a"), target: "two").handle == .number(2))
    #expect(queries.add(statistics("a"), target: "one").handle == .number(1))
  }

  @Test func `newer counters replace older ones`() throws {
    var queries = Queries()
    _ = queries.add(statistics("a", "SELECT old"), target: "t")
    _ = queries.add(statistics("a", "SELECT new"), target: "t")
    #expect(try queries.find(.number(1), at: nil).text == "SELECT new")
  }

  @Test func `a name that is given again means the newer statement`() throws {
    var queries = Queries()
    _ = queries.name("q", "SELECT 1")
    _ = queries.name("q", "SELECT 2")
    #expect(queries.all == [Query(handle: .name("q"), text: "SELECT 2", statistics: nil)])
    #expect(try queries.onlyOrLast("explain").text == "SELECT 2")
  }

  @Test func `a handle that does not exist is told with those that do`() {
    var queries = Queries()
    let place = Failure.Place(text: "explain @9", range: 8..<10)
    #expect(
      caught { _ = try queries.find(.number(9), at: place) }
        == Failure(
          .script, "there is no query @9",
          hint: "top gives numbers to queries, query NAME = SQL; gives a name", place: place))
    _ = queries.add(statistics("a"), target: "t")
    _ = queries.name("recent", "SELECT 1")
    #expect(
      caught { _ = try queries.find(.number(9), at: place) }
        == Failure(.script, "there is no query @9", hint: "queries: @1 @recent", place: place))
  }

  @Test func `a bare command means the last query or the only one`() throws {
    var queries = Queries()
    #expect(
      caught { _ = try queries.onlyOrLast("explain") }
        == Failure(
          .script, "there is no query yet",
          hint: "top gives numbers to queries, query NAME = SQL; gives a name"))
    let first = queries.add(statistics("a"), target: "t")
    #expect(try queries.onlyOrLast("explain") == first)
    let second = queries.add(statistics("b"), target: "t")
    #expect(
      caught { _ = try queries.onlyOrLast("explain") }
        == Failure(.script, "explain could mean several queries", hint: "queries: @1 @2"))
    queries.remember(second)
    #expect(try queries.onlyOrLast("explain") == second)
  }

  @Test func `a statement that was typed is what a bare command means and has no handle`() throws {
    var queries = Queries()
    let typed = Query(handle: .name(""), text: "SELECT 7", statistics: nil)
    queries.remember(typed)
    #expect(try queries.onlyOrLast("diff") == typed)
    #expect(queries.all.isEmpty)
  }

  @Test func `a query that was named after a typed statement is what a bare command means`() throws {
    var queries = Queries()
    queries.remember(Query(handle: .name(""), text: "SELECT 7", statistics: nil))
    let named = queries.name("q", "SELECT 1")
    #expect(try queries.onlyOrLast("explain") == named)
  }

  @Test func `a bound number keeps the text that it was bound with, and its counters`() throws {
    var queries = Queries()
    _ = queries.add(statistics("a", "SELECT a"), target: "t")
    _ = queries.add(statistics("b", "SELECT b"), target: "t")
    #expect(queries.all.map(queries.isRanked) == [true, true])
    #expect(queries.bind(1, "SELECT  b", queryID: nil).statistics == statistics("b", "SELECT b"))
    #expect(queries.all.map(\.handle) == [.number(1)])
    #expect(queries.all.map(queries.isRanked) == [false])
    #expect(!queries.isRanked(Query(handle: .name("q"), text: "SELECT 1", statistics: nil)))
    #expect(queries.add(statistics("b", "SELECT b"), target: "t").text == "SELECT  b")
    #expect(queries.add(statistics("a", "SELECT a"), target: "t").handle == .number(3))
    #expect(queries.bind(9, "SELECT c", queryID: "c").statistics == nil)
    #expect(try queries.find(.number(9), at: nil).queryID == "c")
    // What a bare command means stays what it was.
    #expect(queries.lastText == nil && queries.rememberings == 0)
  }
}
