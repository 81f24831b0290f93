import IndexDesign
import Notebook
import Reports
import Server

/// A command: everything about it is declared in its file, and it returns what it found.
protocol Command: SendableMetatype {
  /// Name, synopsis, effects, help and examples.
  static var declaration: CommandDeclaration { get }

  /// Takes its values from the arguments, which fit the form.
  ///
  /// - Throws: `Failure` at a value that is wrong in itself.
  init(_ arguments: Arguments) throws(Failure)

  /// What it does with these arguments: no more than is declared, which it is unless it says otherwise.
  var effects: Effects { get }

  /// Does it. The loop shows the report.
  ///
  /// - Parameters:
  ///   - workspace: what it works on.
  ///   - loop: who runs it, for what must be shown, asked or run before it returns; a command never writes itself.
  func run(in workspace: Workspace, by loop: Loop) throws -> Report

  /// What the planner is sure to be asked when it runs, and before anything else; nil for nothing.
  func question(in workspace: Workspace) -> PlanQuestion?

  /// What would be sent to a server, a line a statement, as far as that can be told without one.
  func sent(in forecast: inout Forecast) -> [String]

  /// What could stand behind it in a recording, so that a replay sees whether its result still holds.
  ///
  /// - Parameter shown: what it has shown: what it has not shown cannot be expected.
  func proposals(showing shown: [Report], in workspace: Workspace) -> Proposals

  /// Which earlier plans it rests on, so that a recording can make them again.
  var usesOfPlans: RecordedUses.Plans { get }

  /// What a recording writes behind it, where a replay would take it for something else; nil for nothing.
  func recordedAddition(in workspace: Workspace) -> String?

  /// The name that later commands can use, and what stands for its value while nothing has run; nil for none.
  var capture: (name: String, sample: String)? { get }

  /// Whether a command before it is meant to fail like this.
  func foresees(_ failure: Failure) -> Bool

  /// What failures of later steps lead to from here on; nil when it says nothing of them.
  var reaction: FailureReaction? { get }

  /// The command that it repeats, which is the one that is worth repeating; nil when it repeats none.
  var repeated: String? { get }
}

extension Command {
  var effects: Effects { Self.declaration.effects }
  func question(in workspace: Workspace) -> PlanQuestion? { nil }
  func sent(in forecast: inout Forecast) -> [String] { [] }
  func proposals(showing shown: [Report], in workspace: Workspace) -> Proposals { Proposals() }
  var usesOfPlans: RecordedUses.Plans { .none }
  func recordedAddition(in workspace: Workspace) -> String? { nil }
  var capture: (name: String, sample: String)? { nil }
  func foresees(_ failure: Failure) -> Bool { false }
  var reaction: FailureReaction? { nil }
  var repeated: String? { nil }
}

/// What could be expected behind a command that has ended.
struct Proposals {
  /// Whole commands, in order.
  var expectations: [String] = []
  /// What they are about: those of a later command about the same take their place.
  var subject = ""
}

/// A command that takes no arguments.
protocol PlainCommand: Command {
  /// There is nothing to take.
  init()
}

extension PlainCommand {
  /// Takes nothing from the arguments, which are none.
  init(_ arguments: Arguments) { self.init() }
}

extension Command {
  /// Reads the arguments behind the name.
  ///
  /// - Parameter offset: where they begin in the command's text, in UTF-8.
  /// - Throws: `Failure` at its place.
  init(reading text: String, from offset: Int) throws(Failure) {
    try self.init(Arguments(text, from: offset, of: Self.declaration))
  }
}

/// All that is known of a command before it has arguments.
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
  /// Other words for it, those of psql with their backslash.
  var aliases: [String] = []
  /// What may follow the name.
  var form: Form
  /// One line, without a full stop.
  var summary: String
  /// Sentences for `help NAME` and the man page.
  var details: String
  /// Whole commands that can be typed, each with what it gives, which a test sees to.
  var examples: [CommandExample]
  /// The list it belongs to.
  var group: Group
  /// All that it can do, whatever its arguments.
  var effects: Effects

  /// Name and form.
  var synopsis: String { form.text.isEmpty ? name : "\(name) \(form.text)" }
}
