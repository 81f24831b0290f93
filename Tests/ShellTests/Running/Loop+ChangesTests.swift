import Testing

@testable import Changes
@testable import Shell

@Suite struct LoopChangesTests {
  @Test func `the progress of a build names its step first and whom it waits for last`() {
    let blockers = [
      BlockingTransaction(pid: 4711, user: "app", query: "select 1"),
      BlockingTransaction(pid: nil, preparedName: "it's"),
    ]
    #expect(BuildProgress("preparing", elapsed: .seconds(1)).line == "preparing")
    #expect(BuildProgress("preparing", step: 1, elapsed: .seconds(1)).line == "step 1 of 8, preparing")
    #expect(
      BuildProgress("waiting", step: 2, waitsFor: [blockers[1]], elapsed: .zero).line
        == "step 2 of 8, waiting, waits for prepared transaction 'it''s'")
    #expect(
      BuildProgress("waiting", step: 8, waitsFor: blockers, elapsed: .zero).line
        == "step 8 of 8, waiting, waits for pid 4711 and 1 more")
  }
}
