/// What a notebook must know of the commands in it, which only their declarations tell.
public struct NotebookLanguage: Sendable {
  /// Whether a command goes on to a semicolon; asked with its first lines.
  let runsToSemicolon: @Sendable (_ command: String) -> Bool
  /// What a command does, as far as its first words tell.
  let effects: @Sendable (_ command: String) -> Effects
  /// Whether a command's result goes to a file.
  let goesToFile: @Sendable (_ command: String) -> Bool
  /// Whether a command is a statement for the server.
  let isSQL: @Sendable (_ command: String) -> Bool

  /// A language of what is asked of it.
  public init(
    runsToSemicolon: @escaping @Sendable (_ command: String) -> Bool,
    effects: @escaping @Sendable (_ command: String) -> Effects,
    goesToFile: @escaping @Sendable (_ command: String) -> Bool,
    isSQL: @escaping @Sendable (_ command: String) -> Bool
  ) {
    (self.runsToSemicolon, self.effects) = (runsToSemicolon, effects)
    (self.goesToFile, self.isSQL) = (goesToFile, isSQL)
  }
}
