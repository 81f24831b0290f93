import Notebook
import Reports

/// Decides whether a command may be run again and again.
enum RepeatableCommand {
  /// The names of those that can be, whatever their arguments, in the order of letters.
  static let names = CommandRegistry.all.map { $0.declaration }.filter(\.effects.mayBeRepeated).map(\.name)
    .sorted()

  /// Sees that a command may run again and again.
  ///
  /// - Throws: `Failure` with its place in the command.
  static func check(_ command: String) throws(Failure) {
    switch try CommandWords.classify(command) {
    case .command(let type, let offset):
      let name = type.declaration.name
      guard type.declaration.effects.contains(.looks),
        try type.init(reading: command, from: offset).effects.mayBeRepeated
      else {
        throw Failure(
          .refused, "\(name) cannot be repeated: it does more than look",
          hint: "to repeat: \(names.joined(separator: ", ")), and SQL",
          place: .init(text: command, range: 0..<min(name.utf8.count, command.utf8.count)))
      }
    case .sql: return
    case .psql: _ = try PsqlLine(command)
    }
  }

  /// The last command, when it may run again.
  ///
  /// - Parameter hint: what to do when there is none.
  /// - Throws: `Failure`, without a place: the command is not what was typed now.
  static func last(of loop: Loop, hint: String) throws(Failure) -> String {
    guard let command = loop.lastCommand else {
      throw Failure(.script, "there is no command to repeat yet", hint: hint)
    }
    do throws(Failure) { try check(command) } catch {
      var failure = error
      failure.place = nil
      throw failure
    }
    return command
  }
}
