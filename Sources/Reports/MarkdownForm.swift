import IndexDesign
import Terminal

/// The form for tickets and notebooks: Markdown as GitHub renders it.
struct MarkdownForm: ReportForm {
  private var isFirst = true

  mutating func text(of block: Report.Block) -> String {
    switch block {
    case .fields(let fields):
      let hasRemarks = fields.values.contains { $0.remark != nil }
      let columns = [Report.Column(""), .init("")] + (hasRemarks ? [.init("")] : [])
      return part(
        fields.title,
        Self.head(columns)
          + fields.values.map { field in
            Self.line(
              [MarkdownText.prose(field.name), MarkdownText.of(field.value)]
                + (hasRemarks ? [field.remark.map(MarkdownText.prose) ?? ""] : []))
          }.joined())
    case .table(let table):
      if table.rows.isEmpty, let empty = table.whenEmpty {
        return part(nil, MarkdownText.prose(empty) + "\n")
      }
      return part(
        table.title,
        Self.head(table.columns) + table.rows.map { Self.line($0.map(MarkdownText.of)) }.joined())
    case .rows, .answer: return ""
    case .plan(let block):
      return part(
        block.title,
        MarkdownText.fence("text", PlanTree(width: nil).lines(block.plan).map(\.text).joined(separator: "\n"))
      )
    case .statement(_, let title, let sql): return part(title, MarkdownText.fence("sql", sql))
    case .lines(_, let text): return part(nil, MarkdownText.fence("text", text))
    case .note(let note): return part(nil, Self.text(note) + "\n")
    }
  }

  mutating func begin(_ rows: Report.Rows, _ batch: RowBatch) -> String {
    part(nil, Self.head(batch.columns.map(Report.Column.init))) + text(of: batch)
  }

  mutating func text(of batch: RowBatch) -> String {
    batch.cells.map { Self.line($0.map(MarkdownText.of)) }.joined()
  }

  /// A part with its heading, a blank line before it.
  private mutating func part(_ title: String?, _ text: String) -> String {
    defer { isFirst = false }
    return (isFirst ? "" : "\n") + (title.map { "**\(MarkdownText.prose($0))**\n\n" } ?? "") + text
  }

  private static func head(_ columns: [Report.Column]) -> String {
    line(columns.map { MarkdownText.prose($0.name) }) + line(columns.map { $0.isNumber ? "--:" : "---" })
  }

  private static func line(_ cells: [String]) -> String { "| " + cells.joined(separator: " | ") + " |\n" }

  private static func text(_ note: Report.Note) -> String {
    switch note.weight {
    case .information: MarkdownText.paragraph(note.text)
    case .good, .bad: "**\(MarkdownText.prose(note.text))**"
    case .warning: "> **warning:** \(MarkdownText.prose(note.text))"
    case .hint: "> hint: \(MarkdownText.prose(note.text))"
    }
  }
}
