/// What a notebook must know of the commands in it, which only their declarations tell.
struct NotebookLanguage: Sendable {
  /// Whether a command goes on to a semicolon; asked with its first lines.
  var runsToSemicolon: @Sendable (_ command: String) -> Bool
  /// What a command does, as far as its first words tell.
  var effects: @Sendable (_ command: String) -> Effects
  /// Whether a command's result goes to a file.
  var goesToFile: @Sendable (_ command: String) -> Bool
}
