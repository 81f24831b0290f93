import IndexDesign
import Reports
import Server

extension Workspace {
  /// Shows the hypothetical indexes to the planner, or hides them.
  func letPlannerSeeDesigns(_ enabled: Bool) throws -> Report {
    let session = try connected()
    try session.hypotheticals.setEnabled(enabled)
    let active = session.hypotheticals.active.map(\.handle.description)
    let what = active.isEmpty ? "no design is hypothetical" : active.joined(separator: " ")
    return .message(
      enabled ? "hypo on" : "hypo off", (enabled ? "the planner sees: " : "hidden from the planner: ") + what)
  }
}
