import Testing

@testable import Terminal

@Suite struct KeyReaderTests {
  @Test(arguments: [
    ("a\nb", "a\nb"), ("a\rb\r", "a\nb\n"), ("a\r\n\r\nb", "a\n\nb"), ("a\n\r\n\rb", "a\n\nb"),
    ("a\n\nb", "a\n\nb"), ("a\r\rb", "a\n\nb"), ("a\0\tb", "a\tb"), ("", ""),
  ])
  func `pasted text has one kind of line end and no NUL`(pasted: String, text: String) {
    #expect(KeyReader.pastedText(Array(pasted.utf8)) == text)
  }
}
