import TestSupport
import Testing

/// What the pseudo-terminal tests look at must itself be right.
@Suite struct TerminalScreenTests {
  func screen(_ text: String, width: Int = 10, height: Int = 3) -> TerminalScreen {
    var screen = TerminalScreen(width: width, height: height)
    // One byte at a time: characters and sequences come in pieces.
    for byte in text.utf8 { screen.feed([byte]) }
    return screen
  }

  @Test(arguments: [
    ("abc\r\ndef", "abc\ndef"), ("0123456789ab", "0123456789\nab"), ("0123456789\rx", "x123456789"),
    ("abc\u{8}\u{8}X", "aXc"), ("abc\u{1B}[2DX", "aXc"), ("abc\u{1B}[1;2HX", "aXc"), ("a\tb", "a       b"),
    ("abc\r\u{1B}[K", ""), ("ab\r\ncd\u{1B}[A\u{1B}[J", "ab"), ("abcd\u{1B}[3D\u{1B}[2P", "ad"),
    ("abcd\u{1B}[3D\u{1B}[2@", "a  bcd"), ("\u{1B}[31mé表\u{1B}[0m\u{1B}]0;t\u{7}!\u{1B}[?2004h", "é表!"),
    ("表表x\r\u{1B}[4Cy", "表表y"),
    ("12345678表9", "12345678表\n9"), ("123456789表", "123456789\n表"), ("e\u{301}x", "e\u{301}x"),
    ("ab\u{1B}7cd\u{1B}8X", "abXd"),
  ])
  func `a stream becomes what a person sees`(stream: String, expected: String) {
    #expect(screen(stream).text == expected)
  }

  @Test func `dim text is told apart`() {
    #expect(screen("a\u{1B}[2mbc\u{1B}[0md\r\n\u{1B}[0;2m表x\u{1B}[m").dimText == " bc\n表x")
  }

  @Test func `rows that leave the top are kept`() {
    let screen = screen("1\r\n2\r\n3\r\n4")
    #expect(screen.text == "2\n3\n4")
    #expect(screen.scrolledOff == ["1"])
    #expect(screen.cursor == (2, 1))
  }

  @Test func `another width wraps anew what was wrapped`() {
    var screen = screen("0123456789abc\r\nx表", width: 10, height: 4)
    screen.resize(width: 5, height: 4)
    #expect(screen.text == "01234\n56789\nabc\nx表")
    #expect(screen.cursor == (3, 3))
    screen.resize(width: 2, height: 4)
    #expect(screen.text == "ab\nc\nx\n表")
    #expect(screen.scrolledOff == ["01", "23", "45", "67", "89"])
    screen.resize(width: 20, height: 4)
    #expect(screen.text == "abc\nx表")
    #expect(screen.cursor == (1, 3))
  }
}
