import Terminal
import Testing

@testable import Reports

@Suite struct ErrorTextTests {
  private func text(_ failure: Failure, origin: Failure.Origin = Failure.Origin()) -> String {
    ErrorText.lines(failure, origin: origin).map(\.text).joined(separator: "\n")
  }

  private func caret(_ typed: String, _ range: Range<Int>) -> String {
    text(Failure(.script, "no", place: .init(text: typed, range: range)))
  }

  @Test func `a failure is told with state, place, detail and hint in this order`() {
    let failure = Failure(
      .script, "column \"b\" does not exist", sqlState: "42703", detail: "It is not there.",
      hint: "did you mean \"a\"?", place: .init(text: "select b;", range: 7..<8))
    #expect(
      text(failure, origin: .init(file: "x.hypo", line: 12)) == """
        x.hypo:12: error: column "b" does not exist (42703)
          select b;
                 ^
        detail: It is not there.
        hint: did you mean "a"?
        """)
  }

  @Test func `a failure without facts is one line`() {
    #expect(text(Failure(.script, "no")) == "error: no")
  }

  @Test func `the caret stands under the text as it was typed`() {
    #expect(caret("top x", 4..<5) == "error: no\n  top x\n      ^")
    #expect(caret("x", 0..<1) == "error: no\n  x\n  ^")
  }

  @Test func `of a line with a password only the first word is quoted`() {
    let line = "conect password=hunter2"
    let failure = Failure(
      .script, "unknown command \"conect\"", hint: "not \"password=hunter2\"",
      place: .init(text: line, range: 0..<6))
    #expect(text(failure) == "error: unknown command \"conect\"\nhint: not \"…\"")
  }

  @Test func `wide characters and combining ones count by their width`() {
    #expect(caret("表 'é' x", 9..<10).hasSuffix("\n  表 'é' x\n         ^"))
    #expect(caret("e\u{301} x", 4..<5).hasSuffix("\n  e\u{301} x\n    ^"))
  }

  @Test func `a tab is one column on both lines`() {
    #expect(caret("a\tb\tc", 4..<5) == "error: no\n  a b c\n      ^")
  }

  @Test func `only the line with the place is shown`() {
    #expect(caret("select 1,\n  nope,\n  2;", 12..<16) == "error: no\n    nope,\n    ^")
    #expect(caret("select 1\r\n  nope;", 12..<16) == "error: no\n    nope;\n    ^")
    #expect(caret("nope\r\n;", 0..<4) == "error: no\n  nope\n  ^")
  }

  @Test func `a place behind the text is shown behind its last character`() {
    #expect(caret("select (", 8..<8) == "error: no\n  select (\n          ^")
    #expect(caret("select (", 8..<9) == "error: no\n  select (\n          ^")
    #expect(caret("select", 99..<100) == "error: no\n  select\n        ^")
    #expect(caret("", 0..<0) == "error: no\n  \n  ^")
  }

  @Test func `a place behind a last line end is shown behind the last line that holds something`() {
    #expect(caret("select (\n", 9..<9) == "error: no\n  select (\n          ^")
    #expect(caret("select (\n  \n", 12..<12) == "error: no\n  select (\n          ^")
  }

  @Test func `control characters are written out and cannot command the terminal`() {
    #expect(caret("\u{1B}[31m x", 6..<7) == "error: no\n  \\x1B[31m x\n           ^")
  }
}
