/// The rules for names in PostgreSQL's SQL: folding, quoting and length.
///
/// Source: PostgreSQL manual, "Identifiers and Key Words"; `quote_identifier` in `ruleutils.c`.
public enum Identifier {
  /// The longest name that a server keeps whole, in bytes of UTF-8 (`NAMEDATALEN` − 1).
  public static let maximumLengthInBytes = 63

  /// `name` as it stands in a statement: in double quotes only when it would not be read back
  /// the same without them.
  ///
  /// Every keyword that is not wholly unreserved is quoted, also where the grammar would let it pass.
  public static func quoted(_ name: String) -> String {
    if isPlain(name), !isKeyword(name) { return name }
    var text = "\""
    for scalar in name.unicodeScalars {
      if scalar == "\"" { text.unicodeScalars.append(scalar) }
      text.unicodeScalars.append(scalar)
    }
    return text + "\""
  }

  /// An unquoted name as the server reads it: the letters A to Z become small, all others stay.
  public static func folded(_ name: some StringProtocol) -> String {
    String(decoding: name.utf8.map { (0x41...0x5A).contains($0) ? $0 + 0x20 : $0 }, as: UTF8.self)
  }

  /// Whether the server would cut `name` off, which it does with only a notice.
  public static func isTooLong(_ name: String) -> Bool { name.utf8.count > maximumLengthInBytes }

  /// The beginning of `name` that fits into `bytes` bytes without a cut inside a character.
  static func clipped(_ name: String, toBytes bytes: Int) -> String {
    var result = String.UnicodeScalarView()
    var length = 0
    for scalar in name.unicodeScalars {
      length += UTF8.width(scalar)
      if length > bytes { break }
      result.append(scalar)
    }
    return String(result)
  }

  /// Whether `name` cannot be the name of a column or a table without quotes.
  static func isForbiddenUnquoted(_ name: String) -> Bool {
    reservedWords.contains(name) || functionOrTypeWords.contains(name)
  }

  private static func isPlain(_ name: String) -> Bool {
    guard let first = name.utf8.first, first == 0x5F || (0x61...0x7A).contains(first) else { return false }
    return name.utf8.allSatisfy { $0 == 0x5F || (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) }
  }

  private static func isKeyword(_ name: String) -> Bool {
    isForbiddenUnquoted(name) || columnNameWords.contains(name)
  }
}
