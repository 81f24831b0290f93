import IndexDesign
import Reports

extension TranscriptLine {
  /// The lines of what was recorded.
  static func lines(of result: TranscribedResult) -> [TranscriptLine] {
    switch result {
    case .report(let report): lines(of: report)
    case .failure(let failure): lines(of: failure)
    }
  }

  /// The lines of a failure.
  static func lines(of failure: TranscribedFailure) -> [TranscriptLine] {
    var lines = [TranscriptLine.error(sqlState: failure.sqlState, message: failure.message)]
    if let detail = failure.detail { lines.append(.detail(detail)) }
    if let hint = failure.hint { lines.append(.hint(hint)) }
    return lines
  }

  /// The lines of a report; see `TranscriptForm.lines(of:)` for what it may not hold.
  static func lines(of report: Report) -> [TranscriptLine] {
    var lines = [TranscriptLine.kind(report.kind)]
    for block in report.blocks { append(block, to: &lines) }
    return lines
  }

  private static func append(_ block: Report.Block, to lines: inout [TranscriptLine]) {
    switch block {
    case .fields(let fields):
      lines.append(.fields(name: fields.name, title: fields.title))
      lines += fields.values.map { .field($0) }
    case .table(let table):
      lines.append(
        .table(
          .init(name: table.name, title: table.title, whenEmpty: table.whenEmpty, columns: table.columns)))
      lines += table.rows.map { .row($0) }
    case .rows: assertionFailure("rows are held as an answer before they are recorded")
    case .answer(let answer):
      lines.append(.answer(name: answer.name, columns: answer.columns))
      lines += answer.rows.map { row in .answerRow(zip(row, answer.columns).map { cell($0, $1.kind) }) }
      lines.append(.tag(answer.tag))
    case .plan(let plan): append(plan, to: &lines)
    case .statement(let name, let title, let sql):
      lines.append(.statement(name: name, title: title, sql: sql))
    case .lines(let name, let text):
      lines.append(.lines(name: name))
      // Bytes, not characters: to Swift CRLF is one character.
      lines += text.utf8.split(separator: 0x0A, omittingEmptySubsequences: false).map {
        .text(String(decoding: $0, as: UTF8.self))
      }
    case .note(let note): lines.append(.note(note))
    }
  }

  /// A truth value that the server words otherwise than ever stays what it is.
  private static func cell(_ value: String?, _ kind: Report.ServerColumn.Kind) -> Cell {
    if kind == .boolean, let value, value != "t", value != "f" { return .value(value, isNumber: false) }
    return Cell(value, kind)
  }

  private static func append(_ block: Report.PlanBlock, to lines: inout [TranscriptLine]) {
    lines.append(
      .plan(
        .init(
          name: block.name, title: block.title, isToldInWords: block.isToldInWords,
          statement: block.statement)))
    append(block.plan.root, depth: 0, to: &lines)
    lines += block.plan.settings.map { .setting($0) }
    lines += block.plan.extras.map { .fact($0) }
  }

  private static func append(_ node: PlanNode, depth: Int, to lines: inout [TranscriptLine]) {
    lines.append(.step(node.withoutFacts, depth: depth))
    for list in List.allCases where !node[list].isEmpty {
      lines.append(.stepFact(.list(list, node[list]), depth: depth))
    }
    for condition in node.conditions { lines.append(.stepFact(.condition(condition), depth: depth)) }
    for extra in node.extras { lines.append(.stepFact(.extra(extra), depth: depth)) }
    for child in node.children { append(child, depth: depth + 1, to: &lines) }
  }
}

extension PlanNode {
  /// The step with what stands on its own line only.
  fileprivate var withoutFacts: PlanNode {
    var node = self
    for list in TranscriptLine.List.allCases { node[list] = [] }
    node.conditions = []
    node.extras = []
    node.children = []
    return node
  }
}
