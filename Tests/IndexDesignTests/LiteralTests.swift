import IndexDesign
import Testing

@Suite struct LiteralTests {
  @Test(arguments: [
    ("", "''"), ("a", "'a'"), ("it's", "'it''s'"), ("a\\b", "E'a\\\\b'"), ("'\\'", "E'''\\\\'''"),
    ("é\n", "'é\n'"),
  ])
  func `text becomes a constant that reads back the same`(text: String, sql: String) throws {
    #expect(Literal.quoted(text) == sql)
    let tree = try StatementParser.parse("SELECT " + sql)[0].tree
    let constant = tree["targetList"]?.array?[0]["ResTarget"]?["val"]?["A_Const"]?["sval"]
    #expect(constant?["sval"]?.string ?? "" == text)
  }

  @Test func `quotes and backslashes of elements are escaped`() {
    #expect(Literal.array(of: []) == "{}")
    #expect(Literal.array(of: ["a", "", "b, c", #"d"e"#, #"f\g"#]) == #"{"a","","b, c","d\"e","f\\g"}"#)
  }
}
