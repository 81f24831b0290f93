import Notebook
import Reports

/// `\timing`
struct TimingCommand: Command {
  static let declaration = CommandDeclaration(
    name: "\\timing", form: Form("[on | off | {VALUE}]"), summary: "the time of each command",
    details: "Turns the setting timing on or off.",
    examples: [
      .init("\\timing", gives: .parts(["setting"], showing: "on"))
    ], group: .session,
    effects: [.steersShell, .keepsInWorkspace])

  private let setting: TurnedSetting

  init(_ arguments: Arguments) throws(Failure) {
    setting = try TurnedSetting(Settings.timingEntry, arguments)
  }

  func run(in workspace: Workspace, by loop: Loop) throws -> Report { setting.change(in: workspace) }
}
