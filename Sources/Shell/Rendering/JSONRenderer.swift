import IndexDesign

/// Renders reports as JSON: one object a report, on one line, numbers exact.
enum JSONRenderer {
  /// The object of a report.
  static func text(_ report: Report) -> String {
    var members: [(String, String)] = [("kind", quoted(report.kind))]
    var notes: [String] = []
    for block in report.blocks {
      switch block {
      case .fields(let fields):
        members.append((fields.name, object(fields.values.map { ($0.name, value($0.value)) })))
      case .table(let table): members.append((table.name, rows(table)))
      case .plan(let block): members.append((block.name, node(block.plan.root)))
      case .statement(let name, _, let sql): members.append((name, quoted(sql)))
      case .note(let note):
        notes.append(object([("weight", quoted(note.weight.rawValue)), ("text", quoted(note.text))]))
      }
    }
    if !notes.isEmpty { members.append(("notes", array(notes))) }
    return object(members)
  }

  private static func rows(_ table: Report.Table) -> String {
    let names = distinct(table.columns.map(\.name))
    return array(table.rows.map { cells in object(zip(names, cells).map { ($0, value($1)) }) })
  }

  /// A statement may give several columns one name; an object may not: `a`, `a_2`, `a_3`.
  private static func distinct(_ names: [String]) -> [String] {
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
  static func value(_ cell: Cell) -> String {
    switch cell {
    case .missing: "null"
    case .text(let text), .identifier(let text), .sql(let text), .handle(let text), .timestamp(let text):
      quoted(text)
    case .integer(let value), .bytes(let value): String(value)
    case .number(let value), .rows(let value), .milliseconds(let value), .share(let value): number(value)
    case .cost(let cost): number(cost.units)
    case .outcome(let outcome): quoted(outcome.rawValue)
    case .boolean(let value), .flag(let value): value ? "true" : "false"
    case .value(let text, let isNumber): isNumber && Double(text)?.isFinite == true ? text : quoted(text)
    }
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

  private static func array(_ elements: [String]) -> String { "[" + elements.joined(separator: ",") + "]" }

  /// A JSON string.
  static func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      case "\t": result += "\\t"
      case "\r": result += "\\r"
      case _ where scalar.value < 0x20 || scalar.value == 0x7F:
        let hex = String(scalar.value, radix: 16)
        result += "\\u" + String(repeating: "0", count: 4 - hex.count) + hex
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }
}
