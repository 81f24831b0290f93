public import IndexDesign
public import Server

/// The door through which a design becomes a real index; it cannot be made without a journal.
///
/// The build runs on a connection of its own, with every time-out off, and `CREATE INDEX CONCURRENTLY`
/// is never believed: afterwards the index is looked up and its object id compared.
public final class Promotion {
  private let plan: PromotionPlan
  private let session: Session
  private let journal: any ChangeJournal
  private let context: ChangeContext
  private let tableLockTimeout: String

  /// How the connections of a promotion name themselves in `pg_stat_activity`.
  static let applicationName = "hypo promote"

  /// Takes a plan that a person has confirmed.
  ///
  /// - Parameters:
  ///   - journal: where the intent is written before anything runs, and the ending afterwards.
  ///   - tableLockTimeout: how long to wait for the table's first lock; PostgreSQL's syntax for a time.
  /// - Throws: the plan's refusal.
  public init(
    _ plan: PromotionPlan, on session: Session, journal: any ChangeJournal, context: ChangeContext,
    tableLockTimeout: String = "30s"
  ) throws(ServerError) {
    if let refusal = plan.refusal { throw refusal }
    self.plan = plan
    self.session = session
    self.journal = journal
    self.context = context
    self.tableLockTimeout = tableLockTimeout
  }

  /// Writes the intent, builds, looks at what came of it and writes that down.
  ///
  /// What the server refuses or a person cancels is an outcome, not a thrown error.
  /// - Parameter progress: called about once a second while something runs on the server.
  /// - Throws: `ServerError` when nothing was run, or with code `.journal` when the ending could not be
  ///   written; its detail then says what is on the server.
  public func run(progress: @escaping (BuildProgress) -> Void = { _ in }) throws(ServerError)
    -> FinishedChange
  {
    try session.refuseChange("promote", on: plan.server)
    let change = JournaledChange(intent: intent(), journal: journal)
    return try change.run { saw in
      do throws(ServerError) {
        let connection = try ChangeConnection(
          session, name: Self.applicationName, textSettings: plan.textSettings)
        let build = IndexBuild(
          plan, connection, tableLockTimeout: tableLockTimeout, saw: saw, progress: progress)
        defer { connection.flushCounters() }
        return build.run()
      } catch {
        let result =
          error.code == .cancelled
          ? ChangeOutcome.Result.cancelled : .failed(error: ChangeFailure(error))
        return ChangeEnding(result: result, error: error)
      }
    } counters: {
      session.changeCounters(on: plan.table, indexObjectID: $0)
    }
  }

  private func intent() -> ChangeIntent {
    ChangeIntent(
      kind: .promote, server: plan.server, operatingSystemUser: context.operatingSystemUser,
      operatingSystemHost: context.operatingSystemHost, tableSchema: plan.table.schema,
      tableName: plan.table.name, indexSchema: plan.table.schema, indexName: plan.indexName.name,
      statement: plan.statement, reverse: plan.reverse, designShortForm: plan.definition.shortForm,
      definition: plan.definition.createStatement(), ticket: context.ticket, queryText: context.queryText,
      planBefore: context.planBefore,
      measuredBefore: MeasuredBefore(
        counters: session.changeCounters(on: plan.table),
        estimatedIndexSizeInBytes: plan.facts.estimatedSizeInBytes,
        plannerCostBefore: context.plannerCostBefore,
        estimatedPlannerCostAfter: context.estimatedPlannerCostAfter),
      hypoVersion: context.hypoVersion)
  }
}

extension Session {
  /// Looks again at what may have changed since a change was planned.
  func refuseChange(_ command: String, on planned: ServerFingerprint) throws(ServerError) {
    try refuseFailedTransaction(command)
    guard !isInTransaction else {
      throw ServerError(
        .refused, "cannot \(command) inside an open transaction",
        detail: "the change would wait for the snapshot of this session's own transaction",
        hint: "end it with commit; or rollback; and \(command) again")
    }
    guard !facts.isBehindPooler else { throw Self.poolerRefusal(command) }
    let now = try fingerprint()
    guard now.matches(planned) else { throw Self.otherServer(command, planned, now) }
  }

  static func poolerRefusal(_ command: String) -> ServerError {
    ServerError(
      .refused, "cannot \(command) through a connection pooler",
      detail: "behind a pooler the settings of the change may reach another backend",
      hint: "connect to the server itself, not to the pooler")
  }
}
