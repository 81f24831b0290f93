import Terminal

/// Runs a notebook before a reader's eyes: prose, command, output, expectation.
struct Replay {
  let loop: Loop
  let file: String

  /// Runs the whole notebook; the first failure that was not expected ends it.
  func run(_ text: String) -> ExitStatus {
    let notebook: Notebook
    do { notebook = try Notebook(parsing: text) } catch {
      loop.complain(error.failure, origin: .init(file: file, line: error.line))
      return error.failure.status
    }
    var commands = 0
    var expectations = 0
    for (index, step) in notebook.steps.enumerated() {
      switch step {
      case .header(let header, _): show(header: header)
      case .prose(let lines, _): write(lines.map(Self.prose) + [StyledText()])
      case .command(let command, let line):
        let following = notebook.steps[(index + 1)...]
        if Self.isExpectation(step) { expectations += 1 } else { commands += 1 }
        echo(command, step)
        if case .failure(let failure) = loop.perform(command) {
          let origin = Loop.Origin(file: file, line: line)
          loop.complain(failure, origin: origin)
          guard Expectation.isForeseen(failure, by: following) else { return failure.status }
          loop.sitting.foreseenFailure = failure
        }
        if !Self.isExpectation(step) || following.first.map(Self.isExpectation) != true {
          write([StyledText()])
        }
        if loop.sitting.isEnding { return .done }
      }
    }
    write([StyledText("\(file): \(commands) commands, \(expectations) expectations held", .good)])
    return .done
  }

  private func echo(_ command: String, _ step: Notebook.Step) {
    guard !Self.isExpectation(step) else { return }
    guard !Secrets.isHeld(in: command) else {
      return write([StyledText("hypo> ", .dim) + StyledText("… (not shown: it holds a password)", .dim)])
    }
    write(
      command.split(separator: "\n", omittingEmptySubsequences: false).enumerated().map { index, line in
        StyledText(index == 0 ? "hypo> " : "    > ", .dim) + StyledText(String(line), .strong)
      })
  }

  /// Prose and echoed commands are for people; JSON output holds results only.
  private func write(_ lines: [StyledText]) {
    if loop.sitting.settings.format.isForPeople { loop.sitting.console.write(lines) }
  }

  private func show(header: String) {
    let words = header.split(separator: " ", maxSplits: 1)
    if words.count == 2, words[0] == "title" {
      write([StyledText(String(words[1]), .heading), StyledText()])
    }
  }

  private static func prose(_ line: String) -> StyledText {
    line.hasPrefix("#")
      ? StyledText(String(line.drop { $0 == "#" || $0 == " " }), .heading) : StyledText(line)
  }

  private static func isExpectation(_ step: Notebook.Step) -> Bool {
    guard case .command(let command, _) = step else { return false }
    return command.split(separator: " ").first?.lowercased() == "expect"
  }
}
