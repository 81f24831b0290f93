import Terminal

/// The form for a person's eyes: aligned tables or records, plan trees, sentences.
struct ScreenForm: ReportForm {
  let renderer: ScreenRenderer
  /// Whether the text has attributes.
  let colour: Bool
  private var previous: Report.Block?
  private var layout: TextTableLayout?
  private var plain: PlainRows?
  private var count = 0

  init(_ renderer: ScreenRenderer, colour: Bool) {
    (self.renderer, self.colour) = (renderer, colour)
  }

  mutating func begin(_ report: Report) -> String {
    previous = nil
    return ""
  }

  mutating func text(of block: Report.Block) -> String {
    let lines = renderer.lines(block, below: previous)
    if !lines.isEmpty { previous = block }
    return text(lines)
  }

  mutating func begin(_ rows: Report.Rows, _ batch: RowBatch) -> String {
    let columns = batch.columns.map {
      TextTable.Column($0.name, Report.Column($0).isNumber ? .right : .left, wraps: $0.kind == .text)
    }
    let layout = renderer.layout(columns, for: batch.cells.map { $0.map(CellText.styled) })
    self.layout = layout
    plain = PlainRows(layout, missing: CellText.styled(.missing), colour: colour)
    count = 0
    let space = previous == nil ? "" : "\n"
    previous = .rows(rows)
    return space + text(layout.head) + text(of: batch)
  }

  mutating func text(of batch: RowBatch) -> String {
    var text = ""
    text.reserveCapacity(batch.rows.count * 80)
    for row in batch.rows {
      count += 1
      if plain?.append(row, to: &text) == true { continue }
      let cells = zip(row, batch.columns).map { CellText.styled(Cell($0, $1.kind)) }
      text += self.text(layout?.lines(of: cells, number: count) ?? [])
    }
    return text
  }

  private func text(_ lines: [StyledText]) -> String {
    lines.map { $0.render(colour: colour) + "\n" }.joined()
  }
}
