import IndexDesign

/// A whole command that was read and judged, so that it can be run; nothing of it has run.
struct PreparedCommand {
  /// What is done.
  enum Action {
    case command(any Command)
    /// A statement for the server, which the rule for typed SQL lets pass.
    case sql(String)
    /// `\d` and the like.
    case backslash(String)
  }

  /// The command as it was typed, with values in their places.
  let text: String
  /// The command as it was typed, `:name` where a value is used.
  let typed: String
  let action: Action
  /// The file that its result goes to; nil for the screen.
  let redirection: Redirection?
  /// What runs, in a word or two, for the line that tells of long waits.
  let activity: String

  /// Reads a command.
  ///
  /// - Parameter typed: the command before values took their places; nil when it uses none.
  /// - Throws: `Failure` with its place when it is none, or a wrong one.
  init(_ text: String, typed: String? = nil) throws(Failure) {
    let (command, redirection) = try Redirection.split(text)
    self.text = text
    self.typed = typed ?? text
    self.redirection = redirection
    switch try CommandWords.classify(command) {
    case .command(let type, let offset):
      var arguments = ArgumentReader(command, from: offset)
      action = .command(try type.init(&arguments))
      activity = type.declaration.name
    case .sql:
      try RawSQL.check(command)
      action = .sql(command)
      var words = ArgumentReader(command)
      activity = words.word()?.lowercased ?? "statement"
    case .backslash:
      try Backslash.check(command)
      action = .backslash(command)
      activity = "psql"
    }
  }

  /// Does it; what comes back is not shown yet.
  func run(in workspace: Workspace, by loop: Loop) throws -> Report {
    workspace.access.activity = activity
    return switch action {
    case .command(let command): try command.run(in: workspace, by: loop)
    case .sql(let text): try RawSQL.run(text, in: workspace)
    case .backslash(let text): try Backslash.run(text, in: workspace, by: loop)
    }
  }

  /// Whether it looks at the result of the command before, so that its own result takes no place.
  var isAboutResults: Bool {
    guard case .command(let command) = action else { return false }
    return command is LetCommand || command is ExpectCommand || command is PauseCommand
      || command is OnFailCommand
  }

  /// The command when it is of a type; nil for all else.
  func `as`<Type: Command>(_ type: Type.Type) -> Type? {
    if case .command(let command) = action { command as? Type } else { nil }
  }
}
