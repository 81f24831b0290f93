/// What a piece of text means; how that looks is decided here alone.
public enum Style: String, Hashable, Sendable, CaseIterable {
  /// Nothing special.
  case plain
  /// A title or a column's head.
  case heading
  /// Something that must be seen.
  case strong
  /// Rules, units, asides.
  case dim
  /// A gain, success.
  case good
  /// A loss, an error, production.
  case bad
  /// Look at this before you go on.
  case warning
  /// A handle or name that can be typed.
  case accent

  /// The terminal's attribute numbers, from the sixteen colours so that light and dark themes both work.
  ///
  /// nil for plain text. Source: ECMA-48, SGR.
  var attributes: String? {
    switch self {
    case .plain: nil
    case .heading, .strong: "1"
    case .dim: "2"
    case .good: "32"
    case .bad: "31"
    case .warning: "33"
    case .accent: "36"
    }
  }
}
