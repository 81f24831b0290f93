public import IndexDesign
public import Reports

extension Report {
  /// The report without the rows of designs that a replay does not know.
  public func leavingOut(_ designs: Set<DesignHandle>) -> Report {
    guard !designs.isEmpty else { return self }
    var report = self
    report.blocks = blocks.map { block in
      guard case .table(var table) = block else { return block }
      table.rows.removeAll { row in
        if case .handle(let text)? = row.first, let handle = DesignHandle(text) {
          designs.contains(handle)
        } else {
          false
        }
      }
      return .table(table)
    }
    return report
  }
}
