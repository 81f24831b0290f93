import IndexDesign
import Testing

@Suite struct SizeDoubtTests {
  struct Case: Sendable {
    let cost: Double?
    var isExact = true
    var rowsRead: Double?
    var real: Int64 = 819_200
    var against = 1_000.0
    let mayWin: Bool
  }

  /// HypoPG takes it for 200 pages, which cost 800; the real one has 100.
  @Test(arguments: [
    Case(cost: 1_390, mayWin: true), Case(cost: 1_410, mayWin: false),
    Case(cost: 1_190, rowsRead: 500, mayWin: true), Case(cost: 1_210, rowsRead: 500, mayWin: false),
    Case(cost: 1_010, rowsRead: 0, mayWin: true), Case(cost: 1_020, rowsRead: 0, mayWin: false),
    // What is read again and again is no more than all of it.
    Case(cost: 1_390, rowsRead: 9_000, mayWin: true), Case(cost: 1_410, rowsRead: 9_000, mayWin: false),
    // HypoPG may be right.
    Case(cost: 1_020, real: 1_500_000, mayWin: false), Case(cost: 1_010, real: 1_500_000, mayWin: true),
    Case(cost: 1_010, real: 1_700_000, mayWin: false),
    // "At most" may be as little as what it is held against, and another plan may read more.
    Case(cost: 9_000, isExact: false, mayWin: true), Case(cost: nil, mayWin: true),
    Case(cost: 9_000, isExact: false, rowsRead: 1, mayWin: true),
    Case(cost: 9_000, isExact: false, real: 1_500_000, mayWin: false),
    Case(cost: 90_000, isExact: false, against: 50_000, mayWin: false),
  ])
  func `a smaller index wins where it saves as much as the design has lost`(_ trial: Case) {
    let doubt = SizeDoubt(
      estimatedSizeInBytes: 1_638_400, realSizeInBytes: trial.real, rows: 1_000, pageCost: 4)
    let cost = trial.cost.map {
      ContestCost(PlannerCost($0), isExact: trial.isExact, rowsRead: trial.rowsRead)
    }
    #expect(doubt.mayWin(cost, against: PlannerCost(trial.against)) == trial.mayWin)
  }
}
