import Testing

@testable import Terminal

@Suite struct LinePositionTests {
  @Test(arguments: [
    ("", 0, 6), ("abc", 0, 9), ("abcd", 1, 0), ("abcde", 1, 1), ("a\nb", 1, 1), ("\n\n", 2, 0),
    ("a\tb", 0, 9),
    ("\t\t", 1, 0), ("\t\t\t", 1, 8), ("\u{1}", 0, 8), ("a表", 0, 9), ("abc表", 1, 2), ("ab表", 1, 0),
    ("e\u{301}", 0, 7),
    ("0123456789012345678901234567", 3, 4),
  ])
  func `rows and columns are counted as they are drawn`(text: String, row: Int, column: Int) {
    let position = LinePosition(after: text, from: 6, columns: 10)
    #expect(position.row == row)
    #expect(position.column == column)
  }

  @Test func `a prompt may fill rows itself`() {
    let position = LinePosition(after: "a", from: 25, columns: 10)
    #expect(position.row == 2)
    #expect(position.column == 6)
  }
}
