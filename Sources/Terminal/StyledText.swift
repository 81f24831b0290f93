/// Text in runs of one style each.
///
/// It holds text as it came; `render` makes it safe, so that no value from a server can command the
/// terminal. It may hold newlines.
public struct StyledText: Hashable, Sendable, ExpressibleByStringInterpolation, CustomStringConvertible {
  /// A piece of text in one style.
  public struct Run: Hashable, Sendable {
    /// The text as it came.
    public var text: String
    /// What it means.
    public var style: Style

    /// A piece of text in one style.
    public init(_ text: String, _ style: Style = .plain) {
      self.text = text
      self.style = style
    }
  }

  /// The pieces in reading order, none empty, neighbours of different style.
  public private(set) var runs: [Run] = []

  /// An empty text.
  public init() {}

  /// All of `text` in one style.
  public init(_ text: String, _ style: Style = .plain) {
    append(text, style)
  }

  /// The pieces one after another.
  public init(_ runs: [Run]) {
    for run in runs { append(run.text, run.style) }
  }

  /// A plain text.
  public init(stringLiteral value: String) {
    append(value)
  }

  /// Adds `text` at the end.
  public mutating func append(_ text: String, _ style: Style = .plain) {
    guard !text.isEmpty else { return }
    if let last = runs.indices.last, runs[last].style == style {
      runs[last].text += text
    } else {
      runs.append(Run(text, style))
    }
  }

  /// Adds another styled text at the end.
  public mutating func append(_ other: StyledText) {
    for run in other.runs { append(run.text, run.style) }
  }

  /// One text after the other.
  public static func + (left: StyledText, right: StyledText) -> StyledText {
    var sum = left
    sum.append(right)
    return sum
  }

  /// Adds `right` to `left`.
  public static func += (left: inout StyledText, right: StyledText) {
    left.append(right)
  }

  /// The text without styles, as it came.
  public var text: String { runs.map(\.text).joined() }

  /// The same as `text`.
  public var description: String { text }

  /// Whether there is no character in it.
  public var isEmpty: Bool { runs.isEmpty }

  /// The terminal columns of it as one line.
  public var width: Int { runs.reduce(0) { $0 + DisplayWidth.of($1.text) } }

  /// What to write to a terminal or file: visible text, newlines kept, attributes only when `colour`.
  public func render(colour: Bool) -> String {
    runs.map { run in
      let visible = VisibleText.of(run.text, keepingNewlines: true)
      guard colour, let attributes = run.style.attributes else { return visible }
      return "\u{1B}[\(attributes)m\(visible)\u{1B}[0m"
    }.joined()
  }

  /// The lines of the text, at least one.
  public var lines: [StyledText] {
    guard runs.contains(where: { $0.text.utf8.contains(0x0A) }) else { return [self] }
    var lines = [StyledText()]
    for run in runs {
      let parts = run.text.split(
        omittingEmptySubsequences: false, whereSeparator: { $0 == "\n" || $0 == "\r\n" })
      for (index, part) in parts.enumerated() {
        if index > 0 { lines.append(StyledText()) }
        lines[lines.count - 1].append(String(part), run.style)
      }
    }
    return lines
  }

  /// One line of it cut to at most `width` columns, with `…` in the style of the place where it is cut.
  public func truncated(to width: Int) -> StyledText {
    guard self.width > width else { return self }
    guard width > 0 else { return StyledText() }
    var result = StyledText()
    var left = width - 1
    for run in runs {
      let visible = VisibleText.of(run.text)
      let own = DisplayWidth.of(visible)
      if own > left {
        result.append(DisplayWidth.prefix(of: visible, within: left) + "…", run.style)
        break
      }
      result.append(visible, run.style)
      left -= own
    }
    return result
  }

  /// It without the spaces at its end, whatever their style.
  public var withoutTrailingSpaces: StyledText {
    guard runs.last?.text.utf8.last == 0x20 else { return self }
    var trimmed = self
    while let last = trimmed.runs.popLast() {
      let spaces = last.text.utf8.reversed().prefix { $0 == 0x20 }.count
      let text = String(Substring(last.text.utf8.dropLast(spaces)))
      guard text.isEmpty else {
        trimmed.append(text, last.style)
        break
      }
    }
    return trimmed
  }

  /// It with plain spaces to `width` columns, before it when `onLeft`; a longer one is not cut.
  public func padded(to width: Int, onLeft: Bool = false) -> StyledText {
    let filling = StyledText(String(repeating: " ", count: max(0, width - self.width)))
    return onLeft ? filling + self : self + filling
  }

  /// It in lines of at most `width` columns, broken at spaces, the later ones `indent` spaces in.
  ///
  /// A word that is wider than a line stays whole.
  public func folded(to width: Int, indent: Int = 0) -> [StyledText] {
    guard self.width > width, width > indent else { return [self] }
    var lines = [StyledText()]
    var column = 0
    for run in runs {
      for piece in run.text.split(separator: " ", omittingEmptySubsequences: false).enumerated() {
        let word = (piece.offset > 0 ? " " : "") + piece.element
        let own = DisplayWidth.of(word)
        if column + own > width, column > indent, piece.offset > 0 {
          lines.append(StyledText(String(repeating: " ", count: indent)))
          lines[lines.count - 1].append(String(piece.element), run.style)
          column = indent + own - 1
        } else {
          lines[lines.count - 1].append(word, run.style)
          column += own
        }
      }
    }
    return lines
  }

  /// One line of it in pieces of at most `width` columns, at least one.
  public func wrapped(to width: Int) -> [StyledText] {
    var pieces = [StyledText()]
    var left = width
    for run in runs {
      for character in VisibleText.of(run.text) {
        let own = DisplayWidth.of(character)
        if own > left, left < width {
          pieces.append(StyledText())
          left = width
        }
        pieces[pieces.count - 1].append(String(character), run.style)
        left -= own
      }
    }
    return pieces
  }
}
