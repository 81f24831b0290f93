import IndexDesign
import Testing

@Suite struct IndexComparisonTests {
  private func index(_ text: String) throws -> IndexDefinition {
    try text.lowercased().hasPrefix("create")
      ? IndexDefinitionParser.parseCreateIndex(text).definition
      : IndexDefinitionParser.parseShortForm(text).definition
  }

  /// What is typed, and what `pg_get_indexdef` of PostgreSQL 15 says of it.
  @Test(arguments: [
    ("public.t(a)", "CREATE INDEX t_a_idx ON public.t USING btree (a)"),
    ("public.t(A ASC NULLS LAST, b desc nulls first)", "CREATE INDEX i ON public.t USING btree (a, b DESC)"),
    ("public.t(b text_ops)", "CREATE INDEX i ON public.t USING btree (b)"),
    (#"public.t(b collate pg_catalog."default")"#, "CREATE INDEX i ON public.t USING btree (b)"),
    ("public.t(LOWER( v ))", "CREATE INDEX i ON public.t USING btree (lower((v)::text))"),
    ("public.t((pg_catalog.lower(v)))", "CREATE INDEX i ON public.t USING btree (lower((v)::text))"),
    ("public.t((a))", "CREATE INDEX i ON public.t USING btree (a)"),
    ("public.t((a+1))", "CREATE INDEX i ON public.t USING btree (((a + 1)))"),
    (
      "public.t(a) where v in ('a','b') and a between -1 and 5 and b like 'x%'",
      "CREATE INDEX i ON public.t USING btree (a) WHERE (((v)::text = ANY ((ARRAY['a'::character varying, "
        + "'b'::character varying])::text[])) AND ((a >= '-1'::integer) AND (a <= 5)) AND (b ~~ 'x%'::text))"
    ),
    (
      "public.t(a) where x <> -1.5", "CREATE INDEX i ON public.t USING btree (a) WHERE (x <> '-1.5'::numeric)"
    ),
    ("public.t(a) where x != 5", "CREATE INDEX i ON public.t USING btree (a) WHERE (x <> (5)::numeric)"),
    (
      "public.t(a) where deleted_at IS NULL",
      "CREATE INDEX i ON public.t USING btree (a) WHERE (deleted_at IS NULL)"
    ),
    ("public.t(a) with (fillfactor=70)", "CREATE INDEX i ON public.t USING btree (a) WITH (fillfactor='70')"),
    (
      "public.t(a) with (deduplicate_items=off)",
      "CREATE INDEX i ON public.t USING btree (a) WITH (deduplicate_items='false')"
    ),
    ("public.t(a) as other tablespace fast", "CREATE INDEX i ON ONLY public.t USING btree (a)"),
    (
      "public.t(a) where not (a = 1 or (a = 2 or a = 3))",
      "CREATE INDEX i ON public.t USING btree (a) WHERE (NOT ((a = 1) OR (a = 2) OR (a = 3)))"
    ),
    (
      "public.t(a) where total > 100 and total < 1e3",
      "CREATE INDEX i ON public.t USING btree (a) WHERE ((total > (100)::numeric) AND (total < '1000'::numeric))"
    ),
    (
      "public.t(a) where status not in ('a','b') or note not like 'x%' or note ilike 'y%'",
      "CREATE INDEX i ON public.t USING btree (a) WHERE ((status <> ALL (ARRAY['a'::text, 'b'::text])) OR "
        + "(note !~~ 'x%'::text) OR (note ~~* 'y%'::text))"
    ),
    (
      "public.t(substring(note from 1 for 3), extract(year from c))",
      "CREATE INDEX i ON public.t USING btree (SUBSTRING(note FROM 1 FOR 3), EXTRACT(year FROM c))"
    ),
    ("public.t(cast(id as text))", "CREATE INDEX i ON public.t USING btree (((id)::text))"),
  ])
  func `the server's spelling of a definition is the same index`(typed: String, stored: String) throws {
    #expect(IndexComparison.isSame(try index(typed), try index(stored)))
    #expect(IndexComparison.isSame(try index(stored), try index(typed)))
    #expect(try IndexComparison.covers(index(stored), index(typed)))
  }

  @Test(arguments: [
    ("t(a)", "t(b)"), ("t(a)", "u(a)"), ("t(a)", "public.t(a)"), ("t(a)", "t(a desc)"),
    ("t(a)", "t(a nulls first)"), ("t(a)", "t(a) using hash"), ("t(a)", "t(a) unique"),
    ("t(a) unique", "t(a) unique nulls not distinct"), ("t(a)", "t(a) include (b)"),
    ("t(a)", "t(a) where b > 0"), ("t(a) where b > 0", "t(a) where b > -1"),
    ("t(a) where b > -2", "t(a) where b > -1"), ("t(a)", "t(a text_pattern_ops)"),
    ("t(a)", #"t(a collate "C")"#), ("t(a, b)", "t(b, a)"), ("t(lower(a))", "t(upper(a))"),
    ("t((a ->> 'x'))", "t(((a ->> 'x')::int))"), ("t(a) with (fillfactor=70)", "t(a)"),
    ("t(a gist_trgm_ops(siglen=32)) using gist", "t(a gist_trgm_ops(siglen=64)) using gist"),
    ("t(a) where b = 'x'", "t(a) where b = 'X'"), (#"t("A")"#, "t(a)"),
    ("t(a) where a < '1'::int", "t(a) where a < '1'::date"),
    ("t(a) where a in (1, 2)", "t(a) where a not in (1, 2)"), ("t(a)", "t((a::text))"),
    ("t((a))", "t((a::text))"),
  ])
  func `every other difference makes another index`(one: String, other: String) throws {
    #expect(try !IndexComparison.isSame(index(one), index(other)))
    #expect(try !IndexComparison.isSame(index(other), index(one)))
  }

  @Test(arguments: [
    ("t(a, b)", "t(a)"), ("t(a, b)", "t(a, b)"), ("t(a, b)", "t(a) include (b)"),
    ("t(a) include (b, c)", "t(a) include (c)"), ("t(a) unique", "t(a)"),
    ("t(a, b desc) where c > 0", "t(a) where (c > 0)"), ("t(lower(a), b)", "t((lower(a)))"),
    ("t(a) using hash", "t(a) using hash"), ("t(a) with (fillfactor = 70)", "t(a)"),
  ])
  func `an index with all that a design has makes it redundant`(existing: String, design: String) throws {
    #expect(try IndexComparison.covers(index(existing), index(design)))
  }

  @Test(arguments: [
    ("t(a, b)", "t(b)"), ("t(a)", "t(a, b)"), ("t(a, b)", "t(a) unique"), ("t(a)", "t(a) include (b)"),
    ("t(a desc, b)", "t(a)"), ("t(a) where c > 0", "t(a)"), ("t(a)", "t(a) where c > 0"),
    ("t(a) using brin", "t(a)"), ("t(a, b)", "u(a)"), ("t(a text_pattern_ops)", "t(a)"),
    (#"t(a collate "C")"#, "t(a)"), ("t(lower(a))", "t(lower(b))"), ("t((a::text), b)", "t(a)"),
  ])
  func `an index that lacks something does not cover a design`(existing: String, design: String) throws {
    #expect(try !IndexComparison.covers(index(existing), index(design)))
  }

  @Test(arguments: [
    ("t(a text_ops)", "t(a)"), (#"t(a collate "default")"#, "t(a)"),
    ("t(a public.text_pattern_ops)", "t(a text_pattern_ops)"),
  ])
  func `names that the catalog has resolved all count`(one: String, other: String) throws {
    #expect(try IndexComparison.isSame(index(one), index(other)))
    #expect(try !IndexComparison.isSame(index(one), index(other), names: .resolved))
    #expect(try !IndexComparison.covers(index(one), index(other), names: .resolved))
    #expect(try IndexComparison.isSame(index(one), index(one), names: .resolved))
  }
}
