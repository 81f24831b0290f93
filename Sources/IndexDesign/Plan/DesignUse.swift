/// Whether a plan makes use of an index design and, if not, what it does instead.
public enum DesignUse: Sendable, Equatable {
  /// The plan reads the design; the titles of the steps that do, each once, in the order of the plan.
  case used(by: [String])
  /// The plan does not read the design's table at all.
  case tableNotRead
  /// The plan reads the table in another way; the title and cost of the costliest such step.
  case beaten(by: String, cost: PlannerCost)
}

extension ExecutionPlan {
  /// Whether this plan uses a design on `table` and, if not, how it reads the table instead.
  ///
  /// - Parameters:
  ///   - handle: the design.
  ///   - schema: the table's schema; nil when unknown. It counts only in plans that tell schemas (VERBOSE).
  ///   - table: the table that the design is on.
  ///   - partitions: the names of the table's partitions, which plans name in place of a partitioned table.
  public func use(
    of handle: DesignHandle, schema: String?, table: String, partitions: Set<String> = []
  ) -> DesignUse {
    let users = titles(reading: .design(handle))
    guard users.isEmpty else { return .used(by: users) }
    let scans = nodes.filter { node in
      guard node.reads, let relation = node.relation else { return false }
      if partitions.contains(relation) { return true }
      return relation == table && (schema == nil || node.schema == nil || node.schema == schema)
    }
    guard var costliest = scans.first else { return .tableNotRead }
    for scan in scans where scan.totalCost > costliest.totalCost { costliest = scan }
    return .beaten(by: costliest.scanTitle, cost: costliest.totalCost)
  }

  /// The title of the costliest step that reads a table; nil where the plan reads no other one of that name, or not this
  /// one.
  ///
  /// - Parameter plan: another plan of the statement, which tells schemas.
  public func title(reading table: RelationName, knownBy plan: ExecutionPlan) -> String? {
    let named = nodes.filter { $0.reads && $0.relation == table.name }
    let aliases = Set(plan.scans(of: table, []).compactMap(\.alias))
    let own = named.filter { $0.alias.map(aliases.contains) ?? false }
    guard own.count < named.count else { return nil }
    return own.max { $0.totalCost < $1.totalCost }?.scanTitle
  }

  /// The titles of the steps that read an index, each once, in the order of the plan.
  ///
  /// A Bitmap Index Scan does not say for which table it is: of several, the scans of their tables are named.
  func titles(reading index: IndexReference) -> [String] {
    let tables = nodes.count {
      $0.nodeType == "Bitmap Heap Scan" && ScanDescription($0).indexes.contains(index)
    }
    let titles = tables > 1 ? root.titles(reading: index) : nodes.filter { $0.index == index }.map(\.title)
    return titles.withoutRepetitions
  }
}

extension PlanNode {
  fileprivate func titles(reading index: IndexReference) -> [String] {
    if nodeType == "Bitmap Heap Scan" {
      return ScanDescription(self).indexes.contains(index) ? [scanTitle] : []
    }
    return (self.index == index ? [title] : []) + children.flatMap { $0.titles(reading: index) }
  }
}
