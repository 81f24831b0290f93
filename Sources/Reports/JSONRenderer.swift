import IndexDesign

/// Whole reports as JSON, numbers exact.
public enum JSONRenderer {
  /// The object of a report, without rows that the server has yet to give.
  public static func text(_ report: Report) -> String {
    var form = JSONForm()
    let text = form.begin(report) + report.blocks.map { form.text(of: $0) }.joined() + form.end()
    return String(text.dropLast())
  }

  /// The object of a report whose rows are held.
  public static func whole(_ report: Report) -> String {
    var text = ""
    try? ReportWriter(JSONForm()) { _, _ in "" }.write(report) { text += $0 }
    return text.isEmpty ? self.text(Report(report.kind, [])) : String(text.dropLast())
  }

  /// A statement may give several columns one name; an object may not: `a`, `a_2`, `a_3`.
  static func distinct(_ names: [String]) -> [String] {
    var taken: Set<String> = []
    return names.map { name in
      var candidate = name
      var number = 1
      while !taken.insert(candidate).inserted {
        number += 1
        candidate = "\(name)_\(number)"
      }
      return candidate
    }
  }
}

extension JSONWriter {
  /// Writes a block as a member of its report; nothing for a sentence, which goes into the notes.
  mutating func write(_ block: Report.Block) {
    switch block {
    case .fields(let fields): member(fields.name) { $0.write(fields) }
    case .table(let table):
      let names = JSONRenderer.distinct(table.columns.map(\.name))
      member(table.name, table.rows) { json, cells in
        json.object { json in
          for (name, cell) in zip(names, cells) { json.member(name, cell) }
        }
      }
    case .rows, .answer, .note: break
    case .plan(let block): member(block.name) { $0.write(block.plan) }
    case .statement(let name, _, let sql): member(name, sql)
    case .lines(let name, let text): member(name, text)
    }
  }

  /// What remarks say stands beside the values, by their names.
  private mutating func write(_ fields: Report.Fields) {
    for field in fields.values { member(field.name, field.value) }
    guard fields.values.contains(where: { $0.remark != nil }) else { return }
    member("remarks") { json in
      for field in fields.values {
        if let remark = field.remark { json.member(field.name, remark) }
      }
    }
  }

  /// Writes a sentence with its weight.
  mutating func write(_ note: Report.Note) {
    object {
      $0.member("weight", note.weight.rawValue)
      $0.member("text", note.text)
    }
  }

  /// Writes the objects of rows.
  mutating func write(_ batch: RowBatch, names: [String]) {
    for row in batch.rows {
      beginObject()
      for (index, cell) in row.enumerated() {
        member(names[index], Cell(cell, batch.columns[index].kind))
      }
      endObject()
    }
  }

  private mutating func member(_ name: String, _ cell: Cell) {
    self.name(name)
    write(cell)
  }

  /// Writes a value with its full precision.
  mutating func write(_ cell: Cell) {
    switch cell {
    case .missing: null()
    case .text(let text), .identifier(let text), .sql(let text), .handle(let text), .timestamp(let text):
      string(text)
    case .integer(let value), .bytes(let value): integer(value)
    case .number(let value), .rows(let value), .milliseconds(let value), .share(let value): number(value)
    case .cost(let cost): number(cost.units)
    case .outcome(let outcome): string(outcome.rawValue)
    case .boolean(let value), .flag(let value): bool(value)
    case .value(let text, isNumber: true): number(verbatim: text)
    case .value(let text, isNumber: false): string(text)
    }
  }
}
