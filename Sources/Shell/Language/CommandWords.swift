import IndexDesign
import Notebook
import Reports

/// Decides what a line is by its first words: a command of hypo, SQL, or neither.
enum CommandWords {
  /// Words that begin a statement of PostgreSQL.
  static let sql: Set<String> = [
    "abort", "alter", "analyze", "begin", "call", "checkpoint", "close", "cluster", "comment", "commit",
    "copy",
    "create", "deallocate", "declare", "delete", "discard", "do", "drop", "end", "execute", "fetch", "grant",
    "insert", "listen", "load", "lock", "merge", "move", "notify", "prepare", "reassign", "refresh",
    "reindex",
    "release", "reset", "revoke", "savepoint", "security", "select", "start", "table", "truncate", "unlisten",
    "update", "vacuum", "values", "with",
  ]

  /// Words of both; with a final semicolon they are SQL.
  static let both: Set<String> = ["show", "set", "rollback", "import"]

  /// What a line turned out to be.
  enum Line {
    /// A command, and where its arguments begin.
    case command(any Command.Type, argumentsFrom: Int)
    /// A statement for the server.
    case sql
    /// What psql describes: `\d` and the like.
    case psql
  }

  /// Classifies a complete line that is neither blank nor a comment.
  ///
  /// - Throws: `Failure` for a word that is no command, with the nearest one as the hint.
  static func classify(_ text: String) throws(Failure) -> Line {
    var reader = ArgumentReader(text)
    if text.drop(while: \.isWhitespace).hasPrefix("\\") { return try backslash(text) }
    guard let first = reader.word() else {
      throw Failure(.script, "there is no command", hint: "help lists them")
    }
    let word = first.lowercased
    if both.contains(word), endsWithSemicolon(text) { return .sql }
    if let found = CommandRegistry.find(word) {
      return .command(found, argumentsFrom: first.range.upperBound)
    }
    if CommandRegistry.prefixes.contains(word) {
      let second = reader.word()
      if let second, let found = CommandRegistry.find("\(word) \(second.lowercased)") {
        return .command(found, argumentsFrom: second.range.upperBound)
      }
      throw unknown(second, after: word, text)
    }
    if let command = withoutGroup(first, text) {
      throw Failure(
        .script, sql.contains(word) ? "this is no statement" : "unknown command \"\(first.text)\"",
        hint: "did you mean \"\(command)\"?", place: .init(text: text, range: first.range))
    }
    if sql.contains(word) || text.drop(while: \.isWhitespace).hasPrefix("(") { return .sql }
    let near = NearName.closest(to: word, among: CommandRegistry.firstWords)
    throw Failure(
      .script, "unknown command \"\(first.text)\"",
      hint: near.map { "did you mean \"\($0)\"?" }
        ?? "help lists the commands; SQL begins with a keyword and ends in ;",
      place: .init(text: text, range: first.range))
  }

  /// The line with the word that was left out before its first one: `hypo drop %1` for `drop %1`.
  ///
  /// - Returns: nil when no group has such a command; for a word of SQL, too, when what follows it may be SQL.
  private static func withoutGroup(_ first: ArgumentReader.Word, _ text: String) -> String? {
    let word = first.lowercased
    guard
      let found = CommandRegistry.all.map({ $0.declaration }).first(where: { declaration in
        declaration.name.contains(" ") && declaration.name.hasSuffix(" " + word)
      })
    else { return nil }
    if sql.contains(word),
      FormWalk(reading: found.form, text, from: first.range.upperBound).whole == nil
    {
      return nil
    }
    let rest = String(decoding: Array(text.utf8)[first.range.upperBound...], as: UTF8.self)
    return found.name + rest
  }

  private static func backslash(_ text: String) throws(Failure) -> Line {
    let name = PsqlLine.name(of: text)
    let start = text.utf8.count - text.drop(while: \.isWhitespace).utf8.count
    let end = start + name.utf8.count
    if let found = CommandRegistry.find(name) { return .command(found, argumentsFrom: end) }
    if PsqlLine.describes(name) { return .psql }
    throw Backslash.refusal(name, at: .init(text: text, range: start..<end))
  }

  /// What a command does, as far as its first words tell; nothing for a line that is no command.
  static func effects(of text: String) -> Effects {
    switch try? classify(text) {
    case .command(let type, _): type.declaration.effects
    case .sql: [.looks, .keepsInWorkspace]
    case .psql: .looks
    case nil: []
    }
  }

  /// Whether a command's arguments hold a statement, as in `diff select …`.
  static func holdsStatement(_ text: String) -> Bool {
    guard let line = CommandLineText(text) else { return false }
    let walk = FormWalk(reading: line.declaration.form, text, from: line.argumentsStart)
    return walk.whole?.bindings.contains { binding in
      binding.placeholder == "SQL"
        || walk.form.placeholder(binding.placeholder).extent == .command && holdsStatement(binding.word.text)
    } == true
  }

  /// Where the statement begins that a command's arguments hold; 0 for a line that is a statement itself.
  static func statementStart(_ text: String) -> Int {
    guard let line = CommandLineText(text) else { return 0 }
    let walk = FormWalk(reading: line.declaration.form, text, from: line.argumentsStart)
    for binding in walk.whole?.bindings ?? [] where binding.placeholder == "SQL" {
      return binding.word.range.lowerBound
    }
    return line.argumentsStart
  }

  /// Whether a `>` in a line may compare: behind a condition, and before an operator that psql describes.
  static func holdsComparison(_ text: String) -> Bool {
    if PsqlLine.namesOperators(PsqlLine.name(of: text)) { return true }
    return CommandLineText(text)?.declaration.form.holdsCondition == true
  }

  private static func unknown(_ word: ArgumentReader.Word?, after prefix: String, _ text: String) -> Failure {
    let names = CommandRegistry.all.map { $0.declaration.name }.filter { $0.hasPrefix(prefix + " ") }
      .map { String($0.dropFirst(prefix.count + 1)) }
    guard let word else {
      return Failure(
        .script, "\"\(prefix)\" needs a second word", hint: "one of: " + names.joined(separator: ", "))
    }
    let near = NearName.closest(to: word.lowercased, among: names)
    return Failure(
      .script, "unknown command \"\(prefix) \(word.text)\"",
      hint: near.map { "did you mean \"\(prefix) \($0)\"?" } ?? "one of: " + names.joined(separator: ", "),
      place: .init(text: text, range: word.range))
  }

  /// Whether the text goes on until a semicolon: SQL, and a command in whose form a statement has begun.
  static func runsToSemicolon(_ text: String) -> Bool {
    if let line = CommandLineText(text) {
      return line.declaration.form.mayRunToSemicolon
        && FormWalk(reading: line.declaration.form, text, from: line.argumentsStart).runsToSemicolon
    }
    var reader = ArgumentReader(text)
    guard let first = reader.word() else { return false }
    if withoutGroup(first, text) != nil { return false }
    // The words of both languages are one line, which the semicolon makes SQL.
    return first.text == "(" || sql.contains(first.lowercased) && !both.contains(first.lowercased)
  }

  private static func endsWithSemicolon(_ text: String) -> Bool {
    text.last { !$0.isWhitespace } == ";"
  }
}
