import Notebook
import Reports

/// `quit`
struct QuitCommand: PlainCommand {
  static let declaration = CommandDeclaration(
    name: "quit", aliases: ["exit", "\\q", "\\quit"], form: Form(""), summary: "leave hypo",
    details: "The hypothetical indexes are gone then. Ctrl-D, exit and \\q do the same.",
    examples: [
      .init("quit", gives: .parts([]))
    ],
    group: .session, effects: [.steersShell, .leaves])

  func run(in workspace: Workspace, by loop: Loop) throws -> Report {
    loop.end()
    return Report("quit")
  }
}
