import IndexDesign
import Testing

@Suite struct TypedValueTests {
  @Test(arguments: [
    ("plain text", "plain text", 0), ("' a '", " a ", 1), ("'it''s'", "it's", 1), ("\"a 'b'\"", "a 'b'", 1),
    ("''", "", 1), ("it's", "it's", 0), ("", "", 0),
  ])
  func `quotes keep blanks and are written twice inside`(typed: String, text: String, start: Int) throws {
    let value = try TypedValue(typed)
    #expect(value.text == text && value.start == start)
  }

  @Test func `a quote that is open and text behind a quote are told`() {
    #expect(
      throws: SettingProblem(
        message: "the quote is not closed", hint: "a value that begins with a quote ends with one",
        range: 0..<1)
    ) { try TypedValue("'it''s") }
    #expect(
      throws: SettingProblem(
        message: "unexpected text after the closing quote", hint: "inside quotes a quote is written twice",
        range: 3..<6)
    ) { try TypedValue("'a' # ") }
  }
}
