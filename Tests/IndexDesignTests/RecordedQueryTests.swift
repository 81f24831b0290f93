import IndexDesign
import Testing

@Suite struct RecordedQueryTests {
  static let statement = "select * from orders where id = 7 and note = 'Ann''s'"
  static let plan = PlanDocument(
    text: """
      [{"Plan": {"Node Type": "Index Scan", "Index Name": "<13526>btree_orders_2", "Alias": "o1",
        "Total Cost": 8.30, "Index Cond": "(id = 7)", "Filter": "(note = 'Ann''s \\"x\\"'::text)",
        "Output": ["c1", "lower(c2, 3)"]}, "Settings": {"work_mem": "64MB"}}]
      """, designs: ["<13526>btree_orders_2": DesignHandle(1)])

  @Test func `without leave nothing of the values is kept, and the plan can still be read`() throws {
    let query = RecordedQuery(of: Self.statement, planBefore: Self.plan, keepsLiterals: false)
    #expect(query.text == "select * from orders where id = $1 and note = $2")
    #expect(query.values == nil)
    #expect(query.statement == query.text)
    #expect(
      query.planBefore?.text == """
        [{"Plan": {"Node Type": "Index Scan", "Index Name": "<13526>btree_orders_2", "Alias": "o1",
          "Total Cost": 8.30, "Index Cond": "(id = ?)", "Filter": "(note = ?::text)",
          "Output": ["c1", "lower(c2, ?)"]}, "Settings": {"work_mem": "64MB"}}]
        """)
    let plan = try #require(try query.planBefore?.plan())
    #expect(plan.usedDesigns == [DesignHandle(1)])
    #expect(plan.totalCost == PlannerCost(8.3))
  }

  @Test func `with leave the plan is byte by byte the server's and the statement can be had again`() {
    let query = RecordedQuery(of: Self.statement, planBefore: Self.plan, keepsLiterals: true)
    #expect(query.text == "select * from orders where id = $1 and note = $2")
    #expect(query.values == ["7", "'Ann''s'"])
    #expect(query.planBefore == Self.plan)
    #expect(query.statement == Self.statement)
  }

  @Test func `a parameter without a value stays one`() {
    let query = RecordedQuery(of: "select $1, 5", planBefore: nil, keepsLiterals: true)
    #expect(query.statement == "select ($1), 5")
    #expect(RecordedQuery(text: "select $1").statement == "select $1")
  }
}
