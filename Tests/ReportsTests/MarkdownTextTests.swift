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

  @Test(arguments: [
    ("@a, estimated", "`@a`, estimated"), ("of @by_day-2 and @_x", "of `@by_day-2` and @\\_x"),
    ("x@y.z", "x@y.z"),
    ("a @> b @ c", "a @\\> b @ c"), ("`@a`", "\\``@a`\\`"), ("@\u{301}a", "@\u{301}a"),
    ("@a\u{301}", "`@a`\u{301}"),
  ])
  func `a handle in a sentence is code, so that nobody is called`(text: String, markdown: String) {
    #expect(
      MarkdownText.prose(text).unicodeScalars.elementsEqual(markdown.unicodeScalars),
      "\(MarkdownText.prose(text))")
  }
}
