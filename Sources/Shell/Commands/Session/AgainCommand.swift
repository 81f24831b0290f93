import Notebook
import Reports

/// `\g`
struct AgainCommand: PlainCommand {
  static let declaration = CommandDeclaration(
    name: "\\g", form: Form(""), summary: "the last command again",
    details: "Runs the last command once more when it only looks; its result goes where this line says.",
    examples: [
      .init("\\g", gives: .elsewhere("it runs another command"))
    ], group: .session, effects: .steersShell)

  func run(in workspace: Workspace, by loop: Loop) throws -> Report {
    let command = try RepeatableCommand.last(of: loop, hint: "the up arrow brings back older ones")
    // The file that it was written to is there now; this time the result goes where this line says.
    return try loop.report(of: Redirection.split(command).command)
  }
}
