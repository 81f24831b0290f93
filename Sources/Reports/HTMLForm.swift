/// The form for browsers: one self-contained page for all reports that come.
struct HTMLForm: ReportForm {
  private let title: String
  private var blocks: HTMLBlocks?
  private var report = Report("")

  init(title: String) { self.title = title }

  mutating func begin(_ report: Report) throws -> String {
    self.report = report
    let article = "<article class=\"\(report.kind)\">\n"
    guard blocks == nil else { return article }
    blocks = try HTMLBlocks()
    return try HTMLPage.head(title: title) + article
  }

  mutating func text(of block: Report.Block) -> String { blocks?.text(of: block, in: report) ?? "" }

  mutating func begin(_ rows: Report.Rows, _ batch: RowBatch) -> String {
    (blocks?.head(nil, batch.columns.map(Report.Column.init)) ?? "") + text(of: batch)
  }

  mutating func text(of batch: RowBatch) -> String { blocks?.rows(batch.cells) ?? "" }

  mutating func endRows() -> String { blocks?.foot ?? "" }

  mutating func end() -> String { "</article>\n" }

  mutating func finish() -> String { blocks == nil ? "" : HTMLPage.foot }
}
