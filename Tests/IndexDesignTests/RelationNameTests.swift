import IndexDesign
import Testing

@Suite struct RelationNameTests {
  @Test(
    arguments: [
      ("orders", nil, "orders", "orders"), (" Public . Orders ", "public", "orders", "public.orders"),
      ("\"Order Lines\"", nil, "Order Lines", "\"Order Lines\""),
      ("\"A\".\"b\"\"c\"", "A", "b\"c", "\"A\".\"b\"\"c\""),
      ("\"\u{301}a\"\"\u{301}\"", nil, "\u{301}a\"\u{301}", "\"\u{301}a\"\"\u{301}\""),
      ("\"user\"", nil, "user", "\"user\""),
    ] as [(String, String?, String, String)])
  func `a name is read by PostgreSQL's rules`(text: String, schema: String?, name: String, sql: String) throws
  {
    let relation = try RelationName.parse(text)
    #expect(relation == RelationName(schema: schema, name: name))
    #expect(relation.sql == sql)
    #expect(relation.description == sql)
    #expect(try RelationName.parse(sql) == relation)
  }

  @Test(arguments: [
    ("", "syntax error at end of input: a name is expected", 0..<0),
    ("a b", "syntax error at or near \"b\"", 2..<3),
    ("a.", "syntax error at end of input: a name is expected", 2..<2),
    ("a.b.c", "a name has at most two parts", 0..<5),
    ("user", "\"user\" is a reserved word and a name is expected", 0..<4),
    ("\"a", "unterminated quoted identifier", 0..<2),
    ("\"\"", "zero-length delimited identifier", 0..<2),
    ("1", "syntax error at or near \"1\": a name is expected", 0..<1),
  ])
  func `what is no name is an error at its place`(text: String, message: String, place: Range<Int>) throws {
    let error = #expect(throws: DesignError.self) { try RelationName.parse(text) }
    #expect(error?.message == message)
    #expect(error?.position == place)
  }
}
