import Reports

/// `watch N [count C] COMMAND`
struct WatchCommand: Command {
  static let declaration = CommandDeclaration(
    name: "watch", arguments: "N [count C] COMMAND", summary: "repeat a command every N seconds",
    details: """
      Repeats a command that looks until Ctrl-C, an error, or C times. On a terminal each result takes the place of the \
      one before, and the last one stays; elsewhere they follow one another. Commands that change something are not \
      repeated. \\watch N repeats the last command.
      """,
    examples: ["watch 0.5 count 2 top 5", "watch 1 count 2 select count(*) from orders;"], group: .session,
    effects: .steersShell)

  private let interval: Duration
  private let count: Int?
  private let command: String

  var repeated: String? { command }

  init(_ arguments: inout ArgumentReader) throws(Failure) {
    interval = try Self.interval(&arguments)
    count = arguments.take("count") ? try arguments.count("the number of times") : nil
    let rest = arguments.takeRest()
    guard !rest.text.isEmpty else {
      throw arguments.failure("watch needs a command", at: nil, hint: "usage: \(Self.declaration.synopsis)")
    }
    do { try RepeatableCommand.check(rest.text) } catch {
      throw error.moved(by: rest.range.lowerBound, into: arguments.text)
    }
    command = rest.text
  }

  /// Reads the seconds between two times.
  static func interval(_ arguments: inout ArgumentReader) throws(Failure) -> Duration {
    guard let word = arguments.word() else {
      throw arguments.failure(
        "watch needs the seconds between two times", at: nil, hint: "usage: \(declaration.synopsis)")
    }
    guard let seconds = Double(word.text), seconds >= 0.1, seconds <= 86_400 else {
      throw arguments.failure(
        "the interval must be a number of seconds from 0.1 to 86400", at: word,
        hint: "usage: \(declaration.synopsis)")
    }
    return .milliseconds(Int(seconds * 1_000))
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
