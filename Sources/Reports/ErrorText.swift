import IndexDesign
public import Terminal

/// Words a failure: what failed and why, the place with a caret, what to do next.
public enum ErrorText {
  /// The lines of a failure, folded to a width; nil for as wide as they are.
  ///
  /// - Parameter isWarning: whether it is called a warning, beside a failure that counts.
  public static func lines(
    _ failure: Failure, origin: Failure.Origin = Failure.Origin(), width: Int? = nil, isWarning: Bool = false
  ) -> [StyledText] {
    let failure = withoutSecrets(failure)
    func folded(_ line: StyledText) -> [StyledText] { width.map { line.folded(to: $0, indent: 4) } ?? [line] }
    let place = origin.file.map { "\($0):\(origin.line): " } ?? ""
    let state = failure.sqlState.map { " (\($0))" } ?? ""
    let kind = isWarning ? StyledText("warning: ", .warning) : StyledText("error: ", .bad)
    var lines = folded(StyledText(place) + kind + StyledText(failure.message + state))
    if let place = failure.place { lines += caret(place) }
    if let detail = failure.detail { lines += folded(StyledText("detail: ", .dim) + StyledText(detail)) }
    if let hint = failure.hint { lines += folded(StyledText("hint: ", .dim) + StyledText(hint)) }
    return lines
  }

  /// What was typed with a password in it is not repeated: neither the line nor words of it in quotes, but for
  /// a plain first word.
  public static func withoutSecrets(_ failure: Failure) -> Failure {
    guard let text = failure.place?.text, Secrets.isHeld(in: text) else { return failure }
    let first = text.split(whereSeparator: \.isWhitespace).first ?? ""
    func hidden(_ words: String) -> String {
      var parts = words.split(separator: "\"", omittingEmptySubsequences: false).map(String.init)
      for index in stride(from: 1, to: parts.count, by: 2) where text.contains(parts[index]) {
        if parts[index] != first || !first.allSatisfy(\.isLetter) { parts[index] = "…" }
      }
      return parts.joined(separator: "\"")
    }
    var failure = failure
    failure.place = nil
    failure.message = hidden(failure.message)
    failure.detail = failure.detail.map(hidden)
    failure.hint = failure.hint.map(hidden)
    return failure
  }

  /// The typed line that holds the place, and a caret under the place.
  private static func caret(_ place: Failure.Place) -> [StyledText] {
    let bytes = Array(place.text.utf8)
    var at = min(place.range.lowerBound, bytes.count)
    // Behind the last line there is nothing to show: the end of the text is where its last word ends.
    if bytes[at...].allSatisfy(isBlank), bytes[..<at].last == 0x0A {
      at = bytes[..<at].lastIndex { !isBlank($0) }.map { $0 + 1 } ?? 0
    }
    let start = bytes[..<at].lastIndex(of: 0x0A).map { $0 + 1 } ?? 0
    var end = bytes[at...].firstIndex(of: 0x0A) ?? bytes.count
    if end > start, bytes[end - 1] == 0x0D { end -= 1 }
    at = min(at, end)
    func isBlank(_ byte: UInt8) -> Bool { [0x20, 0x09, 0x0A, 0x0D].contains(byte) }
    func text(_ range: Range<Int>) -> String {
      VisibleText.of(String(decoding: bytes[range], as: UTF8.self).replacing("\t", with: " "))
    }
    let column = DisplayWidth.of(text(start..<at))
    return [
      StyledText("  " + text(start..<end)),
      StyledText("  " + String(repeating: " ", count: column)) + StyledText("^", .bad),
    ]
  }
}
