import IndexDesign

/// What may be done on a target, and when: decided by the configuration, and not overridden by `--yes`.
struct TargetPolicy: Equatable, Sendable {
  /// What is asked about.
  enum Action: String, Equatable, Sendable {
    case promote, retire, setup, rollback, measure
  }

  /// What was decided.
  enum Decision: Equatable, Sendable {
    case allowed
    /// It may be done, but this is said first.
    case allowedWith(remark: String)
    case refused(reason: String, hint: String)
  }

  /// Whether a mistake here is felt by customers.
  var isProduction = false
  /// When changes may be made; nil for always.
  var changeWindow: ChangeWindow?
  /// Whether changes may be made at all; taking one back always may.
  var allowsChanges = true
  /// Whether statements may be run for their time; nil for everywhere but on production.
  var measuring: Bool?

  /// Whether statements may be run for their time.
  var allowsMeasuring: Bool { measuring ?? !isProduction }

  /// Decides about an action at a point in time.
  ///
  /// - Parameter target: the target's name, for the words.
  func decision(on action: Action, target: String, at time: Timestamp) -> Decision {
    switch action {
    case .measure:
      return allowsMeasuring
        ? .allowed
        : .refused(
          reason: "the policy of \"\(target)\" refuses measure",
          hint: "measure = allow in its section of the configuration would allow it")
    case .rollback:
      guard let changeWindow, !changeWindow.isOpen(at: time) else { return .allowed }
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
      guard let changeWindow, !changeWindow.isOpen(at: time) else { return .allowed }
      return .refused(
        reason:
          "\(action.rawValue) is refused outside of the change window of \"\(target)\": \(changeWindow.text)",
        hint: changeWindow.nextTurn(after: time).map { "it opens \(changeWindow.words($0))" }
          ?? "it does not open within two weeks")
    }
  }

  /// The window and whether it is open now, in words; nil when there is none.
  func windowState(at time: Timestamp) -> (isOpen: Bool, words: String)? {
    guard let changeWindow else { return nil }
    let isOpen = changeWindow.isOpen(at: time)
    let turn = changeWindow.nextTurn(after: time).map { changeWindow.words($0) }
    let words =
      isOpen
      ? turn.map { "open until \($0)" } ?? "always open" : turn.map { "closed until \($0)" } ?? "closed"
    return (isOpen, words)
  }
}
