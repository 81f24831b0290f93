import Notebook
import Reports

/// `\x`
struct ExpandedCommand: Command {
  static let declaration = CommandDeclaration(
    name: "\\x", form: Form("[on | off | auto | {VALUE}]"), summary: "rows as records",
    details: "Turns the setting expanded on or off; auto leaves it to the width.",
    examples: [
      .init("\\x", gives: .parts(["setting"], showing: "on"))
    ],
    group: .session, effects: [.steersShell, .keepsInWorkspace])

  private let setting: TurnedSetting

  init(_ arguments: Arguments) throws(Failure) {
    setting = try TurnedSetting(Settings.expandedEntry, arguments)
  }

  func run(in workspace: Workspace, by loop: Loop) throws -> Report { setting.change(in: workspace) }
}
