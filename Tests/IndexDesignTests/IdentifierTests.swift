import IndexDesign
import Testing

@Suite struct IdentifierTests {
  @Test(arguments: [
    ("orders", "orders"), ("_a1", "_a1"), ("Orders", "\"Orders\""), ("1a", "\"1a\""), ("a b", "\"a b\""),
    ("a\"b", "\"a\"\"b\""), ("user", "\"user\""), ("left", "\"left\""), ("int", "\"int\""),
    ("values", "\"values\""),
    ("a$b", "\"a$b\""), ("größe", "\"größe\""), ("", "\"\""), ("name", "name"), ("nulls", "nulls"),
    ("json_table", "\"json_table\""),
  ])
  func `a name is quoted only where it must be`(name: String, sql: String) {
    #expect(Identifier.quoted(name) == sql)
  }

  @Test func `folding makes only the letters A to Z small`() {
    #expect(Identifier.folded("OrdersÄÉ_1") == "ordersÄÉ_1")
  }

  @Test func `a name of more than 63 bytes is too long`() {
    #expect(!Identifier.isTooLong(String(repeating: "a", count: 63)))
    #expect(Identifier.isTooLong(String(repeating: "a", count: 64)))
    #expect(Identifier.isTooLong(String(repeating: "ä", count: 32)))
  }
}
