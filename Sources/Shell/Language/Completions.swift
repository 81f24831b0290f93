import Terminal

/// What the Tab key offers: the names of commands.
enum Completions {
  /// The ways to go on at the cursor.
  static func of(_ line: String, _ cursor: Int) -> [Completion] {
    let bytes = Array(line.utf8)
    let typed = String(decoding: bytes[..<min(cursor, bytes.count)], as: UTF8.self)
    let isHelp = typed.hasPrefix("help ")
    let start = isHelp ? 5 : 0
    let text = String(decoding: Array(typed.utf8)[start...], as: UTF8.self).lowercased()
    return CommandRegistry.all.map { $0.declaration }.filter { $0.name.hasPrefix(text) }.map {
      Completion($0.name, start: start, note: $0.summary)
    }
  }
}
