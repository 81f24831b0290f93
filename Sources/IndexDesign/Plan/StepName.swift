/// The names that EXPLAIN gives to the steps of plans.
///
/// Source: `ExplainNode` in explain.c of PostgreSQL 13 to 18, its text and its other formats.
public enum StepName {
  /// Every name without the words for parallel work and for the direction of a scan. An extension adds its own.
  public static let all =
    [
      "Result", "ProjectSet", "ModifyTable", "Insert", "Update", "Delete", "Merge", "Append", "Merge Append",
      "Recursive Union", "BitmapAnd", "BitmapOr", "Seq Scan", "Sample Scan", "Gather", "Gather Merge",
      "Index Scan", "Index Only Scan", "Bitmap Index Scan", "Bitmap Heap Scan", "Tid Scan", "Tid Range Scan",
      "Subquery Scan", "Function Scan", "Table Function Scan", "Values Scan", "CTE Scan",
      "Named Tuplestore Scan", "WorkTable Scan", "Foreign Scan", "Foreign Insert", "Foreign Update",
      "Foreign Delete", "Custom Scan", "Materialize", "Memoize", "Sort", "Incremental Sort", "Group",
      "Aggregate", "GroupAggregate", "HashAggregate", "MixedAggregate", "WindowAgg", "Unique", "LockRows",
      "Limit", "Hash", "Nested Loop", "Hash Join", "Merge Join", "SetOp", "HashSetOp",
    ]
    + ["Left", "Full", "Right", "Semi", "Anti", "Right Semi", "Right Anti"].flatMap { type in
      ["Nested Loop", "Hash", "Merge"].map { "\($0) \(type) Join" }
    }
    + ["SetOp", "HashSetOp"].flatMap { step in
      ["Intersect", "Intersect All", "Except", "Except All"].map { "\(step) \($0)" }
    }

  /// Whether EXPLAIN may give a name to a step, of an extension, too, when it is typed as EXPLAIN writes it.
  public static func isKnown(_ name: String) -> Bool {
    let bare = bare(name)
    return known.contains(bare) || (bare.hasPrefix("custom scan (") && bare.hasSuffix(")"))
  }

  /// The name that was probably meant; nil when none is near.
  public static func closest(to name: String) -> String? { NearName.closest(to: bare(name), among: all) }

  private static let known = Set(all.map { $0.lowercased() })

  private static func bare(_ name: String) -> String {
    var words = name.lowercased().split(separator: " ")
    while let first = words.first, ["parallel", "async", "partial", "finalize"].contains(first) {
      words.removeFirst()
    }
    if words.count > 1, words.last == "backward" { words.removeLast() }
    return words.joined(separator: " ")
  }
}

extension PlanNode {
  /// Whether EXPLAIN calls this step so, in its text or in its other formats, with or without the words for parallel
  /// work and for the direction of a scan.
  public func isCalled(_ name: String) -> Bool {
    let name = name.split(separator: " ").joined(separator: " ").lowercased()
    return names.contains { $0.lowercased() == name }
  }
}
