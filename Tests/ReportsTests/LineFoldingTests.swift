import Testing

@testable import Reports

@Suite struct LineFoldingTests {
  private func lines(_ text: String, _ width: Double, then rest: Double? = nil, atMost limit: Int? = nil)
    -> [String]
  { LineFolding.lines(of: text, fitting: width, then: rest, atMost: limit) { $0 == "表" ? 2 : 1 } }

  @Test func `lines end at spaces or commas, else anywhere`() {
    #expect(lines("one two three four", 9) == ["one two", "three", "four"])
    #expect(lines("one two three four", 9, then: 20) == ["one two", "three four"])
    #expect(lines("1,22,333,4444,55555", 8) == ["1,22,", "333,", "4444,", "55555"])
    #expect(lines("abcdefghij", 4) == ["abcd", "efgh", "ij"])
    #expect(lines("a bcdefghij", 5) == ["a", "bcdef", "ghij"])
    #expect(lines("表表表", 4) == ["表表", "表"])
  }

  @Test func `a limit cuts the last line`() {
    #expect(lines("one two three four", 9, atMost: 2) == ["one two", "three fo…"])
    #expect(lines("one two", 9, atMost: 1) == ["one two"])
    #expect(LineFolding.cut("one two three", to: 9) { _ in 1 } == "one two …")
  }

  @Test func `folding ends however small the room is`() {
    #expect(lines("", 0) == [""])
    #expect(lines("表ab", 0) == ["表", "a", "b"])
    #expect(lines("ab", -1, atMost: 1) == ["a…"])
  }
}
