import IndexDesign
import Reports
import Server

/// `hypo on`
struct HypoOnCommand: Command {
  static let declaration = CommandDeclaration(
    name: "hypo on", arguments: "", summary: "let the planner see the hypothetical indexes again",
    details: "The opposite of hypo off.", examples: ["hypo on"], group: .designs, effects: .keepsInWorkspace)

  init(_ arguments: inout ArgumentReader) throws(Failure) {
    try arguments.expectEnd(Self.declaration.synopsis)
  }

  func run(in workspace: Workspace, by loop: Loop) throws -> Report {
    try HypoOffCommand.turn(true, workspace)
  }
}

/// `hypo off`
struct HypoOffCommand: Command {
  static let declaration = CommandDeclaration(
    name: "hypo off", arguments: "", summary: "hide the hypothetical indexes from the planner",
    details: "They are kept: hypo on shows them to the planner again.", examples: ["hypo off"],
    group: .designs, effects: .keepsInWorkspace)

  init(_ arguments: inout ArgumentReader) throws(Failure) {
    try arguments.expectEnd(Self.declaration.synopsis)
  }

  func run(in workspace: Workspace, by loop: Loop) throws -> Report { try Self.turn(false, workspace) }

  static func turn(_ enabled: Bool, _ workspace: Workspace) throws -> Report {
    let session = try workspace.connected()
    try session.hypotheticals.setEnabled(enabled)
    let active = session.hypotheticals.active.map(\.handle.description)
    let what = active.isEmpty ? "no design is hypothetical" : active.joined(separator: " ")
    return .message(
      enabled ? "hypo on" : "hypo off", (enabled ? "the planner sees: " : "hidden from the planner: ") + what)
  }
}
