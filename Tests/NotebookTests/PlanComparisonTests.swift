import IndexDesign
import Reports
import Testing

@testable import Notebook

@Suite struct PlanComparisonTests {
  private let block = TranscriptExamples.plan

  private func differences(_ change: (inout Report.PlanBlock) -> Void) -> [String] {
    var changed = block
    change(&changed)
    return TranscriptComparison().differences(
      recorded: TranscriptLine.lines(of: Report("explain", [.plan(block)])),
      came: [.report(Report("explain", [.plan(changed)]))]
    ).map(\.description)
  }

  private func step(_ change: (inout PlanNode) -> Void) -> [String] {
    differences { change(&$0.plan.root.children[0].children[0].children[0]) }
  }

  @Test func `estimates may differ by their tolerance`() {
    #expect(step { $0.totalCost = .init($0.totalCost.units * 1.0099) } == [])
    #expect(step { $0.startupCost = .init(0.1) } == [])
    #expect(step { $0.planRows = 420 } == [])
    #expect(step { $0.planWidth = 46 } == [])
    #expect(
      step {
        $0.startupCost = .init(0.2)
        $0.totalCost = .init(15_000)
        $0.planRows = 500
        $0.planWidth = 47
      } == [
        "plan step 4 Index Scan: startup cost: recorded 0, came 0.2 (+0.2, recorded as zero)",
        "plan step 4 Index Scan: cost: recorded 13552.88, came 15000 (+11 %, tolerance 1 %)",
        "plan step 4 Index Scan: rows: recorded 417, came 500 (+20 %, tolerance 1 %)",
        "plan step 4 Index Scan: width: recorded 42, came 47 (+12 %, tolerance 10 %)",
      ])
  }

  @Test func `what a step does must be the same`() {
    #expect(
      step {
        $0.index = .real("orders_idx2")
        $0.alias = nil
        $0.scanDirection = "Forward"
        $0.isParallelAware = false
        $0.plannedWorkers = 1
        $0.conditions[0].text = "(customer_id = 43)"
        $0.extras[0].value = .number(1)
      } == [
        "plan step 4 Index Scan: alias: recorded o, came - (not the same)",
        "plan step 4 Index Scan: direction: recorded Backward, came Forward (not the same)",
        "plan step 4 Index Scan: index: recorded %1, came orders_idx2 (another index)",
        "plan step 4 Index Scan: workers: recorded -, came 1 (another type of value)",
        "plan step 4 Index Scan: parallel: recorded yes, came no (not the same)",
        "plan step 4 Index Scan: Index Cond: recorded (customer_id = 42), came (customer_id = 43) (not the same)",
        "plan step 4 Index Scan: Cache Key: recorded \"o.customer_id\", came 1 (not the same)",
      ])
  }

  @Test func `another step is one difference`() {
    #expect(
      step {
        $0.nodeType = "Seq Scan"
        $0.index = nil
        $0.planRows = 5
        $0.conditions.removeFirst()
      } == [
        "plan step 4 Index Scan: recorded Parallel Index Scan Backward using %1 on orders o, came Parallel Seq Scan on orders o "
          + "(another step)", "plan step 4 Index Scan: Index Cond: missing: Index Cond: `(customer_id = 42)`",
      ])
  }

  @Test func `a step more does not make those below it differ`() {
    #expect(
      differences { block in
        var more = TranscriptExamples.step("Materialize", 1, 2, 3)
        more.children = block.plan.root.children
        block.plan.root.children = [more]
      } == ["plan step 2 Materialize: additional: -> Materialize  cost=1..2 rows=3 width=42"])
    #expect(
      differences { $0.plan.root.children = $0.plan.root.children[0].children } == [
        "plan step 2 Gather Merge: missing: "
          + "-> Gather Merge  cost=14571.04..15662.1 rows=834 width=42 parent=Outer workers=2"
      ])
  }

  @Test func `a step at another place of the tree is told`() {
    #expect(
      differences { block in
        let scan = block.plan.root.children[0].children[0].children.removeFirst()
        block.plan.root.children[0].children.append(scan)
      } == ["plan step 4 Index Scan: depth: recorded 3, came 2 (another place in the tree)"])
  }

  @Test func `settings, facts and the statement must be the same, titles in their words`() {
    #expect(
      differences {
        $0.title = "Plan 2"
        $0.statement = .init(title: "@1 with $1 = 43", sql: "SELECT 1")
        $0.isToldInWords = true
        $0.plan.settings[0].value = "4MB"
        $0.plan.settings.removeLast()
        $0.plan.extras[0].value = .bool(true)
        $0.plan.root.children[0].children[0].sortKeys = ["id", "b"]
      } == [
        "plan: title: recorded \"Plan\", came \"Plan 2\" (other words)",
        "plan: sql: recorded `SELECT * FROM orders LIMIT 50`, came `SELECT 1` (not the same)",
        "plan step 3 Sort: Sort Key: recorded created_at DESC, came id, b (not the same)",
        "plan: work_mem: recorded 64MB, came 4MB (not the same)",
        "plan: my.setting: missing: setting \"my.setting\" = \"\"",
        "plan: JIT: recorded {\"Functions\": 5, \"Options\": {\"Inlining\": false}}, came true (not the same)",
      ])
  }

  @Test func `a plan behind a wildcard is compared too`() throws {
    let report = Report("explain", [.plan(block)])
    let sort = TranscriptForm.lines(of: report)[4]
    #expect(sort.hasPrefix("      -> Sort "))
    let same = try TranscriptReader.lines(["...", sort, "..."])
    #expect(TranscriptComparison().differences(recorded: same, came: [.report(report)]) == [])
    let other = try TranscriptReader.lines(["...", sort.replacing("417", with: "900"), "..."])
    #expect(
      TranscriptComparison().differences(recorded: other, came: [.report(report)]).map(\.description) == [
        "plan step 3 Sort: rows: recorded 900, came 417 (-54 %, tolerance 1 %)"
      ])
  }

  @Test func `many lines are compared in one pass`() {
    func table(_ rows: [Int]) -> [TranscriptLine] {
      [
        .kind("a"), .table(.init(name: "t", title: nil, whenEmpty: nil, columns: [.init("n"), .init("m")])),
      ] + rows.map { .row([.integer(Int64($0)), .text("x")]) }
    }
    let old = Array(0..<3_000)
    var new = old
    new.remove(at: 10)
    new.insert(-1, at: 2_000)
    new[2_500] = -2
    #expect(
      TranscriptComparison().differences(recorded: table(old), came: table(new)).map(\.description) == [
        "t row 11: missing: 10  \"x\"", "t row 2001: additional: -1  \"x\"",
        "t row 2501: n: recorded 2500, came -2 (-2502, must be the same)",
      ])
  }
}
