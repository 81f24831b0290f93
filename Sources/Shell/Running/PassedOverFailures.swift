import Notebook
import Reports
import Terminal

/// Shows each failure that a script passes over where it happens, and counts them for its end.
final class PassedOverFailures: NotebookWatcher {
  /// How many there were.
  private(set) var count = 0
  private let loop: Loop
  private let file: String

  init(_ loop: Loop, file: String) { (self.loop, self.file) = (loop, file) }

  func ended(_ result: StepResult) {
    guard case .warned(let failure) = result.outcome else { return }
    loop.console.endProgress()
    loop.complain(failure, origin: .init(file: file, line: result.step.line))
    count += 1
  }

  func finish(_ failure: Failure?) {
    guard count > 0 else { return }
    loop.console.complain([
      StyledText("warning: ", .warning)
        + StyledText(
          "\(file): \(count == 1 ? "1 command" : "\(count) commands") failed, and on-fail warn went on")
    ])
  }
}
