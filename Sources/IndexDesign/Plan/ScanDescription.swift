/// The way in which a plan reads one relation.
public struct ScanDescription: Sendable, Equatable, CustomStringConvertible {
  /// The step in PostgreSQL's words, such as `Seq Scan` or `Bitmap Heap Scan`, without `Parallel`.
  public var method: String
  /// The indexes that it reads, each once, in the order of the plan; several under a bitmap scan.
  public var indexes: [IndexReference]
  /// Whether the index is read from its end to its start.
  public var isBackward: Bool
  /// The conditions by which the indexes are entered; empty for a scan of a whole index or table.
  public var indexConditions: [String]

  /// Makes a description.
  public init(
    method: String, indexes: [IndexReference] = [], isBackward: Bool = false, indexConditions: [String] = []
  ) {
    self.method = method
    self.indexes = indexes
    self.isBackward = isBackward
    self.indexConditions = indexConditions
  }

  /// Describes the scan that `node` is; bitmap index scans below it count as part of it.
  public init(_ node: PlanNode) {
    let parts = [node] + node.children.flatMap(\.bitmapParts)
    method = node.nodeType == "Custom Scan" ? node.customPlanProvider ?? node.nodeType : node.nodeType
    indexes = parts.compactMap(\.index).withoutRepetitions
    isBackward = node.scanDirection == "Backward"
    indexConditions = parts.compactMap { $0.condition("Index Cond") }
  }

  /// `Seq Scan`, `Index Scan Backward using %1`, `Bitmap Heap Scan using %1, orders_status_idx`.
  public var description: String {
    let names = indexes.map(\.description).joined(separator: ", ")
    return method + (isBackward ? " Backward" : "") + (names.isEmpty ? "" : " using \(names)")
  }
}

extension PlanNode {
  /// Whether this step reads rows of a relation, function, list or common table expression.
  public var reads: Bool {
    nodeType.hasSuffix(" Scan") && nodeType != "Bitmap Index Scan" && nodeType != "Subquery Scan"
  }

  /// The title, with the indexes of a bitmap scan, which stand on lines of their own in a plan.
  var scanTitle: String {
    guard nodeType == "Bitmap Heap Scan" else { return title }
    let names = ScanDescription(self).indexes.map(\.description).joined(separator: ", ")
    return "\(title) using \(names)"
  }

  fileprivate var bitmapParts: [PlanNode] {
    ["Bitmap Index Scan", "BitmapAnd", "BitmapOr"].contains(nodeType)
      ? [self] + children.flatMap(\.bitmapParts) : []
  }
}

extension Sequence where Element: Hashable {
  /// The elements in their order, each only where it stands first.
  var withoutRepetitions: [Element] {
    var seen: Set<Element> = []
    return filter { seen.insert($0).inserted }
  }
}
