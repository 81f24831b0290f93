import Foundation
import IndexDesign
import Reports
import Terminal

extension Loop {
  /// Shows a report before a command has ended, such as what is about to be confirmed.
  func show(_ report: Report) {
    console.endProgress()
    do { try output.showEarly(report) } catch { complain(Failure(error)) }
  }

  /// Asks the person at the terminal for a line; nil when nobody can answer, or does not want to.
  func ask(_ question: StyledText) -> String? { console.ask(question) }

  /// Whether the last question was answered by Ctrl-C.
  var wasInterrupted: Bool { console.wasInterrupted }

  /// Lets an action pass, says what must be said of it first, or refuses it; `--yes` does not matter here.
  ///
  /// - Throws: `Failure` with status `.refused`.
  func permit(_ action: TargetPolicy.Action) throws(Failure) {
    let decisions = workspace.decisions(on: action)
    try refuse(decisions)
    for case .allowedWith(let remark) in decisions { show(.message("policy", remark, .warning)) }
  }

  /// Asks the person to type a name before something is changed; a script says `--yes`.
  ///
  /// - Parameter action: what is about to be done to the database, for its target's policy; nil for something else.
  /// - Throws: `Failure` with status `.refused` when the policy refuses, the answer is another one or nobody can answer.
  func confirm(typing word: String, to what: String, _ action: TargetPolicy.Action? = nil) throws(Failure) {
    if let action { try permit(action) }
    if workspace.settings.yes { return }
    var question = StyledText("Type \(word) to \(what)")
    if action != nil, workspace.isOnProduction, let targetName = workspace.targetName {
      question += StyledText(" on ") + StyledText("\(Prompt.production) \(targetName)", .bad)
    }
    guard let answer = ask(question + StyledText(": ")) else {
      if prompt != nil { throw Failure(.refused, "nothing was changed") }
      if wasInterrupted { throw Failure(.cancelled, "nothing was changed") }
      throw Failure(
        .refused, "nobody confirmed: nothing was changed", hint: "a script confirms with --yes")
    }
    guard answer.trimmingCharacters(in: .whitespaces) == word else {
      throw Failure(.refused, "the answer was not \"\(word)\": nothing was changed")
    }
    // The window may have closed while the question stood.
    if let action { try refuse(workspace.decisions(on: action)) }
  }

  private func refuse(_ decisions: [TargetPolicy.Decision]) throws(Failure) {
    for case .refused(let reason, let hint) in decisions { throw Failure(.refused, reason, hint: hint) }
  }
}
