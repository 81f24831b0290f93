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
      var arguments = ArgumentReader(command, from: offset)
      guard type.declaration.effects.contains(.looks), try type.init(&arguments).effects.mayBeRepeated else {
        throw Failure(
          .refused, "\(name) cannot be repeated: it does more than look",
          hint: "to repeat: \(names.joined(separator: ", ")), and SQL",
          place: .init(text: command, range: 0..<min(name.utf8.count, command.utf8.count)))
      }
    case .sql: return
    case .psql: _ = try PsqlLine(command)
    }
  }
}
