import IndexDesign

/// Plans as rows, one a node, for forms that know tables only.
enum PlanRows {
  /// The nodes of all plans of a report as one table; nil when there is none.
  ///
  /// - Parameter standsAlone: whether each plan's first row holds its statement, and each row with a design the
  ///   design's definition.
  static func table(_ report: Report, standsAlone: Bool = false) -> Report.Table? {
    let plans = report.blocks.compactMap { if case .plan(let plan) = $0 { plan } else { nil } }
    guard !plans.isEmpty else { return nil }
    var table = Report.Table(
      name: "nodes", title: nil,
      columns: [
        .init("plan"), .init("level", isNumber: true), .init("node"), .init("relation"), .init("index"),
        .init("cost", isNumber: true), .init("rows", isNumber: true), .init("width", isNumber: true),
      ], rows: plans.flatMap(rows))
    let definitions = report.definedDesigns
    guard standsAlone, !definitions.isEmpty || plans.contains(where: { $0.statement != nil }) else {
      return table
    }
    table.columns += [.init("definition"), .init("query"), .init("statement")]
    let additions = plans.flatMap { block in
      block.plan.outline.lines.enumerated().map { place, line -> [Cell] in
        var definition: String?
        if case .design(let handle)? = line.node.index { definition = definitions[handle] }
        let statement = place == 0 ? block.statement : nil
        return [
          definition.map { .sql($0) } ?? .missing, statement.map { .text($0.title) } ?? .missing,
          statement.map { .sql($0.sql) } ?? .missing,
        ]
      }
    }
    for (row, addition) in additions.enumerated() { table.rows[row] += addition }
    return table
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
