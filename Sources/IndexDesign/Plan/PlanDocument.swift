/// The output of `EXPLAIN (FORMAT JSON)` byte by byte, and what its hypothetical names stand for.
///
/// Nothing is left out or put in order, so that what a later version understands can still be read from it.
public struct PlanDocument: Hashable, Sendable {
  /// The text as the server sent it; HypoPG's own names may be in it.
  public var text: String
  /// The designs behind HypoPG's names, which HypoPG gives away again later; empty when the planner was
  /// offered none.
  public var designs: [String: DesignHandle]

  /// Pairs a text with its names.
  public init(text: String, designs: [String: DesignHandle] = [:]) {
    self.text = text
    self.designs = designs
  }

  /// The plan in it, its hypothetical indexes named by the handles of their designs.
  ///
  /// - Throws: `DesignError` with code `.malformedDocument`, as `ExecutionPlan(explainJSON:designs:)`.
  public func plan() throws(DesignError) -> ExecutionPlan {
    try ExecutionPlan(explainJSON: text, designs: designs)
  }
}
