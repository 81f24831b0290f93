/// `set [NAME [VALUE]]`
struct SetCommand: Command {
  static let declaration = CommandDeclaration(
    name: "set", arguments: "[SETTING [VALUE]]", summary: "settings of this shell",
    details: """
      Without arguments all settings are listed; with a name one is shown. A value may stand in quotes. What set says \
      lasts until hypo ends; the configuration file sets the same names for every session. prompt is text with \
      placeholders: {production} {database} {target} {user} {host} {port} {role} {transaction} {designs}. Settings of \
      the server are SQL and end with a semicolon: set work_mem = '64MB';
      """,
    examples: ["set", "set format json", "set timing on", "set prompt '{database}{@target} {designs}> '"],
    group: .session)

  private let entry: Settings.Entry?
  private let value: String?

  init(_ arguments: inout ArgumentReader) throws(Failure) {
    guard let name = arguments.name() else {
      (entry, value) = (nil, nil)
      return
    }
    let entry = try Settings.entry(name, in: arguments)
    _ = arguments.take(sign: "=") || arguments.take("to")
    self.entry = entry
    value = try Self.value(of: entry, &arguments)
  }

  /// The value that is left to read; nil when there is none.
  private static func value(of entry: Settings.Entry, _ arguments: inout ArgumentReader) throws(Failure)
    -> String?
  {
    // Quotes keep blanks together, so only a value without them is cut into words.
    guard let first = arguments.next else { return nil }
    let isQuoted = first.text.first == "'" || first.text.first == "\""
    var word = first
    if case .choice = entry.kind, !isQuoted {
      word = arguments.word() ?? first
      try arguments.expectEnd(declaration.synopsis)
    } else {
      word = arguments.takeName()
    }
    var start = 0
    do {
      let typed = try TypedValue(word.text)
      start = typed.start
      return try entry.kind.value(typed.text, of: entry.name)
    } catch {
      let problem = error.range.map { word.range.lowerBound + start + $0.lowerBound }
      let range = problem.map { $0..<max($0, word.range.upperBound) } ?? word.range
      throw Failure(
        .script, error.message, hint: error.hint, place: .init(text: arguments.text, range: range))
    }
  }

  func run(in workspace: Workspace, by loop: Loop) throws -> Report {
    guard let entry else { return Self.list(workspace.settings) }
    if let value { workspace.set(entry, to: value) }
    return Self.report("set", entry, workspace.settings)
  }

  /// One setting and its value, for `set` and `show`.
  static func report(_ command: String, _ entry: Settings.Entry, _ settings: Settings) -> Report {
    Report(
      command,
      [
        .fields(
          .init(name: "setting", title: nil, values: [.init(entry.name, .identifier(entry.get(settings)))]))
      ])
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
