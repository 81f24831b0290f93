import Foundation
import IndexDesign
import Testing

@testable import Reports

@Suite struct JSONRendererTests {
  private func parsed(_ report: Report) throws -> NSDictionary {
    let text = JSONRenderer.text(report)
    #expect(!text.contains("\n"))
    let object = try JSONSerialization.jsonObject(with: Data(text.utf8))
    return try #require(object as? NSDictionary, "\(text)")
  }

  @Test func `each kind of cell is exact`() {
    let cells: [(Cell, String)] = [
      (.missing, "null"), (.text("a"), "\"a\""), (.identifier("orders"), "\"orders\""),
      (.sql("select\n1"), "\"select\\n1\""), (.integer(.min), "-9223372036854775808"),
      (.number(0.1), "0.1"), (.cost(PlannerCost(24_218.35)), "24218.35"), (.rows(20_000), "20000"),
      (.bytes(.max), "9223372036854775807"), (.milliseconds(1.25), "1.25"), (.share(-0.5), "-0.5"),
      (.handle("@1"), "\"@1\""), (.outcome(.lookYourself), "\"check yourself\""), (.boolean(true), "true"),
      (.timestamp("2026-01-01T00:00:00Z"), "\"2026-01-01T00:00:00Z\""),
      (.value("1.50", isNumber: true), "1.50"), (.value("1.50", isNumber: false), "\"1.50\""),
      (.value("NaN", isNumber: true), "\"NaN\""), (.value("-Infinity", isNumber: true), "\"-Infinity\""),
      (.number(.nan), "null"), (.number(.infinity), "null"), (.number(1e300), "1e+300"), (.number(-0.0), "0"),
    ]
    for (cell, text) in cells {
      var json = JSONWriter()
      json.write(cell)
      #expect(json.take() == text)
    }
  }

  @Test func `every character survives`() throws {
    var text = "\"\\/ 表 👍 \u{2028}\u{FEFF}\u{202E}\u{85}"
    for scalar in (0...0x7F).compactMap(Unicode.Scalar.init) { text.unicodeScalars.append(scalar) }
    #expect(
      try parsed(.message("k", text)) == ["kind": "k", "notes": [["weight": "information", "text": text]]])
  }

  @Test func `a report of every block is one object`() throws {
    var root = PlanNode(nodeType: "Sort")
    root.totalCost = PlannerCost(2.5)
    root.planRows = 10
    root.sortKeys = ["a DESC"]
    var scan = PlanNode(nodeType: "Index Scan")
    scan.relation = "orders"
    scan.alias = "o"
    scan.index = .design(DesignHandle(1))
    scan.conditions = [PlanCondition(label: "Index Cond", text: "(a = \"b\")")]
    root.children = [scan]
    let report = Report(
      "all",
      [
        .fields(
          .init(
            name: "f", title: "F", values: [.init("a b", .integer(1), remark: "r"), .init("c", .missing)])),
        .table(
          .init(name: "t", title: nil, columns: [.init("x"), .init("y")], rows: [[.text("1"), .rows(2)]])),
        .table(.init(name: "empty", title: nil, columns: [.init("x")], rows: [], whenEmpty: "nothing")),
        .plan(.init(name: "plan", title: "Plan", plan: ExecutionPlan(root: root))),
        .statement(name: "statement", title: "S", sql: "select 1;"),
        .note(.init(weight: .hint, text: "do")),
      ])
    #expect(
      try parsed(report) == [
        "kind": "all", "f": ["a b": 1, "c": NSNull(), "remarks": ["a b": "r"]], "t": [["x": "1", "y": 2]],
        "empty": [],
        "plan": [
          "node": "Sort", "title": "Sort", "startup_cost": 0, "total_cost": 2.5, "rows": 10, "width": 0,
          "sort_key": ["a DESC"],
          "children": [
            [
              "node": "Index Scan", "title": scan.title, "relation": "orders", "alias": "o", "index": "%1",
              "startup_cost": 0, "total_cost": 0, "rows": 0, "width": 0,
              "conditions": ["Index Cond": "(a = \"b\")"],
            ]
          ],
        ],
        "statement": "select 1;", "notes": [["weight": "hint", "text": "do"]],
      ])
  }

  @Test func `a plan holds all that EXPLAIN said, and what repeats and is shared`() throws {
    let text = """
      [{"Plan": {"Node Type": "Gather", "Total Cost": 1000, "Plan Rows": 9, "Workers Planned": 2, "Single Copy": false,
      "Plans": [{"Node Type": "Nested Loop", "Parent Relationship": "Outer", "Total Cost": 320, "Plan Rows": 4,
      "Inner Unique": true, "Plans": [
      {"Node Type": "Seq Scan", "Parent Relationship": "Outer", "Relation Name": "a", "Schema": "s",
      "Output": ["x"], "Total Cost": 20, "Plan Rows": 100, "Disabled": true},
      {"Node Type": "Aggregate", "Strategy": "Mixed", "Parent Relationship": "Inner", "Total Cost": 3, "Plan Rows": 1,
      "Grouping Sets": [{"Hash Keys": [["g"]]}, {"Group Keys": [[]]}], "Planned Partitions": 0}]}]},
      "Settings": {"work_mem": "1MB"}, "JIT": {"Functions": 5}}]
      """
    let plan = try ExecutionPlan(explainJSON: text)
    func step(_ node: String, _ title: String, _ cost: Double, _ rows: Int, _ more: [String: Any]) -> [String:
      Any]
    {
      ["node": node, "title": title, "startup_cost": 0, "total_cost": cost, "rows": rows, "width": 0].merging(
        more
      ) {
        $1
      }
    }
    let scan = step(
      "Seq Scan", "Seq Scan on a", 20, 100,
      ["schema": "s", "relation": "a", "output": ["x"], "per_worker": true, "facts": ["Disabled": true]])
    let sets = step(
      "Aggregate", "MixedAggregate", 3, 1,
      [
        "per_worker": true, "loops": 100, "cost_of_all_loops": 300,
        "facts": ["Grouping Sets": [["Hash Keys": [["g"]]], ["Group Keys": [[Any]()]]]],
      ])
    let loop = step(
      "Nested Loop", "Nested Loop", 320, 4,
      ["per_worker": true, "facts": ["Inner Unique": true], "children": [scan, sets]])
    let gather = step(
      "Gather", "Gather", 1000, 9,
      [
        "workers_planned": 2, "children": [loop], "settings": ["work_mem": "1MB"],
        "facts_of_plan": ["JIT": ["Functions": 5]],
      ])
    let object = try parsed(Report("explain", [.plan(.init(name: "plan", title: "Plan", plan: plan))]))
    #expect(object == ["kind": "explain", "plan": gather])
  }

  @Test func `columns of the same name are told apart`() throws {
    let report = Report(
      "sql",
      [
        .table(
          .init(
            name: "rows", title: nil, columns: [.init("a"), .init("a"), .init("a_2")],
            rows: [[.integer(1), .integer(2), .integer(3)]]))
      ])
    #expect(try parsed(report) == ["kind": "sql", "rows": [["a": 1, "a_2": 2, "a_2_2": 3]]])
  }
}
