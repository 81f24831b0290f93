import IndexDesign
import Testing

@testable import Reports

/// What a file gets beside the report itself.
@Suite struct ReportStandingAloneTests {
  private let statement = Report.PlanBlock.Statement(
    title: "@1 with $1 = 42", sql: "SELECT 7 % $1\nFROM \"a\nb\"")
  private let definitions = [DesignHandle(1): "orders(id)", DesignHandle(8): "\"a\nb\"(\"c\"\"d\")"]

  private func plan(reading design: Int? = nil, title: String = "Plan") -> Report.Block {
    var scan = PlanNode(nodeType: "Index Scan")
    scan.index = design.map { .design(DesignHandle($0)) }
    return .plan(.init(name: "plan", title: title, plan: ExecutionPlan(root: scan), statement: statement))
  }

  private func alone(_ report: Report, below command: String = "") -> [Report.Block] {
    report.standingAlone(below: command) { definitions[$0] }.blocks
  }

  private func table(_ name: String, _ rows: [(String, String)]) -> Report.Block {
    .table(
      .init(
        name: name, columns: [.init("design"), .init("definition")],
        rows: rows.map { [.handle($0.0), .sql($0.1)] }))
  }

  private let title = Report.Block.note(.init(weight: .information, text: "@1 with $1 = 42"))
  private var sql: Report.Block { .statement(name: "statement", title: "Statement", sql: statement.sql) }

  @Test func `it gets the statement and the designs that plans, titles, values and sentences name`() {
    #expect(
      alone(Report("x", [plan(reading: 8)])) == [
        title, sql, plan(reading: 8), table("designs", [("%8", definitions[DesignHandle(8)] ?? "")]),
      ])
    #expect(
      alone(Report("x", [plan(title: "With %1")])) == [
        title, sql, plan(title: "With %1"), table("designs", [("%1", "orders(id)")]),
      ])
    let note = Report.Block.note(.init(weight: .good, text: "better, through %8, 12 % less; %9 is unknown"))
    #expect(
      alone(Report("x", [note])) == [note, table("designs", [("%8", definitions[DesignHandle(8)] ?? "")])])
    let values = Report.Block.fields(
      .init(name: "f", values: [.init("a", .handle("%1")), .init("b", .sql("SELECT 5 %8"))]))
    #expect(alone(Report("x", [values])) == [values, table("designs", [("%1", "orders(id)")])])
  }

  @Test func `what it says already is not said again`() {
    let heading = Report.Block.note(
      .init(weight: .information, text: "@1 with $1 = 42, estimated; not executed"))
    let own = table("designs", [("%1", "orders(id)")])
    #expect(
      alone(Report("x", [heading, sql, plan(reading: 1), own])) == [heading, sql, plan(reading: 1), own])
    #expect(alone(Report("x", [heading, plan(reading: 1), own])) == [heading, sql, plan(reading: 1), own])
    #expect(
      alone(Report("x", [plan(reading: 8), own]))
        == [
          title, sql, plan(reading: 8), own,
          table("definitions", [("%8", definitions[DesignHandle(8)] ?? "")]),
        ])
    #expect(alone(Report("x", [plan()]), below: "explain \(statement.sql);") == [plan()])
    let one = Report.Block.fields(
      .init(
        name: "design", values: [.init("design", .handle("%1")), .init("definition", .sql("orders(id)"))]))
    #expect(alone(Report("x", [one])) == [one])
  }

  @Test func `designs that it is about are defined though it does not name them`() {
    var report = Report("x")
    report.designs = [DesignHandle(1)]
    #expect(alone(report) == [table("designs", [("%1", "orders(id)")])])
    #expect(alone(Report("x")) == [])
  }

  @Test func `a file of comma-separated values holds them in columns of their own`() throws {
    let report = Report("x", [plan(reading: 8)]).standingAlone { definitions[$0] }
    var text = ""
    let writer = ReportWriter(CSVForm(isFile: true)) { _, _ in "" }
    try writer.write(report) { text += $0 }
    #expect(
      text == #"""
        plan,level,node,relation,index,cost,rows,width,definition,query,statement
        plan,0,Index Scan using %8,,%8,0,0,0,"""a
        b""(""c""""d"")",@1 with $1 = 42,"SELECT 7 % $1
        FROM ""a
        b"""

        """#)
  }

  @Test func `a picture has the definitions below its legend`() throws {
    let report = Report("x", [plan(reading: 1)]).standingAlone { definitions[$0] }
    let picture = try #require(PlanPicture.svg(of: report)).source
    #expect(picture.contains(">%1  orders(id)</text>"), "\(picture)")
    #expect(picture.contains("<title>%1 is orders(id)</title>"))
  }
}
