import Testing

@testable import Terminal

@Suite struct HistoryWalkTests {
  @Test func `the typed line waits behind the newest entry`() {
    var walk = HistoryWalk(["a", "b"])
    #expect(walk.newer() == nil)
    #expect(walk.older(than: "typed") == "b")
    #expect(walk.older(than: "b changed") == "a")
    #expect(walk.older(than: "a") == nil)
    #expect(walk.newer() == "b")
    #expect(walk.newer() == "typed")
    #expect(walk.newer() == nil)
    #expect(walk.older(than: "") == "b")
    #expect(walk.newer() == "")
  }

  @Test func `without entries there is nowhere to go`() {
    var walk = HistoryWalk()
    #expect(walk.older(than: "x") == nil)
    #expect(walk.newer() == nil)
  }

  @Test(arguments: [
    ("abc", 2, nil, nil), ("", 0, nil, nil), ("abc\nde", 2, nil, 4), ("abc\nde", 3, nil, 3),
    ("abc\nde", 4, -4, nil), ("abc\nde", 6, -4, nil), ("a\nbcd\n\ne", 5, -4, 1), ("a\nbcd\n\ne", 6, -4, 1),
    ("é表\n👍x", 3, -3, nil),
  ])
  func `rows are changed at the same place, or at the end of a shorter one`(
    line: String, cursor: Int, up: Int?, down: Int?
  ) {
    #expect(HistoryWalk.rowStep(line, cursor: cursor, up: true) == up)
    #expect(HistoryWalk.rowStep(line, cursor: cursor, up: false) == down)
  }

  @Test func `vi stays on a character`() {
    #expect(HistoryWalk.rowStep("abc\nd\n", cursor: 2, up: false, ontoLast: true) == 2)
    #expect(HistoryWalk.rowStep("abc\n\nd", cursor: 2, up: false, ontoLast: true) == 2)
    #expect(HistoryWalk.rowStep("ab\ncdef", cursor: 6, up: true, ontoLast: true) == -5)
  }
}
