import Foundation
import Postgres
import TestSupport
import Testing

/// What a notebook does when a step fails, each on a database of its own.
@Suite struct OnFailTests {
  private let database: TestDatabase
  private let hypo: HypoProcess

  init() throws {
    database = try TestCluster.shared.database(.orders)
    hypo = try HypoProcess(database)
  }

  private var indexes: [String] {
    get throws {
      try database.execute("SELECT indexname FROM pg_indexes WHERE indexname LIKE '%\\_x' ORDER BY 1").rows
        .compactMap { $0[0] }
    }
  }

  @Test func `warn goes on and says so`() throws {
    let notebook = "on-fail warn\nselect 1 as one;\nselect nope;\nexpect 2 < 1\nselect 2 as two;\n"
    #expect(
      try hypo.replay(notebook, "--verify")
        == .init(
          output: """
            ok    1/5  x.hypo:1  on-fail warn  T
            ok    2/5  x.hypo:2  select 1 as one;  T
            WARN  3/5  x.hypo:3  select nope;  T
                   x.hypo:3: error: column "nope" does not exist (42703)
                     select nope;
                            ^
            WARN  4/5  x.hypo:4  expect 2 < 1  T
                   expected: 2 < 1
                   came: 2 and 1
            ok    5/5  x.hypo:5  select 2 as two;  T
            x.hypo: 4 commands, 1 expectation, 2 failed and were passed over, 3 without a record

            """))
    let reading = try hypo.replayAgain()
    #expect(reading.status == 0)
    #expect(
      reading.errors == """
        x.hypo:3: error: column "nope" does not exist (42703)
          select nope;
                 ^
        x.hypo:4: error: expectation failed: 2 < 1
        detail: 2 and 1

        """)
    #expect(
      reading.output.contains("hypo> select nope;\nWARN  3/5  x.hypo:3  T\n\nWARN  4/5  x.hypo:4  T\n"),
      "\(reading)")
    #expect(reading.output.hasSuffix("x.hypo: 4 commands, 1 expectation, 2 failed and were passed over\n"))
  }

  @Test func `stop ends it, whatever was said before`() throws {
    let run = try hypo.replay("on-fail warn\non-fail stop\nselect nope;\nselect 2 as two;\n", "--verify")
    #expect(run.status == 3)
    #expect(run.output.hasSuffix("  select nope;\n                ^\n"), "\(run)")
  }

  private static let promotions = """
    #: hypo 1
    #: ticket CHG-7
    hypo add orders(status)
    hypo add orders(total)
    on-fail rollback
    promote %1 as first_x
    promote %2 as second_x
    let c = change
    show change :c
    expect index second_x valid
    expect no index second_x
    select 'never';

    """

  @Test func `rollback takes back what this run promoted, newest first, and nothing else`() throws {
    let before = try hypo.run(["--yes", "-c", "hypo add orders(note)", "-c", "promote as before_x"])
    #expect(before.status == 0, "\(before)")
    let run = try hypo.replay(Self.promotions, "--yes", "--verify")
    #expect(
      run
        == .init(
          output: """
            ok     1/10  x.hypo:3  hypo add orders(status)  T
            ok     2/10  x.hypo:4  hypo add orders(total)  T
            ok     3/10  x.hypo:5  on-fail rollback  T
            ok     4/10  x.hypo:6  promote %1 as first_x  T
            ok     5/10  x.hypo:7  promote %2 as second_x  T
            ok     6/10  x.hypo:8  let c = change  T
            ok     7/10  x.hypo:9  show change :c  T
            ok     8/10  x.hypo:10  expect index second_x valid  T
            FAIL   9/10  x.hypo:11  expect no index second_x  T
                   expected: no index second_x
                   came: it is there
            undone rollback change 3
            undone rollback change 2

            """, errors: "evidence: FILE\n", status: 4))
    #expect(try indexes == ["before_x"])
    let changes = try hypo.run(["--format", "csv", "-c", "changes"]).output
    let states = changes.split(separator: "\n").map { $0.split(separator: ",")[2] }
    #expect(
      states == [
        "state", "rolled back change 2", "rolled back change 3", "rolled back by change 4",
        "rolled back by change 5", "promoted",
      ], "\(changes)")
    #expect(changes.contains("CHG-7"))
  }

  @Test func `a reader sees each of them go`() throws {
    let run = try hypo.replay(Self.promotions, "--yes")
    #expect(run.status == 4)
    let told = run.output.split(separator: "\n").filter {
      $0.hasPrefix("on-fail rollback: ") || $0 == "the index was dropped"
    }
    #expect(
      told == [
        "on-fail rollback: rollback change 2", "the index was dropped",
        "on-fail rollback: rollback change 1", "the index was dropped",
      ], "\(run.output)")
    #expect(try indexes == [])
  }

  /// A ledger with one change, and no room for the ending of another.
  private func fillLedger() throws {
    let before = try hypo.run([
      "--yes", "-c", "hypo add orders(note)", "-c", "promote as before_x", "-c", "rollback",
    ])
    #expect(before.status == 0, "\(before)")
    try hypo.folder.refuseEndings()
  }

  private func evidence(_ file: String) throws -> [String] {
    try hypo.folder.read(file).matches(of: /"event":"([a-z]+)"/).map { String($0.output.1) }
  }

  @Test func `a change whose ending cannot be written is named, and its intent is in the evidence`() throws {
    try fillLedger()
    let run = try hypo.replay(
      "hypo add orders(status)\npromote as first_x\n", "--yes", "--verify", "--evidence", "e.jsonl")
    #expect(run.status == 1)
    #expect(
      run.errors == """
        notice: change 3 of this run may still be in place (public.first_x); rollback change 3 takes it back
        evidence: FILE

        """)
    #expect(
      try evidence("e.jsonl").filter { $0 != "seen" } == [
        "run", "connected", "step", "step", "intent", "end",
      ]
    )
    try hypo.folder.takeEndings()
    let rollback = try hypo.run(["--yes", "-c", "rollback change 3"])
    #expect(rollback.status == 0 && rollback.output.hasSuffix("\nthe index was dropped\n"), "\(rollback)")
    #expect(try indexes == [])
  }

  @Test func `on-fail rollback takes back a change whose ending cannot be written`() throws {
    try fillLedger()
    let run = try hypo.replay(
      "on-fail rollback\nhypo add orders(status)\npromote as first_x\n", "--yes", "--verify", "--evidence",
      "e.jsonl")
    #expect(run.status == 1)
    #expect(try indexes == [])
    #expect(
      run.output.contains(
        "\nFAIL   rollback change 3\n"), "\(run)")
    #expect(
      run.errors == """
        error: could not write down how change 4 ended: could not write the outcome of change 4 to the ledger "\(hypo.folder.path)/state/hypo/ledger.sqlite": no room for an ending
        detail: On the server: the index was dropped.
        hint: change 4 stays in the ledger as unfinished; changes settle 4 looks at the server
        notice: change 3 of this run may still be in place (public.first_x); rollback change 3 takes it back
        notice: how change 4 of this run ended is not known (public.first_x); changes settle 4 looks at the server
        evidence: FILE

        """)
    let events = try evidence("e.jsonl").filter { $0 != "seen" }
    #expect(events == ["run", "step", "connected", "step", "step", "intent", "step", "intent", "end"])
  }

  @Test func `a list that cannot be written takes no word from the run's own failure`() throws {
    let lists = "\(hypo.folder.path)/lists"
    try FileManager.default.createDirectory(atPath: lists, withIntermediateDirectories: false)
    try hypo.folder.write(
      """
      hypo add orders(status)
      promote as first_x
      set lock_timeout = '2min';
      select pg_advisory_lock(7);
      select nope;

      """, to: "x.hypo")
    let holder = try database.connect()
    _ = try holder.query("SELECT pg_advisory_lock(7)")
    let terminal = try hypo.onTerminal(
      ["replay", "--yes", "--verify", "--junit", "\(lists)/j.xml", "\(hypo.folder.path)/x.hypo"], width: 300)
    try database.wait(for: "wait_event_type = 'Lock' AND query LIKE '%pg_advisory_lock(7)%'")
    try FileManager.default.removeItem(atPath: lists)
    _ = try holder.query("SELECT pg_advisory_unlock(7)")
    #expect(try terminal.waitForExit() == .code(3))
    let text = terminal.screen.text
    #expect(text.contains("error: column \"nope\" does not exist (42703)"), "\(text)")
    #expect(
      text.contains(
        """
        notice: change 1 of this run is still in place (public.first_x); rollback change 1 takes it back
        warning: could not write "\(lists)/j.xml": there is no such file or folder
        hint: the file was not written
        """), "\(text)")
    #expect(text.contains("\nevidence: "), "\(text)")
  }

  @Test func `what the run has rolled back itself is left alone, and so are changes of a file that it ran`()
    throws
  {
    try hypo.folder.write("hypo add orders(total)\npromote as inner_x\n", to: "inner.hypo")
    let run = try hypo.replay(
      """
      on-fail rollback
      hypo add orders(status)
      promote as outer_x
      rollback
      run inner.hypo
      select nope;

      """, "--yes", "--verify")
    #expect(run.status == 3)
    #expect(run.output.hasSuffix("undone rollback change 3\n"), "\(run.output)")
    #expect(run.output.components("undone") == 1)
    #expect(try indexes == [])
  }
}

extension String {
  /// How often a text is in it.
  fileprivate func components(_ text: String) -> Int { ranges(of: text).count }
}
