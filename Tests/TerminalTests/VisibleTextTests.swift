import Terminal
import Testing

@Suite struct VisibleTextTests {
  @Test func `ordinary text of any script stays as it is`() {
    #expect(VisibleText.of("select 'naïve 表 👩‍👩‍👧'") == "select 'naïve 表 👩‍👩‍👧'")
  }

  @Test func `an escape sequence in a value is shown and does not run`() {
    #expect(VisibleText.of("a\u{1B}]0;owned\u{7}b\u{9B}2J") == #"a\x1B]0;owned\x07b\u009B2J"#)
  }

  @Test func `text that would be drawn in another order is shown by number`() {
    #expect(VisibleText.of("x\u{202E}y\u{2066}z") == #"x\u202Ey\u2066z"#)
  }

  @Test func `newlines stay only when they are wanted`() {
    #expect(VisibleText.of("a\r\nb\nc\rd") == #"a\r\nb\nc\rd"#)
    #expect(VisibleText.of("a\r\nb\nc\rd", keepingNewlines: true) == "a\nb\nc\\rd")
    #expect(VisibleText.of("end\r", keepingNewlines: true) == #"end\r"#)
  }

  @Test func `a tab is four spaces wherever it stands`() {
    #expect(VisibleText.of("a\tb") == "a    b")
  }
}
