import Testing

@testable import Terminal

@Suite struct CompletionListTests {
  func list(_ completions: [Completion], width: Int, height: Int = 20) -> [String] {
    CompletionList.lines(completions, width: width, height: height).map(\.text)
  }

  let words = ["add", "drop", "list", "off", "on", "reset", "表"].map { Completion($0, start: 0) }

  @Test func `columns are read downwards`() {
    #expect(list(words, width: 20) == ["add    off    表", "drop   on", "list   reset"])
    #expect(list(words, width: 3) == words.map { DisplayWidth.truncated($0.text, to: 3) })
  }

  @Test func `notes put each on its own line cut to the width`() {
    let handles = [
      Completion("@1", start: 0, note: "select * from orders"), Completion("@10", start: 0, label: "ten"),
    ]
    #expect(list(handles, width: 16) == ["@1   select * f…", "ten"])
  }

  @Test func `a list longer than the screen says how much is missing`() {
    #expect(list(words, width: 3, height: 3) == ["add", "dr…", "… 5 more lines; type on to narrow"])
  }

  @Test func `only the labels that are shown widen the column of a list with notes`() {
    let handles = ["a", "bb", "a long name"].map { Completion($0, start: 0, note: "note") }
    #expect(list(handles, width: 40, height: 2) == ["a  note", "… 2 more lines; type on to narrow"])
    #expect(list(handles, width: 40, height: 3).last == "a long name  note")
  }
}
