import Changes
import IndexDesign
import Notebook
import Reports
import Server
import Terminal

extension Loop {
  /// Runs a plan that was allowed and confirmed, and remembers what it changed.
  ///
  /// The keyboard is kept quiet meanwhile: what is typed is neither shown nor run as a command afterwards, and Ctrl-D
  /// does not leave before the change has ended. Scripts are left alone.
  /// - Returns: each step that was tried, as it was written down.
  /// - Throws: what the ledger throws, and `ServerError` when nothing was run or something was not written down.
  func carryOut(_ plan: ChangePlan, by permit: consuming Permit, _ context: ChangeContext) throws
    -> [FinishedChange]
  {
    let runner = ChangeRunner(
      on: try workspace.connected(), journal: try workspace.ledger(), context: context)
    let quiet = prompt == nil ? nil : QuietKeys()
    defer {
      if let quiet {
        answer(quiet)
        quiet.restore()
        console.endProgress()
        if quiet.hasDropped { warn("notice: what was typed while the change ran was dropped") }
      }
    }
    let finished = try runner.run(
      plan, by: permit, at: workspace.now(),
      // Noted before it runs: it is this run's, whatever becomes of its ending.
      began: workspace.note
    ) { [unowned self] progress in
      console.progress(progress.line, fraction: progress.fraction)
      if let quiet { answer(quiet) }
    }
    for warning in finished.flatMap(\.warnings) { warn("warning: \(warning)") }
    return finished
  }

  /// Tells a person at the prompt what is left to look after where they have just come to.
  func tellOpenChanges() {
    guard prompt != nil else { return }
    for finding in workspace.openChanges() {
      warn("warning: \(finding.sentence)")
    }
  }

  private func answer(_ keys: QuietKeys) {
    for _ in 0..<keys.take() where !isEnding {
      if keys.isWarned { end() }
      keys.isWarned = true
      warn(
        isEnding
          ? "hypo leaves when the change has ended"
          : "a change is running: Ctrl-C cancels it, Ctrl-D again leaves when it has ended")
    }
  }

  private func warn(_ text: String) { console.complain([StyledText(text, .warning)]) }
}
