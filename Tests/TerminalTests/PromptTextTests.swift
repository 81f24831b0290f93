import Testing

@testable import Terminal

@Suite struct PromptTextTests {
  func prompt(_ text: StyledText, colour: Bool = true) -> String {
    var result = String.UnicodeScalarView()
    result.append(contentsOf: PromptText.scalars(of: text, colour: colour))
    return String(result)
  }

  @Test func `attributes stand between marks that take no columns`() {
    #expect(prompt(StyledText("a", .bad) + "> ") == "\u{1}\u{1B}[0;31m\u{1}a\u{1}\u{1B}[0m\u{1}> ")
  }

  @Test func `two marks never touch and none ends the prompt`() {
    for text in [
      StyledText("a", .bad) + StyledText("b", .good), StyledText("abc", .bad), StyledText("a", .bad),
      StyledText("a", .heading) + StyledText("b", .strong) + StyledText("> ", .dim),
    ] {
      let shown = prompt(text)
      #expect(!shown.contains("\u{1}\u{1}") && !shown.hasSuffix("\u{1}"), "\(shown.debugDescription)")
      #expect(shown.components(between: "\u{1}").joined() == text.text)
    }
  }

  @Test func `without colour and from hostile names only visible text comes`() {
    #expect(prompt(StyledText("a\u{1B}[2J\u{1}", .bad) + "> ", colour: false) == #"a\x1B[2J\x01> "#)
    #expect(prompt("db\u{1}> ") == #"db\x01> "#)
    #expect(prompt("") == "")
  }
}

extension String {
  /// What stands outside of pairs of `mark`.
  fileprivate func components(between mark: Character) -> [String] {
    split(separator: mark, omittingEmptySubsequences: false).enumerated()
      .filter { $0.offset % 2 == 0 }.map { String($0.element) }
  }
}
