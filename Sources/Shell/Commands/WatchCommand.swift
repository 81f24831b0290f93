/// `watch N [count C] COMMAND`
struct WatchCommand: Command {
  static let declaration = CommandDeclaration(
    name: "watch", arguments: "N [count C] COMMAND", summary: "repeat a command every N seconds",
    details: """
      Repeats a command that looks until Ctrl-C, an error, or C times. On a terminal each result takes the place of the \
      one before, and the last one stays; elsewhere they follow one another. Commands that change something are not \
      repeated. \\watch N repeats the last command.
      """,
    examples: ["watch 0.5 count 2 top 5", "watch 1 count 2 select count(*) from orders;"], group: .session)

  /// Commands that only look, so that running them again does no harm.
  static let repeatable: Set<String> = [
    "status", "doctor", "show", "help", "top", "query", "hypo list", "explain", "diff", "verify", "changes",
    "expect", "history",
  ]

  private let interval: Duration
  private let count: Int?
  /// What is repeated.
  let command: String

  init(_ arguments: inout ArgumentReader) throws(Failure) {
    interval = try Self.interval(&arguments)
    count = arguments.take("count") ? try arguments.count("the number of times") : nil
    let rest = arguments.takeRest()
    guard !rest.text.isEmpty else {
      throw arguments.failure("watch needs a command", at: nil, hint: "usage: \(Self.declaration.synopsis)")
    }
    do { try Self.check(rest.text) } catch {
      throw error.moved(by: rest.range.lowerBound, into: arguments.text)
    }
    command = rest.text
  }

  /// `\watch [N]` of the last command; psql's way of writing `i=N` and `c=N` is understood.
  init(last command: String?, _ arguments: inout ArgumentReader) throws(Failure) {
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
          interval = try Self.interval(&inner)
        }
      } else {
        interval = try Self.interval(&arguments)
      }
    }
    guard let command else {
      throw Failure(
        .script, "there is no command to repeat yet", hint: "usage: \(Self.declaration.synopsis)")
    }
    do { try Self.check(command) } catch {
      var failure = error
      failure.place = nil
      throw failure
    }
    (self.interval, self.count, self.command) = (interval, count, command)
  }

  private static func interval(_ arguments: inout ArgumentReader) throws(Failure) -> Duration {
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

  /// Sees that a command may run again and again.
  ///
  /// - Throws: `Failure` with its place in the command.
  static func check(_ command: String) throws(Failure) {
    switch try CommandWords.classify(command) {
    case .command(let type, let offset):
      let name = type.declaration.name
      guard repeatable.contains(name) else {
        throw Failure(
          .refused, "\(name) cannot be repeated: it does more than look",
          hint: "to repeat: \(repeatable.sorted().joined(separator: ", ")), and SQL",
          place: .init(text: command, range: 0..<min(name.utf8.count, command.utf8.count)))
      }
      var arguments = ArgumentReader(command, from: offset)
      _ = try type.init(&arguments)
    case .sql: return
    case .backslash:
      guard PsqlLine.describes(PsqlLine.name(of: command)) else {
        throw Failure(
          .refused, "\(PsqlLine.name(of: command)) cannot be repeated",
          hint: "\\d and the other describing commands can",
          place: .init(text: command, range: 0..<PsqlLine.name(of: command).utf8.count))
      }
      _ = try PsqlLine(command)
    }
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
