import IndexDesign
import Testing

@Suite struct IndexDefinitionHypotheticalTests {
  private func index(_ text: String) throws -> IndexDefinition {
    try IndexDefinitionParser.parseShortForm(text).definition
  }

  @Test(arguments: ["btree", "hash", "brin", "bloom"])
  func `what HypoPG knows can be hypothetical`(method: String) throws {
    let definition = try index("t(a) using \(method)")
    #expect(definition.hypotheticalObstacle == nil)
  }

  @Test(arguments: ["gin", "gist", "spgist", "hnsw"])
  func `other access methods cannot be hypothetical`(method: String) throws {
    let definition = try index("t(a) using \(method)")
    #expect(
      definition.hypotheticalObstacle
        == "an index with access method \"\(method)\" cannot be hypothetical: HypoPG knows btree, hash, brin and bloom"
    )
  }

  @Test(arguments: [
    ("t(a)", "CREATE INDEX ON t (a)", []),
    ("t(a) unique where b > 0", "CREATE UNIQUE INDEX ON t (a) WHERE b > 0", []),
    ("t(a) with (fillfactor = 70)", "CREATE INDEX ON t (a) WITH (fillfactor = 70)", []),
    (
      "t(a) with (deduplicate_items = off, fillfactor = 70)", "CREATE INDEX ON t (a) WITH (fillfactor = 70)",
      ["the storage parameter deduplicate_items"]
    ),
    (
      "t(a) using brin with (pages_per_range = 8, autosummarize)",
      "CREATE INDEX ON t USING brin (a) WITH (pages_per_range = 8)", ["the storage parameter autosummarize"]
    ),
    (
      "t(a int4_minmax_multi_ops(values_per_range = 16)) using brin as i tablespace fast",
      "CREATE INDEX ON t USING brin (a int4_minmax_multi_ops)",
      ["the name i", "the options of operator class int4_minmax_multi_ops", "the tablespace fast"]
    ),
    ("t(a) unique nulls not distinct", "CREATE UNIQUE INDEX ON t (a)", ["NULLS NOT DISTINCT"]),
  ])
  func `HypoPG gets what it honours, and the rest is named`(text: String, statement: String, parts: [String])
    throws
  {
    let definition = try index(text)
    #expect(definition.hypotheticalStatement == statement)
    #expect(definition.partsIgnoredByHypoPG == parts)
  }

  @Test func `only on the parent means nothing to HypoPG`() throws {
    let definition = try IndexDefinitionParser.parseCreateIndex("create index on only t (a)").definition
    #expect(definition.hypotheticalStatement == "CREATE INDEX ON t (a)")
    #expect(definition.partsIgnoredByHypoPG == ["ON ONLY"])
  }
}
