import IndexDesign
import Testing

@Suite struct QueryNumbersTests {
  private func statistics(_ queryID: String, _ text: String) -> StatementStatistics {
    StatementStatistics(
      queryID: queryID, text: text, calls: 1, totalTimeInMilliseconds: 1, meanTimeInMilliseconds: 1, rows: 1,
      sharedBlocksHit: 0, sharedBlocksRead: 0, sharedBlocksDirtied: 0, sharedBlocksWritten: 0,
      tempBlocksRead: 0, tempBlocksWritten: 0, walBytes: nil)
  }

  @Test func `a bound number stays with its statement, whatever ranks there`() {
    var numbers = QueryNumbers()
    let (a, b, c) = (statistics("1", "SELECT a"), statistics("2", "SELECT b"), statistics("3", "SELECT c"))
    #expect([b, a].map { numbers.number(of: $0, on: "t") } == [1, 2])
    #expect(numbers.bind(1, to: "SELECT a", queryID: nil, ranked: [1: b, 2: a]) == 2)
    #expect(numbers.isBound(1) && !numbers.isBound(2))
    // The one that gave way gets the next number, and the old one of the bound statement is not given again.
    #expect([a, b, c].map { numbers.number(of: $0, on: "t") } == [1, 3, 4])
  }

  @Test func `a statement that was never ranked is known when it comes, by its text or its queryid`() {
    var numbers = QueryNumbers()
    #expect(numbers.bind(3, to: "SELECT  a -- x", queryID: nil, ranked: [:]) == nil)
    #expect(numbers.bind(5, to: "SELECT b", queryID: "7", ranked: [:]) == nil)
    #expect(numbers.number(of: statistics("1", "SELECT a"), on: "t") == 3)
    #expect(numbers.number(of: statistics("7", "SELECT /* other */ bb"), on: "t") == 5)
    #expect(numbers.number(of: statistics("9", "SELECT b"), on: "t") == 6)
    // On another server the same statement has another queryid.
    #expect(numbers.number(of: statistics("100", "SELECT a"), on: "u") == 3)
  }

  @Test func `among statements of one text the queryid decides`() {
    var numbers = QueryNumbers()
    let (first, second) = (statistics("1", "SELECT a"), statistics("2", "SELECT a"))
    #expect([first, second].map { numbers.number(of: $0, on: "t") } == [1, 2])
    #expect(numbers.bind(9, to: "SELECT a", queryID: "2", ranked: [1: first, 2: second]) == 2)
    #expect([first, second].map { numbers.number(of: $0, on: "t") } == [1, 9])
  }

  @Test func `binding a statement to the number that it has keeps it`() {
    var numbers = QueryNumbers()
    let a = statistics("1", "SELECT a")
    #expect(numbers.number(of: a, on: "t") == 1)
    #expect(numbers.bind(1, to: "SELECT a", queryID: "1", ranked: [1: a]) == 1)
    #expect(numbers.number(of: a, on: "t") == 1)
  }
}
