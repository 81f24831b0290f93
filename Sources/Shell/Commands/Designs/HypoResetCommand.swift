import IndexDesign
import Notebook
import Reports
import Server

/// `hypo reset`
struct HypoResetCommand: PlainCommand {
  static let declaration = CommandDeclaration(
    name: "hypo reset", form: Form(""), summary: "remove every hypothetical index of this session",
    details: "The designs stay as proposals with their handles.",
    examples: [
      .init("hypo reset", gives: .parts([], showing: "now only proposed: %1"))
    ], group: .designs,
    effects: .keepsInWorkspace)

  func run(in workspace: Workspace, by loop: Loop) throws -> Report {
    let session = try workspace.connected()
    let active = session.hypotheticals.active.map(\.handle)
    try session.hypotheticals.reset()
    for handle in active { workspace.note(.proposed, of: handle) }
    return .message(
      "hypo reset",
      active.isEmpty
        ? "no design was hypothetical"
        : "now only proposed: \(active.map(\.description).joined(separator: " "))")
  }
}
