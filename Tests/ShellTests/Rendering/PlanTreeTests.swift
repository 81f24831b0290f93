import IndexDesign
import Terminal
import Testing

@testable import Shell

@Suite struct PlanTreeTests {
  /// Limit over Sort over a scan that costs nearly all, with a second child for the lines between.
  static let plan: ExecutionPlan = {
    func node(_ type: String, _ cost: Double, _ rows: Double, _ children: [PlanNode] = []) -> PlanNode {
      var node = PlanNode(nodeType: type)
      node.totalCost = PlannerCost(cost)
      node.planRows = rows
      node.children = children
      return node
    }
    var scan = node("Seq Scan", 24_200, 1_000_000)
    scan.relation = "orders"
    scan.alias = "orders"
    scan.conditions = [PlanCondition(label: "Filter", text: "(customer_id = 42)")]
    var sort = node("Sort", 24_210.5, 50, [scan])
    sort.sortKeys = ["created_at DESC", "id"]
    var aggregate = node("Result", 0.01, 1)
    aggregate.conditions = [PlanCondition(label: "One-Time Filter", text: "true")]
    var append = node("Append", 24_218.35, 51, [sort, aggregate])
    append.groupKeys = ["a"]
    return ExecutionPlan(root: append)
  }()

  private func text(_ width: Int?) -> String {
    PlanTree(width: width).lines(Self.plan).map(\.text).joined(separator: "\n")
  }

  @Test(arguments: [nil, 120] as [Int?])
  func `a wide plan shows everything`(width: Int?) {
    #expect(
      text(width) == """
        Append                    cost 24,218  rows        51
             Group Key: a
        ├─ Sort                   cost 24,211  rows        50
        │       Sort Key: created_at DESC, id
        │  └─ Seq Scan on orders  cost 24,200  rows 1,000,000  ◀ 99.9 %
        │          Filter: (customer_id = 42)
        └─ Result                 cost   0.01  rows         1
                One-Time Filter: true
        """)
  }

  @Test func `a narrow plan cuts words and never numbers`() {
    #expect(
      text(44) == """
        Append                cost 24,218  rows        51
             Group Key: a
        ├─ Sort               cost 24,211  rows        50
        │       Sort Key: created_at DESC, id
        │  └─ Seq Scan on o…  cost 24,200  rows 1,000,000
        │          Filter: (customer_id = 42)
        └─ Result             cost   0.01  rows         1
                One-Time Filter: true
        """)
  }

  @Test func `the smallest screen keeps the figures whole`() {
    #expect(
      text(20) == """
        Append                cost 24,218  rows        51
             Group Key: a
        ├─ Sort               cost 24,211  rows        50
        │       Sort Key: c…
        │  └─ Seq Scan on o…  cost 24,200  rows 1,000,000
        │          Filter: …
        └─ Result             cost   0.01  rows         1
                One-Time Fi…
        """)
  }

  @Test func `a plan of one node has nothing that stands out`() {
    let plan = ExecutionPlan(root: PlanNode(nodeType: "Result"))
    #expect(PlanTree(width: nil).lines(plan).map(\.text) == ["Result                cost 0.00  rows 0"])
  }
}
