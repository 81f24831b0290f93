/// What the planner of PostgreSQL 18 knows of the keys of a B-tree when it skips those without a condition.
///
/// A scan of (a, b) by a condition on b alone is entered once for each value of a and once more; a real index charges a
/// descent for each. With more of them than the index has pages it is read as a whole, as before.
/// Source: `btcostestimate` in PostgreSQL's selfuncs.c.
public struct SkippedKeys: Equatable, Sendable {
  /// A key of the index.
  public struct Key: Equatable, Sendable {
    /// The column; nil for an expression.
    public var column: String?
    /// How many different values it has by the statistics; nil without any, where the planner does not skip it.
    public var distinctValues: Double?

    /// A key from its facts.
    public init(column: String?, distinctValues: Double?) {
      (self.column, self.distinctValues) = (column, distinctValues)
    }
  }

  /// The keys in their order.
  public var keys: [Key]

  /// Makes it of keys.
  public init(_ keys: [Key]) { self.keys = keys }

  /// HypoPG takes an index for up to so many times its size.
  private static let mostExcess = 5.0

  /// How often a scan is entered for the keys that it skips, on top of the values of arrays.
  ///
  /// - Parameters:
  ///   - node: the scan.
  ///   - arrays: how often it is entered for those.
  ///   - pages: the size of the hypothetical index.
  /// - Returns: nil where it cannot be told whether the real, smaller index is skipped in, too, or how often.
  func times(in node: PlanNode, arrays: Double, pages: Double) -> Double? {
    guard let condition = node.condition("Index Cond") else { return 1 }
    var bounds: [Int: Bool] = [:]
    for term in PlanTerm.terms(of: condition) {
      let names = term.sides.first?.names ?? []
      let places = keys.indices.filter { keys[$0].column.map(names.contains) ?? false }
      // An expression has no statistics to skip it by, and nothing is skipped behind it.
      guard places.count == 1, let place = places.first else { return keys[0].column == nil ? 1 : nil }
      bounds[place] = bounds[place] ?? false || term.comparison == "="
    }
    guard let last = bounds.keys.max() else { return 1 }
    var times = 1.0
    for place in 0..<last {
      if bounds[place] == true { continue }
      // What of a range there is to skip only the planner knows.
      guard bounds[place] == nil else { return nil }
      guard let values = keys[place].distinctValues else { break }
      let more = times * (values + 1)
      if more * arrays > pages { break }
      guard more * arrays * Self.mostExcess <= pages else { return nil }
      times = more
    }
    return times
  }
}
