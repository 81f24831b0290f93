import IndexDesign

/// The form for programs: one JSON object a report, on one line.
struct JSONForm: ReportForm {
  private var json = JSONWriter()
  private var notes: [Report.Note] = []
  private var columns: [String] = []

  mutating func begin(_ report: Report) -> String {
    json = JSONWriter()
    notes = []
    json.beginObject()
    json.member("kind", report.kind)
    return json.take()
  }

  mutating func text(of block: Report.Block) -> String {
    if case .note(let note) = block { notes.append(note) }
    json.write(block)
    return json.take()
  }

  mutating func begin(_ rows: Report.Rows, _ batch: RowBatch) -> String {
    columns = JSONRenderer.distinct(batch.columns.map(\.name))
    json.name(rows.name)
    json.beginArray()
    return text(of: batch)
  }

  mutating func text(of batch: RowBatch) -> String {
    json.write(batch, names: columns)
    return json.take()
  }

  mutating func endRows() -> String {
    json.endArray()
    return json.take()
  }

  mutating func end() -> String {
    if !notes.isEmpty { json.member("notes", notes) { $0.write($1) } }
    json.endObject()
    return json.take() + "\n"
  }
}
