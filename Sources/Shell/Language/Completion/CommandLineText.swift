import IndexDesign
import Notebook

/// A line that begins with a command of hypo, split for completion and hints.
struct CommandLineText {
  let declaration: CommandDeclaration
  /// Where the arguments begin, in UTF-8.
  let argumentsStart: Int

  /// Finds the command whose name stands whole at the beginning; nil when there is none, or when the line is
  /// that of another language.
  init?(_ text: String) {
    var reader = ArgumentReader(text)
    guard let first = reader.word() else { return nil }
    if let command = CommandRegistry.find(first.lowercased) {
      declaration = command.declaration
      argumentsStart = first.range.upperBound
      return
    }
    guard CommandRegistry.prefixes.contains(first.lowercased), let second = reader.word(),
      let command = CommandRegistry.find("\(first.lowercased) \(second.lowercased)")
    else { return nil }
    declaration = command.declaration
    argumentsStart = second.range.upperBound
  }
}
