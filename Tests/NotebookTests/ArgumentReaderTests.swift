import Reports
import Testing

@testable import Notebook

@Suite struct ArgumentReaderTests {
  private func words(_ text: String, from offset: Int = 0) -> [ArgumentReader.Word] {
    var reader = ArgumentReader(text, from: offset)
    var words: [ArgumentReader.Word] = []
    while let word = reader.word() { words.append(word) }
    return words
  }

  @Test func `words are parted by blanks and know where they stood`() {
    #expect(
      words("  top\t5\nby") == [
        .init(text: "top", range: 2..<5), .init(text: "5", range: 6..<7), .init(text: "by", range: 8..<10),
      ])
  }

  @Test func `ranges count UTF-8 and not characters`() {
    #expect(words("größe 表") == [.init(text: "größe", range: 0..<7), .init(text: "表", range: 8..<11)])
  }

  @Test func `quotes keep blanks and parentheses together`() {
    #expect(words(#"on "Order (Lines)" 'it''s'"#).map(\.text) == ["on", #""Order (Lines)""#, "'it''s'"])
  }

  @Test func `an open quote takes the rest`() {
    #expect(words("run 'a b").map(\.text) == ["run", "'a b"])
  }

  @Test func `a parenthesis ends a word and is one`() {
    #expect(words("orders(id)").map(\.text) == ["orders", "(", "id)"])
  }

  @Test(arguments: ["", "  ", ";", " ; ", "\n;\n"])
  func `nothing but blanks and a semicolon is the end`(text: String) {
    let reader = ArgumentReader(text)
    #expect(reader.isAtEnd)
    #expect(reader.next == nil)
  }

  @Test func `a final semicolon is not part of a word and an inner one is`() {
    #expect(words("status;").map(\.text) == ["status"])
    #expect(words("status ; ").map(\.text) == ["status"])
    #expect(words("a;b").map(\.text) == ["a;b"])
  }

  @Test func `looking ahead takes nothing`() {
    var reader = ArgumentReader("one two")
    #expect(reader.next?.text == "one")
    #expect(reader.next?.text == "one")
    _ = reader.word()
    #expect(reader.next?.text == "two")
  }

  @Test func `the rest is trimmed and keeps its place`() {
    var reader = ArgumentReader("run  my file.hypo  ", from: 3)
    #expect(reader.rest == .init(text: "my file.hypo", range: 5..<17))
    let taken = reader.takeRest()
    #expect(taken == .init(text: "my file.hypo", range: 5..<17))
    #expect(reader.isAtEnd)
    #expect(reader.rest == .init(text: "", range: 19..<19))
  }

  @Test func `a name ends at an equals sign`() {
    var reader = ArgumentReader("set format=json", from: 3)
    let name = reader.name()
    let sign = reader.take(sign: "=")
    let again = reader.take(sign: "=")
    #expect(name == .init(text: "format", range: 4..<10))
    #expect([sign, again] == [true, false])
    #expect(reader.rest.text == "json")
  }

  @Test func `a keyword is taken in any case and only when it is the next word`() {
    var reader = ArgumentReader("BY total")
    let early = reader.take("total")
    #expect(!early)
    let taken = [reader.take("by"), reader.take("total"), reader.take("total")]
    #expect(taken == [true, true, false])
  }

  @Test func `what is left over is complained about with the synopsis`() {
    var reader = ArgumentReader("status now please")
    _ = reader.word()
    #expect(
      throws: Failure(
        .script, "unexpected \"now\"", hint: "usage: status",
        place: .init(text: "status now please", range: 7..<10))
    ) { try reader.expectEnd("status") }
  }
}
