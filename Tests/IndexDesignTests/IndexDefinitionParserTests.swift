import IndexDesign
import Testing

@Suite struct IndexDefinitionParserTests {
  /// A short form and the statement that it means.
  static let forms: [(short: String, statement: String)] = [
    (
      "orders(customer_id, created_at desc)",
      "CREATE INDEX ON orders (customer_id, created_at DESC)"
    ),
    ("Orders ( ID )", "CREATE INDEX ON orders (id)"),
    ("public.orders(id)", "CREATE INDEX ON public.orders (id)"),
    (#""Order Lines"("Line No", "user")"#, #"CREATE INDEX ON "Order Lines" ("Line No", "user")"#),
    (#""a""b"("x""y")"#, #"CREATE INDEX ON "a""b" ("x""y")"#),
    ("t(a) using hash", "CREATE INDEX ON t USING hash (a)"),
    ("t(a) using btree", "CREATE INDEX ON t (a)"),
    ("t(a) include (b, C)", "CREATE INDEX ON t (a) INCLUDE (b, c)"),
    ("t(a) where b > 0", "CREATE INDEX ON t (a) WHERE b > 0"),
    ("t(a) where b in ('x', 'y;z') as n", "CREATE INDEX n ON t (a) WHERE b in ('x', 'y;z')"),
    (
      "t(a) where c < '2024-01-01'::timestamp with time zone unique",
      "CREATE UNIQUE INDEX ON t (a) WHERE c < '2024-01-01'::timestamp with time zone"
    ),
    ("t(a) with (fillfactor = 70)", "CREATE INDEX ON t (a) WITH (fillfactor = 70)"),
    (
      "t(a) with (fillfactor=70, deduplicate_items)",
      "CREATE INDEX ON t (a) WITH (fillfactor = 70, deduplicate_items)"
    ),
    ("t(a) unique", "CREATE UNIQUE INDEX ON t (a)"),
    ("t(a) unique nulls not distinct", "CREATE UNIQUE INDEX ON t (a) NULLS NOT DISTINCT"),
    ("t(a) nulls distinct unique", "CREATE UNIQUE INDEX ON t (a)"),
    ("t(a) tablespace fast as idx", "CREATE INDEX idx ON t (a) TABLESPACE fast"),
    ("t(a asc nulls first)", "CREATE INDEX ON t (a NULLS FIRST)"),
    ("t(a desc nulls last, b asc)", "CREATE INDEX ON t (a DESC NULLS LAST, b)"),
    (#"t(a collate "C" text_pattern_ops desc)"#, #"CREATE INDEX ON t (a COLLATE "C" text_pattern_ops DESC)"#),
    (
      #"t(a collate pg_catalog."de_DE" public.my_ops)"#,
      #"CREATE INDEX ON t (a COLLATE pg_catalog."de_DE" public.my_ops)"#
    ),
    (
      "t(a gist_trgm_ops(siglen=32)) using gist",
      "CREATE INDEX ON t USING gist (a gist_trgm_ops(siglen = 32))"
    ),
    ("t(lower(email))", "CREATE INDEX ON t (lower(email))"),
    (
      "t(pg_catalog.lower(email) text_pattern_ops)",
      "CREATE INDEX ON t (pg_catalog.lower(email) text_pattern_ops)"
    ),
    ("t(((a || b)))", "CREATE INDEX ON t (((a || b)))"),
    ("t((a || b), c)", "CREATE INDEX ON t ((a || b), c)"),
    ("t((a::text) desc)", "CREATE INDEX ON t ((a::text) DESC)"),
    ("t(coalesce(a, 0))", "CREATE INDEX ON t (coalesce(a, 0))"),
    ("t((lower(a)))", "CREATE INDEX ON t (lower(a))"),
    ("t((payload->>'k'))", "CREATE INDEX ON t ((payload->>'k'))"),
    ("t(a /* why */, b) -- done", "CREATE INDEX ON t (a, b)"),
    ("t((a -- plus\n + b))", "CREATE INDEX ON t ((a  \n + b))"),
    ("größe(länge)", #"CREATE INDEX ON "größe" ("länge")"#),
    ("t(nulls, first);", "CREATE INDEX ON t (nulls, first)"),
    ("t(a nulls first)", "CREATE INDEX ON t (a NULLS FIRST)"),
    (
      "t(a) using brin with (pages_per_range = 16, autosummarize = on)",
      "CREATE INDEX ON t USING brin (a) WITH (pages_per_range = 16, autosummarize = on)"
    ),
    (
      "t(a) where deleted_at is null include (b) as i using btree unique",
      "CREATE UNIQUE INDEX i ON t (a) INCLUDE (b) WHERE deleted_at is null"
    ),
  ]

  @Test(arguments: forms)
  func `a short form means one statement`(short: String, statement: String) throws {
    #expect(try IndexDefinitionParser.parseShortForm(short).definition.createStatement() == statement)
  }

  @Test(arguments: forms)
  func `what is written out is read back as the same definition`(short: String, statement: String) throws {
    let definition = try IndexDefinitionParser.parseShortForm(short).definition
    #expect(try IndexDefinitionParser.parseCreateIndex(statement).definition == definition)
    #expect(try IndexDefinitionParser.parseShortForm(definition.shortForm).definition == definition)
    let dressed = definition.createStatement(name: "n", concurrently: true, ifNotExists: true)
    var named = definition
    named.name = "n"
    #expect(try IndexDefinitionParser.parseCreateIndex(dressed + ";").definition == named)
  }
}
