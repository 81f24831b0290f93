import CLibEdit
import Glibc

/// How many terminal columns a text takes.
///
/// Control characters count as they are shown by `VisibleText`.
public enum DisplayWidth {
  /// The columns of `text` on one line: 0 for combining marks, 2 for CJK and emoji, 1 for most else.
  public static func of(_ text: String) -> Int {
    VisibleText.plainWidth(of: text) ?? ofCharacters(in: text)
  }

  /// The same, by looking at each character.
  static func ofCharacters(in text: String) -> Int {
    VisibleText.of(text).reduce(0) { $0 + of($1) }
  }

  /// `text` cut to at most `width` columns, with `…` as the last one when something is missing.
  ///
  /// The result is visible text. A character is never split; an empty text comes back for a width of 0.
  public static func truncated(_ text: String, to width: Int) -> String {
    let visible = VisibleText.of(text)
    guard of(visible) > width else { return visible }
    guard width > 0 else { return "" }
    return prefix(of: visible, within: width - 1) + "…"
  }

  /// `text` filled with spaces to `width` columns, before it when `onLeft`; a longer one is not cut.
  public static func padded(_ text: String, to width: Int, onLeft: Bool = false) -> String {
    let visible = VisibleText.of(text)
    let filling = String(repeating: " ", count: max(0, width - of(visible)))
    return onLeft ? filling + visible : visible + filling
  }

  /// The longest beginning of a visible text that fits `width` columns.
  static func prefix(of visible: String, within width: Int) -> String {
    var taken = 0
    var result = ""
    for character in visible {
      let own = of(character)
      guard taken + own <= width else { break }
      taken += own
      result.append(character)
    }
    return result
  }

  /// The columns of one visible character.
  static func of(_ character: Character) -> Int {
    let scalars = character.unicodeScalars
    guard let first = scalars.first else { return 0 }
    if first.isASCII && scalars.count == 1 { return 1 }
    if isEmoji(character) { return 2 }
    return scalars.reduce(0) { $0 + of($1) }
  }

  /// Terminals draw a joined sequence, a flag or a keycap as one picture, whatever its parts are.
  private static func isEmoji(_ character: Character) -> Bool {
    let scalars = character.unicodeScalars
    guard let first = scalars.first, first.properties.isEmoji else { return false }
    if (0x1F1E6...0x1F1FF).contains(first.value) { return scalars.count > 1 }
    return first.properties.isEmojiPresentation
      || scalars.dropFirst().contains { $0.value == 0xFE0F || $0.properties.isEmojiModifier }
  }

  private static func of(_ scalar: Unicode.Scalar) -> Int {
    guard followsUnicode else { return scalar.properties.generalCategory == .nonspacingMark ? 0 : 1 }
    return max(0, Int(wcwidth(wchar_t(bitPattern: scalar.value))))
  }

  /// `wcwidth` knows nothing beyond ASCII until the locale is UTF-8.
  private static let followsUnicode = TerminalLocale.isUTF8 || TerminalLocale.prepare()
}
