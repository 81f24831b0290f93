import IndexDesign
import Testing

@Suite struct DesignUseTests {
  private let one = DesignHandle(1)

  @Test func `a design in use is told with the steps that read it`() throws {
    #expect(
      try RealPlans.bitmapOfTwo.diff().use(of: DesignHandle(2), schema: "public", table: "orders")
        == .used(by: ["Bitmap Index Scan on %2"]))
    #expect(
      try RealPlans.partitionedEvents.diff().use(of: one, schema: nil, table: "events")
        == .used(by: [
          "Index Scan using %1 on events_2024 events_1", "Index Scan using %1 on events_2025 events_2",
        ]))
  }

  @Test func `bitmap scans of several tables with one design have different titles`() {
    func scan(_ alias: String, bitmaps: Int) -> PlanNode {
      var heap = PlanNode.seqScan("orders", cost: 90)
      (heap.nodeType, heap.alias) = ("Bitmap Heap Scan", alias)
      var index = PlanNode(nodeType: "Bitmap Index Scan")
      index.index = .design(one)
      var either = PlanNode(nodeType: "BitmapOr")
      either.children = Array(repeating: index, count: bitmaps)
      heap.children = bitmaps == 1 ? [index] : [either]
      return heap
    }
    let both = ExecutionPlan(
      root: .join("Hash Join", scan("a", bitmaps: 1), scan("b", bitmaps: 2), cost: 300))
    #expect(
      both.use(of: one, schema: nil, table: "orders")
        == .used(by: ["Bitmap Heap Scan on orders a using %1", "Bitmap Heap Scan on orders b using %1"]))
  }

  @Test func `a design that loses is told with what beat it`() throws {
    #expect(
      try RealPlans.correlatedSubplan.diff().use(of: DesignHandle(9), schema: "public", table: "orders")
        == .beaten(by: "Bitmap Heap Scan on orders o using %1", cost: PlannerCost(77.45)))
    #expect(
      try RealPlans.neighbours.diff().before.use(of: one, schema: nil, table: "orders")
        == .beaten(by: "Seq Scan on orders b", cost: PlannerCost(3471)))
  }

  @Test func `partitions count for their table`() throws {
    let plan = try RealPlans.partitionedEvents.diff().before
    #expect(plan.use(of: one, schema: nil, table: "events") == .tableNotRead)
    #expect(
      plan.use(of: one, schema: nil, table: "events", partitions: ["events_2024", "events_2025"])
        == .beaten(by: "Seq Scan on events_2024 events_1", cost: PlannerCost(564.44)))
  }

  @Test func `a table of another schema is not the design's`() {
    var scan = PlanNode.seqScan("orders", cost: 5)
    scan.schema = "archive"
    let plan = ExecutionPlan(root: scan)
    #expect(plan.use(of: one, schema: "public", table: "orders") == .tableNotRead)
    #expect(
      plan.use(of: one, schema: "archive", table: "orders")
        == .beaten(by: "Seq Scan on orders", cost: PlannerCost(5)))
  }

  @Test func `of tables with one name, that of the design's schema has its own scan`() {
    func scan(_ alias: String, in schema: String?, cost: Double) -> PlanNode {
      var scan = PlanNode.seqScan("orders", cost: cost)
      (scan.alias, scan.schema) = (alias, schema)
      return scan
    }
    func plan(_ first: PlanNode, _ second: PlanNode) -> ExecutionPlan {
      ExecutionPlan(root: .join("Hash Join", first, second, cost: 300))
    }
    let chosen = plan(scan("a", in: nil, cost: 9), scan("b", in: nil, cost: 5))
    let telling = plan(scan("b", in: "public", cost: 7), scan("a", in: "archive", cost: 70))
    func title(_ schema: String, by other: ExecutionPlan) -> String? {
      chosen.title(reading: RelationName(schema: schema, name: "orders"), knownBy: other)
    }
    #expect(title("public", by: telling) == "Seq Scan on orders b")
    #expect(title("archive", by: telling) == "Seq Scan on orders a")
    #expect(title("other", by: telling) == nil)
    let same = plan(scan("a", in: "public", cost: 7), scan("b", in: "public", cost: 7))
    #expect(title("public", by: same) == nil)
  }

  @Test func `a table that is only written is not read`() throws {
    let plan = try RealPlans.mergedIntoCustomers.diff().after
    #expect(plan.use(of: DesignHandle(5), schema: nil, table: "order_lines") == .tableNotRead)
  }
}
