import IndexDesign

extension TranscriptScanner {
  /// A JSON value.
  mutating func json() throws(TranscriptError) -> JSONValue {
    do throws(JSONProblem) { return try JSONReader.value(in: bytes, at: &at) } catch { throw expected(error) }
  }

  /// A JSON string.
  mutating func string() throws(TranscriptError) -> String {
    guard next == UInt8(ascii: "\"") else { throw expected("a text in double quotes") }
    return try quoted()
  }

  /// SQL between back ticks.
  mutating func sql() throws(TranscriptError) -> String {
    guard next == UInt8(ascii: "`") else { throw expected("SQL between back ticks") }
    return try quoted()
  }

  /// A text up to the mark with which it begins.
  private mutating func quoted() throws(TranscriptError) -> String {
    do throws(JSONProblem) { return try JSONReader.text(in: bytes, at: &at) } catch { throw expected(error) }
  }

  private func expected(_ problem: JSONProblem) -> TranscriptError {
    expected(problem.expected, at: problem.place)
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
