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
  func allow(_ action: TargetPolicy.Action) throws(Failure) {
    let remarks: [String]
    do { remarks = try workspace.policies.allow(action, at: workspace.moment) } catch { throw Failure(error) }
    for remark in remarks { show(.message("policy", remark, .warning)) }
  }

  /// Asks the person to confirm a plan and the policies to allow it; a script confirms with `--yes`, but never on a
  /// production target.
  ///
  /// - Parameter what: what is about to be done, for the question: `build this index`.
  /// - Throws: `Failure` with status `.refused` when a policy refuses, the answer is another one or nobody can answer.
  func permit(_ plan: ChangePlan, to what: String) throws(Failure) -> Permit {
    var confirmation = Permit.Confirmation.notNeeded
    if !plan.changesNothing {
      try allow(plan.kind.action)
      confirmation =
        workspace.settings.yes && !workspace.isOnProduction
        ? .saidYes : .typed(try answer(typing: plan.confirmationWord, to: what, isChange: true))
    }
    // The window may have closed while the question waited for its answer.
    do { return try workspace.policies.permit(plan, confirmation, at: workspace.moment) } catch {
      throw Failure(error)
    }
  }

  /// Asks the person to type a word before something other than a database is changed; a script says `--yes`.
  ///
  /// - Throws: `Failure` with status `.refused` when the answer is another one or nobody can answer.
  func confirm(typing word: String, to what: String) throws(Failure) {
    if workspace.settings.yes { return }
    guard try answer(typing: word, to: what, isChange: false) == word else {
      throw Failure(.refused, "the answer was not \"\(word)\": nothing was changed")
    }
  }

  private func answer(typing word: String, to what: String, isChange: Bool) throws(Failure) -> String {
    var question = StyledText("Type \(word) to \(what)")
    if isChange, workspace.isOnProduction, let targetName = workspace.targetName {
      question += StyledText(" on ") + StyledText("\(Prompt.production) \(targetName)", .bad)
    }
    guard let answer = ask(question + StyledText(": ")) else {
      if prompt != nil { throw Failure(.refused, "nothing was changed") }
      if wasInterrupted { throw Failure(.cancelled, "nothing was changed") }
      throw Failure(
        .refused, "nobody confirmed: nothing was changed",
        hint: isChange && workspace.isOnProduction
          ? "on a production target a person has to type \(word)" : "a script confirms with --yes")
    }
    return answer.trimmingCharacters(in: .whitespaces)
  }
}
