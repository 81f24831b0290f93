import Notebook

/// The backslash commands that completion knows, with the notation of what may follow.
enum BackslashWords {
  /// A backslash command.
  struct Word: Sendable {
    var name: String
    /// What may follow the name.
    var form: Form
    /// One line, without a full stop.
    var summary: String
  }

  /// All of them, by name.
  static let all = (own + described).sorted { $0.name < $1.name }

  /// hypo's own: the first name of each.
  private static let own = CommandRegistry.backslashNames.compactMap { names in
    names.first.flatMap { name in
      CommandRegistry.find(name).map {
        Word(name: name, form: $0.declaration.form, summary: $0.declaration.summary)
      }
    }
  }

  /// Those that psql runs.
  private static let described = [
    Word(name: "\\conninfo", form: Form(""), summary: "the connection, by psql"),
    Word(name: "\\d", form: Form("[TABLE]"), summary: "describe a relation"),
    Word(name: "\\d+", form: Form("[TABLE]"), summary: "describe a relation, with more"),
    Word(name: "\\di", form: Form("[INDEX]"), summary: "indexes"),
    Word(name: "\\di+", form: Form("[INDEX]"), summary: "indexes with their sizes"),
    Word(name: "\\dn", form: Form("[SCHEMA]"), summary: "schemas"),
    Word(name: "\\dt", form: Form("[TABLE]"), summary: "tables"),
    Word(name: "\\dt+", form: Form("[TABLE]"), summary: "tables with their sizes"),
    Word(name: "\\dv", form: Form("[TABLE]"), summary: "views"),
    Word(name: "\\dx", form: Form(""), summary: "extensions"),
    Word(name: "\\h", form: Form(""), summary: "the grammar of an SQL statement"),
    Word(name: "\\l", form: Form("[DATABASE]"), summary: "databases"),
    Word(name: "\\sf", form: Form(""), summary: "the text of a function"),
    Word(name: "\\sv", form: Form("[TABLE]"), summary: "the text of a view"),
    Word(name: "\\z", form: Form("[TABLE]"), summary: "the privileges on a relation"),
  ]

  /// The form of a backslash command; nil when it is not known.
  static func form(_ name: String) -> Form? {
    CommandRegistry.find(name)?.declaration.form ?? described.first { $0.name == name }?.form
  }
}
