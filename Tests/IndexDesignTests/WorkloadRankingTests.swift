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
    (WorkloadRanking.total, [90, 10, 900]), (.mean, [0.3, 10, 9]), (.calls, [300, 1, 100]),
    (.rows, [300, 1, 5_000]), (.reads, [10, 60, 30]), (.writes, [200, 0, 0]), (.temp, [0, 30, 3]),
    (.wal, [4_000, 0, 0]),
  ])
  func `a ranking goes by its own counter`(ranking: WorkloadRanking, values: [Double]) {
    #expect(Self.workload.map(ranking.value(of:)) == values)
  }

  @Test func `each word of the language names one ranking`() {
    #expect(
      WorkloadRanking.allCases.map(\.rawValue) == [
        "total", "mean", "calls", "rows", "reads", "writes", "temp", "wal",
      ])
  }
}
