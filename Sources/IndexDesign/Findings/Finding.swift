/// What one check found: of a server, a plan, a change, an index or a policy.
///
/// Everything that judges gives findings, so that they are shown, recorded and compared in one way.
public struct Finding: Hashable, Sendable {
  /// How a check came out; the raw value is the word that users and transcripts read.
  public enum Outcome: String, CaseIterable, Sendable {
    /// Nothing speaks against going on.
    case ok
    /// One can go on, but somebody should look.
    case warning
    /// It does not hold: what depends on it is refused, or not worth doing.
    case stop = "failed"
    /// There is nothing to check.
    case notApplicable = "not applicable"
    /// hypo cannot tell; a person has to look.
    case lookYourself = "check yourself"
  }

  /// What was looked at, a short noun phrase that stays the same for machines.
  public var name: String
  /// How it came out.
  public var outcome: Outcome
  /// What was found, one sentence without a final full stop.
  public var fact: String
  /// The limit that the fact was held against, with its unit; nil when there is none.
  public var threshold: String?
  /// Why it matters; nil when the fact says it.
  public var reason: String?
  /// What a person can do about it; nil when nothing is to be done.
  public var fix: String?
  /// The command of hypo that acts on it, as it is typed; nil when there is none.
  public var command: String?

  /// Makes a finding from its facts.
  public init(
    _ name: String, _ outcome: Outcome, _ fact: String, threshold: String? = nil, reason: String? = nil,
    fix: String? = nil, command: String? = nil
  ) {
    self.name = name
    self.outcome = outcome
    self.fact = fact
    self.threshold = threshold
    self.reason = reason
    self.fix = fix
    self.command = command
  }
}
