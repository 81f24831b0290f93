/// A command: everything about it is declared in its file, and it returns what it found.
protocol Command: SendableMetatype {
  /// Name, synopsis, help and examples.
  static var declaration: CommandDeclaration { get }

  /// Reads the arguments behind the name.
  init(_ arguments: inout ArgumentReader) throws(Failure)

  /// Does it. The loop shows the report.
  ///
  /// - Parameters:
  ///   - workspace: what it works on.
  ///   - loop: who runs it, for what must be shown, asked or run before it returns; a command never writes itself.
  func run(in workspace: Workspace, by loop: Loop) throws -> Report
}

/// What help, completion and the man page say of a command.
struct CommandDeclaration: Sendable {
  /// Where a command stands in the lists.
  enum Group: String, CaseIterable, Sendable {
    case session = "Session"
    case workload = "Workload"
    case designs = "Index designs"
    case plans = "Plans"
    case change = "Change"
    case notebooks = "Notebooks"
  }

  /// The one or two words that begin it.
  var name: String
  /// The arguments, in the notation of manual pages.
  var arguments: String
  /// One line, without a full stop.
  var summary: String
  /// Sentences for `help NAME` and the man page.
  var details: String
  /// Whole commands that can be typed; each is run by a test.
  var examples: [String]
  /// The list it belongs to.
  var group: Group

  /// Name and arguments.
  var synopsis: String { arguments.isEmpty ? name : "\(name) \(arguments)" }
}
