/// What may be done on a target, and when: decided by the configuration, and not overridden by `--yes`.
public struct TargetPolicy: Hashable, Sendable {
  /// What is asked about.
  public enum Action: String, Hashable, Sendable {
    case promote, retire, setup, rollback, measure
  }

  /// What was decided.
  public enum Decision: Hashable, Sendable {
    /// It may be done.
    case allowed
    /// It may be done, but this is said first.
    case allowedWith(remark: String)
    /// It may not be done: why, and what would allow it.
    case refused(reason: String, hint: String)
  }

  /// Whether a mistake here is felt by customers.
  public var isProduction: Bool
  /// When changes may be made; nil for always.
  public var changeWindow: ChangeWindow?
  /// Whether changes may be made at all; taking one back always may.
  public var allowsChanges: Bool
  /// Whether statements may be run for their time; nil for everywhere but on production.
  public var measuring: Bool?

  /// Makes a policy; without facts everything is allowed.
  public init(
    isProduction: Bool = false, changeWindow: ChangeWindow? = nil, allowsChanges: Bool = true,
    measuring: Bool? = nil
  ) {
    self.isProduction = isProduction
    self.changeWindow = changeWindow
    self.allowsChanges = allowsChanges
    self.measuring = measuring
  }

  /// Whether statements may be run for their time.
  public var allowsMeasuring: Bool { measuring ?? !isProduction }

  /// Decides about an action at a point in time.
  ///
  /// - Parameters:
  ///   - target: the target's name, for the words.
  ///   - moment: the time, with the clock of the window's zone; without that clock the window counts as closed.
  public func decision(on action: Action, target: String, at moment: Moment) -> Decision {
    switch action {
    case .measure:
      return allowsMeasuring
        ? .allowed
        : .refused(
          reason: "the policy of \"\(target)\" refuses measure",
          hint: "measure = allow in its section of the configuration would allow it")
    case .rollback:
      guard let changeWindow, !changeWindow.isOpen(at: moment) else { return .allowed }
      return .allowedWith(
        remark:
          "outside of the change window of \(target) (\(changeWindow.text)): a rollback is allowed all the same"
      )
    case .promote, .retire, .setup:
      guard allowsChanges else {
        return .refused(
          reason: "the policy of \"\(target)\" refuses changes",
          hint: "promote = allow in its section of the configuration would allow them")
      }
      guard let changeWindow, !changeWindow.isOpen(at: moment) else { return .allowed }
      return .refused(
        reason:
          "\(action.rawValue) is refused outside of the change window of \"\(target)\": \(changeWindow.text)",
        hint: changeWindow.nextTurn(after: moment).map { "it opens \(changeWindow.words($0, at: moment))" }
          ?? "it does not open within two weeks")
    }
  }

  /// The window and whether it is open now, in words; nil when there is none.
  public func windowState(at moment: Moment) -> (isOpen: Bool, words: String)? {
    guard let changeWindow else { return nil }
    let isOpen = changeWindow.isOpen(at: moment)
    let turn = changeWindow.nextTurn(after: moment).map { changeWindow.words($0, at: moment) }
    let words =
      isOpen
      ? turn.map { "open until \($0)" } ?? "always open" : turn.map { "closed until \($0)" } ?? "closed"
    return (isOpen, words)
  }
}
