import IndexDesign
import Ledger
import Notebook
import Reports
import Server

/// Runs the steps of a notebook in a session, one after the other, and tells whoever watches.
final class NotebookRun {
  let checked: CheckedNotebook
  let loop: Loop
  let file: String
  /// Whoever wants to know what happens, told in order.
  var watchers: [any NotebookWatcher] = []
  /// The first step that is shown; those before it are made again without a word, but for what changes a database.
  var firstStep = 1
  /// Compares what a step gave with what was recorded; nil compares nothing.
  var compare: ((Notebook.Step, [Report], Failure?) -> StepResult.Drift?)?
  /// Whether a change is refused once a result was another one than recorded.
  var refusesChangesAfterDrift = false
  private var hasDrifted = false
  /// Why the run must not go on, asked behind each step; nil never ends it.
  var mustStop: (() -> Failure?)?
  /// Lets a person take part before a step runs; false ends the run. See `StepMode`.
  var mayRun: ((Notebook.Step, String) -> Bool)?
  /// What belongs to this run alone.
  var frame: RunFrame
  private var changesBefore = 0
  /// The changes that this run has made, oldest first.
  var changes: ArraySlice<ChangeNumber> { workspace.changes.dropFirst(changesBefore) }
  private var workspace: Workspace { loop.workspace }

  init(_ checked: CheckedNotebook, loop: Loop, file: String) {
    (self.checked, self.loop, self.file) = (checked, loop, file)
    frame = loop.workspace.frame.inner(ticket: checked.notebook.header.ticket)
  }

  /// Runs all of it.
  ///
  /// - Returns: the failure that ended it, and its line; nil when it came to its end.
  func run() -> (failure: Failure, line: Int)? {
    changesBefore = workspace.changes.count
    defer { workspace.session?.forgetAhead() }
    return workspace.run(in: frame) { runParts() }
  }

  private func runParts() -> (failure: Failure, line: Int)? {
    var number = 0
    for part in checked.notebook.parts {
      switch part {
      case .blank, .header: continue
      case .prose(let lines):
        if number + 1 >= firstStep { watchers.forEach { $0.comes(prose: checked.notebook.prose(lines)) } }
      case .step:
        number += 1
        if let failure = run(checked.commands[number - 1], next: number) {
          return (failure, checked.commands[number - 1].step.line)
        }
        if loop.isEnding { return nil }
      }
    }
    return nil
  }

  /// Runs a step.
  ///
  /// - Parameter next: the place of the command behind it.
  /// - Returns: the failure that ends the run; nil when it goes on.
  private func run(_ command: CheckedNotebook.Command, next: Int) -> Failure? {
    let step = command.step
    let isShown = step.number >= firstStep
    if !isShown, command.prepared.map({ !$0.preparesLaterSteps }) == true { return nil }
    var result = StepResult(
      step: step, text: step.command, outcome: .ok, started: workspace.now(), finished: workspace.now())
    do {
      if let unmet = try step.guards.first(where: { try !$0.holds(in: workspace) }) {
        result.outcome = .skipped(unmet)
      } else {
        guard try perform(command, next: next, isShown: isShown, &result) else { return nil }
      }
    } catch { result.outcome = outcome(of: Failure(error)) }
    result.finished = workspace.now()
    if isShown || result.failure != nil { watchers.forEach { $0.ended(result) } }
    if case .drift = result.outcome { hasDrifted = true }
    let ending: Failure? = if case .failed(let failure) = result.outcome { failure } else { nil }
    guard let failure = ending ?? mustStop?() ?? (loop.takeInterrupt() ? Loop.interrupted : nil) else {
      return nil
    }
    if workspace.frame.onFail == .rollback { undo() }
    return failure
  }

  /// False when the person ends the run before the step.
  private func perform(
    _ command: CheckedNotebook.Command, next: Int, isShown: Bool, _ result: inout StepResult
  ) throws -> Bool {
    let step = command.step
    let prepared = try ready(command)
    if !isShown, !prepared.preparesLaterSteps { return false }
    result.text = workspace.values.holdsSecret(for: prepared.typed) ? prepared.typed : prepared.text
    if refusesChangesAfterDrift, hasDrifted, prepared.effects.mayChangeDatabase {
      throw Failure(
        .drift, "a result above is another one than was recorded, so nothing is changed on the database",
        hint: "look at the drift; without --strict the notebook goes on, --bless records anew")
    }
    if let mayRun, isShown, !mayRun(step, result.text) {
      loop.end()
      return false
    }
    result.started = workspace.now()
    if isShown { watchers.forEach { $0.begins(step, result.text) } }
    if !step.isExpectation { workspace.foresee(nil) }
    let wasSilent = loop.output.isSilent
    let changes = workspace.changes.count
    loop.output.isSilent = wasSilent || !isShown
    defer { loop.output.isSilent = wasSilent }
    planAhead(from: next - 1)
    let ending = loop.perform(prepared)
    result.isRedirected = prepared.redirection != nil
    if !result.isRedirected { result.reports = loop.output.shown }
    result.change = workspace.changes.count > changes ? workspace.changes.last : nil
    switch ending {
    case .success: result.outcome = compared(step, result.reports, nil)
    case .failure(let failure) where isForeseen(failure, at: next):
      workspace.foresee(failure)
      result.outcome = compared(step, result.reports, failure)
    case .failure(let failure): result.outcome = outcome(of: failure)
    }
    return true
  }

  /// Lets the server plan what this command and those behind it are sure to ask, while hypo shows what came before.
  private func planAhead(from index: Int) {
    // At a terminal a person may take hours between two steps, and with timing a wait belongs to its command.
    guard loop.console.width == nil, !workspace.settings.timing, let session = workspace.session,
      session.takesAhead
    else { return }
    var questions: [PlanQuestion] = []
    for command in checked.commands[index...].prefix(Session.mostAhead) {
      guard command.refusal == nil, !command.usesValues, command.step.guards.isEmpty,
        case .command(let asking)? = command.prepared?.action, let question = asking.question(in: workspace)
      else { break }
      questions.append(question)
    }
    if questions.count > 1 { session.explainAhead(questions) }
  }

  private func ready(_ command: CheckedNotebook.Command) throws(Failure) -> PreparedCommand {
    if let refusal = command.refusal { throw refusal }
    if !command.usesValues, let prepared = command.prepared { return prepared }
    let typed = command.step.command
    return try PreparedCommand(workspace.values.replaced(in: typed, keepsUnknown: false), typed: typed)
  }

  /// Whether the command at a place is there for a failure, and will be run.
  private func isForeseen(_ failure: Failure, at index: Int) -> Bool {
    guard index < checked.commands.count else { return false }
    let next = checked.commands[index]
    return next.prepared?.foresees(failure) == true
      && next.step.guards.allSatisfy { (try? $0.holds(in: workspace)) == true }
  }

  private func compared(_ step: Notebook.Step, _ reports: [Report], _ failure: Failure?) -> StepResult.Outcome
  {
    guard !step.outputLines.isEmpty, var drift = compare?(step, reports, failure) else {
      return failure.map { .foreseen($0) } ?? .ok
    }
    drift.foreseen = failure
    return .drift(drift)
  }

  /// A lost connection, Ctrl-C and a change after a drift end every notebook.
  private func outcome(of failure: Failure) -> StepResult.Outcome {
    let goesOn =
      workspace.frame.onFail == .warn
      && ![.connection, .cancelled, .drift].contains(failure.status)
    if goesOn { workspace.passOver(failure) }
    return goesOn ? .warned(failure) : .failed(failure)
  }

  // MARK: The way back

  /// Takes back what this run has promoted and not taken back itself, newest first.
  private func undo() {
    let made = changes
    // No change is made inside a transaction, and this one only looks.
    if !made.isEmpty, let session = workspace.session, session.isInTransaction {
      _ = try? session.look("ROLLBACK")
    }
    for number in made.reversed() {
      let text = "rollback \(number)"
      let started = workspace.now()
      let record: ChangeRecord
      do {
        guard let found = try workspace.ledger().change(number), found.canBeRolledBack else { continue }
        record = found
      } catch {
        watchers.forEach { $0.undid(text, Failure(error), started: started, finished: workspace.now()) }
        continue
      }
      watchers.forEach { $0.undoes(text) }
      let ending = loop.perform(as: "rollback") { try loop.rollBack(record) }
      let failure: Failure? = if case .failure(let failure) = ending { failure } else { nil }
      watchers.forEach { $0.undid(text, failure, started: started, finished: workspace.now()) }
    }
  }
}
