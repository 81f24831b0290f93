/// The backslash commands that completion knows, with the notation of what may follow.
enum BackslashWords {
  static let all: [(name: String, arguments: String, summary: String)] = [
    ("\\?", "", "the commands of hypo"),
    ("\\c", "[TARGET]", "connect to a server"),
    ("\\conninfo", "", "the connection, by psql"),
    ("\\d", "[TABLE]", "describe a relation"),
    ("\\d+", "[TABLE]", "describe a relation, with more"),
    ("\\di", "[INDEX]", "indexes"),
    ("\\di+", "[INDEX]", "indexes with their sizes"),
    ("\\dn", "[SCHEMA]", "schemas"),
    ("\\dt", "[TABLE]", "tables"),
    ("\\dt+", "[TABLE]", "tables with their sizes"),
    ("\\dv", "[TABLE]", "views"),
    ("\\dx", "", "extensions"),
    ("\\e", "[@n | FILE]", "the last command in an editor"),
    ("\\g", "", "the last command again"),
    ("\\h", "", "the grammar of an SQL statement"),
    ("\\i", "FILE", "run a file"),
    ("\\l", "[DATABASE]", "databases"),
    ("\\q", "", "leave hypo"),
    ("\\s", "", "the history"),
    ("\\sf", "", "the text of a function"),
    ("\\sv", "[TABLE]", "the text of a view"),
    ("\\timing", "[on | off]", "the time of each command"),
    ("\\watch", "[N]", "the last command again and again"),
    ("\\x", "[on | off | auto]", "rows as records"),
    ("\\z", "[TABLE]", "the privileges on a relation"),
  ]

  /// The notation of a backslash command's arguments; nil when it is not known.
  static func synopsis(_ name: String) -> Synopsis? {
    all.first { $0.name == name }.flatMap { try? Synopsis($0.arguments) }
  }
}
