import IndexDesign
import Reports

extension TranscriptScanner {
  /// A typed value.
  mutating func cell() throws(TranscriptError) -> Cell {
    if isAtNumber { return try numberCell() }
    switch next {
    case UInt8(ascii: "\""): return .text(try string())
    case UInt8(ascii: "`"): return .sql(try sql())
    case UInt8(ascii: "["): return .outcome(try outcome())
    case UInt8(ascii: "@"), UInt8(ascii: "%"): return .handle(try handle())
    case UInt8(ascii: "-"):
      at += 1
      return .missing
    default: return try wordCell()
    }
  }

  private mutating func numberCell() throws(TranscriptError) -> Cell {
    if let length = TranscriptWord.timestampLength(bytes, from: at) {
      at += length
      return .timestamp(text(at - length..<at))
    }
    let number = try number()
    let unit = at
    while TranscriptWord.isNamePart(next) || next == UInt8(ascii: "%") { at += 1 }
    switch text(unit..<at) {
    case "": return number.isWhole ? .integer(try integer(number)) : .number(value(number))
    case "cost": return .cost(PlannerCost(value(number)))
    case "rows": return .rows(value(number))
    case "ms": return .milliseconds(value(number))
    case "%": return .share(value(number, isPercent: true))
    case "B": return .bytes(try integer(number))
    default: throw expected("one of the units cost, rows, B, ms and %", at: unit)
    }
  }

  private mutating func outcome() throws(TranscriptError) -> Finding.Outcome {
    let start = at
    at += 1
    while !isAtEnd, next != UInt8(ascii: "]") { at += 1 }
    let words = text(start + 1..<at)
    guard take("]"), let outcome = Finding.Outcome(rawValue: words) else {
      throw expected("[ok], [warning], [failed], [not applicable] or [check yourself]", at: start)
    }
    return outcome
  }

  private mutating func handle() throws(TranscriptError) -> String {
    let start = at
    at += 1
    while TranscriptWord.isNamePart(next) { at += 1 }
    guard at > start + 1 else { throw expected("a handle", at: start) }
    return text(start..<at)
  }

  /// A value that begins with a letter: an identifier, a truth value, or a quoted text of some type.
  private mutating func wordCell() throws(TranscriptError) -> Cell {
    let start = at
    guard let first = takeWord() else { throw expected("a value") }
    if next == UInt8(ascii: "\"") { return try typedText(first) }
    if text(first) == "change", take(":") {
      let digits = at
      while TranscriptWord.isDigit(next) { at += 1 }
      guard at > digits else { throw expected("the number of a change") }
      return .handle("change " + text(digits..<at))
    }
    while next == UInt8(ascii: ".") {
      at += 1
      guard takeWord() != nil else { throw expected("a name") }
    }
    let word = text(start..<at)
    return word == "yes" ? .boolean(true) : word == "no" ? .boolean(false) : .identifier(word)
  }

  private mutating func typedText(_ type: Range<Int>) throws(TranscriptError) -> Cell {
    let value = at
    switch text(type) {
    case "id": return .identifier(try string())
    case "handle": return .handle(try string())
    case "time": return .timestamp(try string())
    case "value": return .value(try string(), isNumber: false)
    case "digits": return .value(try string(), isNumber: true)
    case "flag":
      let word = try string()
      guard word == "t" || word == "f" else { throw expected("\"t\" or \"f\"", at: value) }
      return .flag(word == "t")
    default:
      throw expected("one of id, handle, time, value, digits and flag before a text", at: type.lowerBound)
    }
  }

  /// A value of a row of the server.
  mutating func answerCell(_ kind: Report.ServerColumn.Kind) throws(TranscriptError) -> Cell {
    if next == UInt8(ascii: "\"") { return .value(try string(), isNumber: kind.isNumeric) }
    let start = at
    while TranscriptWord.isServerNumberPart(next) { at += 1 }
    let word = text(start..<at)
    if word == "-" { return .missing }
    switch kind {
    case .boolean where word == "t" || word == "f": return .flag(word == "t")
    case .integer where !word.isEmpty, .number where !word.isEmpty: return .value(word, isNumber: true)
    case .boolean: throw expected("t, f, - or a text in double quotes", at: start)
    case .integer, .number: throw expected("a number, - or a text in double quotes", at: start)
    case .text: throw expected("a text in double quotes or -", at: start)
    }
  }
}

extension Report.ServerColumn.Kind {
  fileprivate var isNumeric: Bool { self == .integer || self == .number }
}
