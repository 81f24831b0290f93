import Notebook
import Reports

/// `watch N [count C] COMMAND`
struct WatchCommand: Command {
  static let declaration = CommandDeclaration(
    name: "watch", form: Form("N [count C] COMMAND", ["N": .interval]),
    summary: "repeat a command every N seconds",
    details: """
      Repeats a command that looks until Ctrl-C, an error, or C times. On a terminal each result takes the place of the \
      one before, and the last one stays; elsewhere they follow one another. Commands that change something are not \
      repeated. \\watch N repeats the last command.
      """,
    examples: [
      .init("watch 0.5 count 2 top 5", gives: .parts([])),
      .init("watch 1 count 2 select count(*) from orders;", gives: .parts([])),
    ], group: .session,
    effects: .steersShell)

  private let interval: Duration
  private let count: Int?
  private let command: String

  var repeated: String? { command }

  init(_ arguments: Arguments) throws(Failure) {
    interval = try arguments.interval() ?? .seconds(2)
    count = try arguments.count("C")
    let typed = try arguments.required("COMMAND")
    do { try RepeatableCommand.check(typed.text) } catch {
      throw error.moved(by: typed.range.lowerBound, into: arguments.text)
    }
    command = typed.text
  }

  func run(in workspace: Workspace, by loop: Loop) throws -> Report {
    if loop.output.fileForm == .csv, count != 1 {
      throw Failure(
        .script, "watch gives several tables, and a .csv file holds exactly one",
        hint: "watch can be written to .txt .md .html .json")
    }
    return try loop.perform(Repetition(command: command, interval: interval, count: count))
  }
}

extension Failure {
  /// This failure with its place in a longer text, in which its own begins at `offset`.
  fileprivate func moved(by offset: Int, into text: String) -> Failure {
    var failure = self
    failure.place = place.map {
      Place(text: text, range: $0.range.lowerBound + offset..<$0.range.upperBound + offset)
    }
    return failure
  }
}
