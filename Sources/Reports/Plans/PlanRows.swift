import IndexDesign

/// Plans as rows, one a node, for forms that know tables only.
enum PlanRows {
  /// The nodes of all plans of a report as one table; nil when there is none.
  static func table(_ report: Report) -> Report.Table? {
    let plans = report.blocks.compactMap { if case .plan(let plan) = $0 { plan } else { nil } }
    guard !plans.isEmpty else { return nil }
    return Report.Table(
      name: "nodes", title: nil,
      columns: [
        .init("plan"), .init("level", isNumber: true), .init("node"), .init("relation"), .init("index"),
        .init("cost", isNumber: true), .init("rows", isNumber: true), .init("width", isNumber: true),
      ], rows: plans.flatMap(rows))
  }

  /// From the root down, as the tree is read; the root's level is 0.
  private static func rows(_ block: Report.PlanBlock) -> [[Cell]] {
    block.plan.outline.lines.map { line in
      [
        .text(block.name), .integer(Int64(line.depth)), .text(line.node.title),
        line.node.relation.map { .identifier($0) } ?? .missing,
        line.node.index.map { .identifier($0.description) } ?? .missing, .cost(line.node.totalCost),
        .rows(line.node.planRows), .integer(Int64(line.node.planWidth)),
      ]
    }
  }
}
