/// The backslash commands that completion knows, with the notation of what may follow.
enum BackslashWords {
  /// A backslash command.
  struct Word: Sendable {
    var name: String
    /// The arguments, in the notation of manual pages.
    var arguments: String
    /// One line, without a full stop.
    var summary: String
  }

  /// All of them, by name.
  static let all = (own + described).sorted { $0.name < $1.name }

  /// hypo's own: the first name of each.
  private static let own = CommandRegistry.backslashNames.compactMap { names in
    names.first.flatMap { name in
      CommandRegistry.find(name).map {
        Word(name: name, arguments: $0.declaration.arguments, summary: $0.declaration.summary)
      }
    }
  }

  /// Those that psql runs.
  private static let described = [
    Word(name: "\\conninfo", arguments: "", summary: "the connection, by psql"),
    Word(name: "\\d", arguments: "[TABLE]", summary: "describe a relation"),
    Word(name: "\\d+", arguments: "[TABLE]", summary: "describe a relation, with more"),
    Word(name: "\\di", arguments: "[INDEX]", summary: "indexes"),
    Word(name: "\\di+", arguments: "[INDEX]", summary: "indexes with their sizes"),
    Word(name: "\\dn", arguments: "[SCHEMA]", summary: "schemas"),
    Word(name: "\\dt", arguments: "[TABLE]", summary: "tables"),
    Word(name: "\\dt+", arguments: "[TABLE]", summary: "tables with their sizes"),
    Word(name: "\\dv", arguments: "[TABLE]", summary: "views"),
    Word(name: "\\dx", arguments: "", summary: "extensions"),
    Word(name: "\\h", arguments: "", summary: "the grammar of an SQL statement"),
    Word(name: "\\l", arguments: "[DATABASE]", summary: "databases"),
    Word(name: "\\sf", arguments: "", summary: "the text of a function"),
    Word(name: "\\sv", arguments: "[TABLE]", summary: "the text of a view"),
    Word(name: "\\z", arguments: "[TABLE]", summary: "the privileges on a relation"),
  ]

  /// The notation of a backslash command's arguments; nil when it is not known.
  static func synopsis(_ name: String) -> Synopsis? {
    let arguments =
      CommandRegistry.find(name)?.declaration.arguments ?? described.first { $0.name == name }?.arguments
    return arguments.flatMap { try? Synopsis($0) }
  }
}
