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

  @Test func `a subplan counts for each row, a hashed one once`() {
    var scan = PlanNode.seqScan("orders", cost: 1000, rows: 50)
    scan.children = [.seqScan("lines", cost: 10)]
    scan.children[0].parentRelationship = "SubPlan"
    scan.children[0].subplanName = "SubPlan 1"
    #expect(ExecutionPlan(root: scan).outline.lines.map(\.ownCost.units) == [500, 500])
    scan.conditions = [PlanCondition(label: "Filter", text: "(NOT (hashed SubPlan 1))")]
    #expect(ExecutionPlan(root: scan).outline.lines.map(\.ownCost.units) == [990, 10])
  }
}
