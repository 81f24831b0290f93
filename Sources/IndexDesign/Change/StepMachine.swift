/// What decides how a step goes on: it is told what happened and says what to do next.
///
/// Machines are values and know no server, so that each ending is tested as a transcript of events and actions.
public protocol StepMachine: Sendable {
  /// Takes what happened and gives what is to be done.
  mutating func receive(_ event: StepEvent) -> StepAction
}

/// What happened on the server or at the keyboard.
public enum StepEvent: Hashable, Sendable {
  /// The connections are open and nothing has run.
  case begin
  /// No other hypo changes the table while this connection lives.
  case turnTaken
  /// Whoever held the table's lock has let it go.
  case tableFree
  /// The server's progress names the index that our own build makes.
  case saw(index: UInt32)
  /// The statement ended without an error.
  case ran(notices: [StatementNotice])
  /// What was looked for is this; nil for nothing.
  case found(FoundRelation?)
  /// The extension that was looked for has this version; nil when it is not installed.
  case foundExtension(version: String?)
  /// What was asked for could not be looked up.
  case couldNotLook(ChangeFailure)
  /// A statement or a wait ended with an error.
  case failed(StepFailure)
  /// The backend whose connection was lost has ended.
  case backendGone(isCancelWanted: Bool)
  /// Whether the backend whose connection was lost still works cannot be known.
  case backendUnknown(reason: String)
}

/// What is to be done next.
public enum StepAction: Hashable, Sendable {
  /// Make sure that no other hypo changes the table; to clean up also after a cancel.
  case takeTurn(isCleanUp: Bool)
  /// Look what has this name.
  case look(RelationName)
  /// Look what has this object id.
  case lookAt(UInt32)
  /// Look whether this extension is installed.
  case lookForExtension(String)
  /// Wait until nobody holds the table's lock.
  case waitForTable
  /// Run a statement.
  case run(String, StepPhase)
  /// Wait until the backend whose connection was lost has ended.
  case awaitBackend
  /// Write down which index the build makes, and go on.
  case journal(index: UInt32)
  /// Go on with what runs.
  case carryOn
  /// Write down how it ended.
  case end(StepEnding)
}

/// What a running statement is there for.
public enum StepPhase: Hashable, Sendable {
  /// It builds the index.
  case build
  /// It drops the index.
  case drop
  /// It drops the invalid index that our own build has left.
  case dropLeftover
  /// It installs an extension.
  case install(String)
}

/// How a step ended.
public struct StepEnding: Hashable, Sendable {
  /// What is written down.
  public var result: ChangeOutcome.Result
  /// What stopped it; nil when nothing did.
  public var failure: StepFailure?

  /// Makes an ending from its facts.
  public init(_ result: ChangeOutcome.Result, _ failure: StepFailure? = nil) {
    self.result = result
    self.failure = failure
  }
}

/// An error that ended a statement or a wait.
public struct StepFailure: Hashable, Sendable {
  /// What it came from.
  public enum Cause: Hashable, Sendable {
    /// The server refused or failed the statement; also when an administrator cancelled it.
    case server
    /// No connection could be made.
    case connection
    /// The connection was lost while the statement ran, or the server said that it ends it.
    case lost
    /// The person stopped it.
    case person
    /// The person stopped it a second time before the server had answered: it may still run.
    case abandoned
    /// hypo itself refused to go on.
    case refused
    /// The server is not as it should be after what it had answered.
    case unexpected
  }

  /// What it came from.
  public var cause: Cause
  /// The error's facts.
  public var error: ChangeFailure
  /// Whether the person had asked to stop by then.
  public var isCancelWanted: Bool

  /// Makes a failure from its facts.
  public init(_ cause: Cause, _ error: ChangeFailure, isCancelWanted: Bool = false) {
    self.cause = cause
    self.error = error
    self.isCancelWanted = isCancelWanted
  }

  /// Nothing of ours is on the server: what is written down of this failure.
  public var stopped: StepEnding {
    StepEnding(cause == .person ? .cancelled : .failed(error: error.withoutRowValues), self)
  }

  /// The message as far as it may be written down.
  var keptMessage: String { error.withoutRowValues.message }

  /// The failure as it is told: SQLSTATE 57014 is also an administrator's cancel, and only the person's is called so.
  func named(_ kind: ChangeIntent.Kind, wasCancelled: Bool) -> StepFailure {
    guard wasCancelled else { return self }
    return StepFailure(
      .person,
      ChangeFailure(message: "cancelled by the person who \(kind.pastVerb)", sqlState: error.sqlState))
  }
}

/// A notice that came with the answer to a statement.
public struct StatementNotice: Hashable, Sendable {
  /// `NOTICE`, `WARNING` …
  public var severity: String
  /// The five-character code.
  public var sqlState: String
  /// The function of the server's source that sent it; nil when none is named.
  public var routine: String?

  /// Makes a notice from its facts.
  public init(severity: String, sqlState: String, routine: String? = nil) {
    self.severity = severity
    self.sqlState = sqlState
    self.routine = routine
  }

  /// Whether a statement with IF NOT EXISTS says that something has the name.
  public var saysItIsThere: Bool { sqlState == "42P07" }

  /// Whether a DROP with IF EXISTS says that nothing has the name.
  ///
  /// It has no code of its own and its words are translated. Source: PostgreSQL, `tablecmds.c`.
  public var saysNothingIsThere: Bool { sqlState == "00000" && routine == "DropErrorMsgNonExistent" }
}

extension StepEnding {
  /// For an event that cannot come: what really happened only the server knows.
  static func lost(_ event: StepEvent) -> StepEnding {
    StepEnding(.interrupted(reason: "hypo had not expected this: \(event)"))
  }
}
