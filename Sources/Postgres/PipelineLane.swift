internal import CLibPQ

/// One connection's part of a pipeline loop: what is under way on it, and what has come of the oldest group.
///
/// It never waits. Source: PostgreSQL manual, "Pipeline Mode": each step gives its results and then none, each
/// sync point gives one result of its own.
final class PipelineLane {
  private struct Group {
    /// How many steps libpq took.
    var steps: Int
    /// The step that it did not take, and why.
    var refusal: PipelineError?
  }

  let connection: Connection
  /// Whether bytes wait for the socket to take them.
  private(set) var isSending = false
  /// Steps that were sent in groups that have not ended.
  private(set) var stepsUnderWay = 0
  private var groups: [Group] = []
  private var results: [QueryResult] = []
  private var failure: PipelineError?
  /// The index of the step that is being read.
  private var step = 0
  private var isEntered = false

  init(_ connection: Connection) { self.connection = connection }

  deinit { leave() }

  /// Whether every group has had its outcome.
  var isIdle: Bool { groups.isEmpty }

  /// Hands a group to libpq; what it does not take is told in the group's outcome.
  func send(_ steps: [PipelineStep]) {
    enter()
    var group = Group(steps: 0)
    for (index, step) in steps.enumerated() where group.refusal == nil {
      do {
        try connection.sent(connection.send(step))
        group.steps += 1
      } catch { group.refusal = PipelineError(step: index, error: error) }
    }
    connection.beginWaiting()
    do { try connection.sent(PQpipelineSync(connection.handle)) } catch {
      group.refusal = group.refusal ?? PipelineError(step: 0, error: error)
      // Without a sync point the ends of the groups are no longer known.
      connection.giveUp()
    }
    groups.append(group)
    stepsUnderWay += group.steps
    flush()
  }

  /// The outcome of the oldest group when it is there; nil when it has to be waited for, or there is none.
  func nextOutcome() -> PipelineOutcome? {
    flush()
    while let group = groups.first {
      guard connection.isAlive || PQisBusy(connection.handle) == 0 else { return lost(group) }
      if PQisBusy(connection.handle) == 1 { return nil }
      guard let result = PQgetResult(connection.handle) else {
        guard connection.isAlive else { return lost(group) }
        step += 1
        continue
      }
      defer { PQclear(result) }
      if PQresultStatus(result) == PGRES_PIPELINE_SYNC { return end(group) }
      read(result)
      if failure != nil, !connection.isAlive { return lost(group) }
    }
    return nil
  }

  /// Ends the mode, so that single statements can be sent again.
  func leave() {
    guard isEntered else { return }
    isEntered = false
    if connection.isAlive, PQexitPipelineMode(connection.handle) != 1 { connection.giveUp() }
  }

  private func enter() {
    guard !isEntered else { return }
    connection.clearNotices()
    isEntered = PQenterPipelineMode(connection.handle) == 1
  }

  private func flush() { isSending = PQflush(connection.handle) == 1 }

  private func read(_ result: OpaquePointer) {
    switch PQresultStatus(result) {
    case PGRES_COMMAND_OK, PGRES_TUPLES_OK, PGRES_EMPTY_QUERY:
      results.append(QueryResult(result, notices: connection.takenNotices))
      connection.clearNotices()
    // The step in front has said why.
    case PGRES_PIPELINE_ABORTED: break
    case PGRES_COPY_IN, PGRES_COPY_OUT, PGRES_COPY_BOTH: fail(connection.copyStarted())
    default: fail(connection.failed(result))
    }
  }

  private func fail(_ error: PostgresError) { failure = failure ?? PipelineError(step: step, error: error) }

  private func end(_ group: Group) -> PipelineOutcome {
    defer {
      groups.removeFirst()
      stepsUnderWay -= group.steps
      (results, failure, step) = ([], nil, 0)
    }
    return PipelineOutcome(results: results, failure: failure ?? group.refusal)
  }

  /// The results that had come stay; the rest of the group, and the groups behind it, are lost.
  private func lost(_ group: Group) -> PipelineOutcome {
    fail(lastWords())
    return end(group)
  }

  /// Why the connection is of no use any more; it is not read from while it stands, because that could wait.
  private func lastWords() -> PostgresError {
    let handle = connection.handle
    if PQstatus(handle) != CONNECTION_OK, let result = PQgetResult(handle) {
      defer { PQclear(result) }
      if PQresultStatus(result) == PGRES_FATAL_ERROR { return connection.failed(result) }
    }
    return PostgresError(.lost, connection.takenNotices.last?.message ?? Connection.message(of: handle))
  }
}
