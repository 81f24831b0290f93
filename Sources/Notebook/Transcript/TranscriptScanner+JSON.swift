import IndexDesign

extension TranscriptScanner {
  /// A JSON value.
  mutating func json(depth: Int = 0) throws(TranscriptError) -> JSONValue {
    // Deeper values could use up the stack of a thread.
    guard depth < 200 else { throw expected("a value that is nested less deeply") }
    switch next {
    case UInt8(ascii: "\""): return .string(try string())
    case UInt8(ascii: "["): return try jsonArray(depth)
    case UInt8(ascii: "{"): return try jsonObject(depth)
    case UInt8(ascii: "-"): return .number(try double())
    case _ where TranscriptWord.isDigit(next): return .number(try double())
    default:
      if take("true") { return .bool(true) }
      if take("false") { return .bool(false) }
      if take("null") { return .null }
      throw expected("a value of JSON")
    }
  }

  private mutating func jsonArray(_ depth: Int) throws(TranscriptError) -> JSONValue {
    at += 1
    var elements: [JSONValue] = []
    while try !closes("]", isFirst: elements.isEmpty) { elements.append(try json(depth: depth + 1)) }
    return .array(elements)
  }

  private mutating func jsonObject(_ depth: Int) throws(TranscriptError) -> JSONValue {
    at += 1
    var members: [(name: String, value: JSONValue)] = []
    while try !closes("}", isFirst: members.isEmpty) {
      let name = try string()
      skipSpaces()
      try require(":")
      skipSpaces()
      members.append((name, try json(depth: depth + 1)))
    }
    return .object(members)
  }

  /// Whether the list ends here; otherwise the comma before the next part is passed over.
  mutating func closes(_ close: StaticString, isFirst: Bool) throws(TranscriptError) -> Bool {
    skipSpaces()
    if take(close) { return true }
    if !isFirst {
      guard take(",") else { throw expected("\",\" or \"\(close)\"") }
      skipSpaces()
    }
    return false
  }
}
