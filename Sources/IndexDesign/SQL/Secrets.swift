/// Knows texts that must not be stored or repeated.
public enum Secrets {
  /// Whether a line holds a password that must not be stored.
  ///
  /// That is a value given to `password`, `sslpassword`, `PGPASSWORD` and the like, the literal behind
  /// PASSWORD in SQL, a password in a URI, and whatever stands with `\password`. The word alone, as a column's
  /// name or in quotes, is no secret; nor is a parameter such as `$1`. In doubt it is one.
  public static func isHeld(in line: String) -> Bool {
    // Thousands of lines are looked at when the history is read: most end here.
    let bytes = Array(line.utf8)
    let namesPassword = holds("password", in: bytes)
    guard namesPassword || holds("://", in: bytes) else { return false }
    if namesPassword, line.contains(assignment) || holdsLiteral(bytes) || line.contains(command) {
      return true
    }
    return holdsPasswordInURI(line)
  }

  /// In a conninfo, a URI's options, an environment, or an SQL comparison.
  private static var assignment: some RegexComponent {
    /(?i)password['"]?\s*(=|:=|=>)\s*(?!\$\d)\S/
  }

  /// Behind the word of SQL: blanks or comments, then a literal. A quote that touches the word ends a text that
  /// names it. By hand, because a pattern would try again at each of many comments.
  private static func holdsLiteral(_ bytes: [UInt8]) -> Bool {
    let word = Array("password".utf8)
    var start = 0
    while let end = range(of: word, in: bytes, from: start)?.upperBound {
      start = end
      let before = end - word.count - 1
      if before >= 0, isWordByte(bytes[before]) { continue }
      let literal = behindBlanks(bytes, from: end)
      if literal > end, beginsLiteral(bytes[literal...]) { return true }
    }
    return false
  }

  /// The place behind blanks and comments; a comment that is not closed is none.
  private static func behindBlanks(_ bytes: [UInt8], from start: Int) -> Int {
    var at = start
    while at < bytes.count {
      if bytes[at] == 0x20 || (0x09...0x0D).contains(bytes[at]) {
        at += 1
      } else if bytes[at...].starts(with: "/*".utf8) {
        guard let end = range(of: Array("*/".utf8), in: bytes, from: at + 2) else { return at }
        at = end.upperBound
      } else if bytes[at...].starts(with: "--".utf8) {
        at = bytes[at...].firstIndex(of: 0x0A) ?? bytes.count
      } else {
        break
      }
    }
    return at
  }

  /// A string in one of SQL's quotes; a parameter such as $1 is none.
  private static func beginsLiteral(_ bytes: ArraySlice<UInt8>) -> Bool {
    let (quote, dollar) = (UInt8(ascii: "'"), UInt8(ascii: "$"))
    let text = bytes.prefix(3).map(lowered)
    if text.first == dollar { return text.count < 2 || !(0x30...0x39).contains(text[1]) }
    if text.first == quote || text == Array("u&'".utf8) { return true }
    return text.count > 1 && "en".utf8.contains(text[0]) && text[1] == quote
  }

  private static func isWordByte(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: "_") || byte >= 0x80 || (0x30...0x39).contains(byte)
      || (0x61...0x7A).contains(lowered(byte))
  }

  private static func lowered(_ byte: UInt8) -> UInt8 { (0x41...0x5A).contains(byte) ? byte | 0x20 : byte }

  /// psql's command, what sets the variable of libpq, and what somebody may take for a setting.
  private static var command: some RegexComponent {
    /(?i)(^\s*(\\|set\s+)password\b|\bpgpassword\b)/
  }

  /// What libpq takes for user and password ends at an @. People forget to write an @, a / or a blank in a
  /// password with a percent sign: a colon before the last @ of the word, or the first @ behind, tells.
  private static func holdsPasswordInURI(_ line: String) -> Bool {
    let parts = line.split(separator: "://", omittingEmptySubsequences: false)
    return zip(parts, parts.dropFirst()).contains { before, after in
      let word = after.prefix { !$0.isWhitespace }
      if let end = word.lastIndex(of: "@"), word[..<end].contains(":") { return true }
      guard before.lowercased().hasSuffix("postgresql") || before.lowercased().hasSuffix("postgres"),
        let end = after.firstIndex(of: "@")
      else { return false }
      return after[..<end].contains(":")
    }
  }

  /// Where a text in lower case stands first, whatever the case of `bytes`.
  private static func range(of text: [UInt8], in bytes: [UInt8], from start: Int) -> Range<Int>? {
    guard bytes.count - start >= text.count else { return nil }
    for place in start...bytes.count - text.count {
      var length = 0
      while length < text.count, lowered(bytes[place + length]) == text[length] { length += 1 }
      if length == text.count { return place..<place + length }
    }
    return nil
  }

  private static func holds(_ text: String, in bytes: [UInt8]) -> Bool {
    range(of: Array(text.utf8), in: bytes, from: 0) != nil
  }
}
