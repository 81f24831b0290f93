import Reports

/// `\watch [N]`
struct WatchAgainCommand: Command {
  static let declaration = CommandDeclaration(
    name: "\\watch", arguments: "[N]", summary: "the last command again and again",
    details:
      "Repeats the last command every N seconds, 2 unless told otherwise; psql's i=N and c=N are understood.",
    examples: ["\\watch 5"], group: .session, effects: .steersShell)

  private let interval: Duration
  private let count: Int?

  init(_ arguments: inout ArgumentReader) throws(Failure) {
    var interval = Duration.seconds(2)
    var count: Int?
    while let word = arguments.next {
      if arguments.take("i") || arguments.take("c") { continue }
      if word.lowercased.hasPrefix("c=") || word.lowercased.hasPrefix("i=") {
        _ = arguments.word()
        let value = String(word.text.dropFirst(2))
        if word.lowercased.hasPrefix("c=") {
          guard let number = Int(value), number > 0 else {
            throw arguments.failure("the number of times must be a whole number above 0", at: word)
          }
          count = number
        } else {
          var inner = ArgumentReader(value)
          interval = try WatchCommand.interval(&inner)
        }
      } else {
        interval = try WatchCommand.interval(&arguments)
      }
    }
    (self.interval, self.count) = (interval, count)
  }

  func run(in workspace: Workspace, by loop: Loop) throws -> Report {
    guard let command = loop.lastCommand else {
      throw Failure(
        .script, "there is no command to repeat yet", hint: "usage: watch N [count C] COMMAND")
    }
    do throws(Failure) { try RepeatableCommand.check(command) } catch {
      var failure = error
      failure.place = nil
      throw failure
    }
    return try loop.perform(Repetition(command: command, interval: interval, count: count))
  }
}
