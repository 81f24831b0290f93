import Foundation
import Changes
import IndexDesign
import Ledger
import Server
import Terminal

extension Failure {
  /// A change that ended otherwise than it should; what is on the server is in the message.
  init(_ finished: FinishedChange) {
    let cancelled = finished.error?.code == .cancelled
    self.init(
      cancelled ? .cancelled : .script, "\(finished.number): \(finished.outcome.sentence)",
      sqlState: finished.error?.sqlState, detail: finished.error?.detail,
      hint: finished.error?.hint ?? "show \(finished.number) tells all that was recorded")
  }
}

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

extension Workspace {
  /// Number, outcome and time of a change, for reports.
  func fields(_ finished: FinishedChange) -> Report.Block {
    .fields(
      .init(
        name: "change", title: nil,
        values: [
          .init("change", .handle(finished.number.description), isVolatile: true),
          .init("took", .milliseconds(finished.outcome.durationInSeconds * 1_000)),
        ]))
  }

  /// Shows how far a change is on the server.
  func show(progress: BuildProgress) {
    console.progress(progress.line, fraction: progress.fraction)
    answerKeys()
  }

  /// Shows which extension is being installed on the server.
  func show(installing name: String) {
    console.progress("installing \(name) (Ctrl-C cancels)", fraction: nil)
    answerKeys()
  }

  /// Runs a change with the keyboard kept quiet: what is typed is neither shown nor run as a command afterwards,
  /// and Ctrl-D does not leave before the change has ended. Scripts are left alone.
  func undisturbed<Value>(_ change: () throws -> Value) rethrows -> Value {
    guard prefill != nil, let quiet = QuietKeys() else { return try change() }
    keys = quiet
    defer {
      answerKeys()
      quiet.restore()
      keys = nil
      console.endProgress()
      if quiet.hasDropped {
        console.complain([StyledText("notice: what was typed while the change ran was dropped", .warning)])
      }
    }
    return try change()
  }

  private func answerKeys() {
    guard let keys else { return }
    for _ in 0..<keys.take() where !isEnding {
      isEnding = keys.isWarned
      keys.isWarned = true
      console.complain([
        StyledText(
          isEnding
            ? "hypo leaves when the change has ended"
            : "a change is running: Ctrl-C cancels it, Ctrl-D again leaves when it has ended", .warning)
      ])
    }
  }

  /// Who makes the change, for what, and for which query.
  func changeContext(for design: Design?, _ ticket: String?) -> ChangeContext {
    var context = ChangeContext(
      operatingSystemUser: NSUserName(), operatingSystemHost: ProcessInfo.processInfo.hostName,
      hypoVersion: ShellProgram.version, ticket: ticket)
    guard let design, let explanation = plans.explanation(using: design.handle, last: queries.last) else {
      return context
    }
    context.queryText = explanation.statement
    context.plannerCostBefore = explanation.baseline?.totalCost
    context.estimatedPlannerCostAfter = explanation.plan.totalCost
    context.planBefore = explanation.baseline.map {
      JSONRenderer.text(Report("explain", [.plan(.init(name: "plan", title: "Plan", plan: $0))]))
    }
    return context
  }
}
