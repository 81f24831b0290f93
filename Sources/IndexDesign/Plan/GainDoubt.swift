/// Why a plan that costs less may be no gain with the real index.
public enum GainDoubt: Equatable, Sendable {
  /// The plan reads these designs by a skip scan of which it is not known how often it descends the real index.
  case skipScan([DesignHandle])
  /// The plan reads a UNIQUE design on data that is not unique.
  case notUnique(DesignHandle, DuplicateKeys)
  /// The plan reads a hash design of few values, and what HypoPG may leave out of its size takes the gain.
  case overflowPages(DesignHandle, PlannerCost)
  /// The plan reads BRIN designs whose `pages_per_range` the planner does not know.
  case pagesPerRange([DesignHandle])
  /// GEQO tried the join orders by chance, and planning without it took too long.
  case chance

  /// What is doubted, for the middle of a sentence.
  var words: String {
    switch self {
    case .skipScan(let designs):
      "\(Self.list(designs)) read by a skip scan, and how often it descends the real index is not known"
    case .notUnique(let design, let duplicates):
      "\(design) is UNIQUE and cannot be built: \(duplicates.words)"
    case .overflowPages(let design, let cost):
      "\(design) has few values for a hash index, which then needs overflow pages that HypoPG does not count, up to about "
        + PlanNumbers.text(cost)
    case .pagesPerRange(let designs):
      "\(Self.list(designs)) planned as if pages_per_range were 128"
    case .chance: "the join orders were tried by chance, and planning with geqo = off took too long"
    }
  }

  private static func list(_ designs: [DesignHandle]) -> String {
    designs.map(\.description).joined(separator: ", ") + (designs.count == 1 ? " is" : " are")
  }
}
