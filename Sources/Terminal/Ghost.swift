/// Dim text behind the cursor that shows how the line may go on, and that one key takes.
struct Ghost: Hashable {
  /// What taking it inserts; empty when it is there to be seen only.
  let text: String
  /// What of it is shown: one line, cut with `…`.
  let picture: String

  /// Less than this of a longer text says too little.
  private static let leastColumns = 8

  /// Text that is taken whole; nil when `room`, in columns, is too small.
  init?(_ text: String, room: Int) { self.init(LineEditor.Hint(text), room: room) }

  /// nil when `room`, in columns, is too small.
  init?(_ hint: LineEditor.Hint, room: Int) {
    let text = hint.text
    guard !text.isEmpty else { return nil }
    let lines = text.split(separator: "\n", maxSplits: 1, omittingEmptySubsequences: false)
    let first = VisibleText.of(String(lines[0])) + (lines.count > 1 ? " …" : "")
    let fits = DisplayWidth.of(first) <= room
    guard fits || room >= Self.leastColumns else { return nil }
    self.text = hint.taken
    picture = fits ? first : DisplayWidth.truncated(first, to: room)
  }

  /// The first word of the text with the blanks before it.
  var firstWord: String {
    let word = text.drop { $0.isWhitespace }.prefix { !$0.isWhitespace }
    return String(text[..<word.endIndex])
  }

  /// What follows `line` in the newest of `entries`, oldest first, that begins with it and goes on.
  static func continuation(of line: String, in entries: [String]) -> String? {
    let start = line.utf8
    let entry = entries.last { $0.utf8.count > start.count && $0.utf8.starts(with: start) }
    return entry.map { String(Substring($0.utf8.dropFirst(start.count))) }
  }
}
