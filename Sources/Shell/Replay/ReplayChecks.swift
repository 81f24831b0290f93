import IndexDesign
import Terminal

/// The view of a replay that is checked: a line a step, and below it what is not as it should be.
final class ReplayChecks: NotebookWatcher {
  private let workspace: Workspace
  private let line: StepLine

  init(_ workspace: Workspace, file: String, count: Int, isBlessed: Bool) {
    self.workspace = workspace
    line = StepLine(file: file, count: count, isBlessed: isBlessed)
  }

  func ended(_ result: NotebookRun.Result) {
    workspace.console.endProgress()
    workspace.console.write(line.lines(result, width: workspace.console.width))
  }

  func undid(_ text: String, _ failure: Failure?, started: Timestamp, finished: Timestamp) {
    workspace.console.write([
      StyledText(failure == nil ? "undone " : "FAIL   ", failure == nil ? .good : .bad) + StyledText(text)
    ])
    if let failure { workspace.console.complain(ErrorText.lines(failure, width: workspace.console.width)) }
  }
}
