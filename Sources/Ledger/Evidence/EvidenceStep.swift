public import IndexDesign

/// One command of a run: what was asked, what was sent, what came of it.
public struct EvidenceStep: Equatable, Sendable {
  /// How a step ended.
  public enum Outcome: String, CaseIterable, Sendable {
    /// As it should.
    case ok
    /// What came is not what was recorded.
    case drift
    /// It failed, or did not hold.
    case failed
    /// It was not run.
    case skipped
    /// It failed, and the notebook said to go on.
    case warned
  }

  /// The number of the step in its notebook, from 1.
  public var step: Int
  /// The notebook's line on which it begins, from 1.
  public var notebookLine: Int
  /// The command as it was run.
  public var command: String
  /// When it began.
  public var started: Timestamp
  /// When it was over.
  public var finished: Timestamp
  /// How it ended.
  public var outcome: Outcome
  /// What is to be said of the outcome: how it drifted, why it was skipped. Empty for nothing.
  public var remarks: [String] = []
  /// Why it failed; nil when it did not.
  public var error: ChangeFailure?
  /// What was sent to the server, in order.
  public var statements: [EvidenceStatement] = []
  /// The plans that it showed or compared.
  public var plans: [EvidencePlans] = []
  /// The change to the database that it made, as the ledger numbers it; nil when it made none.
  public var change: ChangeNumber?

  /// Makes a step from its facts; the others are set one by one.
  public init(
    step: Int, notebookLine: Int, command: String, started: Timestamp, finished: Timestamp, outcome: Outcome
  ) {
    self.step = step
    self.notebookLine = notebookLine
    self.command = command
    self.started = started
    self.finished = finished
    self.outcome = outcome
  }
}

/// A statement that was sent.
public struct EvidenceStatement: Equatable, Sendable {
  /// The connections of a session.
  public enum Connection: String, Sendable {
    /// The one that only reads.
    case analysis
    /// The one that changes.
    case change
    /// The one that looks on while the other changes.
    case watch
  }

  /// When it was first sent.
  public var sent: Timestamp
  /// The connection that it went over.
  public var connection: Connection
  /// The text.
  public var text: String
  /// The values bound to `$1` …; nil is NULL.
  public var values: [String?]
  /// How often it was sent, one after the other; 1 as a rule.
  public var times: Int

  /// Makes a statement from its facts.
  public init(
    sent: Timestamp, connection: Connection, text: String, values: [String?] = [], times: Int = 1
  ) {
    self.sent = sent
    self.connection = connection
    self.text = text
    self.values = values
    self.times = times
  }
}

/// The plans of one statement, as the server gave them in JSON.
public struct EvidencePlans: Equatable, Sendable {
  /// What was planned: `@1`, or the text itself.
  public var statement: String
  /// Without the designs, or before the change; nil when it was not planned so.
  public var before: String?
  /// With the designs, or after the change; nil when it was not planned so.
  public var after: String?

  /// Pairs the plans of a statement.
  public init(of statement: String, before: String?, after: String?) {
    self.statement = statement
    self.before = before
    self.after = after
  }
}
