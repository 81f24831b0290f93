import IndexDesign
import Reports
import Testing

@testable import Notebook

/// What a reader gets of a notebook.
@Suite struct NotebookDocumentTests {
  private static let language = NotebookLanguage(
    runsToSemicolon: { _ in false }, effects: { _ in .looks }, goesToFile: { _ in false },
    isSQL: { _ in false })

  @Test func `a plan brings its statement and the designs that were defined above it`() throws {
    var scan = PlanNode(nodeType: "Index Scan")
    scan.index = .design(DesignHandle(8))
    let plan = Report.Block.plan(
      .init(
        name: "plan", title: "Plan", plan: ExecutionPlan(root: scan),
        statement: .init(title: "@q", sql: "SELECT 1")))
    let added = Report.Block.fields(
      .init(
        name: "design", values: [.init("design", .handle("%8")), .init("definition", .sql("orders(id)"))]))
    func recorded(_ report: Report) -> String {
      TranscriptForm.lines(of: report).map { "| \($0)\n" }.joined()
    }
    let text =
      "add\n\(recorded(Report("add", [added])))diff\n\(recorded(Report("diff", [plan])))"
      + "again SELECT 1\n\(recorded(Report("diff", [plan])))"
    let notebook = try Notebook(bytes: Array(text.utf8), language: Self.language)
    let steps = NotebookDocument(notebook).parts.compactMap { part in
      if case .step(let step) = part { step.results.map(\.blocks) } else { nil }
    }
    let designs = Report.Block.table(
      .init(
        name: "designs", columns: [.init("design"), .init("definition")],
        rows: [[.handle("%8"), .sql("orders(id)")]]))
    #expect(
      steps == [
        [[added]],
        [
          [
            .note(.init(weight: .information, text: "@q")),
            .statement(name: "statement", title: "Statement", sql: "SELECT 1"), plan, designs,
          ]
        ], [[plan, designs]],
      ])
  }
}
