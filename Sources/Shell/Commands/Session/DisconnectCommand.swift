import Notebook
import Reports

/// `disconnect`
struct DisconnectCommand: PlainCommand {
  static let declaration = CommandDeclaration(
    name: "disconnect", form: Form(""), summary: "leave the server, keep the handles",
    details: "Hypothetical indexes are removed from the server. Designs stay as proposals.",
    examples: [
      .init("disconnect", gives: .parts([], showing: "disconnected"))
    ], group: .session, effects: .keepsInWorkspace)

  func run(in workspace: Workspace, by loop: Loop) throws -> Report {
    guard workspace.session != nil else { return .message("disconnect", "there was no connection") }
    workspace.disconnect()
    return .message("disconnect", "disconnected")
  }
}
