import Notebook
import Reports

/// `hypo off`
struct HypoOffCommand: PlainCommand {
  static let declaration = CommandDeclaration(
    name: "hypo off", form: Form(""), summary: "hide the hypothetical indexes from the planner",
    details: "They are kept: hypo on shows them to the planner again.",
    examples: [
      .init("hypo off", gives: .parts([], showing: "hidden from the planner: %1"))
    ],
    group: .designs, effects: .keepsInWorkspace)

  func run(in workspace: Workspace, by loop: Loop) throws -> Report {
    try workspace.letPlannerSeeDesigns(false)
  }
}
