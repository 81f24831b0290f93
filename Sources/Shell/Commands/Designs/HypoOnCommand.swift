import Notebook
import Reports

/// `hypo on`
struct HypoOnCommand: PlainCommand {
  static let declaration = CommandDeclaration(
    name: "hypo on", form: Form(""), summary: "let the planner see the hypothetical indexes again",
    details: "The opposite of hypo off.",
    examples: [
      .init("hypo on", gives: .parts([], showing: "the planner sees: %1"))
    ], group: .designs, effects: .keepsInWorkspace)

  func run(in workspace: Workspace, by loop: Loop) throws -> Report {
    try workspace.letPlannerSeeDesigns(true)
  }
}
