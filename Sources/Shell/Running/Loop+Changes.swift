import Changes
import IndexDesign
import Notebook
import Reports
import Server
import Terminal

extension BuildProgress {
  /// What the progress line says: the step first and the blocker last, for a narrow terminal cuts the end.
  var line: String {
    let text = (step.map { "step \($0) of \(Self.steps), " } ?? "") + phase
    guard let blocker = waitsFor.first else { return text }
    let who =
      blocker.preparedName.map { "prepared transaction \(Literal.quoted($0))" }
      ?? "pid \(blocker.pid.map(String.init) ?? "?")"
    let others = waitsFor.count > 1 ? " and \(waitsFor.count - 1) more" : ""
    return text + ", waits for " + who + others
  }
}

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
    let finished = try runner.run(plan, by: permit, at: workspace.now()) { [unowned self] progress in
      console.progress(progress.line, fraction: progress.fraction)
      if let quiet { answer(quiet) }
    }
    // A bare verify or rollback means the newest index.
    if plan.kind != .setUp { for change in finished { workspace.note(change.number) } }
    return finished
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
