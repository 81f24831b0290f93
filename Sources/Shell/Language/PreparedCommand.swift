import IndexDesign
import Notebook
import Reports

/// A whole command that was read and judged, so that it can be run; nothing of it has run.
struct PreparedCommand {
  /// What is done.
  enum Action {
    case command(any Command)
    /// A statement for the server, which the rule for typed SQL lets pass.
    case sql(String)
    /// What psql describes, `\d` and the like.
    case psql(PsqlLine)
  }

  /// The command as it was typed, with values in their places.
  let text: String
  /// The command as it was typed, `:name` where a value is used.
  let typed: String
  let action: Action
  /// The file that its result goes to; nil for the screen.
  let redirection: Redirection?
  /// What runs, in a word or two, for the line that tells of long waits.
  let activity: String

  /// Reads a command.
  ///
  /// - Parameter typed: the command before values took their places; nil when it uses none.
  /// - Throws: `Failure` with its place when it is none, or a wrong one.
  init(_ text: String, typed: String? = nil) throws(Failure) {
    let (command, redirection) = try Redirection.split(text)
    self.text = text
    self.typed = typed ?? text
    self.redirection = redirection
    switch try CommandWords.classify(command) {
    case .command(let type, let offset):
      action = .command(try type.init(reading: command, from: offset))
      activity = type.declaration.name
    case .sql:
      try RawSQL.check(command)
      action = .sql(command)
      var words = ArgumentReader(command)
      activity = words.word()?.lowercased ?? "statement"
    case .psql:
      action = .psql(try PsqlLine(command))
      activity = "psql"
    }
  }

  /// Does it; what comes back is not shown yet.
  func run(in workspace: Workspace, by loop: Loop) throws -> Report {
    workspace.access.activity = activity
    return switch action {
    case .command(let command): try command.run(in: workspace, by: loop)
    case .sql(let text): try RawSQL.run(text, in: workspace)
    case .psql(let line): try PsqlHandover.run(line, in: workspace, by: loop)
    }
  }

  /// What it does besides showing a result.
  var effects: Effects {
    switch action {
    case .command(let command): command.effects
    case .sql: [.looks, .keepsInWorkspace]
    case .psql: .looks
    }
  }

  /// Whether later steps need what it leaves, and it changes nothing else.
  var preparesLaterSteps: Bool { redirection == nil && effects.preparesLaterSteps }

  /// Whether it shows a plan on the screen.
  var showsPlan: Bool {
    guard case .command(let command) = action else { return false }
    return redirection == nil && type(of: command).declaration.group == .plans
  }

  /// Whether it gives handles to queries.
  var givesQueries: Bool {
    guard case .command(let command) = action, command.effects.contains(.keepsInWorkspace) else {
      return false
    }
    return type(of: command).declaration.group == .workload
  }

  /// What it used of the session.
  func uses(showing shown: [Report]) -> RecordedUses {
    guard case .command(let command) = action else { return RecordedUses() }
    return RecordedUses(of: text, showing: shown, givesQueries: givesQueries, plans: command.usesOfPlans)
  }

  /// What failures of later steps lead to from here on; nil when it says nothing of them.
  var reaction: FailureReaction? {
    if case .command(let command) = action { command.reaction } else { nil }
  }

  /// The name that later commands can use, and what stands for its value while nothing has run; nil for none.
  var capture: (name: String, sample: String)? {
    if case .command(let command) = action { command.capture } else { nil }
  }

  /// Whether a command before it is meant to fail like this.
  func foresees(_ failure: Failure) -> Bool {
    if case .command(let command) = action { command.foresees(failure) } else { false }
  }

  /// What could stand behind it in a recording.
  func proposals(showing shown: [Report], in workspace: Workspace) -> Proposals {
    if case .command(let command) = action {
      command.proposals(showing: shown, in: workspace)
    } else {
      Proposals()
    }
  }
}
