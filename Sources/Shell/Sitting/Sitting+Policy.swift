import Foundation
import IndexDesign
import Server
import Terminal

extension Sitting {
  /// The named target that the session is on; nil for any other, and without a connection.
  var namedTarget: Target? { targetName.flatMap(configuration.target) }

  /// Whether the session is on a target that the configuration marks as production.
  var isOnProduction: Bool { namedTarget?.isProduction ?? false }

  /// Whether the session is on the private server.
  var isOnSandbox: Bool { targetName == "sandbox" || namedTarget?.conninfo == "sandbox" }

  /// Lets an action pass, says what must be said of it first, or refuses it; `--yes` does not matter here.
  ///
  /// - Throws: `Failure` with status `.refused`.
  func permit(_ action: TargetPolicy.Action) throws(Failure) {
    guard let target = namedTarget else { return }
    switch target.policy.decision(on: action, target: target.name, at: now()) {
    case .allowed: break
    case .allowedWith(let remark): show(.message("policy", remark, .warning))
    case .refused(let reason, let hint): throw Failure(.refused, reason, hint: hint)
    }
  }

  /// Asks the person to type a name before something is changed; a script says `--yes`.
  ///
  /// - Parameter action: what is about to be done to the database, for its target's policy; nil for something else.
  /// - Throws: `Failure` with status `.refused` when the policy refuses, the answer is another one or nobody can answer.
  func confirm(typing word: String, to what: String, _ action: TargetPolicy.Action? = nil) throws(Failure) {
    if let action { try permit(action) }
    if settings.yes { return }
    var question = StyledText("Type \(word) to \(what)")
    if action != nil, isOnProduction, let targetName {
      question += StyledText(" on ") + StyledText("\(Prompt.production) \(targetName)", .bad)
    }
    guard let answer = console.ask(question + StyledText(": ")) else {
      throw Failure(
        .refused, "nobody confirmed: nothing was changed", hint: "a script confirms with --yes")
    }
    guard answer.trimmingCharacters(in: .whitespaces) == word else {
      throw Failure(.refused, "the answer was not \"\(word)\": nothing was changed")
    }
    // The window may have closed while the question stood.
    if let action, case .refused(let reason, let hint)? = decision(on: action) {
      throw Failure(.refused, reason, hint: hint)
    }
  }

  private func decision(on action: TargetPolicy.Action) -> TargetPolicy.Decision? {
    namedTarget.map { $0.policy.decision(on: action, target: $0.name, at: now()) }
  }

  /// What `connect` and `status` tell of the target; empty when it has no name.
  var targetFields: [Report.Field] {
    guard let targetName else { return [] }
    var fields: [Report.Field] = [.init("target", .identifier(targetName))]
    guard let policy = namedTarget?.policy else { return fields }
    fields.append(
      .init(
        "production", .boolean(policy.isProduction), remark: policy.isProduction ? Prompt.production : nil))
    if let state = policy.windowState(at: now()), let window = policy.changeWindow {
      fields.append(.init("change window", .text(window.text), remark: state.words))
    }
    if !policy.allowsChanges { fields.append(.init("changes", .text("refused"), remark: "promote = refuse")) }
    if !policy.allowsMeasuring { fields.append(.init("measure", .text("refused"))) }
    return fields
  }

  /// What `doctor` tells of the target, as rows of its checks; empty when it has no name.
  var targetChecks: [[Cell]] {
    guard let targetName else { return [] }
    func row(_ name: String, _ outcome: Outcome, _ finding: String) -> [Cell] {
      [.identifier(name), .outcome(outcome), .text(finding)]
    }
    var rows = [
      row(
        "target", isOnProduction ? .warning : .ok,
        isOnProduction ? "\(targetName): \(Prompt.production)" : targetName)
    ]
    guard let policy = namedTarget?.policy else { return rows }
    if let state = policy.windowState(at: now()), let window = policy.changeWindow {
      rows.append(row("change window", state.isOpen ? .ok : .warning, "\(window.text): \(state.words)"))
    }
    if !policy.allowsChanges { rows.append(row("changes", .warning, "refused by the configuration")) }
    return rows
  }
}
