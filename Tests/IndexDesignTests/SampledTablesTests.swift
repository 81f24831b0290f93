import Testing

@testable import IndexDesign

@Suite struct SampledTablesTests {
  private static let sample = " TABLESAMPLE BERNOULLI (100)"

  @Test(arguments: [
    ("select * from a", "select * from a#"),
    ("select * from a, s.b as x where 1 = 1", "select * from a#, s.b as x# where 1 = 1"),
    (
      "select * from \"A b\" z (k, l) join only c on true;",
      "select * from \"A b\" z (k, l)# join only c# on true;"
    ),
    (
      "with w as (select * from a) select * from w where exists (select from b where b.x = w.x) union select 1 from c",
      "with w as (select * from a#) select * from w where exists (select from b# where b.x = w.x) union select 1 from c#"
    ),
    (
      "update t set x = 1 from a join b using (id) where t.id = a.id",
      "update t set x = 1 from a# join b# using (id) where t.id = a.id"
    ),
    ("delete from t using a where t.id = $1", "delete from t using a# where t.id = $1"),
    ("insert into t select * from t as u", "insert into t select * from t as u#"),
    ("select 'ä' from a -- end\n for update of a", "select 'ä' from a# -- end\n for update of a"),
    ("select * from a tablesample system (1), b", "select * from a tablesample system (1), b#"),
    ("select * from only (a), b *, c, f(1) d", "select * from only (a), b *, c#, f(1) d"),
    ("select * from cat.s.a", "select * from cat.s.a#"),
  ])
  func `every table by its name can be a sample, behind its alias`(statement: String, sampled: String) throws
  {
    let tables = try #require(SampledTables(in: statement))
    #expect(
      tables.statement(sampling: Set(tables.places.indices)) == sampled.replacing("#", with: Self.sample))
    #expect(tables.statement(sampling: []) == statement)
  }

  @Test func `what cannot be parsed has none`() {
    #expect(SampledTables(in: "select * frm a") == nil)
  }

  private static func scan(_ table: String, _ type: String = "Seq Scan") -> PlanNode {
    var scan = PlanNode(nodeType: type)
    (scan.relation, scan.schema, scan.alias) = (table, "public", table)
    return scan
  }

  private static func plan(_ nodes: PlanNode...) -> ExecutionPlan {
    var root = PlanNode(nodeType: "Nested Loop")
    root.children = nodes
    return ExecutionPlan(root: root)
  }

  private static func choices(_ statement: String, _ plan: ExecutionPlan) throws -> SeqScanChoices {
    SeqScanChoices(
      try #require(SampledTables(in: statement)), RelationName(schema: "public", name: "o"), in: plan,
      chosen: plan)
  }

  @Test func `each other table is read in both ways`() throws {
    let plan = Self.plan(Self.scan("a"), Self.scan("o"), Self.scan("b"))
    let choices = try Self.choices("select 1 from a, o, b", plan)
    #expect(
      choices.statements
        == [
          "select 1 from a, o, b", "select 1 from a#, o, b", "select 1 from a, o, b#",
          "select 1 from a#, o, b#",
        ].map { $0.replacing("#", with: Self.sample) })
    #expect(choices.areAll(with: [plan]))
    var gather = PlanNode(nodeType: "Gather")
    gather.plannedWorkers = 2
    #expect(!choices.areAll(with: [plan, ExecutionPlan(root: gather)]))
  }

  @Test func `a table that is there twice is left each time, and the only table needs no sample`() throws {
    let twice = Self.plan(Self.scan("o"), Self.scan("o"))
    #expect(
      try Self.choices("select 1 from o a, o b", twice).statements
        == [
          "select 1 from o a, o b", "select 1 from o a, o b#", "select 1 from o a#, o b",
        ].map { $0.replacing("#", with: Self.sample) })
    let alone = try Self.choices("select 1 from o", Self.plan(Self.scan("o")))
    #expect(alone.statements == ["select 1 from o"])
    #expect(alone.areAll(with: []))
    let target = try Self.choices("update o set x = 1 from a", Self.plan(Self.scan("o"), Self.scan("a")))
    #expect(target.statements == ["update o set x = 1 from a", "update o set x = 1 from a" + Self.sample])
    #expect(target.areAll(with: []))
  }

  @Test func `tables of a view cannot be freed, and many tables are not tried in all ways`() throws {
    let view = try Self.choices("select 1 from v, o", Self.plan(Self.scan("o"), Self.scan("inside")))
    #expect(view.statements == ["select 1 from v, o"] && !view.areAll(with: []))
    let many = Self.plan(
      Self.scan("a"), Self.scan("b", "Index Scan"), Self.scan("c"), Self.scan("d", "Index Scan"),
      Self.scan("e", "Index Scan"), Self.scan("o"))
    let choices = try Self.choices("select 1 from o, a, b, c, d, e", many)
    #expect(
      choices.statements
        == [
          "o, a#, b, c#, d, e", "o, a#, b#, c#, d#, e#", "o, a, b, c#, d, e", "o, a#, b#, c#, d, e",
          "o, a#, b, c, d, e", "o, a#, b, c#, d#, e", "o, a#, b, c#, d, e#",
        ].map { "select 1 from " + $0.replacing("#", with: Self.sample) })
    #expect(!choices.areAll(with: []))
  }
}
