import Testing

@testable import Terminal

@Suite struct DisplayWidthTests {
  @Test(arguments: [
    ("", 0), ("orders", 6), ("é", 1), ("e\u{301}", 1), ("表", 2), ("한국", 4), ("ｱ", 1),
    ("👍", 2), ("👍🏽", 2), ("👩‍👩‍👧", 2), ("🇩🇪", 2), ("1️⃣", 2), ("❤️", 2), ("a\u{200B}b", 2),
    ("\u{1B}[0m", 7), ("a\nb", 4), ("\t", 4), ("…", 1), ("├", 1),
  ])
  func `a text takes the columns that a terminal draws`(text: String, width: Int) {
    #expect(DisplayWidth.of(text) == width)
  }

  @Test(arguments: [
    ("orders", 6, "orders"), ("orders", 5, "orde…"), ("orders", 1, "…"), ("orders", 0, ""),
    ("表表表", 5, "表表…"), ("表表表", 4, "表…"), ("a👩‍👩‍👧b", 3, "a…"), ("a\nb", 4, #"a\nb"#),
  ])
  func `cutting never splits a character and never exceeds the width`(
    text: String, width: Int, expected: String
  ) {
    #expect(DisplayWidth.truncated(text, to: width) == expected)
    #expect(DisplayWidth.of(expected) <= width)
  }

  @Test func `what is measured quickly is as wide as its characters are`() {
    let scalars = (0x20...0xFFFF).compactMap(Unicode.Scalar.init).map { String(Character($0)) }
    let plain = scalars.filter { VisibleText.plainWidth(of: $0) != nil }
    #expect(plain.count > 30_000)
    #expect(plain.filter { VisibleText.plainWidth(of: $0) != DisplayWidth.ofCharacters(in: $0) } == [])
    // None of them joins the one before it.
    #expect(plain.filter { ("x" + $0).count != 2 || ("表" + $0).count != 2 } == [])
    #expect(plain.filter { $0.unicodeScalars.first?.properties.isEmojiPresentation == true } == [])
  }

  @Test func `padding fills columns on the side that is asked for`() {
    #expect(DisplayWidth.padded("表", to: 4) == "表  ")
    #expect(DisplayWidth.padded("表", to: 4, onLeft: true) == "  表")
    #expect(DisplayWidth.padded("orders", to: 3) == "orders")
  }
}
