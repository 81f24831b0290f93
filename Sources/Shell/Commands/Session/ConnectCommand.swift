import IndexDesign
import Notebook
import Reports
import Sandbox
import Server

/// `connect [TARGET]`
struct ConnectCommand: Command {
  static let declaration = CommandDeclaration(
    name: "connect", aliases: ["\\c", "\\connect"], form: Form("[TARGET]"),
    summary: "connect to a server, or to the sandbox",
    details: """
      TARGET is a target of the configuration, the word sandbox for a private server with sample data, which is \
      started when needed, a conninfo string, a URI, service=NAME, or else the name of a database. A database by its \
      name is looked for on the present server: host, port, user and password are kept, and DATABASE USER HOST PORT \
      changes those that are not -, as \\c does in psql. All other forms start anew. Without TARGET libpq's defaults \
      count: PG* variables, the service file and .pgpass. Query and design handles survive; designs become \
      proposals again.
      """,
    examples: [
      .init(
        "connect sandbox",
        gives: .elsewhere("it starts a server of its own, as the notebooks of examples/ do")),
      .init("connect postgres - - 5433", gives: .elsewhere("it needs a server at that port")),
    ], group: .session,
    effects: [.keepsInWorkspace, .changesNames])

  private enum Request {
    case target(String)
    case parts(Destination, database: Arguments.Word)
  }

  private let request: Request
  private let text: String

  init(_ arguments: Arguments) throws(Failure) {
    text = arguments.text
    guard let all = arguments.word("TARGET") else {
      request = .target("")
      return
    }
    if Destination.isConninfo(all.text) {
      request = .target(try Self.unquoted(all, in: arguments).text)
      return
    }
    var reader = arguments.reader(of: "TARGET")
    var words: [Arguments.Word] = []
    while let word = reader.word() { words.append(try Self.unquoted(word, in: arguments)) }
    guard words.count <= 4 else {
      throw arguments.failure(
        "unexpected \"\(words[4].text)\"", at: words[4], hint: "usage: connect DATABASE USER HOST PORT")
    }
    guard words.count > 1 || words.first?.text == "-" else {
      request = .target(words.first?.text ?? "")
      return
    }
    let values = words.map { $0.text == "-" ? nil : $0.text } + [nil, nil, nil]
    request = .parts(
      .database(values[0], user: values[1], host: values[2], port: values[3]), database: words[0])
  }

  private static func unquoted(_ word: Arguments.Word, in arguments: Arguments) throws(Failure)
    -> Arguments.Word
  {
    do throws(SettingProblem) {
      var word = word
      word.text = try TypedValue(word.text).text
      return word
    } catch { throw arguments.failure(error.message, at: word, hint: error.hint) }
  }

  func run(in workspace: Workspace, by loop: Loop) throws -> Report {
    let hadDesigns = workspace.designs.all.filter { $0.state == .hypothetical }.map(\.handle.description)
    let session = try connect(workspace)
    var report = Report(
      "connect",
      [
        .fields(
          .init(name: "connection", title: nil, values: workspace.targetFields + session.fields))
      ])
    if workspace.targets.isOnSandbox, workspace.access.sandbox.isOfAnotherRecipe { report.noteOtherRecipe() }
    loop.tellOpenChanges()
    if !hadDesigns.isEmpty {
      report.note(
        .information, "now only proposed: \(hadDesigns.joined(separator: " ")); hypo add %n makes one again")
    }
    return report
  }

  private func connect(_ workspace: Workspace) throws -> Session {
    switch request {
    case .target(let target): return try workspace.connect(to: target)
    case .parts(let destination, let database):
      if database.text == "sandbox" || workspace.targets.configuration.target(database.text) != nil {
        throw Failure(
          .script, "the target \"\(database.text)\" has its own user, host and port",
          hint: "connect 'dbname=\(database.text) user=…' connects to a database of that name",
          place: .init(text: text, range: database.range))
      }
      return try workspace.connect(to: destination)
    }
  }
}
