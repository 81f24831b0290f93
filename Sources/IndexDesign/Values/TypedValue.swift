/// A value as it was typed: plain, or in quotes that keep its blanks.
public struct TypedValue {
  /// The value without its quotes.
  public var text: String
  /// How many code units of the typed text come before the value's first.
  public var start: Int

  /// Reads a text without blanks around it. Inside quotes a quote of the same kind is written twice.
  ///
  /// - Throws: `SettingProblem` when a quote is left open or something stands behind the closing one.
  public init(_ typed: String) throws(SettingProblem) {
    guard let quote = typed.first, quote == "'" || quote == "\"" else {
      (text, start) = (typed, 0)
      return
    }
    var value = ""
    var rest = typed.dropFirst()
    while let end = rest.firstIndex(of: quote) {
      value += rest[..<end]
      rest = rest[rest.index(after: end)...]
      if rest.isEmpty {
        (text, start) = (value, 1)
        return
      }
      guard rest.first == quote else {
        let at = typed.utf8.count - rest.utf8.count
        throw SettingProblem(
          message: "unexpected text after the closing quote",
          hint: "inside quotes a quote is written twice", range: at..<typed.utf8.count)
      }
      value.append(quote)
      rest = rest.dropFirst()
    }
    throw SettingProblem(
      message: "the quote is not closed", hint: "a value that begins with a quote ends with one",
      range: 0..<1)
  }
}
