import IndexDesign
import Terminal

/// Renders reports for a person: aligned tables, plan trees, sentences.
struct ScreenRenderer {
  /// The columns to fit into; nil when the output is no terminal.
  var width: Int?
  /// Whether rows are shown as records, one line a value.
  var expanded = false

  /// The lines of a report, without line feeds.
  func lines(_ report: Report) -> [StyledText] {
    var lines: [StyledText] = []
    var previous: Report.Block?
    for block in report.blocks {
      let rendered = self.lines(block)
      if !lines.isEmpty, !rendered.isEmpty, separates(previous, block) { lines.append(StyledText()) }
      lines += rendered
      previous = block
    }
    return lines
  }

  /// Sentences that follow one another stand close together; everything else gets air.
  private func separates(_ above: Report.Block?, _ below: Report.Block) -> Bool {
    if case .note = above, case .note = below { return false }
    return true
  }

  private func lines(_ block: Report.Block) -> [StyledText] {
    switch block {
    case .fields(let fields): heading(fields.title) + self.lines(fields)
    case .table(let table): self.lines(table)
    case .plan(let block) where block.isToldInWords: []
    case .plan(let block): heading(block.title) + PlanTree(width: width, isWhole: expanded).lines(block.plan)
    case .statement(_, let title, let sql):
      heading(title)
        + sql.split(separator: "\n", omittingEmptySubsequences: false).map { StyledText("  \($0)", .strong) }
    case .note(let note): width.map { self.line(note).folded(to: $0, indent: 4) } ?? [self.line(note)]
    }
  }

  private func heading(_ title: String?) -> [StyledText] { title.map { [StyledText($0, .heading)] } ?? [] }

  private func lines(_ fields: Report.Fields) -> [StyledText] {
    let widest = fields.values.map { DisplayWidth.of($0.name) }.max() ?? 0
    return fields.values.flatMap { field -> [StyledText] in
      let value = CellText.styled(field.value).lines
      let first =
        StyledText(DisplayWidth.padded(field.name, to: widest + 2), .dim)
        + (value.first ?? StyledText()) + (field.remark.map { StyledText("  \($0)", .dim) } ?? StyledText())
      let indent = StyledText(String(repeating: " ", count: widest + 2))
      return [first] + value.dropFirst().map { indent + $0 }
    }
  }

  private func lines(_ table: Report.Table) -> [StyledText] {
    if table.rows.isEmpty, let empty = table.whenEmpty { return [StyledText(empty, .dim)] }
    var text = TextTable(
      columns: table.columns.enumerated().map { index, column in
        TextTable.Column(
          column.name, column.isNumber ? .right : .left, shrinks: Self.shrinks(table.rows, index),
          wraps: Self.wraps(table.rows, index))
      })
    for row in table.rows { text.append(row.map(CellText.styled)) }
    return heading(table.title) + (expanded ? text.expandedLines(width: width) : text.lines(width: width))
  }

  /// Only SQL may be cut, which its handle shows whole.
  private static func shrinks(_ rows: [[Cell]], _ column: Int) -> Bool {
    rows.contains { if case .sql = $0[column] { true } else { false } }
  }

  /// Sentences and values go on in the next line: their ends matter.
  private static func wraps(_ rows: [[Cell]], _ column: Int) -> Bool {
    rows.contains {
      switch $0[column] {
      case .text, .value(_, isNumber: false): true
      default: false
      }
    }
  }

  private func line(_ note: Report.Note) -> StyledText {
    switch note.weight {
    case .information: StyledText(note.text)
    case .good: StyledText(note.text, .good)
    case .bad: StyledText(note.text, .bad)
    case .warning: StyledText("warning: ", .warning) + StyledText(note.text)
    case .hint: StyledText("hint: ", .dim) + StyledText(note.text)
    }
  }
}
