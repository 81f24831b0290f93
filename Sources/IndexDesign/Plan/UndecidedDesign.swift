/// A design that a plan does not use, of which HypoPG cannot tell whether the real index would be.
public struct UndecidedDesign: Equatable, Sendable {
  /// What is not known.
  public enum Reason: Equatable, Sendable {
    /// What the statement would cost with it.
    case cost
    /// How many rows its expressions find: there are no statistics on them until the index is real.
    case rows
    /// What its `pages_per_range` does: the planner takes a hypothetical BRIN index for one of 128 pages.
    case pagesPerRange
    /// What it would spare the check of a foreign key, which reads the design's table for rows of the referenced one.
    case foreignKey(reads: String, referenced: String)
  }

  /// The design.
  public var design: DesignHandle
  /// What is not known.
  public var reason: Reason

  /// Makes it from its facts.
  public init(design: DesignHandle, reason: Reason) { (self.design, self.reason) = (design, reason) }

  /// What follows on what its contest says, for the end of a sentence; nil where that says it.
  public var words: String? {
    switch reason {
    case .cost: nil
    case .rows: "its expressions have no statistics, and with those of the real index it may win"
    case .foreignKey(let table, let referenced):
      "no plan shows it, but a foreign key makes the server read \(table) for each row of \(referenced) that is deleted or "
        + "gets another key"
    case .pagesPerRange: "it is planned as if pages_per_range were 128, and the real one may win"
    }
  }
}
