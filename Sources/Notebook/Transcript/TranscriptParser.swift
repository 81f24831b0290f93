import IndexDesign
import Reports

/// Reads recorded lines one after another: what a line may be follows from the lines before it.
struct TranscriptParser {
  /// What the lines that are indented belong to.
  enum Block {
    /// Nothing has begun yet.
    case start
    /// Nothing that indented lines could belong to.
    case none
    case fields
    case table(columns: Int)
    case answer([Report.ServerColumn.Kind])
    /// A plan: the depth of the last step, nil before the first, and whether all steps have been told.
    case plan(depth: Int?, isComplete: Bool)
    case lines
    case failure
    /// Lines that a wildcard stands for may have said what it is; the columns of an answer are known if
    /// its head was there.
    case unknown([Report.ServerColumn.Kind]?)
  }

  /// What the next line may belong to.
  var block = Block.start
  private var count = 0

  /// Reads the next line.
  mutating func line(_ text: String) throws(TranscriptError) -> TranscriptLine {
    var scanner = TranscriptScanner(text, line: count)
    count += 1
    let indentation = scanner.skipSpaces()
    if let line = try Self.wildcard(&scanner) {
      block = .unknown(knownKinds)
      return line
    }
    let line =
      indentation == 0 ? try head(&scanner) : try body(&scanner, indentation)
    try scanner.end()
    return line
  }

  /// What is missing when no more lines follow.
  func end() throws(TranscriptError) {
    try complete(TranscriptScanner("", line: count), isResult: true)
  }

  private var knownKinds: [Report.ServerColumn.Kind]? {
    switch block {
    case .answer(let kinds): kinds
    case .unknown(let kinds): kinds
    default: nil
    }
  }

  private static func wildcard(_ scanner: inout TranscriptScanner) throws(TranscriptError) -> TranscriptLine?
  {
    if scanner.take("...") {
      try scanner.end()
      return .wildcard
    }
    guard scanner.take("~") else { return nil }
    _ = scanner.take(" ")
    let pattern = scanner.text(scanner.at..<scanner.bytes.count)
    // Regex holds state that cannot be shared; it is made again for each comparison.
    do { _ = try Regex(pattern) } catch { throw scanner.expected("a regular expression: \(error)") }
    return .pattern(pattern)
  }

  /// What must be there before another result or another block of this one begins.
  private func complete(_ scanner: TranscriptScanner, isResult: Bool = false) throws(TranscriptError) {
    switch block {
    case .start where !isResult: throw scanner.expected("the kind of a report, such as top, or error")
    case .answer: throw scanner.expected("a row or tag")
    case .plan(depth: nil, _): throw scanner.expected("the first step of the plan")
    case .failure where !isResult: throw scanner.expected("detail, hint or another result")
    default: break
    }
  }

  private mutating func head(_ scanner: inout TranscriptScanner) throws(TranscriptError) -> TranscriptLine {
    if let word = scanner.takeWord(), scanner.isAtEnd || scanner.next == UInt8(ascii: " ") {
      let word = scanner.text(word)
      if TranscriptWord.isKeyword(word) {
        scanner.skipSpaces()
        return try keyword(word, &scanner)
      }
    }
    scanner.at = 0
    if let kind = try Self.kind(&scanner) {
      try complete(scanner.at(0), isResult: true)
      block = .none
      return .kind(kind)
    }
    scanner.at = 0
    try complete(scanner)
    return try namedBlock(&scanner)
  }

  /// The kind of a report, when that is all of the line.
  private static func kind(_ scanner: inout TranscriptScanner) throws(TranscriptError) -> String? {
    let kind = try scanner.label("the kind of a report, a block or a note")
    scanner.skipSpaces()
    return scanner.isAtEnd ? kind : nil
  }

  private mutating func keyword(
    _ word: String, _ scanner: inout TranscriptScanner
  ) throws(TranscriptError) -> TranscriptLine {
    if word == "tag" {
      switch block {
      case .answer, .unknown: break
      default: throw scanner.expected("an answer before its tag", at: 0)
      }
      block = .none
      return .tag(try scanner.string())
    }
    try complete(scanner.at(0), isResult: word == "error")
    switch word {
    case "error":
      block = .failure
      return try Self.error(&scanner)
    case "note":
      block = .none
      return try Self.note(&scanner)
    case "statement":
      block = .none
      return try Self.statement(&scanner)
    case "lines":
      block = .lines
      let name = try scanner.name()
      try scanner.require(":")
      return .lines(name: name)
    case "answer": return try answer(&scanner)
    case "plan":
      block = .plan(depth: nil, isComplete: false)
      return .plan(try scanner.planHead())
    default: throw scanner.expected("\(word) only before the first report", at: 0)
    }
  }
}

extension TranscriptScanner {
  /// The same line at another place.
  func at(_ place: Int) -> TranscriptScanner {
    var scanner = self
    scanner.at = place
    return scanner
  }
}
