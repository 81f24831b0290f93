/// One way to go on at the cursor.
public struct Completion: Hashable, Sendable {
  /// What the word becomes.
  public var text: String
  /// Where the word begins that it replaces, up to the cursor; an offset into the line's UTF-8.
  public var start: Int
  /// What the list shows; the text itself unless it says more.
  public var label: String
  /// A short description for the list; nil when the label says all.
  public var note: String?
  /// What follows when it is the only one: usually a space, nothing after an opening parenthesis.
  public var suffix: String

  /// A completion of the word that begins at `start`.
  public init(
    _ text: String, start: Int, label: String? = nil, note: String? = nil, suffix: String = " "
  ) {
    self.text = text
    self.start = start
    self.label = label ?? text
    self.note = note
    self.suffix = suffix
  }
}

/// What the Tab key does, as a value.
enum CompletionStep: Hashable {
  case nothing
  /// Replaces the line's UTF-8 from `start` to the cursor.
  case replace(start: Int, with: String)
  case list([Completion])

  /// Extends the word as far as all completions agree; lists them once there is nothing to extend.
  static func decide(_ completions: [Completion], line: String, cursor: Int) -> CompletionStep {
    guard let first = completions.first else { return .nothing }
    guard (0...cursor).contains(first.start), let typed = slice(line, first.start, cursor) else {
      return .nothing
    }
    let rest = slice(line, cursor, line.utf8.count) ?? ""
    if completions.count == 1 {
      let suffix = rest.hasPrefix(first.suffix) ? "" : first.suffix
      let whole = first.text + suffix
      return whole == typed ? .nothing : .replace(start: first.start, with: whole)
    }
    guard completions.allSatisfy({ $0.start == first.start }) else { return .list(completions) }
    let common = completions.dropFirst().reduce(into: first.text) { common, next in
      while !next.text.hasPrefix(common) { common.removeLast() }
    }
    let extends = common.count > typed.count && common.lowercased().hasPrefix(typed.lowercased())
    return extends ? .replace(start: first.start, with: common) : .list(completions)
  }

  private static func slice(_ line: String, _ start: Int, _ end: Int) -> String? {
    let bytes = line.utf8
    guard start <= end, end <= bytes.count else { return nil }
    let from = bytes.index(bytes.startIndex, offsetBy: start)
    let to = bytes.index(bytes.startIndex, offsetBy: end)
    return String(Substring(bytes[from..<to]))
  }
}
