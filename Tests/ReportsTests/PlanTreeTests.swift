import IndexDesign
import Terminal
import Testing

@testable import Reports

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

  private func text(_ width: Int?, _ plan: ExecutionPlan = plan) -> String {
    PlanTree(width: width).lines(plan).map(\.text).joined(separator: "\n")
  }

  @Test(arguments: [nil, 120] as [Int?])
  func `a wide plan shows everything`(width: Int?) {
    #expect(
      text(width) == """
                                    cost       rows  width  own share
        Append                    24,218         51      0
        │   Group Key: a
        ├─ Sort                   24,211         50      0
        │  │   Sort Key: created_at DESC, id
        │  └─ Seq Scan on orders  24,200  1,000,000      0  ████████ 100 % ◀
        │         Filter: (customer_id = 42)
        └─ Result                   0.01          1      0
               One-Time Filter: true
        """)
  }

  @Test func `a smaller screen has no bars`() {
    #expect(
      text(60) == """
                                    cost       rows  width  own
        Append                    24,218         51      0
        │   Group Key: a
        ├─ Sort                   24,211         50      0
        │  │   Sort Key: created_at DESC, id
        │  └─ Seq Scan on orders  24,200  1,000,000      0  100 % ◀
        │         Filter: (customer_id = 42)
        └─ Result                   0.01          1      0
               One-Time Filter: true
        """)
  }

  @Test func `a narrow plan folds words and never cuts numbers`() {
    #expect(
      text(44) == """
                                    cost  own
        Append                    24,218
        │   Group Key: a
        ├─ Sort                   24,211
        │  │   Sort Key: created_at DESC, id
        │  └─ Seq Scan on orders  24,200  100 % ◀
        │         Filter: (customer_id = 42)
        └─ Result                   0.01
               One-Time Filter: true
        """)
    #expect(
      text(30) == """
                         cost  own
        Append         24,218
        │   Group Key: a
        ├─ Sort        24,211
        │  │   Sort Key: created_at
        │  │     DESC, id
        │  └─ Seq      24,200  100 % ◀
        │         Scan on orders
        │         Filter: (customer_id
        │           = 42)
        └─ Result        0.01
               One-Time Filter: true
        """)
  }

  @Test func `the smallest screen keeps costs whole`() {
    #expect(
      text(20) == """
                        cost
        Append        24,218
        │   Group Key: a
        ├─ Sort       24,211
        │  │   Sort Key:
        │  │     created_at
        │  │     DESC, id
        │  └─ Seq     24,200
        │         Scan on
        │         orders
        │         Filter:
        │           (custome
        │           r_id = …
        └─ Result       0.01
               One-Time
                 Filter:
                 true
        … stands for the
          rest of a
          condition; set
          expanded on shows
          it
        """)
  }

  @Test func `a plan of one node has nothing that stands out`() {
    let plan = ExecutionPlan(root: PlanNode(nodeType: "Result"))
    #expect(
      text(nil, plan) == """
                  cost  rows  width  own share
        Result    0.00     0      0
        """)
  }

  @Test func `no line is wider than the screen`() {
    var deep = Self.plan.root
    for _ in 0..<30 {
      var node = PlanNode(nodeType: "Subquery Scan")
      node.totalCost = PlannerCost(1_234_567)
      node.alias = "a_name_that_is_wider_than_any_small_screen_表"
      node.children = [deep]
      deep = node
    }
    for width in 20...130 {
      for line in PlanTree(width: width).lines(ExecutionPlan(root: deep)) {
        #expect(line.width <= width, "\(width): \(line)")
      }
    }
  }

  @Test func `a long condition is cut on a small screen, and whole where asked for`() {
    var node = PlanNode(nodeType: "Seq Scan")
    node.relation = "t"
    node.conditions = [
      PlanCondition(
        label: "Filter",
        text: "(a = ANY ('{\((1...60).map(String.init).joined(separator: ","))}'::integer[]))")
    ]
    let plan = ExecutionPlan(root: node)
    #expect(
      text(50, plan) == """
                       cost  rows  width  own share
        Seq Scan on t  0.00     0      0
            Filter: (a = ANY ('{1,2,3,4,5,6,7,8,9,10,11,
              12,13,14,15,16,17,18,19,20,21,22,23,24,25,
              26,27,28,29,30,31,32,33,34,35,36,37,38,39,4…
        … stands for the rest of a condition; set expanded
          on shows it
        """)
    let whole = PlanTree(width: 50, isWhole: true).lines(plan).dropFirst(2).map(\.text).joined()
    #expect(whole.filter { $0 != " " } == "Filter:\(node.conditions[0].text)".filter { $0 != " " })
  }

  @Test func `designs, subplans, workers and settings are named`() {
    var scan = PlanNode(nodeType: "Index Scan")
    scan.relation = "orders"
    scan.index = .design(DesignHandle(1))
    scan.totalCost = PlannerCost(8)
    scan.parentRelationship = "InitPlan"
    scan.subplanName = "CTE recent"
    scan.extras = [
      PlanFact(name: "Cache Key", value: .string("a.id")),
      PlanFact(name: "Planned Partitions", value: .number(0)),
      PlanFact(name: "Inner Unique", value: .bool(true)),
    ]
    var gather = PlanNode(nodeType: "Gather")
    gather.totalCost = PlannerCost(10)
    gather.plannedWorkers = 2
    gather.children = [scan]
    let plan = ExecutionPlan(root: gather, settings: [PlanSetting(name: "work_mem", value: "1MB")])
    #expect(
      text(nil, plan) == """
                                                       cost  rows  width  own share
        Gather                                        10.00     0      0  █▋        20 %
        │   Workers Planned: 2 (rows below are per worker)
        └─ CTE recent: Index Scan using %1 on orders   8.00     0      0  ██████▍   80 % ◀
               Cache Key: a.id
        Settings: work_mem = 1MB
        """)
    let line = PlanTree(width: nil).lines(plan)[3]
    #expect(line.runs.filter { $0.style == .accent }.map(\.text) == ["%1"])
    #expect(line.runs.filter { $0.style == .strong }.map(\.text).contains("Index Scan using "))
  }

  @Test func `what is repeated shows its loops and what they cost`() {
    var inner = PlanNode(nodeType: "Index Scan")
    inner.relation = "orders"
    inner.totalCost = PlannerCost(8)
    inner.parentRelationship = "Inner"
    var outer = PlanNode(nodeType: "Seq Scan")
    outer.relation = "customers"
    outer.totalCost = PlannerCost(100)
    outer.planRows = 1500
    outer.parentRelationship = "Outer"
    var loop = PlanNode(nodeType: "Nested Loop")
    loop.totalCost = PlannerCost(12_200)
    loop.children = [outer, inner]
    #expect(
      text(nil, ExecutionPlan(root: loop)) == """
                                    cost   rows  width  own share
        Nested Loop               12,200      0      0  ▏          1 %
        ├─ Seq Scan on customers   100.0  1,500      0  ▏          1 %
        └─ Index Scan on orders     8.00      0      0  ███████▉  98 % ◀
               Loops: 1,500, cost in all of them 12,000
        """)
  }

  @Test func `with VERBOSE a plan shows schemas and columns, and what holds for all of it`() {
    var scan = PlanNode(nodeType: "Seq Scan")
    scan.relation = "orders"
    scan.schema = "shop"
    scan.output = ["id", "total"]
    let facts = [
      PlanFact(name: "JIT", value: .object([("Functions", .number(2))])),
      PlanFact(name: "Query Identifier", value: .number(42)),
    ]
    #expect(
      text(nil, ExecutionPlan(root: scan, extras: facts)) == """
                                 cost  rows  width  own share
        Seq Scan on shop.orders  0.00     0      0
            Output: id, total
        JIT: 2 functions
        Query Identifier: 42
        """)
  }

  @Test func `names with line breaks and controls cannot break a tree`() {
    var scan = PlanNode(nodeType: "Index Scan")
    scan.relation = "new\nline"
    scan.alias = "a\u{1B}[2J"
    scan.index = .real("x\r\ny")
    scan.subplanName = "CTE a\nb"
    #expect(
      text(nil, ExecutionPlan(root: scan)) == #"""
                                                                       cost  rows  width  own share
        CTE a\nb: Index Scan using "x\r\ny" on "new\nline" "a\x1B[2J"  0.00     0      0
        """#)
  }

  @Test func `text from the server cannot command the terminal`() {
    var node = PlanNode(nodeType: "Seq Scan")
    node.relation = "t"
    node.conditions = [PlanCondition(label: "Filter", text: "(a = '\u{1B}[31m\n')")]
    for width in [nil, 40] as [Int?] {
      let lines = PlanTree(width: width).lines(ExecutionPlan(root: node))
      #expect(lines.last?.text == #"    Filter: (a = '\x1B[31m\n')"#)
    }
  }
}
