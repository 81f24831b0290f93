/// The form for browsers: one self-contained page for all reports that come.
struct HTMLForm: ReportForm {
  private let title: String
  private let blocks = HTMLBlocks()
  private var isBegun = false
  private var report = Report("")

  init(title: String) { self.title = title }

  mutating func begin(_ report: Report) -> String {
    self.report = report
    let article = Markup.open("article", ["class": report.kind]) + .line
    guard !isBegun else { return article.source }
    isBegun = true
    return (HTMLPage.head(title: title) + article).source
  }

  func text(of block: Report.Block) -> String { blocks.markup(of: block, in: report).source }

  func begin(_ rows: Report.Rows, _ batch: RowBatch) -> String {
    blocks.head(nil, batch.columns.map(Report.Column.init)).source + text(of: batch)
  }

  func text(of batch: RowBatch) -> String { blocks.rows(batch.cells).source }

  func endRows() -> String { blocks.foot.source }

  func end() -> String { (Markup.close("article") + .line).source }

  func finish() -> String { isBegun ? HTMLPage.foot.source : "" }
}
