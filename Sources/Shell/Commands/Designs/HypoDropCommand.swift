import IndexDesign
import Notebook
import Reports
import Server

/// `hypo drop %n …|all`
struct HypoDropCommand: Command {
  static let declaration = CommandDeclaration(
    name: "hypo drop", form: Form("%n … | all"), summary: "take designs from the planner's sight",
    details:
      "The designs stay as proposals; hypo add %n makes one hypothetical again. No real index is touched.",
    examples: [
      .init("hypo drop all", gives: .parts([], showing: "now only proposed: %1"))
    ], group: .designs, effects: .keepsInWorkspace)

  /// The handles and where they were typed; nil means all.
  private let handles: [(handle: DesignHandle, place: Failure.Place)]?

  init(_ arguments: Arguments) throws(Failure) {
    handles = arguments.has("all") ? nil : try arguments.designHandles()
  }

  func run(in workspace: Workspace, by loop: Loop) throws -> Report {
    let session = try workspace.connected()
    var wanted = session.hypotheticals.active.map(\.handle)
    if let handles {
      wanted = []
      for (handle, place) in handles {
        _ = try workspace.designs.find(handle, at: place)
        guard session.hypotheticals.isActive(handle) else {
          throw Failure(
            .script, "\(handle) is not hypothetical now", hint: "hypo list shows the states", place: place)
        }
        if !wanted.contains(handle) { wanted.append(handle) }
      }
    }
    for handle in wanted {
      try session.hypotheticals.drop(handle)
      workspace.note(.proposed, of: handle)
    }
    return .message(
      "hypo drop",
      wanted.isEmpty
        ? "no design was hypothetical"
        : "now only proposed: \(wanted.map(\.description).joined(separator: " "))")
  }
}
