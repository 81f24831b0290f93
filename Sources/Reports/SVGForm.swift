/// The form for pictures: the plans of all reports in one drawing.
struct SVGForm: ReportForm {
  private var drawn = Report("plans")

  mutating func begin(_ report: Report) -> String {
    drawn.blocks += report.blocks
    return ""
  }

  mutating func text(of block: Report.Block) -> String { "" }
  mutating func begin(_ rows: Report.Rows, _ batch: RowBatch) -> String { "" }
  mutating func text(of batch: RowBatch) -> String { "" }

  mutating func finish() throws -> String {
    guard let picture = PlanPicture.svg(of: drawn) else {
      throw FileForm.svg.failure(drawn, "the result has no plan, and a .svg file is the picture of one")
    }
    return picture.source
  }
}
