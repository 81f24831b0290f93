/// One step of a pipeline.
public enum PipelineStep: Equatable, Sendable {
  /// A statement and its values in text format.
  case query(String, [String?] = [])
  /// A statement to be parsed under a name, by the protocol's own Parse; the server takes one statement only.
  ///
  /// Types are object ids of `pg_type`; 0, or a missing one, lets the server infer it.
  case prepare(name: String, String, types: [UInt32] = [])

  /// The name under which a statement is prepared; nil for a statement that is run.
  public var preparedName: String? { if case .prepare(let name, _, _) = self { name } else { nil } }
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

/// What became of one group of steps, whatever became of the groups before and behind it.
public struct PipelineOutcome: Equatable, Sendable {
  /// The results of the steps in order, up to the one that failed.
  public var results: [QueryResult]
  /// Which step failed, and why; nil when all have run.
  public var failure: PipelineError?

  /// Pairs results with the failure that ended them.
  public init(results: [QueryResult], failure: PipelineError? = nil) {
    self.results = results
    self.failure = failure
  }

  /// The results of all steps.
  ///
  /// - Throws: the failure.
  public func get() throws(PipelineError) -> [QueryResult] {
    if let failure { throw failure }
    return results
  }
}
