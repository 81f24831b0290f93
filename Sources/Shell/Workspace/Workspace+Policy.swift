import IndexDesign
import Reports
import Server

extension Workspace {
  /// The targets whose policies count for the session, the strictest first; none without a connection.
  var governing: [Target] { session.map { targets.governing($0.place) } ?? [] }

  /// The named target that the session was opened by, or `sandbox`, or else the target whose server it has
  /// reached; nil for any other, and without a connection.
  var targetName: String? { targets.openedName ?? governing.first?.name }

  /// Whether the session is on a server that the configuration marks as production.
  var isOnProduction: Bool { governing.contains(where: \.isProduction) }

  /// The policies of those targets.
  var policies: GoverningPolicies { GoverningPolicies(governing.map { .init($0.name, $0.policy) }) }

  /// What the time is, by the clocks of the governing windows.
  var moment: Moment { Moment(now(), zones: policies.zones) }

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
