import Notebook
import Reports

/// `on-fail rollback|stop|warn`
struct OnFailCommand: Command {
  static let declaration = CommandDeclaration(
    name: "on-fail", form: Form("rollback | stop | warn"),
    summary: "what a notebook does when a later step fails",
    details: """
      stop ends the notebook, which is what happens when nothing is said. rollback first takes back the changes that \
      this run has promoted, the newest first, and only those. warn shows the failure, also of what is refused or is no \
      command, and goes on; at the end it says how many there were. A file whose lines cannot be told apart, as with a quote \
      or a statement that does not end, or with a wrong header or guard, stops before its first command whatever is said. With --strict the status of a run is that of the first failure, also of \
      one that was passed over and when another one ends the run later; Ctrl-C is 130 all the same. It counts from its \
      line on, until the next one; a lost connection and Ctrl-C always end a notebook.
      """,
    examples: [
      .init("on-fail stop", gives: .parts([]))
    ], group: .notebooks, effects: [.keepsInWorkspace, .directs])

  let reaction: FailureReaction?

  init(_ arguments: Arguments) { reaction = arguments.choice(FailureReaction.self) }

  func run(in workspace: Workspace, by loop: Loop) throws -> Report {
    workspace.react(by: reaction ?? .stop)
    return Report("on-fail")
  }
}
