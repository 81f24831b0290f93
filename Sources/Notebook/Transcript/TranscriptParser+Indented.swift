import IndexDesign
import Reports

extension TranscriptParser {
  /// The head of names and values, or of a table.
  mutating func namedBlock(_ scanner: inout TranscriptScanner) throws(TranscriptError) -> TranscriptLine {
    let name = try scanner.name()
    scanner.skipSpaces()
    var title: String?
    var whenEmpty: String?
    if scanner.next == UInt8(ascii: "\"") { title = try scanner.string() }
    scanner.skipSpaces()
    if scanner.take("empty ") { whenEmpty = try scanner.string() }
    guard scanner.take(":") else { throw scanner.expected("\":\" after the name of a block") }
    if whenEmpty == nil, scanner.isAtEnd {
      block = .fields
      return .fields(name: name, title: title)
    }
    scanner.skipSpaces()
    let columns = try Self.tableColumns(&scanner)
    block = .table(columns: columns.count)
    return .table(.init(name: name, title: title, whenEmpty: whenEmpty, columns: columns))
  }

  /// The head of rows of the server.
  mutating func answer(_ scanner: inout TranscriptScanner) throws(TranscriptError) -> TranscriptLine {
    let name = try scanner.name()
    try scanner.require(":")
    scanner.skipSpaces()
    let columns = try Self.answerColumns(&scanner)
    block = .answer(columns.map(\.kind))
    return .answer(name: name, columns: columns)
  }

  /// A line that belongs to the block before it.
  mutating func body(_ scanner: inout TranscriptScanner, _ indentation: Int) throws(TranscriptError)
    -> TranscriptLine
  {
    if case .plan(let depth, let isComplete) = block {
      return try planLine(&scanner, indentation, last: depth, isComplete)
    }
    if case .unknown(let kinds) = block { return try Self.anyLine(&scanner, indentation, kinds) }
    guard indentation == 2 else { throw scanner.expected("an indentation of two spaces", at: 0) }
    switch block {
    case .fields: return .field(try Self.field(&scanner))
    case .table(let columns):
      return .row(try row(&scanner, of: columns) { s, _ throws(TranscriptError) in try s.cell() })
    case .answer(let kinds): return try answerRow(&scanner, kinds)
    case .lines: return .text(try scanner.string())
    case .failure: return try Self.failureLine(&scanner)
    default: throw scanner.expected("a line that is not indented", at: 0)
    }
  }

  private func answerRow(
    _ scanner: inout TranscriptScanner, _ kinds: [Report.ServerColumn.Kind]
  ) throws(TranscriptError) -> TranscriptLine {
    let cells = try row(&scanner, of: kinds.count) { scanner, place throws(TranscriptError) in
      try scanner.answerCell(place < kinds.count ? kinds[place] : .text)
    }
    return .answerRow(cells)
  }

  private func row(
    _ scanner: inout TranscriptScanner, of columns: Int,
    _ one: (inout TranscriptScanner, Int) throws(TranscriptError) -> Cell
  ) throws(TranscriptError) -> [Cell] {
    let start = scanner.at
    let cells = try Self.cells(&scanner, one)
    guard cells.count == columns else {
      throw scanner.expected("\(columns) \(columns == 1 ? "value" : "values"), not \(cells.count)", at: start)
    }
    return cells
  }

  private static func failureLine(_ scanner: inout TranscriptScanner) throws(TranscriptError)
    -> TranscriptLine
  {
    if scanner.take("detail ") { return .detail(try scanner.string()) }
    if scanner.take("hint ") { return .hint(try scanner.string()) }
    throw scanner.expected("detail or hint")
  }

  /// A line behind a wildcard: its own form says what it is.
  private static func anyLine(
    _ scanner: inout TranscriptScanner, _ indentation: Int, _ kinds: [Report.ServerColumn.Kind]?
  ) throws(TranscriptError) -> TranscriptLine {
    let start = scanner.at
    func attempt(
      _ read: (inout TranscriptScanner) throws(TranscriptError) -> TranscriptLine
    ) -> (TranscriptLine, TranscriptScanner)? {
      var copy = scanner.at(start)
      guard let line = try? read(&copy), (try? copy.end()) != nil else { return nil }
      return (line, copy)
    }
    let depth = max(0, indentation / 2 - 1)
    let found =
      attempt { s throws(TranscriptError) in try failureLine(&s) }
      ?? attempt { s throws(TranscriptError) in try planFact(&s) }
      ?? attempt { s throws(TranscriptError) in .step(try s.step(), depth: depth) }
      ?? (indentation > 2
        ? attempt { s throws(TranscriptError) in .stepFact(try s.stepFact(), depth: depth - 1) }
        : attempt { s throws(TranscriptError) in .field(try field(&s)) })
    if let found {
      scanner = found.1
      return found.0
    }
    if let kinds {
      return .answerRow(
        try cells(&scanner) { s, place throws(TranscriptError) in
          try s.answerCell(place < kinds.count ? kinds[place] : .text)
        })
    }
    return .row(try cells(&scanner) { s, _ throws(TranscriptError) in try s.cell() })
  }
}
