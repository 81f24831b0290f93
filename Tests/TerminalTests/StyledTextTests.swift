import Terminal
import Testing

@Suite struct StyledTextTests {
  @Test func `styles reach the terminal only with colour`() {
    let text = StyledText("cost ") + StyledText("42", .good)
    #expect(text.render(colour: false) == "cost 42")
    #expect(text.render(colour: true) == "cost \u{1B}[32m42\u{1B}[0m")
  }

  @Test func `every style but plain looks different from plain`() {
    for style in Style.allCases {
      let changed = StyledText("x", style).render(colour: true) != "x"
      #expect(changed == (style != .plain), "\(style)")
    }
  }

  @Test func `an escape sequence in the text is never written raw`() {
    let text = StyledText("\u{1B}[31mred", .accent)
    #expect(text.render(colour: false) == #"\x1B[31mred"#)
    #expect(text.render(colour: true) == "\u{1B}[36m\\x1B[31mred\u{1B}[0m")
  }

  @Test func `neighbours of one style are one run and empty pieces none`() {
    var text: StyledText = "a"
    text.append("b")
    text.append("", .bad)
    text += StyledText("c", .bad)
    #expect(text.runs == [.init("ab"), .init("c", .bad)])
    #expect(text.text == "abc")
    #expect(text.width == 3)
  }

  @Test func `spaces at the end go whatever their style`() {
    let text = StyledText("cost  ", .good) + StyledText("  ", .dim) + " "
    #expect(text.withoutTrailingSpaces == StyledText("cost", .good))
    #expect((StyledText(" a b ") + StyledText("é ", .bad)).withoutTrailingSpaces.text == " a b é")
    #expect(StyledText("  ").withoutTrailingSpaces == StyledText())
    #expect(StyledText("a").withoutTrailingSpaces == "a")
  }

  @Test func `lines keep their styles`() {
    let text = StyledText("a\r\nb", .good) + StyledText("c\n", .bad)
    #expect(text.lines == [StyledText("a", .good), StyledText("b", .good) + StyledText("c", .bad), ""])
    #expect(StyledText().lines == [""])
  }

  @Test func `cutting keeps the style of the place`() {
    let text = StyledText("abc") + StyledText("def", .bad)
    #expect(text.truncated(to: 6) == text)
    #expect(text.truncated(to: 5) == StyledText("abc") + StyledText("d…", .bad))
    #expect(text.truncated(to: 3) == StyledText("ab…"))
    #expect(text.truncated(to: 0) == "")
  }

  @Test func `a long line is folded at its spaces`() {
    let text = StyledText("hint: ", .dim) + StyledText("one two three-and-a-half four")
    #expect(text.folded(to: 16, indent: 2).map(\.text) == ["hint: one two", "  three-and-a-half", "  four"])
    #expect(text.folded(to: 80).map(\.text) == [text.text])
  }
}
