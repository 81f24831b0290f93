import Testing

@testable import Reports

@Suite struct MarkdownTextTests {
  @Test(arguments: [
    ("- a", "\\- a"), ("1. a", "1\\. a"), ("12) a", "12\\) a"), ("    a", "a"), ("+ a", "\\+ a"),
    ("12 a", "12 a"),
    ("# a", "\\# a"), ("-\u{301} a", "\\-\u{301} a"),
  ])
  func `a sentence of the server begins no list and no code`(sentence: String, markdown: String) {
    #expect(MarkdownText.paragraph(sentence).unicodeScalars.elementsEqual(markdown.unicodeScalars))
  }
}
