import IndexDesign

/// The values of reports as JSON, numbers exact.
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
    return text.isEmpty ? "{\(member("kind", quoted(report.kind)))}" : String(text.dropLast())
  }

  /// A member of a report's object; nil for a sentence, which goes into the notes.
  public static func member(_ block: Report.Block) -> String? {
    switch block {
    case .fields(let fields): member(fields.name, object(fields))
    case .table(let table): member(table.name, rows(table))
    case .rows, .answer, .note: nil
    case .plan(let block): member(block.name, node(block.plan.root))
    case .statement(let name, _, let sql): member(name, quoted(sql))
    case .lines(let name, let text): member(name, quoted(text))
    }
  }

  /// A name and its value, as they stand in an object.
  public static func member(_ name: String, _ value: String) -> String { quoted(name) + ":" + value }

  /// What remarks say stands beside the values, by their names.
  private static func object(_ fields: Report.Fields) -> String {
    let remarks = fields.values.compactMap { field in field.remark.map { (field.name, quoted($0)) } }
    return object(
      fields.values.map { ($0.name, value($0.value)) }
        + (remarks.isEmpty ? [] : [("remarks", object(remarks))]))
  }

  /// A sentence with its weight.
  public static func note(_ note: Report.Note) -> String {
    object([("weight", quoted(note.weight.rawValue)), ("text", quoted(note.text))])
  }

  /// The objects of rows, comma between them.
  public static func rows(_ batch: RowBatch, names: [String]) -> String {
    let names = names.map { quoted($0) + ":" }
    var text = ""
    for row in batch.rows {
      text += text.isEmpty ? "{" : ",{"
      for (index, cell) in row.enumerated() {
        if index > 0 { text += "," }
        text += names[index]
        text += value(Cell(cell, batch.columns[index].kind))
      }
      text += "}"
    }
    return text
  }

  private static func rows(_ table: Report.Table) -> String {
    let names = distinct(table.columns.map(\.name))
    return array(table.rows.map { cells in object(zip(names, cells).map { ($0, value($1)) }) })
  }

  /// A statement may give several columns one name; an object may not: `a`, `a_2`, `a_3`.
  public static func distinct(_ names: [String]) -> [String] {
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

  /// A value with its full precision.
  public static func value(_ cell: Cell) -> String {
    switch cell {
    case .missing: "null"
    case .text(let text), .identifier(let text), .sql(let text), .handle(let text), .timestamp(let text):
      quoted(text)
    case .integer(let value), .bytes(let value): String(value)
    case .number(let value), .rows(let value), .milliseconds(let value), .share(let value): number(value)
    case .cost(let cost): number(cost.units)
    case .outcome(let outcome): quoted(outcome.rawValue)
    case .boolean(let value), .flag(let value): value ? "true" : "false"
    case .value(let text, let isNumber): isNumber && isFinite(text) ? text : quoted(text)
    }
  }

  /// Whether a number of the server is one in JSON too: PostgreSQL's others are `NaN` and `Infinity`, in letters.
  private static func isFinite(_ number: String) -> Bool {
    number.utf8.last.map { (0x30...0x39).contains($0) } ?? false
  }

  private static func node(_ node: PlanNode) -> String {
    var members: [(String, String)] = [("node", quoted(node.nodeType)), ("title", quoted(node.title))]
    if let relation = node.relation { members.append(("relation", quoted(relation))) }
    if let alias = node.alias { members.append(("alias", quoted(alias))) }
    if let index = node.index { members.append(("index", quoted(index.description))) }
    members += [
      ("startup_cost", number(node.startupCost.units)), ("total_cost", number(node.totalCost.units)),
      ("rows", number(node.planRows)), ("width", String(node.planWidth)),
    ]
    if !node.sortKeys.isEmpty { members.append(("sort_key", array(node.sortKeys.map(quoted)))) }
    if !node.groupKeys.isEmpty { members.append(("group_key", array(node.groupKeys.map(quoted)))) }
    if !node.conditions.isEmpty {
      members.append(("conditions", object(node.conditions.map { ($0.label, quoted($0.text)) })))
    }
    if !node.children.isEmpty { members.append(("children", array(node.children.map(self.node)))) }
    return object(members)
  }

  private static func number(_ value: Double) -> String {
    guard value.isFinite else { return "null" }
    return Int64(exactly: value).map(String.init) ?? "\(value)"
  }

  private static func object(_ members: [(String, String)]) -> String {
    "{" + members.map { quoted($0.0) + ":" + $0.1 }.joined(separator: ",") + "}"
  }

  /// An array of values that are JSON already.
  public static func array(_ elements: [String]) -> String { "[" + elements.joined(separator: ",") + "]" }

  /// A JSON string. The C1 controls are written out, too: some terminals obey them.
  public static func quoted(_ text: String) -> String {
    let isPlain = text.utf8.allSatisfy { $0 >= 0x20 && $0 != 0x7F && $0 != 0x22 && $0 != 0x5C && $0 != 0xC2 }
    if isPlain { return "\"" + text + "\"" }
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      case "\t": result += "\\t"
      case "\r": result += "\\r"
      case _ where scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value):
        let hex = String(scalar.value, radix: 16)
        result += "\\u" + String(repeating: "0", count: 4 - hex.count) + hex
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }
}
