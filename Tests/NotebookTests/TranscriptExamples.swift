import IndexDesign
import Reports

@testable import Notebook

/// Values that several tests of the transcript form share.
enum TranscriptExamples {
  /// A plan of four steps.
  static var plan: Report.PlanBlock {
    var scan = step("Index Scan", 0, 13552.88, 417)
    scan.relation = "orders"
    scan.schema = "public"
    scan.alias = "o"
    scan.index = .design(.init(1))
    scan.scanDirection = "Backward"
    scan.parentRelationship = "Outer"
    scan.isParallelAware = true
    scan.conditions = [
      .init(label: "Index Cond", text: "(customer_id = 42)"),
      .init(label: "Filter", text: "(note <> '\n'::text)"),
    ]
    scan.extras = [.init(name: "Cache Key", value: .string("o.customer_id"))]
    var sort = step("Sort", 13571.02, 13572.06, 417)
    sort.parentRelationship = "Outer"
    sort.output = ["id", "created_at"]
    sort.sortKeys = ["created_at DESC"]
    sort.children = [scan]
    var gather = step("Gather Merge", 14571.04, 15662.1, 834)
    gather.parentRelationship = "Outer"
    gather.plannedWorkers = 2
    gather.children = [sort]
    var root = step("Limit", 14571.04, 14576.88, 50)
    root.children = [gather]
    let jit = JSONValue.object([
      ("Functions", .number(5)), ("Options", .object([("Inlining", .bool(false))])),
    ])
    return Report.PlanBlock(
      name: "plan", title: "Plan",
      plan: ExecutionPlan(
        root: root,
        settings: [.init(name: "work_mem", value: "64MB"), .init(name: "my.setting", value: "")],
        extras: [.init(name: "JIT", value: jit)]),
      statement: .init(title: "@1 with $1 = 42", sql: "SELECT * FROM orders LIMIT 50"))
  }

  /// A step of that kind with its estimates, 42 bytes wide.
  static func step(_ type: String, _ startup: Double, _ total: Double, _ rows: Double) -> PlanNode {
    var node = PlanNode(nodeType: type)
    node.startupCost = .init(startup)
    node.totalCost = .init(total)
    node.planRows = rows
    node.planWidth = 42
    return node
  }
}
