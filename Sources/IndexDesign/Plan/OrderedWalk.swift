/// A scan that goes through a whole index in its order, because a LIMIT above hopes to have enough rows early, and
/// throws most of them away.
///
/// The planner supposes that the wanted rows are spread evenly over that order. Where they are not, such as a customer's
/// orders, all of them old, the scan goes through nearly all of the table: the well-known "wrong index because of
/// ORDER BY … LIMIT". A `min` or `max` with a condition is planned in the same way.
public struct OrderedWalk: Equatable, Sendable {
  /// The scan.
  public var scan: PlanNode
  /// Of how many rows of the index one is wanted.
  public var rowsForOne: Double

  /// The largest share of an index's rows that counts as few: a tenth.
  public static let fewAtMost = 0.1

  /// Makes it of a scan that may be one; nil when enough of the index's rows are wanted.
  ///
  /// - Parameter rowsOfIndex: how many rows the scan's index has, by the statistics: a partial one may hold no others.
  public init?(_ scan: PlanNode, rowsOfIndex: Double) {
    let wanted = max(1, scan.planRows)
    guard wanted <= rowsOfIndex * Self.fewAtMost else { return nil }
    (self.scan, rowsForOne) = (scan, rowsOfIndex / wanted)
  }

  /// What happens and what would help, in one sentence without a final full stop.
  public var sentence: String {
    "\(scan.title) goes through the index in its order until LIMIT has enough and throws away what the Filter does not "
      + "want: one row in \(NumberText.whole(rowsForOne)) is wanted, and where those come late it reads nearly all; an "
      + "index on the Filter's columns, then on those of the order, goes straight to them"
  }
}

extension ExecutionPlan {
  /// The scans under a Limit that read an index in its order from its begin, with a Filter, in the order of the plan:
  /// whether one is an `OrderedWalk`, the number of its index's rows tells.
  public var scansInOrderUnderLimit: [PlanNode] {
    var scans: [PlanNode] = []
    root.addScansInOrderUnderLimit(to: &scans)
    return scans
  }
}

extension PlanNode {
  fileprivate func addScansInOrderUnderLimit(to scans: inout [PlanNode]) {
    if nodeType == "Limit" {
      for scan in children.flatMap(\.scansInOrder) where !scans.contains(scan) { scans.append(scan) }
    }
    for child in children { child.addScansInOrderUnderLimit(to: &scans) }
  }

  /// The scans whose order is that of this step; none when something sorts or hashes in between.
  fileprivate var scansInOrder: [PlanNode] {
    switch nodeType {
    case "Index Scan", "Index Only Scan": isWalkWithFilter ? [self] : []
    case "Limit", "LockRows", "Result", "ProjectSet", "Subquery Scan", "Gather Merge", "Incremental Sort",
      "Append",
      "Merge Append":
      children.filter { !$0.isSubplan }.flatMap(\.scansInOrder)
    case "Nested Loop": children.first { $0.parentRelationship == "Outer" }?.scansInOrder ?? []
    default: []
    }
  }

  /// For a minimum or maximum the index is entered behind its nulls, which leaves nothing out.
  private var isWalkWithFilter: Bool {
    guard condition("Filter") != nil, relation != nil else { return false }
    return condition("Index Cond").map { $0.hasSuffix(" IS NOT NULL)") && !$0.contains(" AND ") } ?? true
  }
}
