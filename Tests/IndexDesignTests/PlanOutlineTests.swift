import IndexDesign
import Testing

@Suite struct PlanOutlineTests {
  @Test func `a tree is laid out line by line`() throws {
    let outline = try RealPlans.ordersOfOneCustomer.diff().after.outline
    #expect(
      outline.lines.map(\.node.title) == [
        "Nested Loop", "Seq Scan on customers", "Bitmap Heap Scan on orders", "Bitmap Index Scan on %1",
      ])
    #expect(outline.lines.map(\.depth) == [0, 1, 1, 2])
    #expect(outline.lines.map(\.siblingsFollow) == [[], [true], [false], [false, false]])
    let costs = outline.lines.map(\.ownCost.units)
    #expect(zip(costs, [0.2, 180, 73.25, 4.2]).allSatisfy { abs($0 - $1) < 0.001 })
    #expect(outline.lines.map(\.shareOfTotal) == costs.map { $0 / 257.65 })
    #expect(outline.costliest == outline.lines[1])
  }

  @Test func `a step under a limit counts as far as it is run`() throws {
    let outline = try RealPlans.newestOrders.diff().after.outline
    #expect(outline.lines.map(\.ownCost) == [.zero, PlannerCost(21.13)])
    #expect(outline.lines.map(\.shareOfTotal) == [0, 1])
  }

  @Test func `a plan that costs nothing has no costliest step`() {
    let outline = ExecutionPlan(root: PlanNode(nodeType: "Result")).outline
    #expect(outline.lines.map(\.shareOfTotal) == [0])
    #expect(outline.costliest == nil)
  }

  @Test func `the inner side of a nested loop counts as often as it runs`() {
    let inner = PlanNode.indexScan("lines", .real("lines_pkey"), by: "(a = b)", cost: 2)
    let loop = PlanNode.join("Nested Loop", .seqScan("orders", cost: 100, rows: 50), inner, cost: 210)
    #expect(ExecutionPlan(root: loop).outline.lines.map(\.ownCost.units) == [10, 100, 100])
    var kept = loop
    kept.children[1] = .over("Materialize", inner, cost: 3)
    kept.children[1].parentRelationship = "Inner"
    #expect(ExecutionPlan(root: kept).outline.lines.map(\.ownCost.units) == [107, 100, 1, 2])
  }

  @Test func `a limit stops all that flows and pays for all that must be whole`() {
    let inner = PlanNode.indexScan("lines", .real("lines_pkey"), by: "(a = b)", cost: 1)
    var loop = PlanNode.join("Nested Loop", .seqScan("orders", cost: 100, rows: 100), inner, cost: 200)
    #expect(
      ExecutionPlan(root: .over("Limit", loop, cost: 20)).outline.lines.map(\.ownCost.units) == [
        0, 0, 10, 10,
      ])
    loop.nodeType = "Hash Join"
    loop.startupCost = PlannerCost(50)
    loop.children[1].totalCost = PlannerCost(50)
    #expect(
      ExecutionPlan(root: .over("Limit", loop, cost: 80)).outline.lines.map(\.ownCost.units) == [
        0, 10, 20, 50,
      ])
  }

  private static func scan(
    _ filter: String, rows: Double, cost: Double, subplan: PlanNode = .seqScan("lines", cost: 10)
  ) -> PlanNode {
    var scan = PlanNode.seqScan("orders", cost: cost, rows: rows)
    scan.children = [subplan]
    scan.children[0].parentRelationship = "SubPlan"
    scan.children[0].subplanName = "SubPlan 1"
    scan.conditions = [PlanCondition(label: "Filter", text: filter)]
    return scan
  }

  @Test func `a subplan counts for each row, a hashed one once`() throws {
    var scan = Self.scan("", rows: 50, cost: 1000)
    scan.conditions = []
    #expect(ExecutionPlan(root: scan).outline.lines.map(\.ownCost.units) == [500, 500])
    let hashed = Self.scan("(NOT (hashed SubPlan 1))", rows: 50, cost: 1000)
    #expect(ExecutionPlan(root: hashed).outline.lines.map(\.ownCost.units) == [990, 10])
  }

  struct Tested {
    let filter: String
    let subplan: (startup: Double, total: Double, rows: Double)
    let cost: Double
    let out: Double
    /// As the table has them.
    let rows: Double
  }

  /// Plans of PostgreSQL 15, the last two in the words of 18.
  static let tested = [
    Tested(
      filter: "(o_totalprice > (SubPlan 1))", subplan: (15.53, 15.54, 1), cost: 11_681_193, out: 250_000,
      rows: 750_000),
    Tested(
      filter: "((c_acctbal > '100'::numeric) AND ((SubPlan 1) OR (c_acctbal > '9999'::numeric)))",
      subplan: (0.42, 4.44, 1), cost: 336_111.5, out: 33_758, rows: 75_000),
    Tested(
      filter: "((SubPlan 1) OR (c_acctbal > '9999'::numeric))", subplan: (0, 22_443, 750_000),
      cost: 911_927_924,
      out: 37_504, rows: 75_000),
    Tested(
      filter: "EXISTS(SubPlan 1)", subplan: (0, 22_443, 15), cost: 112_217_549, out: 37_500, rows: 75_000),
    Tested(
      filter: "(ANY (c_custkey = (SubPlan 1).col1))", subplan: (0, 100, 50), cost: 50_000, out: 500,
      rows: 1_000),
  ]

  @Test(arguments: tested)
  func `in a filter a subplan counts for each row that is tested`(_ tested: Tested) {
    var subplan = PlanNode.seqScan("lines", cost: tested.subplan.total, rows: tested.subplan.rows)
    subplan.startupCost = PlannerCost(tested.subplan.startup)
    let scan = Self.scan(tested.filter, rows: tested.out, cost: tested.cost, subplan: subplan)
    let loops = ExecutionPlan(root: scan).outline.lines[1].cost.loops
    #expect(abs(loops / tested.rows - 1) < 0.1, "\(loops)")
  }

  @Test func `of a filter over a step below the rows of that step are tested`() {
    var scan = Self.scan("(total > (SubPlan 1))", rows: 5, cost: 1000)
    scan.nodeType = "Subquery Scan"
    scan.relation = nil
    var below = PlanNode.seqScan("orders", cost: 100, rows: 60)
    below.parentRelationship = "Subquery"
    scan.children.insert(below, at: 0)
    #expect(ExecutionPlan(root: scan).outline.lines.map(\.cost.loops) == [1, 1, 60])
    scan.nodeType = "Aggregate"
    #expect(ExecutionPlan(root: scan).outline.lines.map(\.cost.loops) == [1, 1, 5])
  }

  @Test func `in the filter of a join a subplan counts for the rows that the cost pays for`() {
    // TPC-H's query 17 on PostgreSQL 15: of 600,572 rows ten meet their part.
    var join = Self.scan("", rows: 3, cost: 207_302, subplan: .seqScan("lines", cost: 18_774, rows: 1))
    (join.nodeType, join.relation) = ("Hash Join", nil)
    join.conditions = [
      PlanCondition(label: "Hash Cond", text: "(l_partkey = p_partkey)"),
      PlanCondition(label: "Join Filter", text: "(l_quantity < (SubPlan 1))"),
    ]
    for (place, rows) in [600_572.0, 20].enumerated() {
      var input = PlanNode.seqScan("t\(place)", cost: place == 0 ? 17_300 : 600, rows: rows)
      input.parentRelationship = place == 0 ? "Outer" : "Inner"
      join.children.insert(input, at: place)
    }
    let loops = ExecutionPlan(root: join).outline.lines.map(\.cost.loops)
    #expect(loops[..<3] == [1, 1, 1] && abs(loops[3] - 10.08) < 0.01)
    join.nodeType = "Nested Loop"
    join.conditions.remove(at: 0)
    join.children[1].totalCost = PlannerCost(0.1)
    // The inner side takes 60,057 of it.
    #expect(abs(ExecutionPlan(root: join).outline.lines[3].cost.loops - 6.92) < 0.01)
  }
}
