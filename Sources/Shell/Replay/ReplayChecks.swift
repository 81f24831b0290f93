import IndexDesign
import Terminal

/// The view of a replay that is checked: a line a step, and below it what is not as it should be.
final class ReplayChecks: NotebookWatcher {
  private let sitting: Sitting
  private let line: StepLine

  init(_ sitting: Sitting, file: String, count: Int, isBlessed: Bool) {
    self.sitting = sitting
    line = StepLine(file: file, count: count, isBlessed: isBlessed)
  }

  func ended(_ result: NotebookRun.Result) {
    sitting.console.endProgress()
    sitting.console.write(line.lines(result, width: sitting.console.width))
  }

  func undid(_ text: String, _ failure: Failure?, started: Timestamp, finished: Timestamp) {
    sitting.console.write([
      StyledText(failure == nil ? "undone " : "FAIL   ", failure == nil ? .good : .bad) + StyledText(text)
    ])
    if let failure { sitting.console.complain(ErrorText.lines(failure, width: sitting.console.width)) }
  }
}
