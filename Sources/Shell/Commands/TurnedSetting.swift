import Reports

/// A setting that psql's fingers change with a backslash command of its own: without a value it is turned over.
struct TurnedSetting {
  private let entry: Settings.Entry
  /// Nil turns it over.
  private let value: String?

  /// Reads the value that may follow.
  init(_ entry: Settings.Entry, _ arguments: inout ArgumentReader) throws(Failure) {
    self.entry = entry
    value = arguments.isAtEnd ? nil : try entry.read(&arguments)
  }

  /// Changes it and shows what it is then.
  func change(in workspace: Workspace) -> Report {
    workspace.set(entry, to: value ?? (entry.get(workspace.settings) == "on" ? "off" : "on"))
    return entry.report("set", workspace.settings)
  }
}

/// `\x`
struct ExpandedCommand: Command {
  static let declaration = CommandDeclaration(
    name: "\\x", arguments: "[on | off | auto]", summary: "rows as records",
    details: "Turns the setting expanded on or off; auto leaves it to the width.", examples: ["\\x"],
    group: .session, effects: [.steersShell, .keepsInWorkspace])

  private let setting: TurnedSetting

  init(_ arguments: inout ArgumentReader) throws(Failure) {
    setting = try TurnedSetting(Settings.expandedEntry, &arguments)
  }

  func run(in workspace: Workspace, by loop: Loop) throws -> Report { setting.change(in: workspace) }
}

/// `\timing`
struct TimingCommand: Command {
  static let declaration = CommandDeclaration(
    name: "\\timing", arguments: "[on | off]", summary: "the time of each command",
    details: "Turns the setting timing on or off.", examples: ["\\timing"], group: .session,
    effects: [.steersShell, .keepsInWorkspace])

  private let setting: TurnedSetting

  init(_ arguments: inout ArgumentReader) throws(Failure) {
    setting = try TurnedSetting(Settings.timingEntry, &arguments)
  }

  func run(in workspace: Workspace, by loop: Loop) throws -> Report { setting.change(in: workspace) }
}
