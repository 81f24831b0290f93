import Notebook
import Reports

/// `\watch [N]`
struct WatchAgainCommand: Command {
  static let declaration = CommandDeclaration(
    name: "\\watch",
    form: Form("[N] {[i = N] [c = C]}", ["N": .interval, "C": .count("the number of times")]),
    summary: "the last command again and again",
    details:
      "Repeats the last command every N seconds, 2 by default; psql's i=N and c=N are understood.",
    examples: [
      .init("\\watch 5", gives: .elsewhere("it does not end"))
    ], group: .session, effects: .steersShell)

  private let interval: Duration
  private let count: Int?

  init(_ arguments: Arguments) throws(Failure) {
    interval = try arguments.interval() ?? .seconds(2)
    count = try arguments.count("C")
  }

  func run(in workspace: Workspace, by loop: Loop) throws -> Report {
    let command = try RepeatableCommand.last(of: loop, hint: "usage: watch N [count C] COMMAND")
    return try loop.perform(Repetition(command: command, interval: interval, count: count))
  }
}
