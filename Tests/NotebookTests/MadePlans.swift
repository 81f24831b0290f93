import IndexDesign
import Reports

@testable import Notebook

/// Plans as a server would make them for the orders of a shop.
enum MadePlans {
  static func step(
    _ type: String, cost: Double, rows: Double, width: Int = 42, _ below: [PlanNode] = [],
    _ change: (inout PlanNode) -> Void = { _ in }
  ) -> PlanNode {
    var node = PlanNode(nodeType: type)
    node.totalCost = PlannerCost(cost)
    node.planRows = rows
    node.planWidth = width
    node.children = below
    change(&node)
    return node
  }

  /// All of a table is read and sorted.
  static let slow = ExecutionPlan(
    root: step(
      "Limit", cost: 15_576.88, rows: 50,
      [
        step(
          "Gather Merge", cost: 15_662.1, rows: 834,
          [
            step(
              "Sort", cost: 14_566, rows: 417,
              [
                step("Seq Scan", cost: 14_547.33, rows: 417) {
                  $0.relation = "orders"
                  $0.isParallelAware = true
                }
              ])
          ])
      ]))

  /// The first entries of an index are the answer.
  static func fast(_ index: IndexReference) -> ExecutionPlan {
    ExecutionPlan(
      root: step(
        "Limit", cost: 21.9, rows: 50,
        [
          step("Index Scan", cost: 365.38, rows: 834) {
            $0.relation = "orders"
            $0.index = index
          }
        ]))
  }

  /// A join of so many tables that its picture is wider than any column of text.
  static func join(tables: Int) -> ExecutionPlan {
    var root = step("Seq Scan", cost: 100, rows: 1_000) { $0.relation = "facts_of_the_shop" }
    for number in 1...tables {
      let dimension = step("Seq Scan", cost: 40, rows: 2_000) { $0.relation = "dimension_table_\(number)" }
      let hash = step("Hash", cost: 45, rows: 2_000, [dimension])
      root = step("Hash Join", cost: 200 * Double(number), rows: 1_000 * Double(number), [root, hash])
    }
    return ExecutionPlan(root: root)
  }

  static let statement = Report.PlanBlock.Statement(
    title: "@customer_orders with $1 = 42",
    sql: "SELECT * FROM orders WHERE customer_id = $1 ORDER BY created_at DESC LIMIT 50")

  /// The blocks of a plan without and with a design.
  static let pair: [Report.Block] = [
    .plan(.init(name: "baseline", title: "Without designs", plan: slow, statement: statement)),
    .plan(
      .init(name: "plan", title: "With %1", plan: fast(.design(DesignHandle(1))), statement: statement)),
  ]
}
