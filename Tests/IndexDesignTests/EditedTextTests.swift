import Testing

@testable import IndexDesign

@Suite struct EditedTextTests {
  @Test func `places are found again behind parts that were replaced, put in and taken out`() {
    let first = EditedText("a interval $1 b").editing([
      .init(range: 2..<11, replacement: ""), .init(range: 13..<13, replacement: "::interval"),
    ])
    #expect(first.text == "a $1::interval b")
    #expect(first.original(of: 0..<1) == 0..<1)
    #expect(first.original(of: 2..<4) == 11..<13)
    #expect(first.original(of: 4..<14) == 12..<13)
    #expect(first.original(of: 15..<16) == 14..<15)
    let second = first.editing([.init(range: 2..<4, replacement: "'1 day'")])
    #expect(second.text == "a '1 day'::interval b")
    #expect(second.original(of: 2..<9) == 11..<13)
    #expect(second.original(of: 20..<21) == 14..<15)
    #expect(second.original(of: 21..<21) == 15..<15)
  }

  @Test func `a text without a change is as it was`() {
    let text = EditedText("select 'é'").editing([])
    #expect(text.text == "select 'é'")
    #expect(text.original(of: 7..<11) == 7..<11)
  }
}
