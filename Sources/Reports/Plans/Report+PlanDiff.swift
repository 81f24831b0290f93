public import IndexDesign

extension Report.Table {
  /// What changed between two plans, with what it cost before and costs after.
  public init(changesOf diff: PlanDiff) {
    self.init(
      name: "changes", title: nil,
      columns: [.init("change"), .init("cost before", isNumber: true), .init("cost after", isNumber: true)],
      rows: diff.changes.map {
        [
          .text($0.sentence), $0.costBefore.map { .cost($0.total) } ?? .missing,
          $0.costAfter.map { .cost($0.total) } ?? .missing,
        ]
      })
  }
}
