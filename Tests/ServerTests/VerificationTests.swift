import IndexDesign
import Postgres
import TestSupport
import Testing

@testable import Server

@Suite struct VerificationTests {
  static func statement(_ id: String, calls: Int64, time: Double) -> CountedStatement {
    StatementStatistics(
      queryID: id, text: "select \(id)", calls: calls, totalTimeInMilliseconds: time,
      meanTimeInMilliseconds: time / Double(calls), rows: calls * 2
    ).counted
  }

  static let change = ChangeCounters(
    statements: [statement("1", calls: 10, time: 100), statement("2", calls: 5, time: 5)],
    statisticsReset: Timestamp(secondsSinceEpoch: 1))

  @Test func `only what was counted since the change is told`() {
    var now = Self.change
    now.statements = [
      Self.statement("1", calls: 30, time: 110), Self.statement("2", calls: 5, time: 5),
      Self.statement("3", calls: 4, time: 40),
    ]
    let (statements, wereReset) = Verification.statements(since: Self.change, now: now)
    #expect(!wereReset)
    #expect(
      statements == [
        .init(
          queryID: "3", text: "select 3", before: nil,
          since: .init(calls: 4, rows: 8, totalTimeInMilliseconds: 40)),
        .init(
          queryID: "1", text: "select 1",
          before: .init(calls: 10, rows: 20, totalTimeInMilliseconds: 100),
          since: .init(calls: 20, rows: 40, totalTimeInMilliseconds: 10)),
      ])
    #expect(statements[1].before?.meanTimeInMilliseconds == 10)
    #expect(statements[1].since.meanTimeInMilliseconds == 0.5)
  }

  @Test func `a reset is recognised by its time and by counters that fell`() {
    var now = Self.change
    now.statisticsReset = Timestamp(secondsSinceEpoch: 2)
    now.statements = [Self.statement("1", calls: 12, time: 6)]
    let byTime = Verification.statements(since: Self.change, now: now)
    #expect(byTime.wereReset)
    #expect(byTime.statements.map(\.since.calls) == [12])
    now.statisticsReset = Self.change.statisticsReset
    now.statements = [Self.statement("1", calls: 3, time: 6), Self.statement("2", calls: 1, time: 6)]
    #expect(Verification.statements(since: Self.change, now: now).wereReset)
    now.statements = [Self.statement("1", calls: 3, time: 6), Self.statement("2", calls: 7, time: 6)]
    let evicted = Verification.statements(since: Self.change, now: now)
    #expect(!evicted.wereReset)
    #expect(evicted.statements.map(\.since.calls).sorted() == [2, 3])
    #expect(Verification.grown(5, 3) == nil)
    #expect(Verification.grown(nil, 3) == 3)
  }
}
