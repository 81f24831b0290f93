import Foundation
import IndexDesign
import Terminal
import TestSupport
import Testing

@testable import Reports

@Suite struct PlanPictureTests {
  private static let statement = Report.PlanBlock.Statement(title: "@q", sql: "select * from orders")

  private func block(_ name: String, _ title: String, _ plan: ExecutionPlan) -> Report.PlanBlock {
    .init(name: name, title: title, plan: plan, statement: Self.statement)
  }

  private static func node(_ type: String, _ cost: Double, _ rows: Double, _ children: [PlanNode] = [])
    -> PlanNode
  {
    var node = PlanNode(nodeType: type)
    node.totalCost = PlannerCost(cost)
    node.planRows = rows
    node.children = children
    return node
  }

  private static func scan(_ type: String, _ index: IndexReference?, _ cost: Double) -> PlanNode {
    var scan = node(type, cost, 10)
    scan.relation = "orders"
    scan.alias = "orders"
    scan.index = index
    return scan
  }

  @Test func `a report without a plan has no picture`() {
    #expect(PlanPicture.svg(of: .message("status", "ok")) == nil)
  }

  @Test func `a pair is drawn with its verdict and what changed`() throws {
    let before = ExecutionPlan(root: Self.node("Sort", 110, 10, [Self.scan("Seq Scan", nil, 100)]))
    let after = ExecutionPlan(root: Self.scan("Index Scan", .design(DesignHandle(1)), 8))
    var report = Report(
      "diff", [.plan(block("baseline", "Without designs", before)), .plan(block("plan", "With %1", after))])
    report.note(.good, "better: <much>")
    report.note(.hint, "promote %1")
    let svg = try #require(PlanPicture.svg(of: report)).source
    #expect(svg.hasPrefix("<svg xmlns=\"http://www.w3.org/2000/svg\""))
    let read = try XMLReading(svg)
    #expect(
      read.texts(of: "text") == [
        "@q", "select * from orders", "better: <much>", "Without designs", "cost 110.0, 10 rows, estimated",
        "10 rows", "Sort", "cost 110.0", "own 9 %", "gone", "Seq Scan", "orders", "cost 100.0", "own 91 %",
        "costliest", "changed", "With %1", "cost 8.00, 10 rows, estimated, −92.7 %", "Index Scan", "orders",
        "using %1", "cost 8.00", "own 100 %", "changed", "the step's own share of the cost",
        "rows to the step above, thicker for more", "%n", "a hypothetical index", "done in another way",
        "only in one of the plans",
      ])
  }

  @Test func `a picture stands alone and beside others on a page`() throws {
    let figure = PlanPicture.figure(of: [
      block("plan", "Plan", ExecutionPlan(root: Self.scan("Seq Scan", nil, 1)))
    ]).source
    let read = try XMLReading("<body>\(figure)\(figure)</body>")
    #expect(read.elements["svg"] == 2)
    #expect(
      Set(read.elements.keys).isSubset(of: [
        "body", "svg", "title", "desc", "style", "rect", "text", "path", "g",
      ]))
    #expect(Set(read.attributes.keys).isDisjoint(with: ["id", "href", "src", "onload", "onclick"]))
    #expect(!figure.contains("url(") && !figure.contains("@import"))
    #expect(figure.contains("role=\"img\"") && figure.contains("prefers-color-scheme:dark"))
  }

  @Test func `no text can break out of the picture`() throws {
    let hostile = MarkupTests.hostile + "\n表 👍"
    var scan = Self.scan("Seq Scan", .real(hostile), 1)
    scan.relation = hostile
    scan.alias = hostile
    scan.conditions = [PlanCondition(label: hostile, text: hostile)]
    scan.subplanName = hostile
    var report = Report(
      "explain",
      [
        .plan(
          .init(
            name: "plan", title: hostile, plan: ExecutionPlan(root: scan),
            statement: .init(title: hostile, sql: hostile)))
      ])
    report.note(.bad, hostile)
    let read = try XMLReading(#require(PlanPicture.svg(of: report)).source)
    #expect(Set(read.elements.keys) == ["svg", "title", "desc", "style", "rect", "text", "path", "g"])
    #expect(
      Set(read.attributes.keys) == [
        "xmlns", "class", "role", "viewBox", "width", "height", "style", "x", "y", "rx", "text-anchor", "d",
        "stroke-width",
      ])
    #expect(
      read.texts(of: "title").prefix(2) == ["Plan of \(MarkupTests.shown)\n表 👍", "\(MarkupTests.shown)\n表 👍"])
  }

  @Test func `scans of many partitions are one box`() {
    var append = Self.node("Append", 500, 500)
    for number in 1...50 {
      var scan = Self.scan("Seq Scan", nil, 10)
      scan.relation = "events_\(number)"
      scan.alias = "events_\(number)_1"
      append.children.append(scan)
    }
    append.children[6].nodeType = "Index Scan"
    let step = PlanPictureStep(ExecutionPlan(root: append), marks: [5: .changed])
    #expect(step.children.map(\.count) == [49, 1])
    #expect(step.children.map(\.kind) == ["Seq Scan", "Index Scan"])
    #expect(step.children[0].object == "49 partitions, events_1 … events_50")
    #expect(step.children.map(\.rows) == [490, 10])
    #expect(step.children.map(\.mark) == [.changed, nil])
    #expect(step.subtree.map(\.isCostliest) == [false, true, false])
    append.nodeType = "BitmapOr"
    #expect(PlanPictureStep(ExecutionPlan(root: append)).children.count == 50)
  }

  @Test func `arrows grow with the logarithm of rows`() {
    #expect(
      [0, 1, 1_000, 1e12, .infinity].map(PlanPicturePanel.thickness) == [1.5, 1.5, 1.5 + 1.2 * 3, 9, 1.5])
  }

  @Test func `texts are measured generously and cut to fit`() {
    for font in [PictureFont.title, .heading, .name, .body, .small, .code] {
      #expect(font.width(of: "WWWWWWWWWW") > 6 * font.size)
      let cut = font.cut("Index Cond: (orders.customer_id = customers.id)", to: 100)
      #expect(cut.hasSuffix("…") && font.width(of: cut) <= 100)
      #expect(font.width(of: "表表") == 2.7 * font.size)
    }
  }

  @Test func `a plan that is told in words is for pictures and JSON only`() {
    var plan = block("plan", "Plan", ExecutionPlan(root: Self.scan("Seq Scan", nil, 1)))
    plan.isToldInWords = true
    var report = Report("diff", [.plan(plan)])
    report.note(.good, "better")
    #expect(ScreenRenderer(width: nil).lines(report).map(\.text) == ["better"])
    #expect(JSONRenderer.text(report).hasPrefix(#"{"kind":"diff","plan":{"node":"Seq Scan""#))
    #expect(PlanPicture.svg(of: report) != nil)
  }
}
