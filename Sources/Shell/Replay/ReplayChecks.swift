import IndexDesign
import Notebook
import Reports
import Terminal

/// The view of a replay that is checked: a line a step, and below it what is not as it should be.
final class ReplayChecks: NotebookWatcher {
  private let loop: Loop
  private let line: StepLine

  init(_ loop: Loop, file: String, count: Int, isBlessed: Bool) {
    self.loop = loop
    line = StepLine(file: file, count: count, isBlessed: isBlessed)
  }

  func ended(_ result: StepResult) {
    loop.console.endProgress()
    loop.console.write(line.lines(result, width: loop.console.width))
  }

  func undid(_ text: String, _ failure: Failure?, started: Timestamp, finished: Timestamp) {
    loop.console.write([
      StyledText(failure == nil ? "undone " : "FAIL   ", failure == nil ? .good : .bad) + StyledText(text)
    ])
    if let failure { loop.console.complain(ErrorText.lines(failure, width: loop.console.width)) }
  }
}
