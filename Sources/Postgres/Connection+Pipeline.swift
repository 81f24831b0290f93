internal import CLibPQ

/// One step of a pipeline.
public enum PipelineStep: Equatable, Sendable {
  /// A statement and its values in text format.
  case query(String, [String?] = [])
  /// A statement to be parsed under a name, by the protocol's own Parse; the server takes one statement only.
  ///
  /// Types are object ids of `pg_type`; 0, or a missing one, lets the server infer it.
  case prepare(name: String, String, types: [UInt32] = [])
}

/// A failed pipeline: which step, and why.
public struct PipelineError: Error, Equatable, Sendable {
  /// The index of the step that failed; the steps behind it did not run.
  public var step: Int
  /// What it said.
  public var error: PostgresError

  /// Pairs a step with its failure.
  public init(step: Int, error: PostgresError) {
    self.step = step
    self.error = error
  }
}

extension Connection {
  /// Sends several statements at once and reads their results: one round trip for all.
  ///
  /// - Returns: one result a step, in order.
  /// - Throws: `PipelineError` for the first step that failed. A transaction that a step opened is
  ///   then left failed; the caller ends it.
  public func pipeline(_ steps: [PipelineStep]) throws(PipelineError) -> [QueryResult] {
    guard PQenterPipelineMode(handle) == 1 else {
      throw PipelineError(
        step: 0, error: PostgresError(isAlive ? .statement : .lost, Self.message(of: handle)))
    }
    defer { PQexitPipelineMode(handle) }
    beginWaiting()
    for (index, step) in steps.enumerated() {
      do { try sent(send(step)) } catch { throw PipelineError(step: index, error: error) }
    }
    do { try sent(PQpipelineSync(handle)) } catch { throw PipelineError(step: 0, error: error) }
    var results: [QueryResult] = []
    var failure: PipelineError?
    for index in steps.indices {
      do { results.append(try stepResult()) } catch {
        failure = failure ?? PipelineError(step: index, error: error)
        if !isAlive { throw PipelineError(step: failure?.step ?? index, error: failure?.error ?? error) }
      }
    }
    // The sync point itself is the last result.
    if let sync = try? nextResult() { PQclear(sync) }
    if let failure { throw failure }
    return results
  }

  private func send(_ step: PipelineStep) -> CInt {
    switch step {
    case .query(let sql, let parameters): send(sql, parameters)
    case .prepare(let name, let sql, let types): sendPrepare(name, sql, types)
    }
  }

  private func stepResult() throws(PostgresError) -> QueryResult {
    var kept: QueryResult?
    var failure: PostgresError?
    clearNotices()
    while let result = try nextResult() {
      defer { PQclear(result) }
      switch PQresultStatus(result) {
      case PGRES_COMMAND_OK, PGRES_TUPLES_OK, PGRES_EMPTY_QUERY:
        kept = QueryResult(result, notices: takenNotices)
      case PGRES_COPY_IN, PGRES_COPY_OUT, PGRES_COPY_BOTH: throw copyStarted()
      case PGRES_PIPELINE_ABORTED: failure = PostgresError(.statement, "not run: an earlier step failed")
      default: failure = failed(result)
      }
    }
    if let failure { throw failure }
    guard let kept else { throw PostgresError(isAlive ? .statement : .lost, Self.message(of: handle)) }
    return kept
  }
}
