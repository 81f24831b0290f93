import IndexDesign
import Testing

@Suite struct IndexDefinitionParserErrorTests {
  /// The text, what is said, and the typed characters that the caret stands under.
  @Test(
    arguments: [
      ("", "syntax error at end of input: a table is expected", ""),
      ("orders", "syntax error at end of input: \"(\" is expected", ""),
      ("orders customer_id", "syntax error at or near \"customer_id\": \"(\" is expected", "customer_id"),
      ("orders()", "syntax error at or near \")\": an index key is expected", ")"),
      ("orders(a", "this parenthesis is not closed", "("),
      ("orders(a,)", "syntax error at or near \")\": a column or an expression is expected", ")"),
      ("orders(a b c)", "syntax error at or near \"c\": \",\" or \")\" is expected", "c"),
      ("orders(a descc, b)", nil, nil),
      ("orders(a desc b)", "syntax error at or near \"b\": \",\" or \")\" is expected", "b"),
      ("orders(a nulls first last)", "syntax error at or near \"last\": \",\" or \")\" is expected", "last"),
      ("orders(user)", "\"user\" is a reserved word and a column is expected", "user"),
      (
        "orders(orders.a)", "a key is a column of the index's own table, without the table's name", "orders.a"
      ),
      ("orders(a::text)", "syntax error at or near \"::\"", "::"),
      ("orders(a || b)", "syntax error at or near \"||\"", "||"),
      ("orders('x')", "syntax error at or near \"'x'\": a column or an expression is expected", "'x'"),
      ("orders(())", "an expression is expected between the parentheses", "()"),
      ("orders((a +))", "syntax error: the expression ends too early", "+"),
      ("orders((größe, a b))", "syntax error at or near \"b\"", "b"),
      ("orders(lower(a b))", "syntax error at or near \"b\"", "b"),
      ("orders(a) where", "syntax error at end of input: a condition is expected", ""),
      ("orders(a) where b > 1 and", "syntax error: the expression ends too early", "d"),
      ("orders(a) where b = = 1", "syntax error at or near \"=\"", "="),
      ("orders(a) where b) > 1", "syntax error at or near \")\"", ")"),
      ("orders(a) where b = 'x", "unterminated quoted string", "'x"),
      ("orders(\"a)", "unterminated quoted identifier", "\"a)"),
      ("orders(a) foo", "syntax error at or near \"foo\": an option of the index is expected", "foo"),
      ("orders(a) include b", "syntax error at or near \"b\": \"(\" is expected", "b"),
      ("orders(a) include (b desc)", "syntax error at or near \"desc\": \",\" or \")\" is expected", "desc"),
      ("orders(a) unique unique", "unique is given twice", "unique"),
      ("orders(a) using", "syntax error at end of input: an access method is expected", ""),
      ("orders(a) as s.i", "an index name has no schema: the index goes where its table is", "s."),
      ("orders(a) nulls not", "syntax error at end of input: [not] distinct is expected", ""),
      ("orders(a) with (fillfactor=)", "syntax error at or near \")\": a value is expected", ")"),
      ("orders(a) with ()", "syntax error at or near \")\": a parameter is expected", ")"),
      ("orders(a) tablespace", "syntax error at end of input: a tablespace is expected", ""),
      ("a.b.c(d)", "a name has at most two parts", "a.b.c"),
    ] as [(String, String?, String?)])
  func `an error of the short form stands at its place`(text: String, message: String?, under: String?) throws
  {
    guard let message else {
      #expect(try IndexDefinitionParser.parseShortForm(text).definition.keys.count == 2)
      return
    }
    let error = #expect(throws: DesignError.self) { try IndexDefinitionParser.parseShortForm(text) }
    #expect(error?.message == message)
    #expect(error?.code == .syntax)
    let place = try #require(error?.position)
    #expect(String(decoding: Array(text.utf8)[place], as: UTF8.self) == under)
  }

  @Test(arguments: [
    ("create", "syntax error at end of input: INDEX is expected", ""),
    ("select 1", "syntax error at or near \"select\": CREATE INDEX is expected", "select"),
    ("create index i orders(a)", "syntax error at or near \"orders\": ON is expected", "orders"),
    ("create index s.i on orders(a)", "an index name has no schema: the index goes where its table is", "s."),
    ("create index on orders", "syntax error at end of input: \"(\" is expected", ""),
    ("create index on orders(a) unique", "syntax error at or near \"unique\"", "unique"),
    (
      "create index on orders(a) where a = 1 with (fillfactor=70)", "syntax error at or near \"with\"", "with"
    ),
    ("create unique table t (a)", "syntax error at or near \"table\": INDEX is expected", "table"),
    ("create index if not exists on t(a)", "\"on\" is a reserved word and an index name is expected", "on"),
  ])
  func `an error of the statement stands at its place`(text: String, message: String, under: String) throws {
    let error = #expect(throws: DesignError.self) { try IndexDefinitionParser.parseCreateIndex(text) }
    #expect(error?.message == message)
    let place = try #require(error?.position)
    #expect(String(decoding: Array(text.utf8)[place], as: UTF8.self) == under)
  }

  @Test func `a second statement is refused`() {
    let refusal = DesignError(
      .secondStatement, "only one index definition is taken at a time",
      hint: "leave out what follows the \";\"", position: 13..<25)
    #expect(throws: refusal) { try IndexDefinitionParser.parseShortForm("orders(a) ;  drop table t") }
    let statement = "create index on orders(a); drop table orders"
    let error = #expect(throws: DesignError.self) { try IndexDefinitionParser.parseCreateIndex(statement) }
    #expect(error?.position == 27..<44)
    #expect(error?.code == .secondStatement)
  }

  @Test func `an index name that would be cut off is an error`() {
    let name = String(repeating: "n", count: 64)
    let error = #expect(throws: DesignError.self) {
      try IndexDefinitionParser.parseShortForm("t(a) as \(name)")
    }
    #expect(error?.message == "the index name is 64 bytes long and a name has at most 63")
    #expect(error?.position == 8..<72)
  }

  @Test func `hints show the right form`() {
    func hint(_ text: String) -> String? {
      #expect(throws: DesignError.self) { try IndexDefinitionParser.parseShortForm(text) }?.hint
    }
    #expect(hint("orders") == "write " + IndexDefinitionParser.shortFormSynopsis)
    #expect(hint("orders(a::text)") == "an expression needs its own parentheses: (a::text)")
    #expect(hint("orders(b, a || f(c, d), e)") == "an expression needs its own parentheses: (a || f(c, d))")
    #expect(hint("orders(user)") == "as a name it needs double quotes: \"user\"")
  }

  @Test func `syntax newer than the grammar is left to the server`() throws {
    let parsed = try IndexDefinitionParser.parseShortForm(
      "t((json_value(a, '$.b' returning int))) where x > 1_000")
    #expect(
      parsed.definition.createStatement()
        == "CREATE INDEX ON t (json_value(a, '$.b' returning int)) WHERE x > 1_000")
  }

  @Test func `each part knows where it was typed`() throws {
    let text =
      #"Größe.t( lower(x) collate "C" my.ops desc, (a + b) , c) include (d, "E") using btree where y > 1 as i"#
    let parsed = try IndexDefinitionParser.parseShortForm(text)
    func typed(_ range: Range<Int>?) -> String? {
      range.map { String(decoding: Array(text.utf8)[$0], as: UTF8.self) }
    }
    #expect(typed(parsed.tableRange) == "Größe.t")
    #expect(
      parsed.keys.map { typed($0.whole) } == [#"lower(x) collate "C" my.ops desc"#, "(a + b)", "c"])
    #expect(parsed.keys.map { typed($0.term) } == ["lower(x)", "a + b", "c"])
    #expect(parsed.keys.map { typed($0.operatorClass) } == ["my.ops", nil, nil])
    #expect(parsed.keys.map { typed($0.collation) } == [#""C""#, nil, nil])
    #expect(parsed.includeRanges.map(typed) == ["d", #""E""#])
    #expect(typed(parsed.accessMethodRange) == "btree")
    #expect(typed(parsed.predicateRange) == "y > 1")
    #expect(typed(parsed.nameRange) == "i")
    #expect(parsed.tablespaceRange == nil)
  }
}
