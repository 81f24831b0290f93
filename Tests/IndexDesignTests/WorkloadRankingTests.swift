import IndexDesign
import Testing

@Suite struct WorkloadRankingTests {
  static let orders = StatementStatistics(
    queryID: "10", text: "select", calls: 100, totalTimeInMilliseconds: 900, meanTimeInMilliseconds: 9,
    rows: 5_000, sharedBlocksHit: 70, sharedBlocksRead: 30, tempBlocksRead: 1, tempBlocksWritten: 2)
  static let update = StatementStatistics(
    queryID: "-5", text: "update", calls: 300, totalTimeInMilliseconds: 90, meanTimeInMilliseconds: 0.3,
    rows: 300, sharedBlocksRead: 10, sharedBlocksDirtied: 200, sharedBlocksWritten: 1, walBytes: 4_000)
  static let report = StatementStatistics(
    queryID: "9", text: "report", calls: 1, totalTimeInMilliseconds: 10, meanTimeInMilliseconds: 10,
    rows: 1, sharedBlocksRead: 60, tempBlocksRead: 10, tempBlocksWritten: 20, walBytes: 0)
  static let workload = [update, report, orders]

  @Test(arguments: [
    (WorkloadRanking.total, ["select", "update", "report"], [900, 90, 10]),
    (.mean, ["report", "select", "update"], [10, 9, 0.3]),
    (.calls, ["update", "select", "report"], [300, 100, 1]),
    (.rows, ["select", "update", "report"], [5_000, 300, 1]),
    (.reads, ["report", "select", "update"], [60, 30, 10]),
    (.writes, ["update", "report", "select"], [200, 0, 0]),
    (.temp, ["report", "select", "update"], [30, 3, 0]),
    (.wal, ["update", "report", "select"], [4_000, 0, 0]),
  ])
  func `the highest value comes first`(ranking: WorkloadRanking, texts: [String], values: [Double]) {
    let ranked = Self.workload.ranked(by: ranking)
    #expect(ranked.map(\.statement.text) == texts)
    #expect(ranked.map(\.value) == values)
  }

  @Test func `shares are of the whole workload, also under a limit`() {
    #expect(
      Self.workload.ranked(by: .total, limit: 2) == [
        RankedStatement(statement: Self.orders, value: 900, share: 0.9),
        RankedStatement(statement: Self.update, value: 90, share: 0.09),
      ])
  }

  @Test func `averages and an empty whole have no share`() {
    #expect(Self.workload.ranked(by: .mean).map(\.share) == [nil, nil, nil])
    #expect([Self.orders].ranked(by: .wal).map(\.share) == [nil])
  }

  @Test func `equal values stand in the order of queryid as a number`() {
    let ids = ["10", "-5", "9", "-8123456789012345678"]
    let equal = ids.map {
      StatementStatistics(
        queryID: $0, text: "", calls: 1, totalTimeInMilliseconds: 1, meanTimeInMilliseconds: 1, rows: 1)
    }
    let expected = ["-8123456789012345678", "-5", "9", "10"]
    #expect(equal.ranked(by: .calls).map(\.statement.queryID) == expected)
    #expect(equal.reversed().ranked(by: .calls).map(\.statement.queryID) == expected)
  }

  @Test func `a limit may be larger than the workload, or nothing`() {
    #expect(Self.workload.ranked(by: .total, limit: 10).count == 3)
    #expect(Self.workload.ranked(by: .total, limit: 0).isEmpty)
    #expect(Self.workload.ranked(by: .total, limit: -1).isEmpty)
    #expect([StatementStatistics]().ranked(by: .total).isEmpty)
  }

  @Test func `each word of the language names one ranking`() {
    #expect(
      WorkloadRanking.allCases.map(\.rawValue) == [
        "total", "mean", "calls", "rows", "reads", "writes", "temp", "wal",
      ])
  }
}
