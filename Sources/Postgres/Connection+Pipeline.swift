extension Connection {
  /// Sends several statements at once and reads their results: one round trip for all.
  ///
  /// - Returns: one result a step, in order.
  /// - Throws: `PipelineError` for the first step that failed. A transaction that a step opened is
  ///   then left failed; the caller ends it.
  public func pipeline(_ steps: [PipelineStep]) throws(PipelineError) -> [QueryResult] {
    let all: [PipelineOutcome]
    do { all = try outcomes(of: [steps]) } catch { throw PipelineError(step: 0, error: error) }
    return try all[0].get()
  }

  /// Sends groups of statements, each with a sync point of its own, and reads what became of each.
  ///
  /// A group whose step fails spoils no other. Outside a transaction block a group is a transaction: a failed
  /// one leaves nothing behind.
  /// - Returns: one outcome a group, in order. The outcomes of a connection that is lost have code `.lost`.
  /// - Throws: `PostgresError` with code `.interrupted` when an interrupt left groups that were not sent.
  public func pipeline(groups: [[PipelineStep]]) throws(PostgresError) -> [PipelineOutcome] {
    let all = try outcomes(of: groups)
    guard all.count == groups.count else {
      throw PostgresError(.interrupted, "canceled when \(all.count) of \(groups.count) groups had run")
    }
    return all
  }

  /// One outcome a group as far as they were sent: an interrupt lets none be sent any more.
  private func outcomes(of groups: [[PipelineStep]]) throws(PostgresError) -> [PipelineOutcome] {
    var unsent = groups[...]
    var outcomes: [PipelineOutcome] = []
    outcomes.reserveCapacity(groups.count)
    var loop = PipelineLoop([self])
    _ = try loop.run(
      next: { _ in unsent.popFirst() }, receive: { outcome, _ in outcomes.append(outcome) })
    if !isAlive, outcomes.count < groups.count {
      let failure = PipelineError(step: 0, error: PostgresError(.lost, Self.message(of: handle)))
      outcomes += unsent.map { _ in PipelineOutcome(results: [], failure: failure) }
    }
    return outcomes
  }
}
