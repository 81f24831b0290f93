import IndexDesign
import Notebook
import Reports
import Terminal

/// The view of a replay that is read: prose, each command as it was typed, what it gives, and how it ended.
final class ReplayReading: NotebookWatcher {
  private let loop: Loop
  private let file: String
  private let line: StepLine
  private let isStepped: Bool
  /// Whether the last thing shown was an expectation, which stand close together.
  private var isBehindExpectation = false

  init(_ loop: Loop, file: String, count: Int, header: NotebookHeader, isStepped: Bool) {
    (self.loop, self.file, self.isStepped) = (loop, file, isStepped)
    line = StepLine(file: file, count: count)
    if let title = header.title { write([StyledText(title, .heading), StyledText()]) }
    if isStepped {
      write([
        StyledText("Type each command, or press Enter to have it typed. quit leaves.", .dim), StyledText(),
      ])
    }
  }

  func comes(prose: [String]) {
    separate()
    let lines = prose.map(Self.prose)
    write(
      lines.flatMap { line in loop.console.width.map { line.folded(to: $0, indent: 0) } ?? [line] } + [
        StyledText()
      ])
  }

  func begins(_ step: Notebook.Step, _ text: String) {
    guard !step.isExpectation else { return }
    separate()
    if isStepped || step.effects.contains(.asks) { return }
    guard !Secrets.isHeld(in: text) else {
      return write([StyledText("hypo> ", .dim) + StyledText("… (not shown: it holds a password)", .dim)])
    }
    write(
      text.split(separator: "\n", omittingEmptySubsequences: false).enumerated().map { index, line in
        StyledText(index == 0 ? "hypo> " : "    > ", .dim) + StyledText(String(line), .strong)
      })
  }

  func ended(_ result: StepResult) {
    loop.console.endProgress()
    switch result.outcome {
    case .ok where result.step.isExpectation: isBehindExpectation = true
    case .ok: write(isStepped ? [StyledText()] : [line.ending(result), StyledText()])
    case .drift, .skipped: write(line.lines(result, width: loop.console.width) + [StyledText()])
    case .failed(let failure): complain(failure, result)
    case .foreseen(let failure), .warned(let failure):
      complain(failure, result)
      write([line.ending(result), StyledText()])
    }
  }

  func undoes(_ text: String) {
    write([StyledText("on-fail rollback: ", .warning) + StyledText(text, .strong)])
  }

  func undid(_ text: String, _ failure: Failure?, started: Timestamp, finished: Timestamp) {
    if let failure { loop.console.complain(ErrorText.lines(failure, width: loop.console.width)) }
  }

  private func complain(_ failure: Failure, _ result: StepResult) {
    loop.console.complain(
      ErrorText.lines(
        failure, origin: .init(file: file, line: result.step.line), width: loop.console.width))
  }

  private func separate() {
    if isBehindExpectation { write([StyledText()]) }
    isBehindExpectation = false
  }

  /// Prose and echoed commands are for people; the other formats hold results only.
  private func write(_ lines: [StyledText]) {
    if loop.workspace.settings.format.isForPeople { loop.console.write(lines) }
  }

  private static func prose(_ line: String) -> StyledText {
    line.hasPrefix("#")
      ? StyledText(String(line.drop { $0 == "#" || $0 == " " }), .heading) : StyledText(line)
  }
}
