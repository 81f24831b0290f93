/// A change to a real database, ready to be shown, allowed, confirmed and run: what was found, and what is to be done.
///
/// It is a value, so that a permit can be given for exactly this plan and for no other.
public struct ChangePlan: Hashable, Sendable {
  /// What is to be done.
  public var kind: ChangeIntent.Kind
  /// Where it was planned, and as which database role; it can be run nowhere else.
  public var server: ServerFingerprint
  /// What is to be done, in order; the first that does not end as wanted is the last that is tried.
  public var steps: [ChangeStep]
  /// What a person should see first; empty when nothing was looked at.
  public var findings: [Finding]
  /// Why it may not be run, in the order of the findings; empty when it may.
  public var refusals: [ChangeFailure]
  /// The record of the change that a rollback undoes; nil for every other change.
  public var undoes: ChangeRecord?
  /// HypoPG's estimate of the index's size; nil without one.
  public var estimatedIndexSizeInBytes: Int64?
  /// The settings that decide what the statements' texts mean, by name, as the session has them.
  public var textSettings: [String: String]

  /// Makes a plan from its parts.
  public init(
    kind: ChangeIntent.Kind, server: ServerFingerprint, steps: [ChangeStep], findings: [Finding] = [],
    refusals: [ChangeFailure] = [], undoes: ChangeRecord? = nil, estimatedIndexSizeInBytes: Int64? = nil,
    textSettings: [String: String] = [:]
  ) {
    self.kind = kind
    self.server = server
    self.steps = steps
    self.findings = findings
    self.refusals = refusals
    self.undoes = undoes
    self.estimatedIndexSizeInBytes = estimatedIndexSizeInBytes
    self.textSettings = textSettings
  }

  /// Why it may not be run; nil when it may.
  public var refusal: ChangeFailure? { refusals.first }

  /// Whether nothing is sent to the server: only what was found is written down.
  public var changesNothing: Bool { steps.allSatisfy { $0.work.isNote } }

  /// What a person types to confirm it: the name of the one thing that changes, or else the kind of change.
  public var confirmationWord: String {
    kind != .setUp && steps.count == 1 ? steps[0].name.name : kind.action.rawValue
  }

  /// The exact statements that are to run, one a line, each with its `;`.
  public var statements: String { steps.map { $0.statement + ";" }.joined(separator: "\n") }

  /// The exact statements that undo them, one a line, each with its `;`.
  public var reverses: String { steps.map { $0.reverse + ";" }.joined(separator: "\n") }
}

extension ChangeIntent.Kind {
  /// What the policies of a target are asked about.
  public var action: TargetPolicy.Action {
    switch self {
    case .promote: .promote
    case .retire: .retire
    case .rollback: .rollback
    case .setUp: .setup
    }
  }

  /// What is done, as a person would say it: `roll back`.
  public var verb: String {
    switch self {
    case .promote: "promote"
    case .retire: "retire"
    case .rollback: "roll back"
    case .setUp: "set up"
    }
  }

  /// What the person did who stopped it.
  var pastVerb: String {
    switch self {
    case .promote: "promoted"
    case .retire: "retired"
    case .rollback: "rolled back"
    case .setUp: "set up"
    }
  }
}
