import Changes
import IndexDesign
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
  /// Runs a change with the keyboard kept quiet: what is typed is neither shown nor run as a command afterwards,
  /// and Ctrl-D does not leave before the change has ended. Scripts are left alone.
  ///
  /// - Parameter change: gets a function that shows how far it is, the fraction from 0 to 1 where it is known.
  func undisturbed<Value>(
    _ change: (_ progress: @escaping (String, Double?) -> Void) throws -> Value
  ) rethrows -> Value {
    let quiet = prompt == nil ? nil : QuietKeys()
    defer {
      if let quiet {
        answer(quiet)
        quiet.restore()
        console.endProgress()
        if quiet.hasDropped { warn("notice: what was typed while the change ran was dropped") }
      }
    }
    return try change { [unowned self] text, fraction in
      console.progress(text, fraction: fraction)
      if let quiet { answer(quiet) }
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
