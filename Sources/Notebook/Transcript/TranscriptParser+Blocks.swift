import IndexDesign
import Reports

extension TranscriptParser {
  static func error(_ scanner: inout TranscriptScanner) throws(TranscriptError) -> TranscriptLine {
    var sqlState: String?
    if scanner.next == UInt8(ascii: "\"") {
      sqlState = try scanner.string()
    } else if !scanner.take("-") {
      let start = scanner.at
      while TranscriptWord.isNamePart(scanner.next) { scanner.at += 1 }
      let code = scanner.text(start..<scanner.at)
      guard TranscriptWord.isSQLState(code) else { throw scanner.expected("an SQLSTATE or -", at: start) }
      sqlState = code
    }
    guard scanner.skipSpaces() > 0 else { throw scanner.expected("a space") }
    return .error(sqlState: sqlState, message: try scanner.string())
  }

  static func note(_ scanner: inout TranscriptScanner) throws(TranscriptError) -> TranscriptLine {
    let start = scanner.at
    guard let word = scanner.takeWord(), let weight = Report.Note.Weight(rawValue: scanner.text(word)) else {
      throw scanner.expected("information, good, warning, bad or hint", at: start)
    }
    scanner.skipSpaces()
    return .note(.init(weight: weight, text: try scanner.string()))
  }

  static func statement(_ scanner: inout TranscriptScanner) throws(TranscriptError) -> TranscriptLine {
    let name = try scanner.name()
    scanner.skipSpaces()
    let title = try scanner.string()
    scanner.skipSpaces()
    return .statement(name: name, title: title, sql: try scanner.sql())
  }

  /// The columns of an answer, each with its kind.
  static func answerColumns(_ scanner: inout TranscriptScanner) throws(TranscriptError) -> [Report
    .ServerColumn]
  {
    var columns: [Report.ServerColumn] = []
    if scanner.take("()") { return columns }
    repeat {
      let name = try scanner.name()
      try scanner.require(":")
      let start = scanner.at
      let word = scanner.takeWord().map { scanner.text($0) }
      let kinds: [Report.ServerColumn.Kind] = [.integer, .number, .boolean, .text]
      guard let kind = kinds.first(where: { $0.recordWord == word }) else {
        throw scanner.expected("integer, number, boolean or text", at: start)
      }
      columns.append(.init(name: name, kind: kind))
    } while try scanner.takeGap()
    return columns
  }

  /// The columns of a table with their marks.
  static func tableColumns(_ scanner: inout TranscriptScanner) throws(TranscriptError) -> [Report.Column] {
    var columns: [Report.Column] = []
    if scanner.take("()") { return columns }
    repeat {
      var column = Report.Column(try scanner.name())
      column.isVolatile = scanner.take("~")
      column.isNumber = scanner.take("#")
      columns.append(column)
    } while try scanner.takeGap()
    return columns
  }

  static func field(_ scanner: inout TranscriptScanner) throws(TranscriptError) -> Report.Field {
    let name = try scanner.name()
    let isVolatile = scanner.take("~")
    guard scanner.skipSpaces() > 0, scanner.take("= ") else { throw scanner.expected("\" = \"") }
    scanner.skipSpaces()
    let value = try scanner.cell()
    var remark: String?
    if try scanner.takeGap() {
      guard scanner.take("# ") else { throw scanner.expected("\"# \" or the end of the line") }
      remark = try scanner.string()
    }
    return .init(name, value, remark: remark, isVolatile: isVolatile)
  }

  /// The cells of a row, each with its place in the row.
  static func cells(
    _ scanner: inout TranscriptScanner, _ one: (inout TranscriptScanner, Int) throws(TranscriptError) -> Cell
  ) throws(TranscriptError) -> [Cell] {
    var cells: [Cell] = []
    if scanner.take("()") { return cells }
    repeat { cells.append(try one(&scanner, cells.count)) } while try scanner.takeGap()
    return cells
  }
}

extension TranscriptScanner {
  /// What stands behind `plan`.
  mutating func planHead() throws(TranscriptError) -> TranscriptLine.Plan {
    let name = try name()
    skipSpaces()
    var plan = TranscriptLine.Plan(name: name, title: try string())
    skipSpaces()
    plan.isToldInWords = take("told")
    skipSpaces()
    guard take("of") else { return plan }
    skipSpaces()
    let title = try string()
    skipSpaces()
    plan.statement = .init(title: title, sql: try sql())
    return plan
  }
}
