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
    let users = nodes.filter { $0.index == .design(handle) }
    guard users.isEmpty else { return .used(by: users.map(\.title).withoutRepetitions) }
    let scans = nodes.filter { node in
      guard node.reads, let relation = node.relation else { return false }
      if partitions.contains(relation) { return true }
      return relation == table && (schema == nil || node.schema == nil || node.schema == schema)
    }
    guard var costliest = scans.first else { return .tableNotRead }
    for scan in scans where scan.totalCost > costliest.totalCost { costliest = scan }
    return .beaten(by: costliest.scanTitle, cost: costliest.totalCost)
  }
}
