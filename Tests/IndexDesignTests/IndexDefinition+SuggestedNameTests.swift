import IndexDesign
import Testing

/// The expected names were read from PostgreSQL 15.
@Suite struct IndexDefinitionSuggestedNameTests {
  private static let long = String(repeating: "x", count: 40)

  @Test(arguments: [
    ("orders(customer_id, created_at desc)", "orders_customer_id_created_at_idx"),
    ("public.orders(id)", "orders_id_idx"),
    ("t(lower(v), (a+1), a) include (b)", "t_lower_expr_a_b_idx"),
    ("t((a+1), (a+2), (a+3))", "t_expr_expr1_expr2_idx"),
    ("\"Order Lines\"(\"No\")", "Order Lines_No_idx"),
    ("\(long)1(\(long)2)", "xxxxxxxxxxxxxxxxxxxxxxxxxxxxx_xxxxxxxxxxxxxxxxxxxxxxxxxxxxx_idx"),
    ("t(\(long)1, \(long)2)", "t_\(long)1_\(String(repeating: "x", count: 15))_idx"),
    (
      "\"ééééééééééééééééééééééééééééé\"(\"üüüüüüüüüüüüüüüüüüüüüüüüüüüüüü\")",
      "éééééééééééééé_üüüüüüüüüüüüüü_idx"
    ),
  ])
  func `a name is chosen as the server chooses it`(text: String, name: String) throws {
    #expect(try IndexDefinitionParser.parseShortForm(text).definition.suggestedName == name)
    #expect(!Identifier.isTooLong(name))
  }
}
