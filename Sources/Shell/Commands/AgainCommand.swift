import Reports

/// `\g`
struct AgainCommand: Command {
  static let declaration = CommandDeclaration(
    name: "\\g", arguments: "", summary: "the last command again",
    details: "Runs the last command once more when it only looks; its result goes where this line says.",
    examples: ["\\g"], group: .session, effects: .steersShell)

  init(_ arguments: inout ArgumentReader) throws(Failure) {
    try arguments.expectEnd(Self.declaration.synopsis)
  }

  func run(in workspace: Workspace, by loop: Loop) throws -> Report {
    guard let command = loop.lastCommand else {
      throw Failure(.script, "there is no command to repeat yet", hint: "the up arrow brings back older ones")
    }
    do throws(Failure) { try RepeatableCommand.check(command) } catch {
      var failure = error
      failure.place = nil
      throw failure
    }
    // The file that it was written to is there now; this time the result goes where this line says.
    return try loop.report(of: Redirection.split(command).command)
  }
}
