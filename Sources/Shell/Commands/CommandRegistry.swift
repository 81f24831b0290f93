/// Every command there is.
enum CommandRegistry {
  /// Those that help lists, in its order.
  static let all: [any Command.Type] = [
    ConnectCommand.self, DisconnectCommand.self, SandboxCommand.self, StatusCommand.self, DoctorCommand.self,
    SetupCommand.self,
    SetCommand.self,
    ShowCommand.self, HelpCommand.self, HistoryCommand.self, EditCommand.self, WatchCommand.self,
    QuitCommand.self,
    TopCommand.self, QueryCommand.self,
    HypoAddCommand.self, HypoListCommand.self, HypoDropCommand.self, HypoResetCommand.self,
    HypoOnCommand.self,
    HypoOffCommand.self,
    ExplainCommand.self, DiffCommand.self,
    PromoteCommand.self, VerifyCommand.self, RollbackCommand.self, ChangesCommand.self,
    RunCommand.self, RecordCommand.self, ExpectCommand.self, LetCommand.self, OnFailCommand.self,
    PauseCommand.self,
  ]

  /// Commands of psql that hypo has only with a backslash.
  static let backslashed: [any Command.Type] = [
    AgainCommand.self, WatchAgainCommand.self, ExpandedCommand.self, TimingCommand.self,
  ]

  private static let byName = Dictionary(
    (all + backslashed).flatMap { type in
      ([type.declaration.name] + type.declaration.aliases).map { ($0, type) }
    }, uniquingKeysWith: { first, _ in first })

  /// The command of a name, or of another word for it; nil when there is none.
  static func find(_ name: String) -> (any Command.Type)? { byName[name] }

  /// First words that need a second one, such as `hypo`.
  static let prefixes = Set(
    all.compactMap { type in
      let words = type.declaration.name.split(separator: " ")
      return words.count > 1 ? String(words[0]) : nil
    })

  /// Every word that can begin a command.
  static let firstWords = Set(all.map { String($0.declaration.name.split(separator: " ")[0]) }).sorted()

  /// The names that begin with a backslash, each command's own together.
  static let backslashNames = (all + backslashed).map { type in
    ([type.declaration.name] + type.declaration.aliases).filter { $0.hasPrefix("\\") }
  }.filter { !$0.isEmpty }
}
