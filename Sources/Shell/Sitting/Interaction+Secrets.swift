extension Interaction {
  /// Whether a line holds a password that must not be stored.
  ///
  /// That is a value given to `password`, `sslpassword`, `PGPASSWORD` and the like, the literal behind
  /// PASSWORD in SQL, a password in a URI, and whatever stands with `\password`. The word alone, as a column's
  /// name or in quotes, is no secret; nor is a parameter such as `$1`. In doubt it is one.
  static func holdsSecret(_ line: String) -> Bool {
    // Thousands of lines are looked at when the history is read: most end here.
    let bytes = Array(line.utf8)
    let namesPassword = holds("password", in: bytes)
    guard namesPassword || holds("://", in: bytes) else { return false }
    if namesPassword, line.contains(assignment) || line.contains(literal) || line.contains(command) {
      return true
    }
    return holdsPasswordInURI(line)
  }

  /// In a conninfo, a URI's options, an environment, or an SQL comparison.
  private static var assignment: some RegexComponent {
    /(?i)password['"]?\s*(=|:=|=>)\s*(?!\$\d)\S/
  }

  /// Behind the word of SQL; a quote that touches the word ends a text that names it.
  private static var literal: some RegexComponent {
    /(?i)\bpassword(\s|\/\*.*?\*\/)+([eEnN]|[uU]&)?('|\$(?!\d))/
  }

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

  /// `text` in lower case anywhere in `bytes`, whatever their case.
  private static func holds(_ text: StaticString, in bytes: [UInt8]) -> Bool {
    text.withUTF8Buffer { text in
      guard bytes.count >= text.count else { return false }
      return (0...bytes.count - text.count).contains { start in
        text.indices.allSatisfy { index in
          let byte = bytes[start + index]
          return ((0x41...0x5A).contains(byte) ? byte | 0x20 : byte) == text[index]
        }
      }
    }
  }
}
