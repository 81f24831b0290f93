import Testing

@testable import Terminal

@Suite struct PlainRowsTests {
  /// What is written for a row; nil when it needs care.
  func line(_ row: [String?], width: Int? = nil, first: [StyledText] = ["abc", "12", "z"]) -> String? {
    let columns = [TextTable.Column("a", wraps: true), .init("n", .right), .init("b", wraps: true)]
    let layout = TextTableLayout(columns, for: [first], width: width)
    var rows = PlainRows(layout, missing: StyledText("–", .dim), colour: false)
    var text = ""
    return rows?.append(row, to: &text) == true ? text : nil
  }

  @Test(arguments: [
    ["a", "1", "x"], ["Zoë", "12", "Öl"], ["表", "7", "한국"], ["abcdef", "123", "x"], [nil, nil, nil],
    ["", "", "é"],
  ])
  func `a row is written as the layout has it`(row: [String?]) {
    let columns = [TextTable.Column("a"), .init("n", .right), .init("b")]
    let layout = TextTableLayout(columns, for: [["abc", "12", "z"]], width: nil)
    let cells = row.map { $0.map { StyledText($0) } ?? StyledText("–", .dim) }
    #expect(line(row) == layout.lines(of: cells, number: 1).map { $0.text + "\n" }.joined())
  }

  @Test(arguments: ["a\tb", "a\nb", "e\u{301}", "👍", "x ", "", "\u{1B}[0m"])
  func `characters that have to be looked at need care`(value: String) {
    #expect(line(["a", "1", value]) == nil)
  }

  @Test func `a value that is wider than its column needs care on a screen`() {
    #expect(line(["表表", "1", "x"], width: 80) == nil)
    #expect(line(["表", "1", "x"], width: 80) == "表  |  1 | x\n")
    #expect(line(["表表", "1", "x"]) == "表表 |  1 | x\n")
  }
}
