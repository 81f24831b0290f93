import Foundation
import Changes
import IndexDesign
import Ledger
import Reports
import Server

extension Failure {
  /// A change that ended otherwise than it should; what is on the server is in the message.
  init(_ finished: FinishedChange) {
    let cancelled = finished.error?.code == .cancelled
    self.init(
      cancelled ? .cancelled : .script, "\(finished.number): \(finished.sentence)",
      sqlState: finished.error?.sqlState, detail: finished.error?.detail,
      hint: finished.error?.hint ?? "show \(finished.number) tells all that was recorded")
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

  /// Who makes the change, for what, and for which query.
  func changeContext(for design: Design?, _ ticket: String?) -> ChangeContext {
    var context = ChangeContext(
      operatingSystemUser: NSUserName(), operatingSystemHost: ProcessInfo.processInfo.hostName,
      hypoVersion: ShellProgram.version, ticket: ticket)
    guard let design, let explanation = plans.explanation(using: design.handle, last: queries.last) else {
      return context
    }
    context.query = RecordedQuery(
      of: explanation.statement, planBefore: explanation.baselineDocument,
      keepsLiterals: settings.keepsLiterals)
    context.plannerCostBefore = explanation.baseline?.totalCost
    context.estimatedPlannerCostAfter = explanation.plan.totalCost
    return context
  }

  /// The query of a change with its values, when it was planned in this session; nil when it was not.
  func statement(of record: ChangeRecord) -> String? {
    record.intent.query.flatMap { plans.statement(normalisedAs: $0.text) }
  }
}
