import Reports

/// `quit`
struct QuitCommand: Command {
  static let declaration = CommandDeclaration(
    name: "quit", aliases: ["exit", "\\q", "\\quit"], arguments: "", summary: "leave hypo",
    details: "The hypothetical indexes are gone then. Ctrl-D, exit and \\q do the same.", examples: ["quit"],
    group: .session, effects: [.steersShell, .leaves])

  init(_ arguments: inout ArgumentReader) throws(Failure) {
    try arguments.expectEnd(Self.declaration.synopsis)
  }

  func run(in workspace: Workspace, by loop: Loop) throws -> Report {
    loop.end()
    return Report("quit")
  }
}
