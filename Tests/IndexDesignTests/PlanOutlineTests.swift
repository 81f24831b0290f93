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
}
