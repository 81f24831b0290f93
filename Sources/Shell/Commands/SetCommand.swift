/// `set [NAME [VALUE]]`
struct SetCommand: Command {
  static let declaration = CommandDeclaration(
    name: "set", arguments: "[NAME [VALUE]]", summary: "settings of this shell",
    details: """
      Without arguments all settings are listed; with a name one is shown. Settings of the server are SQL and end \
      with a semicolon: set work_mem = '64MB';
      """,
    examples: ["set", "set format json", "set timing on"], group: .session)

  private let entry: Settings.Entry?
  private let value: String?

  init(_ arguments: inout ArgumentReader) throws(Failure) {
    guard let name = arguments.name() else {
      (entry, value) = (nil, nil)
      return
    }
    let entry = try Settings.entry(name, in: arguments)
    _ = arguments.take(sign: "=") || arguments.take("to")
    let word = arguments.word()
    if let word, !entry.values.contains(word.lowercased) {
      throw arguments.failure(
        "\(entry.name) cannot be \"\(word.text)\"", at: word,
        hint: "one of: " + entry.values.joined(separator: ", "))
    }
    try arguments.expectEnd(Self.declaration.synopsis)
    (self.entry, value) = (entry, word?.lowercased)
  }

  func run(in sitting: Sitting) throws -> Report {
    guard let entry else {
      return Report(
        "set",
        [
          .table(
            .init(
              name: "settings", title: nil,
              columns: [.init("name"), .init("value"), .init("values"), .init("summary")],
              rows: Settings.entries.map {
                [
                  .identifier($0.name), .identifier($0.get(sitting.settings)),
                  .text($0.values.joined(separator: ", ")), .text($0.summary),
                ]
              }))
        ])
    }
    if let value { entry.set(&sitting.settings, value) }
    return Report(
      "set",
      [
        .fields(
          .init(
            name: "setting", title: nil, values: [.init(entry.name, .identifier(entry.get(sitting.settings)))]
          ))
      ])
  }
}
