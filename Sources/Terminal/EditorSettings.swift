/// Which lines of `.editrc` count: those that choose a mode and bind keys to functions that hypo wants.
///
/// What else libedit would do there changes the terminal (`setty`, `settc`), turns editing off (`edit`), writes
/// (`echotc`, `telltc`), or replaces the history; and a key that types others (`bind -s`) may type itself for ever.
/// Source: editrc(5).
enum EditorSettings {
  /// Whether libedit is given a line, by its words; the first one may name a program in front of a colon.
  static func accept(_ words: [String]) -> Bool {
    guard words.first?.split(separator: ":", maxSplits: 1).last == "bind" else { return false }
    let flags = words.dropFirst().prefix { $0.hasPrefix("-") }
    guard flags.allSatisfy({ ["-a", "-e", "-r", "-v"].contains($0) }) else { return false }
    let rest = words.dropFirst(1 + flags.count)
    // A mode ends the line for libedit.
    if flags.contains("-e") || flags.contains("-v") { return true }
    if flags.contains("-r") { return rest.count == 1 }
    return rest.count == 2 && rest.last.map(EditingFunction.isWanted) == true
  }
}
