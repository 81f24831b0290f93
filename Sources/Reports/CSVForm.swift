import IndexDesign

/// The form for spreadsheets: tables by RFC 4180, a line feed behind each record, numbers exact.
///
/// A file holds exactly one table. On standard output one follows the other, a blank line between them.
/// Values that are not there are empty; an empty text is `""`. Sentences are left out.
/// Source: RFC 4180.
struct CSVForm: ReportForm {
  /// Whether exactly one table has to come.
  let isFile: Bool
  private var hasTable = false
  private var report = Report("")

  init(isFile: Bool) { self.isFile = isFile }

  mutating func begin(_ report: Report) throws -> String {
    self.report = report
    guard isFile else { return "" }
    let count = Self.tables(report).count
    if count > 0, count > 1 || hasTable { throw Self.failure(report, "several tables") }
    return ""
  }

  mutating func text(of block: Report.Block) -> String {
    if isFile, !Self.tables(report).contains(block) { return "" }
    switch block {
    case .table(let table): return text(table)
    case .fields(let fields): return text(Self.table(fields))
    // All plans of a report are one table, which stands in the place of the first.
    case .plan:
      guard report.blocks.first(where: \.isPlan) == block,
        let nodes = PlanRows.table(report, standsAlone: isFile)
      else {
        return ""
      }
      return text(nodes)
    case .statement(let name, _, let sql):
      return text(.init(name: name, title: nil, columns: [.init(name)], rows: [[.sql(sql)]]))
    case .rows, .answer, .lines, .note: return ""
    }
  }

  mutating func begin(_ rows: Report.Rows, _ batch: RowBatch) -> String {
    head(batch.columns.map(\.name)) + text(of: batch)
  }

  mutating func text(of batch: RowBatch) -> String {
    var text = ""
    for row in batch.rows {
      for (index, value) in row.enumerated() {
        if index > 0 { text += "," }
        if let value { text += Self.quoted(value) }
      }
      text += "\n"
    }
    return text
  }

  mutating func finish() throws -> String {
    if isFile, !hasTable { throw Self.failure(report, "no table") }
    return ""
  }

  private mutating func text(_ table: Report.Table) -> String {
    head(table.columns.map(\.name))
      + table.rows.map { $0.map(Self.value).joined(separator: ",") + "\n" }.joined()
  }

  private mutating func head(_ names: [String]) -> String {
    defer { hasTable = true }
    return (hasTable ? "\n" : "") + names.map(Self.quoted).joined(separator: ",") + "\n"
  }

  /// What a file could hold: tables, rows and plans; where there is none of them, names and values.
  static func tables(_ report: Report) -> [Report.Block] {
    var tables = report.blocks.filter {
      switch $0 {
      case .table, .rows, .answer: true
      case .fields, .plan, .statement, .lines, .note: false
      }
    }
    if let plan = report.blocks.first(where: \.isPlan) { tables = [plan] }
    return tables.isEmpty ? report.blocks.filter { if case .fields = $0 { true } else { false } } : tables
  }

  private static func table(_ fields: Report.Fields) -> Report.Table {
    Report.Table(
      name: fields.name, title: nil, columns: [.init("name"), .init("value"), .init("remark")],
      rows: fields.values.map { [.text($0.name), $0.value, $0.remark.map { .text($0) } ?? .missing] })
  }

  private static func failure(_ report: Report, _ what: String) -> Failure {
    FileForm.csv.failure(report, "the result has \(what), and a .csv file holds exactly one")
  }

  /// A value with its full precision.
  static func value(_ cell: Cell) -> String {
    switch cell {
    case .missing: ""
    case .text(let text), .identifier(let text), .sql(let text), .handle(let text), .timestamp(let text),
      .value(let text, _):
      quoted(text)
    case .integer(let value), .bytes(let value): String(value)
    case .number(let value), .rows(let value), .milliseconds(let value), .share(let value): number(value)
    case .cost(let cost): number(cost.units)
    case .outcome(let outcome): quoted(outcome.rawValue)
    case .boolean(let value): value ? "true" : "false"
    case .flag(let value): value ? "t" : "f"
    }
  }

  private static func number(_ value: Double) -> String {
    guard value.isFinite else { return "" }
    return Int64(exactly: value).map(String.init) ?? "\(value)"
  }

  private static func quoted(_ text: String) -> String {
    let isPlain = text.utf8.allSatisfy { $0 != 0x22 && $0 != 0x2C && $0 != 0x0A && $0 != 0x0D }
    if isPlain && !text.isEmpty { return text }
    // Not by characters: a quote with a mark behind it is another one.
    var quoted = "\"".unicodeScalars
    for scalar in text.unicodeScalars {
      if scalar == "\"" { quoted.append(scalar) }
      quoted.append(scalar)
    }
    quoted.append("\"")
    return String(quoted)
  }
}

extension Report.Block {
  /// Whether it is a plan.
  var isPlan: Bool { if case .plan = self { true } else { false } }
}
