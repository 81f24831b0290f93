/// The form for programs: one JSON object a report, on one line.
struct JSONForm: ReportForm {
  private var notes: [String] = []
  private var hasRows = false
  private var columns: [String] = []

  mutating func begin(_ report: Report) -> String {
    notes = []
    return "{" + JSONRenderer.member("kind", JSONRenderer.quoted(report.kind))
  }

  mutating func text(of block: Report.Block) -> String {
    if case .note(let note) = block { notes.append(JSONRenderer.note(note)) }
    return JSONRenderer.member(block).map { "," + $0 } ?? ""
  }

  mutating func begin(_ rows: Report.Rows, _ batch: RowBatch) -> String {
    columns = JSONRenderer.distinct(batch.columns.map(\.name))
    hasRows = !batch.rows.isEmpty
    return "," + JSONRenderer.member(rows.name, "[" + JSONRenderer.rows(batch, names: columns))
  }

  mutating func text(of batch: RowBatch) -> String {
    let text = JSONRenderer.rows(batch, names: columns)
    defer { hasRows = hasRows || !batch.rows.isEmpty }
    return hasRows && !text.isEmpty ? "," + text : text
  }

  mutating func endRows() -> String { "]" }

  mutating func end() -> String {
    (notes.isEmpty ? "" : "," + JSONRenderer.member("notes", JSONRenderer.array(notes))) + "}\n"
  }
}
