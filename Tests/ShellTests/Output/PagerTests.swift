import Programs
import Storage
import Testing

@testable import Shell

@Suite struct PagerTests {
  private static let additions = ["LESS": "-SRFX", "LESSCHARSET": "utf-8"]

  @Test(
    arguments: [
      ("on", nil, ["less", "-SRFX"]), ("on", "more", ["more"]),
      ("on", "less -N '+/a b'", ["less", "-N", "+/a b"]),
      ("most -s", "more", ["most", "-s"]), ("off", "more", nil), ("on", "", nil), ("on", "  ", nil),
    ] as [(String, String?, [String]?)])
  func `the setting comes before the variable, and that before less`(
    setting: String, variable: String?, words: [String]?
  ) {
    let environment = variable.map { ["PAGER": $0] } ?? [:]
    #expect(Pager.chosen(setting, environment)?.words == words)
  }

  @Test func `what the person has told less is left alone`() {
    #expect(Pager.chosen("on", [:])?.additions == Self.additions)
    #expect(Pager.chosen("on", ["LESS": ""])?.additions == ["LESSCHARSET": "utf-8"])
  }

  @Test(arguments: [
    ("a  b", ["a", "b"]), ("'a b'\"c d\"", ["a bc d"]), (#"a\ b '\'"#, ["a b", "\\"]), ("''", [""]), ("", []),
    ("$(x) ; y|z", ["$(x)", ";", "y|z"]), ("'open end", ["open end"]),
  ])
  func `quotes keep blanks and nothing else has a meaning`(command: String, words: [String]) {
    #expect(Pager.split(command) == words)
  }

  @Test func `what is longer than the screen is put aside, up to a limit`() throws {
    let paged = PagedOutput(width: 80, height: 3, limit: 10)
    try paged.write("1\n2\n")
    var shown = ""
    paged.finish(
      put: { shown += $0 },
      page: { _ in
        Issue.record("it fits"); return true
      })
    #expect(shown == "1\n2\n")

    let long = PagedOutput(width: 80, height: 3, limit: 10)
    try long.write("1\n2\n")
    try long.write("3\n4\n")
    #expect(throws: PagedOutput.IsFull.self) { try long.write("5\n") }
    shown = ""
    var paging = ""
    long.finish(
      put: { shown += $0 },
      page: {
        $0.read { paging += $0 }; return false
      })
    #expect(shown == "1\n2\n3\n4\n5\n" && paging == shown)
  }

  @Test(arguments: [("", 0), ("a\n", 1), ("a\n\n", 2), ("12345\n123456\n", 3), ("表表表\n", 2)])
  func `lines that are too long fill several rows`(text: String, rows: Int) {
    #expect(PagedOutput.rows(of: text, width: 5) == rows)
    #expect(PagedOutput.rows(of: text.replacing("a", with: "\u{1B}[1ma\u{1B}[0m"), width: 5) == rows)
  }
}
