/// The permission to run one plan once, soon, and nothing else.
///
/// Only `GoverningPolicies` can make one, and whoever runs a plan uses it up. So no command can forget to ask the
/// policies or the person, and none can keep a permission for later.
public struct Permit: ~Copyable, Sendable {
  /// How a person has agreed.
  public enum Confirmation: Hashable, Sendable {
    /// They typed this.
    case typed(String)
    /// They said beforehand that they agree to all: `--yes`.
    case saidYes
    /// Nobody was asked, for nothing is sent to the server.
    case notNeeded
  }

  /// What may be run.
  public let plan: ChangePlan
  /// The targets whose policies have allowed it; empty for a server that no policy governs.
  public let targets: [String]
  /// How a person has agreed.
  public let confirmation: Confirmation
  /// When it was given.
  public let given: Timestamp
  /// From when on it is worth nothing; never after the change window has closed.
  public let expires: Timestamp

  /// How long it is good for at most.
  public static let lifetimeInSeconds: Int64 = 60

  fileprivate init(
    _ plan: ChangePlan, targets: [String], _ confirmation: Confirmation, given: Timestamp, closing: Timestamp?
  ) {
    self.plan = plan
    self.targets = targets
    self.confirmation = confirmation
    self.given = given
    let end = Timestamp(
      microsecondsSinceEpoch: given.microsecondsSinceEpoch + Self.lifetimeInSeconds * 1_000_000)
    expires = closing.map { min($0, end) } ?? end
  }

  /// Why a plan may not be run with this permit at a point in time; nil when it may.
  ///
  /// A change that has begun in time may end later: its permit is looked at before the first statement.
  public func refusal(of plan: ChangePlan, at time: Timestamp) -> PolicyRefusal? {
    guard plan == self.plan else {
      return PolicyRefusal(
        "cannot \(plan.kind.verb): the permit is for another plan",
        hint: "\(plan.kind.verb) again: what is shown is then what is confirmed and run")
    }
    guard given <= time, time < expires else {
      return PolicyRefusal(
        "cannot \(plan.kind.verb): the permit is good from \(given) to \(expires), and it is \(time)",
        hint: "\(plan.kind.verb) again and confirm it anew")
    }
    return nil
  }
}

/// Why a policy refuses something.
public struct PolicyRefusal: Error, Hashable, Sendable {
  /// What is refused and why, without a final full stop.
  public var reason: String
  /// More about the reason; nil when there is none.
  public var detail: String?
  /// What would allow it; nil when nothing would.
  public var hint: String?

  /// Makes a refusal from its facts.
  public init(_ reason: String, detail: String? = nil, hint: String? = nil) {
    self.reason = reason
    self.detail = detail
    self.hint = hint
  }
}

/// The policies of all targets that a server is known by: what one of them refuses is refused.
public struct GoverningPolicies: Hashable, Sendable {
  /// A target's policy, with the target's name.
  public struct Entry: Hashable, Sendable {
    /// The target's name, for the words.
    public var target: String
    /// What may be done there.
    public var policy: TargetPolicy

    /// Pairs a policy with its target.
    public init(_ target: String, _ policy: TargetPolicy) {
      self.target = target
      self.policy = policy
    }
  }

  /// The policies, the strictest first; empty for a server that no target names.
  public var entries: [Entry]

  /// Takes the policies that count for a server.
  public init(_ entries: [Entry]) { self.entries = entries }

  /// Whether one of the targets is marked as production: a person has to confirm there, and no flag does.
  public var isProduction: Bool { entries.contains(where: \.policy.isProduction) }

  /// The time zones whose clocks a `Moment` has to know.
  public var zones: Set<String> { Set(entries.compactMap { $0.policy.changeWindow?.zone }) }

  /// Lets an action pass.
  ///
  /// - Returns: what is to be said first, a line each; empty when there is nothing to say.
  /// - Throws: the first refusal.
  @discardableResult
  public func allow(_ action: TargetPolicy.Action, at moment: Moment) throws(PolicyRefusal) -> [String] {
    var remarks: [String] = []
    for entry in entries {
      switch entry.policy.decision(on: action, target: entry.target, at: moment) {
      case .allowed: break
      case .allowedWith(let remark): remarks.append(remark)
      case .refused(let reason, let hint): throw PolicyRefusal(reason, hint: hint)
      }
    }
    return remarks
  }

  /// Gives the permit for a plan that was confirmed.
  ///
  /// - Throws: `PolicyRefusal` when a policy, the plan itself or the person refuses.
  public func permit(
    _ plan: ChangePlan, _ confirmation: Permit.Confirmation, at moment: Moment
  ) throws(PolicyRefusal) -> Permit {
    if let refusal = plan.refusal {
      throw PolicyRefusal(refusal.message, detail: refusal.detail, hint: refusal.hint)
    }
    try allow(plan.kind.action, at: moment)
    switch confirmation {
    case .typed(let word) where word != plan.confirmationWord:
      throw PolicyRefusal("the answer was not \"\(plan.confirmationWord)\": nothing was changed")
    case .saidYes where isProduction:
      throw PolicyRefusal(
        "cannot \(plan.kind.verb) on a production target because of --yes alone: nothing was changed",
        hint: "a person has to type \(plan.confirmationWord)")
    case .notNeeded where !plan.changesNothing:
      throw PolicyRefusal("nobody confirmed: nothing was changed", hint: "a script confirms with --yes")
    default: break
    }
    let closings = entries.compactMap { entry in
      entry.policy.changeWindow.flatMap { $0.isOpen(at: moment) ? $0.nextTurn(after: moment) : nil }
    }
    return Permit(
      plan, targets: entries.map(\.target), confirmation, given: moment.time, closing: closings.min())
  }
}
