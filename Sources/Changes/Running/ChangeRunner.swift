public import IndexDesign
public import Server

/// The one machine that runs any planned change; it takes a permit and a journal, and runs nothing without both.
///
/// Each step keeps one order: the intent is written down with its reverse, it runs, what came of it is looked up, and
/// the ending is written down. It runs on connections of its own, with every time-out off.
public struct ChangeRunner {
  private let session: Session
  private let journal: any ChangeJournal
  private let context: ChangeContext
  private let tableLockTimeout: Duration

  /// Takes what every change needs.
  ///
  /// - Parameters:
  ///   - journal: where the intent is written before anything runs, and the ending afterwards.
  ///   - tableLockTimeout: how long to wait for other changes of the table, and then for its first lock.
  public init(
    on session: Session, journal: any ChangeJournal, context: ChangeContext,
    tableLockTimeout: Duration = .seconds(30)
  ) {
    self.session = session
    self.journal = journal
    self.context = context
    self.tableLockTimeout = tableLockTimeout
  }

  /// Runs the steps of a plan, up to the first that does not end as wanted, and uses the permit up.
  ///
  /// What the server refuses or a person cancels is an outcome, not a thrown error.
  /// - Parameters:
  ///   - now: the time, for the permit.
  ///   - began: called with each step's number as soon as its intent is written down and before anything of it runs:
  ///     from then on it is known, whatever comes of it and of the journal.
  ///   - progress: called about once a second while something runs on the server.
  /// - Returns: each step that was tried, in order, as it was written down.
  /// - Throws: `ServerError` with code `.refused` for a permit of another plan or an expired one and for another
  ///   server; nothing has run then. With code `.journal` when something could not be written down; the message and
  ///   the detail say whether anything was run.
  public func run(
    _ plan: ChangePlan, by permit: consuming Permit, at now: Timestamp,
    began: (ChangeNumber) -> Void = { _ in }, progress: @escaping (BuildProgress) -> Void = { _ in }
  ) throws(ServerError) -> [FinishedChange] {
    if let refusal = permit.refusal(of: plan, at: now) {
      throw ServerError(.refused, refusal.reason, detail: refusal.detail, hint: refusal.hint)
    }
    if let refusal = plan.refusal { throw ServerError(.refused, refusal) }
    try session.refuseChange(plan.kind.verb, on: plan.server)
    var finished: [FinishedChange] = []
    for step in plan.steps {
      let change: FinishedChange
      do { change = try run(step, of: plan, began, progress) } catch { throw error.naming(finished) }
      finished.append(change)
      guard change.outcome.result.isAsWanted else { break }
    }
    return finished
  }

  private func run(
    _ step: ChangeStep, of plan: ChangePlan, _ began: (ChangeNumber) -> Void,
    _ progress: @escaping (BuildProgress) -> Void
  ) throws(ServerError) -> FinishedChange {
    let table = try table(of: step, plan)
    func counters(_ index: UInt32?) throws(ServerError) -> ChangeCounters {
      guard let table else { return ChangeCounters() }
      return try session.changeCounters(on: table, indexObjectID: index)
    }
    let intent = ChangeIntent(
      step, of: plan, context, before: try counters(step.droppedIndex ?? plan.undoes?.leftIndex))
    return try JournaledChange(intent: intent, journal: journal).run(
      { sighting in
        ending(of: step, plan, sighting.saw) { state in
          sighting.tryAgain()
          progress(state)
        }
      }, began: began, counters: counters)
  }

  /// The step's table, which has to be the one that was planned for; nil for a step without.
  private func table(of step: ChangeStep, _ plan: ChangePlan) throws(ServerError) -> Relation? {
    guard let planned = step.table else { return nil }
    let table = try session.relation(planned.name)
    guard table.objectID == planned.objectID else {
      throw ServerError(
        .refused,
        "cannot \(plan.kind.verb): \(Session.inQuotes(planned.name.sql)) is another table than was planned for",
        hint: "\(plan.kind.verb) again: somebody has made the table anew")
    }
    return table
  }

  private func ending(
    of step: ChangeStep, _ plan: ChangePlan, _ saw: @escaping (UInt32) -> Void,
    _ progress: @escaping (BuildProgress) -> Void
  ) -> StepEnding {
    if case .note(let result) = step.work { return StepEnding(result) }
    do throws(ServerError) {
      let connection = try ChangeConnection(
        session, name: plan.kind.applicationName, textSettings: plan.textSettings)
      defer { connection.flushCounters() }
      return StepRun(
        step, of: plan.kind, connection, tableLockTimeout: tableLockTimeout, saw: saw, progress: progress
      ).run()
    } catch {
      return StepFailure(error.code == .cancelled ? .person : .connection, ChangeFailure(error)).stopped
    }
  }
}

extension ServerError {
  /// The same error where earlier steps of the plan had ended already.
  fileprivate func naming(_ finished: [FinishedChange]) -> ServerError {
    guard !finished.isEmpty else { return self }
    var error = self
    let earlier = finished.map { "\($0.number): \($0.outcome.sentence)" }.joined(separator: "; ")
    error.detail = [detail, "Run before it: \(earlier)."].compactMap(\.self).joined(separator: " ")
    return error
  }
}

extension ChangeIntent.Kind {
  /// How the connections of a change name themselves in `pg_stat_activity`.
  var applicationName: String {
    switch self {
    case .promote: "hypo promote"
    case .retire: "hypo retire"
    case .rollback: "hypo rollback"
    case .setUp: "hypo setup"
    }
  }
}

extension ChangeStep {
  fileprivate var droppedIndex: UInt32? {
    if case .drop(let objectID) = work { objectID } else { nil }
  }
}

extension ChangeOutcome.Result {
  /// Whether the server is as the step wanted it.
  fileprivate var isAsWanted: Bool {
    switch self {
    case .built, .installed, .dropped, .wasNotThere, .alreadyThere(_, isValid: true): true
    default: false
    }
  }
}

extension ChangeIntent {
  /// What is written down before a step runs; a rollback repeats what is known of the change that it undoes.
  fileprivate init(
    _ step: ChangeStep, of plan: ChangePlan, _ context: ChangeContext, before counters: ChangeCounters
  ) {
    let definition: IndexDefinition? = if case .build(let built) = step.work { built } else { nil }
    var intent =
      plan.undoes?.intent
      ?? ChangeIntent(
        kind: plan.kind, server: plan.server, operatingSystemUser: "", operatingSystemHost: "",
        tableSchema: step.table?.name.schema ?? "", tableName: step.table?.name.name ?? "",
        indexSchema: step.name.schema ?? "", indexName: step.name.name, statement: "", reverse: "",
        designShortForm: definition?.shortForm, definition: definition?.createStatement() ?? "",
        query: context.query, hypoVersion: "")
    intent.kind = plan.kind
    intent.server = plan.server
    intent.operatingSystemUser = context.operatingSystemUser
    intent.operatingSystemHost = context.operatingSystemHost
    intent.hypoVersion = context.hypoVersion
    intent.ticket = context.ticket
    // A rollback repeats what is known of its change, under the names of today.
    if let table = step.table {
      intent.tableSchema = table.name.schema ?? intent.tableSchema
      intent.tableName = table.name.name
      intent.tableObjectID = table.objectID
      intent.indexSchema = step.name.schema ?? intent.indexSchema
      intent.indexName = step.name.name
    }
    intent.statement = step.statement
    intent.reverse = step.reverse
    intent.indexObjectID = step.droppedIndex ?? plan.undoes?.leftIndex
    // It was the plan before the change that is undone.
    if plan.undoes != nil { intent.query?.planBefore = nil }
    intent.measuredBefore = MeasuredBefore(
      counters: counters, estimatedIndexSizeInBytes: plan.estimatedIndexSizeInBytes,
      plannerCostBefore: context.plannerCostBefore,
      estimatedPlannerCostAfter: context.estimatedPlannerCostAfter)
    self = intent
  }
}
