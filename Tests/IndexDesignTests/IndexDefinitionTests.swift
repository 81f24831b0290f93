import IndexDesign
import Testing

@Suite struct IndexDefinitionTests {
  @Test func `the statement names the index as it is asked to`() {
    let definition = IndexDefinition(
      name: "own", table: RelationName(schema: "public", name: "orders"),
      keys: [IndexKey(.column("customer_id")), IndexKey(.column("created_at"), isDescending: true)])
    #expect(
      definition.createStatement(name: "Given", concurrently: true, ifNotExists: true)
        == "CREATE INDEX CONCURRENTLY IF NOT EXISTS \"Given\" ON public.orders (customer_id, created_at DESC)"
    )
    #expect(
      definition.createStatement() == "CREATE INDEX own ON public.orders (customer_id, created_at DESC)")
    #expect(definition.shortForm == "public.orders(customer_id, created_at desc) as own")
  }

  @Test func `a statement holds every part`() throws {
    let text = """
      CREATE UNIQUE INDEX i ON ONLY s.t USING btree (a COLLATE "C" text_ops DESC NULLS LAST, (b || c)) \
      INCLUDE (d) NULLS NOT DISTINCT WITH (fillfactor = 70) TABLESPACE fast WHERE d > 0
      """
    let definition = try IndexDefinitionParser.parseCreateIndex(text).definition
    #expect(
      definition
        == IndexDefinition(
          name: "i", table: RelationName(schema: "s", name: "t"), isUnique: true,
          keys: [
            IndexKey(
              .column("a"), collation: RelationName(name: "C"), operatorClass: RelationName(name: "text_ops"),
              isDescending: true, nullsFirst: false),
            IndexKey(.expression("b || c")),
          ], includedColumns: ["d"], nullsNotDistinct: true,
          storageParameters: [StorageParameter(name: "fillfactor", value: "70")], tablespace: "fast",
          predicate: "d > 0", onlyParent: true))
    #expect(definition.createStatement() == text.replacing(" USING btree", with: ""))
    #expect(
      definition.shortForm
        == #"s.t(a collate "C" text_ops desc nulls last, (b || c)) unique nulls not distinct include (d) "#
        + "with (fillfactor = 70) tablespace fast as i where d > 0")
  }
}
