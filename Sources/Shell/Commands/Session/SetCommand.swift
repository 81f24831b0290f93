import Notebook
import Reports

/// `set [NAME [VALUE]]`
struct SetCommand: Command {
  static let declaration = CommandDeclaration(
    name: "set", form: Form("[SETTING [{=|to} VALUE]]", ["VALUE": .settingValue]),
    summary: "settings of this shell",
    details: """
      Without arguments all settings are listed; with a name one is shown. Quotes around a value are allowed. What set says \
      lasts until hypo ends; the configuration file sets the same names for every session. prompt is text with \
      placeholders: {production} {database} {target} {user} {host} {port} {role} {transaction} {designs} {recording}. Settings of \
      the server are SQL and end with a semicolon: set work_mem = '64MB';
      """,
    examples: [
      .init("set", gives: .parts(["settings"], showing: "timing")),
      .init("set format json", gives: .parts(["setting"], showing: "json")),
      .init("set timing on", gives: .parts(["setting"], showing: "on")),
      .init(
        "set prompt '{database}{@target} {designs}> '",
        gives: .parts(["setting"], showing: "{database}{@target} {designs}> ")),
    ],
    group: .session, effects: .keepsInWorkspace)

  private let entry: Settings.Entry?
  private let value: String?

  init(_ arguments: Arguments) throws(Failure) {
    let entry = try arguments.setting()
    self.entry = entry
    guard let entry, let typed = arguments.word("VALUE") else {
      value = nil
      return
    }
    value = try entry.value(of: typed, in: arguments.text)
  }

  func run(in workspace: Workspace, by loop: Loop) throws -> Report {
    guard let entry else { return Self.list(workspace.settings) }
    if let value { workspace.set(entry, to: value) }
    return entry.report("set", workspace.settings)
  }

  private static func list(_ settings: Settings) -> Report {
    Report(
      "set",
      [
        .table(
          .init(
            name: "settings", title: nil,
            columns: [.init("name"), .init("value"), .init("values"), .init("summary")],
            rows: Settings.entries.map {
              [
                .identifier($0.name), .identifier($0.get(settings)),
                .text($0.kind.description), .text($0.summary),
              ]
            }))
      ])
  }
}
