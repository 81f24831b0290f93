/// The backslash commands that completion knows, with the notation of what may follow.
enum BackslashWords {
  static let all: [(name: String, arguments: String, summary: String)] = [
    ("\\?", "", "hypo's own commands"),
    ("\\d", "[TABLE]", "describe a relation"),
    ("\\d+", "[TABLE]", "describe a relation, with more"),
    ("\\di", "[INDEX]", "indexes"),
    ("\\di+", "[INDEX]", "indexes with their sizes"),
    ("\\dt", "[TABLE]", "tables"),
    ("\\dt+", "[TABLE]", "tables with their sizes"),
    ("\\dn", "", "schemas"),
    ("\\e", "", "edit the statement in an editor"),
    ("\\i", "FILE", "run a file"),
    ("\\l", "", "databases"),
    ("\\q", "", "leave hypo"),
    ("\\timing", "[on | off]", "the time of each command"),
    ("\\watch", "[N]", "repeat the last command"),
    ("\\x", "[on | off]", "rows as records"),
  ]

  /// The notation of a backslash command's arguments; nil when it is not known.
  static func synopsis(_ name: String) -> Synopsis? {
    all.first { $0.name == name }.flatMap { try? Synopsis($0.arguments) }
  }
}
