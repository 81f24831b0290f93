import Notebook
import Reports

/// `on-fail rollback|stop|warn`
struct OnFailCommand: Command {
  static let declaration = CommandDeclaration(
    name: "on-fail", form: Form("rollback | stop | warn"),
    summary: "what a notebook does when a later step fails",
    details: """
      stop ends the notebook, which is what happens when nothing is said. rollback first takes back the changes that \
      this run has promoted, the newest first, and only those. warn tells the failure and goes on. It counts from its \
      line on, until the next one; a lost connection and Ctrl-C always end a notebook.
      """,
    examples: [
      .init("on-fail stop", gives: .parts([]))
    ], group: .notebooks, effects: [.keepsInWorkspace, .directs])

  private let reaction: FailureReaction

  init(_ arguments: Arguments) { reaction = arguments.choice(FailureReaction.self) ?? .stop }

  func run(in workspace: Workspace, by loop: Loop) throws -> Report {
    workspace.react(by: reaction)
    return Report("on-fail")
  }
}
