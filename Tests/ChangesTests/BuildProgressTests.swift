import Testing

@testable import Changes
@testable import Server

@Suite struct BuildProgressTests {
  /// Phase, index, locker, lockers, blocks, tuples: a row of the view.
  static func progress(_ phase: String, _ counts: [Int]) throws -> BuildProgress {
    let row = try #require(ProgressRow(rows: [[phase, "16400", nil] + counts.map { String($0) }]))
    return BuildProgress(row: row, waitsFor: [], elapsed: .seconds(2))
  }

  @Test(
    arguments: [
      ("initializing", "preparing", 1, nil),
      ("waiting for writers before build", "waiting for transactions that write to the table", 2, 0.25),
      ("building index: scanning table", "building: reading the table", 3, 0.5),
      ("building index: something of another access method", "building the index", 3, 0.5),
      ("index validation: scanning table", "validating: reading the table", 7, 0.5),
      ("waiting for old snapshots", "waiting for transactions with an old snapshot", 8, 0.25),
    ] as [(String, String, Int, Double?)])
  func `phases are worded for people and counted by what they wait for`(
    phase: String, words: String, step: Int, fraction: Double?
  ) throws {
    let counts = phase == "initializing" ? [0, 0, 0, 0, 0, 0] : [1, 4, 50, 100, 0, 0]
    let progress = try Self.progress(phase, counts)
    #expect(progress.phase == words && progress.step == step && progress.fraction == fraction)
  }

  @Test func `tuples count when the server knows how many there are`() throws {
    let progress = try Self.progress("building index: loading tuples in tree", [0, 0, 100, 100, 30, 120])
    #expect(progress.phase == "building: writing the index" && progress.fraction == 0.25)
  }

  @Test func `a phase that hypo does not know is told as it is`() throws {
    let progress = try Self.progress("polishing", [0, 0, 0, 0, 0, 0])
    #expect(progress.phase == "polishing" && progress.step == nil && progress.fraction == nil)
  }

  @Test func `the line of a build names its step first and whom it waits for last`() {
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
        == "step 8 of 8, waiting, waits for pid 4711 (app) and 1 more")
    let holder = BlockingTransaction(
      pid: 4711, user: "app", applicationName: "hypo promote", ageInSeconds: 125)
    #expect(
      BuildProgress("waiting", waitsFor: [holder], elapsed: .zero).line
        == "waiting, waits for pid 4711 (app, hypo promote), for 2 min 5 s")
  }
}
