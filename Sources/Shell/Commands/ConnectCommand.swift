import IndexDesign
/// `connect [TARGET]`
struct ConnectCommand: Command {
  static let declaration = CommandDeclaration(
    name: "connect", arguments: "[TARGET]", summary: "connect to a server, or to the sandbox",
    details: """
      TARGET is a database name, a conninfo string, a URI, service=NAME, or the word sandbox for a private server \
      with sample data, which is started when needed. Without TARGET libpq's defaults count: PG* variables, \
      the service file and .pgpass. Query and design handles survive; designs become proposals again.
      """,
    examples: ["connect sandbox"], group: .session)

  let target: String

  init(_ arguments: inout ArgumentReader) throws(Failure) {
    target = arguments.takeName().text
  }

  func run(in sitting: Sitting) throws -> Report {
    let hadDesigns = sitting.designs.all.filter { $0.state == .hypothetical }.map(\.handle.description)
    let session = try sitting.connect(to: target)
    var report = Report(
      "connect", [.fields(.init(name: "connection", title: nil, values: Self.fields(session)))])
    if !hadDesigns.isEmpty {
      report.note(
        .information, "now only proposed: \(hadDesigns.joined(separator: " ")); hypo add %n makes one again")
    }
    return report
  }
}

/// `disconnect`
struct DisconnectCommand: Command {
  static let declaration = CommandDeclaration(
    name: "disconnect", arguments: "", summary: "leave the server, keep the handles",
    details: "Hypothetical indexes are removed from the server. Designs stay as proposals.",
    examples: ["disconnect"], group: .session)

  init(_ arguments: inout ArgumentReader) throws(Failure) {
    try arguments.expectEnd(Self.declaration.synopsis)
  }

  func run(in sitting: Sitting) throws -> Report {
    guard sitting.session != nil else { return .message("disconnect", "there was no connection") }
    sitting.disconnect()
    return .message("disconnect", "disconnected")
  }
}
