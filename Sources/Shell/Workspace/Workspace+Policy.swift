import Foundation
import IndexDesign
import Server
import Terminal

extension Workspace {
  /// The targets whose policies count for the session, the strictest first: it follows the server that was
  /// reached, not how it was written.
  var governing: [Target] {
    guard let session else { return [] }
    let places = placesNamed.merging(placesFound.mapValues(Array.init)) { $0 + $1 }
    return configuration.targets(openedBy: openedName, reached: session.place, places: places)
  }

  /// The named target that the session was opened by, or `sandbox`, or else the target whose server it has
  /// reached; nil for any other, and without a connection.
  var targetName: String? { openedName ?? governing.first?.name }

  /// Whether the session is on a server that the configuration marks as production.
  var isOnProduction: Bool { governing.contains(where: \.isProduction) }

  /// Whether the session is on the private server.
  var isOnSandbox: Bool {
    openedName == "sandbox" || openedName.flatMap(configuration.target)?.conninfo == "sandbox"
  }

  /// Lets an action pass, says what must be said of it first, or refuses it; `--yes` does not matter here.
  ///
  /// - Throws: `Failure` with status `.refused`.
  func permit(_ action: TargetPolicy.Action) throws(Failure) {
    let decisions = decisions(on: action)
    try refuse(decisions)
    for case .allowedWith(let remark) in decisions { show(.message("policy", remark, .warning)) }
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
      if prefill != nil { throw Failure(.refused, "nothing was changed") }
      if console.wasInterrupted { throw Failure(.cancelled, "nothing was changed") }
      throw Failure(
        .refused, "nobody confirmed: nothing was changed", hint: "a script confirms with --yes")
    }
    guard answer.trimmingCharacters(in: .whitespaces) == word else {
      throw Failure(.refused, "the answer was not \"\(word)\": nothing was changed")
    }
    // The window may have closed while the question stood.
    if let action { try refuse(decisions(on: action)) }
  }

  /// What the time is, by the clocks of the governing windows.
  private var moment: Moment {
    Moment(now(), zones: governing.compactMap { $0.policy.changeWindow?.zone })
  }

  private func decisions(on action: TargetPolicy.Action) -> [TargetPolicy.Decision] {
    governing.map { $0.policy.decision(on: action, target: $0.name, at: moment) }
  }

  private func refuse(_ decisions: [TargetPolicy.Decision]) throws(Failure) {
    for case .refused(let reason, let hint) in decisions { throw Failure(.refused, reason, hint: hint) }
  }

  /// What `connect` and `status` tell of the target; empty when it has no name.
  var targetFields: [Report.Field] {
    guard let targetName else { return [] }
    var fields: [Report.Field] = [.init("target", .identifier(targetName))]
    let governing = governing
    guard !governing.isEmpty else { return fields }
    fields.append(
      .init("production", .boolean(isOnProduction), remark: isOnProduction ? Prompt.production : nil))
    for policy in governing.map(\.policy) {
      if let state = policy.windowState(at: moment), let window = policy.changeWindow {
        fields.append(.init("change window", .text(window.text), remark: state.words))
      }
    }
    if governing.contains(where: { !$0.policy.allowsChanges }) {
      fields.append(.init("changes", .text("refused"), remark: "promote = refuse"))
    }
    if governing.contains(where: { !$0.policy.allowsMeasuring }) {
      fields.append(.init("measure", .text("refused")))
    }
    return fields
  }

  /// What `doctor` finds about the target; empty when it has no name.
  var targetChecks: [Finding] {
    guard let targetName else { return [] }
    var findings = [
      Finding(
        "target", isOnProduction ? .warning : .ok,
        isOnProduction ? "\(targetName): \(Prompt.production)" : targetName)
    ]
    for policy in governing.map(\.policy) {
      if let state = policy.windowState(at: moment), let window = policy.changeWindow {
        findings.append(
          Finding("change window", state.isOpen ? .ok : .warning, "\(window.text): \(state.words)"))
      }
    }
    if governing.contains(where: { !$0.policy.allowsChanges }) {
      findings.append(Finding("changes", .warning, "refused by the configuration"))
    }
    return findings
  }
}
