import IndexDesign
import Ledger
import Notebook
import Reports
import Server
import Storage
import Terminal

/// `hypo replay`: runs a notebook before a reader's eyes, or checks it against what was recorded.
struct Replay {
  let loop: Loop
  /// The file as it was named.
  let file: String
  let options: ReplayOptions
  private var workspace: Workspace { loop.workspace }

  /// Reads the notebook, connects and runs it.
  ///
  /// - Parameter target: what the command line says to connect to; nil leaves it to the notebook.
  /// - Returns: the exit status.
  func run(target: String?) -> ExitStatus {
    var junit: ReplayJUnit?
    do {
      try checkOptions()
      junit = try options.junitFile.map(junitView)
      return try run(target, junit)
    } catch {
      let (failure, line): (Failure, Int?) =
        if let error = error as? Notebook.ParseError { (error.failure, error.line) } else {
          (Failure(error), nil)
        }
      // CI must not read the list of an earlier run.
      try? junit?.finish(failure)
      return complain(failure, line: line)
    }
  }

  private func run(_ target: String?, _ junit: ReplayJUnit?) throws -> ExitStatus {
    let notebook = try Notebook(bytes: InputFile.read(file))
    try ReplayParameters(notebook.header, file: file).take(options.values, by: loop)
    let checked = try CheckedNotebook(notebook, values: workspace.values)
    guard options.firstStep <= max(1, checked.commands.count) else {
      throw Failure(
        .script, "there is no step \(options.firstStep)",
        hint: "\(file) has \(NumberText.counted(Int64(checked.commands.count), "step"))")
    }
    if options.isDryRun {
      loop.console.write(DryRun(checked, file: file).lines)
      return .done
    }
    let evidence = try evidence(checked)
    let record = ReplayRecord(notebook, in: workspace)
    if options.verifies || options.isStrict { try record.check() }
    try connect(target ?? notebook.header.target, notebook.header)
    return try run(checked, record, evidence, junit)
  }

  /// Makes sure that the list of tests can be written, before anything runs.
  private func junitView(_ path: String) throws -> ReplayJUnit {
    guard Publication.real(path) != Publication.real(file) else {
      throw Failure(
        .script, "could not write \"\(path)\": it is the notebook itself", hint: "name another file")
    }
    let target = try NamedFile.replaced(path, home: nil)
    return ReplayJUnit(notebook: file, isStrict: isStrict) { text in
      try target.write(text)
      try target.finish()
    }
  }

  private func complain(_ failure: Failure, line: Int?) -> ExitStatus {
    loop.complain(failure, origin: Failure.Origin(file: line == nil ? nil : file, line: line ?? 0))
    return failure.status
  }

  private func checkOptions() throws(Failure) {
    if options.blesses, let ci = workspace.environment["CI"], !ci.isEmpty, ci != "false" {
      throw Failure(
        .refused, "--bless is refused in CI, where CI=\(ci) is set",
        hint: "a person blesses, and reviews the difference")
    }
    if options.blesses, options.firstStep > 1 {
      throw Failure(.script, "--bless needs the whole notebook", hint: "leave --from away")
    }
    if options.isStepped, loop.console.width == nil {
      throw Failure(.script, "--step needs a terminal", hint: "without --step the notebook runs by itself")
    }
  }

  private func connect(_ target: String?, _ header: NotebookHeader) throws {
    if let target { _ = try workspace.connect(to: target) }
    try header.checkRequirements(of: file, in: workspace)
  }

  /// Whether results are compared with what was recorded.
  private var comparesResults: Bool { options.verifies || options.isStrict || options.blesses }

  private var isVerified: Bool { options.verifies || isStrict }

  /// Whether a drift is a failure; not of one that is blessed.
  private var isStrict: Bool { options.isStrict && !options.blesses }

  private func run(
    _ checked: CheckedNotebook, _ record: ReplayRecord, _ evidence: ReplayEvidence?, _ junit: ReplayJUnit?
  ) throws -> ExitStatus {
    let run = NotebookRun(checked, loop: loop, file: file)
    run.firstStep = options.firstStep
    let tally = ReplayTally(compares: isVerified)
    run.watchers = [tally, view(checked)]
    if comparesResults { run.compare = record.compare }
    if options.blesses { run.watchers.append(record) }
    if let junit { run.watchers.append(junit) }
    if let evidence {
      run.watchers.append(evidence)
      run.mustStop = { evidence.problem }
    }
    if options.isStepped { run.mayRun = StepMode(loop).mayRun }
    loop.output.isKeptWhole = comparesResults || workspace.settings.format == .json
    run.frame.isLesson = options.isStepped
    run.frame.isStrict = isStrict
    run.frame.evidence = evidence
    run.refusesChangesAfterDrift = isStrict
    return try finish(run, tally, record, evidence, run.run()?.failure)
  }

  /// A run that ended early may have left changes behind: nobody should find them by chance.
  private func tellWhatStands(_ run: NotebookRun) {
    for number in run.changes {
      let told: String?
      do { told = try workspace.ledger().change(number)?.remainder } catch {
        told = "whether \(number) of this run is still in place is not known: \(Failure(error).message)"
      }
      guard let told else { continue }
      loop.console.complain([StyledText("notice: ", .warning) + StyledText(told)])
    }
  }

  /// The evidence of a run that may change a database, or of one for which it was asked.
  private func evidence(_ checked: CheckedNotebook) throws -> ReplayEvidence? {
    guard
      options.evidenceFile != nil
        || checked.commands.contains(where: { $0.prepared?.effects.mayChangeDatabase ?? ($0.refusal == nil) })
    else {
      return nil
    }
    let path = try options.evidenceFile ?? ReplayEvidence.usualPath(file, in: workspace)
    return try ReplayEvidence(path, checked.notebook, named: file, options, in: workspace)
  }

  private func view(_ checked: CheckedNotebook) -> any NotebookWatcher {
    let count = checked.commands.count
    if workspace.settings.format == .json {
      loop.output.isSilent = true
      return ReplayJSON(file: file, isStrict: isStrict) { [console = loop.console] in console.put($0) }
    }
    if comparesResults {
      loop.output.isSilent = true
      return ReplayChecks(loop, file: file, count: count, isBlessed: options.blesses)
    }
    return ReplayReading(
      loop, file: file, count: count, header: checked.notebook.header, isStepped: options.isStepped)
  }

  /// Ends every view, whatever becomes of the others.
  ///
  /// - Parameter failure: what ended the run early; nil when it came to its end.
  /// - Throws: the first problem of a run that had none of its own; the rest is told as warnings.
  private func finish(
    _ run: NotebookRun, _ tally: ReplayTally, _ record: ReplayRecord, _ evidence: ReplayEvidence?,
    _ failure: Failure?
  ) throws -> ExitStatus {
    if failure != nil { tellWhatStands(run) }
    var problems: [Failure] = []
    func attempt<Value>(_ work: () throws -> Value) -> Value? {
      do { return try work() } catch {
        problems.append(Failure(error))
        return nil
      }
    }
    for watcher in run.watchers { attempt { try watcher.finish(failure) } }
    let first = isStrict && failure?.status != .cancelled ? workspace.firstPassedOver : nil
    let own = (failure.map { (first ?? $0).status } ?? attempt { try conclude(run, tally, record) }) ?? .done
    let status = own == .done ? problems.first?.status ?? .done : own
    attempt { try evidence?.finish(status: status) }
    // What evidence could not be written for has ended the run, and nobody has said so yet.
    let error = own == .done ? problems.first : problems.first { $0 == failure }
    for problem in problems where problem != error { loop.complain(problem, isWarning: true) }
    if let evidence { loop.console.complain([StyledText("evidence: \(evidence.path)", .dim)]) }
    if let error { throw error }
    return status
  }

  private func conclude(_ run: NotebookRun, _ tally: ReplayTally, _ record: ReplayRecord) throws -> ExitStatus
  {
    let left = run.checked.commands.count - (options.firstStep - 1) - tally.ended
    if left > 0, comparesResults {
      throw Failure(
        .script, "quit ended \(file) before its last \(left) steps",
        hint: "take quit out, so that all of it is checked")
    }
    if options.blesses {
      let count = try record.bless(file)
      loop.console.complain([
        StyledText(
          count == 0
            ? "\(file) is as it was"
            : "\(file): \(count) \(count == 1 ? "step has" : "steps have") another record now", .dim)
      ])
    }
    let isDrift = isStrict && tally.drifted > 0
    if workspace.settings.format.isForPeople {
      loop.console.write([StyledText("\(file): \(tally.sentence)", isDrift ? .bad : .good)])
    }
    if isStrict, let passedOver = workspace.firstPassedOver { return passedOver.status }
    return isDrift ? .drift : .done
  }
}
