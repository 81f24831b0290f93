/// A hypothetical B-tree, as far as it tells what it would cost to descend the real one.
///
/// PostgreSQL charges a scan for each page of a B-tree on the way down to its first entry, the leaf included. HypoPG gives
/// its B-trees no height, and the planner charges nothing for them; what it takes to compare keys on the way it does charge.
/// Source: `btcostestimate` in PostgreSQL's selfuncs.c, `hypo_estimate_index` in HypoPG.
public struct HypotheticalTree: Equatable, Sendable {
  /// The pages that HypoPG estimates; it counts leaves only.
  public var pages: Double
  /// The width of a whole key, as the statistics have it, in bytes; columns of INCLUDE are in leaves only.
  public var keyWidthInBytes: Double
  /// The server's `cpu_operator_cost`.
  public var operatorCost: Double
  /// What is known of its keys where the server can skip one, from PostgreSQL 18 on; nil before, and where nothing is known.
  public var skipped: SkippedKeys?

  /// Makes it from its facts.
  public init(
    pages: Double, keyWidthInBytes: Double, operatorCost: Double, skipped: SkippedKeys? = nil
  ) {
    self.skipped = skipped
    self.pages = pages
    self.keyWidthInBytes = keyWidthInBytes
    self.operatorCost = operatorCost
  }

  /// The levels above the leaves, 0 for a tree of one page: as many as it takes when the pages there hold as many keys as
  /// `CREATE INDEX` puts into them. HypoPG knows no deduplication, so that the real tree may have a level less.
  public var height: Int {
    var (levels, pages) = (0, pages)
    while pages > 1 { (levels, pages) = (levels + 1, pages / keysInAPage) }
    return levels
  }

  /// What the planner would charge for one descent.
  public var costOfDescent: PlannerCost { PlannerCost(Double(height + 1) * 50 * operatorCost) }

  /// Pages above the leaves are filled to 70 %; a key has 8 bytes in front, is aligned to 8 and pointed at by 4.
  /// Source: `BTREE_NONLEAF_FILLFACTOR` and `IndexTupleData` in PostgreSQL's nbtree.h and itup.h.
  private var keysInAPage: Double {
    let key = 8 + ((keyWidthInBytes + 7) / 8).rounded(.down) * 8 + 4
    return max(2, (0.7 * 8_152 / key).rounded(.down))
  }
}
