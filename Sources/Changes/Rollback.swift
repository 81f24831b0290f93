public import IndexDesign
internal import Postgres
public import Server

/// The door through which a promoted index goes again; it cannot be made without a journal.
public final class Rollback {
  private let plan: RollbackPlan
  private let session: Session
  private let journal: any ChangeJournal
  private let context: ChangeContext
  private let tableLockTimeout: String

  /// How the connections of a rollback name themselves in `pg_stat_activity`.
  static let applicationName = "hypo rollback"

  /// Takes a plan that a person has confirmed.
  ///
  /// - Parameters:
  ///   - journal: where the intent is written before anything runs, and the ending afterwards.
  ///   - tableLockTimeout: how long to wait for the table's first lock; PostgreSQL's syntax for a time.
  public init(
    _ plan: RollbackPlan, on session: Session, journal: any ChangeJournal, context: ChangeContext,
    tableLockTimeout: String = "30s"
  ) {
    self.plan = plan
    self.session = session
    self.journal = journal
    self.context = context
    self.tableLockTimeout = tableLockTimeout
  }

  /// Writes the intent, drops the recorded index and no other, sees that it is gone and writes that down.
  ///
  /// What the server refuses or a person cancels is an outcome, not a thrown error.
  /// - Parameter progress: called about once a second while something runs on the server.
  /// - Throws: `ServerError` when nothing was run, or with code `.journal` when the ending could not be
  ///   written; its detail then says what is on the server.
  public func run(progress: @escaping (BuildProgress) -> Void = { _ in }) throws(ServerError)
    -> FinishedChange
  {
    let now = try session.prepareRollback(of: plan.record)
    let change = JournaledChange(intent: intent(now), journal: journal)
    return try change.run { _ in
      switch now.finding {
      case .missing: return ChangeEnding(result: .wasNotThere, error: nil)
      case .another(let index):
        let result = ChangeOutcome.Result.isAnotherIndex(
          objectID: index.objectID, definition: index.definition)
        return ChangeEnding(result: result, error: nil)
      case .recorded(let index):
        do throws(ServerError) {
          let connection = try ChangeConnection(session, name: Self.applicationName)
          let drop = IndexDrop(now, index, connection, tableLockTimeout: tableLockTimeout, progress: progress)
          defer { connection.flushCounters() }
          return drop.run()
        } catch {
          let result =
            error.code == .cancelled
            ? ChangeOutcome.Result.cancelled : .failed(error: ChangeFailure(error))
          return ChangeEnding(result: result, error: error)
        }
      }
    } counters: {
      session.changeCounters(on: now.table, indexObjectID: $0)
    }
  }

  private func intent(_ plan: RollbackPlan) -> ChangeIntent {
    var intent = plan.record.intent
    intent.kind = .rollback(of: plan.record.number)
    intent.server = plan.server
    intent.operatingSystemUser = context.operatingSystemUser
    intent.operatingSystemHost = context.operatingSystemHost
    intent.hypoVersion = context.hypoVersion
    intent.ticket = context.ticket
    intent.statement = plan.statement
    intent.reverse = plan.reverse
    intent.indexObjectID = plan.record.leftIndex
    intent.planBefore = context.planBefore
    intent.measuredBefore = MeasuredBefore(
      counters: session.changeCounters(on: plan.table, indexObjectID: plan.record.leftIndex))
    return intent
  }
}

/// One concurrent drop on the server, and what came of it.
private final class IndexDrop {
  private let plan: RollbackPlan
  private let index: CatalogIndex
  private let change: ChangeConnection
  private let watch: ChangeWatch
  private let tableLockTimeout: String
  private let tell: (BuildProgress) -> Void

  init(
    _ plan: RollbackPlan, _ index: CatalogIndex, _ change: ChangeConnection, tableLockTimeout: String,
    progress: @escaping (BuildProgress) -> Void
  ) {
    self.plan = plan
    self.index = index
    self.change = change
    self.tableLockTimeout = tableLockTimeout
    tell = progress
    watch = ChangeWatch(change, table: plan.table.objectID, tell: progress)
  }

  func run() -> ChangeEnding {
    do {
      try change.waitForTable(plan.table, atMost: tableLockTimeout, watch)
      // Whoever held the table may have given the name to another index meanwhile.
      let found = try change.namedRelation(plan.indexName)
      guard found?.objectID == index.objectID else { return taken(by: found) }
    } catch { return stopped(by: error) }
    watch.begin()
    do {
      let result = try change.run(plan.statement) { [watch] in watch.beat("dropping the index") }
      // The server's only word for an index that was gone already is a notice.
      let isSkipped = result.notices.contains { $0.severity == "NOTICE" }
      return try afterwards(isSkipped ? .wasNotThere : .dropped, nil)
    } catch {
      if change.hasGivenUp {
        return ChangeEnding(
          result: .interrupted(reason: "the drop may still run on the server: \(error.message)"), error: error
        )
      }
      if error.code == .lost || error.sqlState?.hasPrefix("57P") == true,
        let reason = LostBackend(change, table: plan.table.objectID).waitUntilGone(watch: watch, tell: tell)
      {
        return ChangeEnding(result: .interrupted(reason: reason), error: error)
      }
      do { return try afterwards(.dropped, error) } catch let second {
        return ChangeEnding(
          result: .interrupted(reason: "the index could not be looked up after the drop: \(second.message)"),
          error: error)
      }
    }
  }

  /// The recorded index went while the table was waited for.
  private func taken(by found: NamedRelation?) -> ChangeEnding {
    guard let other = found?.index else { return ChangeEnding(result: .wasNotThere, error: nil) }
    return ChangeEnding(
      result: .isAnotherIndex(objectID: other.objectID, definition: other.definition), error: nil)
  }

  /// Sees whether the index is gone, whatever the statement said.
  private func afterwards(
    _ gone: ChangeOutcome.Result, _ error: ServerError?
  ) throws(ServerError) -> ChangeEnding {
    guard let standing = try change.relation(objectID: index.objectID)?.index else {
      return ChangeEnding(result: gone, error: nil)
    }
    let error =
      error.map(named) ?? ServerError(.unexpectedAnswer, "the index is still there after it was dropped")
    // A drop that was stopped half-way has taken the index from the planner, but not from the writers.
    guard !standing.isValid else { return stopped(by: error) }
    var told = error
    told.hint = "roll back again: an invalid index costs writes and helps no query"
    return ChangeEnding(
      result: .leftInvalidStaying(
        objectID: index.objectID, reason: "the drop was stopped half-way: \(error.message)"),
      error: told)
  }

  private func stopped(by error: ServerError) -> ChangeEnding {
    let error = named(error)
    return ChangeEnding(
      result: error.code == .cancelled ? .cancelled : .failed(error: ChangeFailure(error)), error: error)
  }

  /// 57014 is also an administrator's cancel; only the person's own is called so.
  private func named(_ error: ServerError) -> ServerError {
    var error = error
    if change.isCancelWanted {
      error = ServerError(.cancelled, "cancelled by the person who rolled back", sqlState: error.sqlState)
    } else if error.code == .cancelled {
      error.code = .statement
    }
    return error
  }
}
