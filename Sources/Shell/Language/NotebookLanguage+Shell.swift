import Notebook
import Reports

extension NotebookLanguage {
  /// The commands of this shell.
  static let shell = NotebookLanguage(
    runsToSemicolon: CommandWords.runsToSemicolon, effects: CommandWords.effects(of:), goesToFile: goesToFile,
    isSQL: { command in if case .sql = try? CommandWords.classify(command) { true } else { false } })

  /// A file whose ending names no form is one, too.
  private static func goesToFile(_ command: String) -> Bool {
    // Most commands hold no sign that a file could stand behind.
    guard command.utf8.contains(UInt8(ascii: ">")) else { return false }
    do throws(Failure) { return try Redirection.split(command).1 != nil } catch { return true }
  }
}

extension Notebook {
  /// Reads a whole file of this shell's commands; see `init(bytes:language:)`.
  init(bytes: [UInt8]) throws(ParseError) { try self.init(bytes: bytes, language: .shell) }

  /// Reads a whole text of this shell's commands.
  init(parsing text: String) throws(ParseError) { try self.init(bytes: Array(text.utf8)) }
}
