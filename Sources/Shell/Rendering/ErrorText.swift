import IndexDesign
import Terminal

/// Words a failure: what failed and why, the place with a caret, what to do next.
enum ErrorText {
  /// The lines of a failure.
  static func lines(_ failure: Failure, origin: Loop.Origin = Loop.Origin()) -> [StyledText] {
    let place = origin.file.map { "\($0):\(origin.line): " } ?? ""
    let state = failure.sqlState.map { " (\($0))" } ?? ""
    var lines = [StyledText(place) + StyledText("error: ", .bad) + StyledText(failure.message + state)]
    if let place = failure.place { lines += caret(place) }
    if let detail = failure.detail { lines.append(StyledText("detail: ", .dim) + StyledText(detail)) }
    if let hint = failure.hint { lines.append(StyledText("hint: ", .dim) + StyledText(hint)) }
    return lines
  }

  /// The typed line that holds the place, and a caret under the place.
  private static func caret(_ place: Failure.Place) -> [StyledText] {
    let bytes = Array(place.text.utf8)
    let at = min(place.range.lowerBound, bytes.count)
    let start = bytes[..<at].lastIndex(of: 0x0A).map { $0 + 1 } ?? 0
    let end = bytes[at...].firstIndex(of: 0x0A) ?? bytes.count
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
