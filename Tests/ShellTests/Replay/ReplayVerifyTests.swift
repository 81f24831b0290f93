import Postgres
import TestSupport
import Testing

/// `hypo replay --verify` and `--strict`.
@Suite struct ReplayVerifyTests {
  /// What the explain of the tests gives, recorded; the cost of its scan may be another one.
  private func scan(cost: String = "0..398", rows: Int = 56) -> String {
    """
    explain select * from orders where customer_id = 42;
    | explain
    | note information "the statement, estimated; not executed"
    | plan plan "Plan" of "the statement" `select * from orders where customer_id = 42`
    |   Seq Scan  cost=\(cost) rows=\(rows) width=34 relation=orders alias=orders
    |     Filter: `(customer_id = 42)`

    """
  }

  @Test func `what came as it was recorded is ok`() throws {
    #expect(
      try Shop.hypo().replay(scan() + "expect 1 < 2\n[standby] status\n| anything\n", "--verify")
        == .init(
          output: """
            ok    1/3  x.hypo:1  explain select * from orders where customer_id = 42;  T
            ok    2/3  x.hypo:7  expect 1 < 2  T
            skip  3/3  x.hypo:8  status  T
                   guard: standby does not hold here
            x.hypo: 1 command, 1 expectation held, 1 skipped

            """))
  }

  @Test func `a quit before the last step is no check of all of it`() throws {
    #expect(
      try Shop.hypo().replay("select 1 as one;\nquit\nselect 2 as two;\nselect 3 as three;\n", "--verify")
        == .init(
          output: """
            ok    1/4  x.hypo:1  select 1 as one;  T
            ok    2/4  x.hypo:2  quit  T

            """,
          errors: """
            error: quit ended x.hypo before its last 2 steps
            hint: take quit out, so that all of it is checked

            """, status: 3))
  }

  @Test func `after a drift --strict changes nothing any more`() throws {
    let database = try TestCluster.shared.database(.orders)
    let hypo = try HypoProcess(database)
    let notebook = """
      hypo add orders(note)
      select 1 as one;
      | sql
      | answer rows: two:integer
      |   1
      | tag "SELECT 1"
      promote as drift_x

      """
    let run = try hypo.replay(notebook, "--strict", "--yes")
    #expect(run.status == 5)
    #expect(
      run.output.hasSuffix(
        """
        FAIL  3/3  x.hypo:7  promote as drift_x  T
               x.hypo:7: error: a result above is another one than was recorded, so nothing is changed on the database
               hint: look at the drift; without --strict the notebook goes on, --bless records anew

        """), "\(run)")
    let built = try database.execute("SELECT count(*) FROM pg_indexes WHERE indexname = 'drift_x'")
    #expect(built.value == "0")
  }

  static let drift = """
    DRIFT 1/1  x.hypo:1  explain select * from orders where customer_id = 42;  T
           plan step 1 Seq Scan: cost  -20 %, tolerance 1 %
           recorded: 500
           came: 398
           hint: replay --bless takes what came as the new record, when it is right
    x.hypo: 1 command, 0 expectations held, 1 drifted

    """

  @Test func `a drift is told with its path, and is a failure with --strict`() throws {
    let hypo = try Shop.hypo()
    #expect(try hypo.replay(scan(cost: "0..500"), "--verify") == .init(output: Self.drift))
    #expect(try hypo.replayAgain(["--strict"]) == .init(output: Self.drift, status: 5))
    // Nothing of the file was touched.
    #expect(try hypo.folder.read("x.hypo") == scan(cost: "0..500"))
  }

  @Test(arguments: ["tolerance cost 25%", "tolerance cost 102", "tolerance cost any"])
  func `a tolerance of the header counts`(header: String) throws {
    let run = try Shop.hypo().replay("#: hypo 1\n#: \(header)\n" + scan(cost: "0..500"), "--strict")
    #expect(run.status == 0, "\(run)")
  }

  @Test func `each kind of value has its own tolerance`() throws {
    let run = try Shop.hypo().replay(
      "#: hypo 1\n#: tolerance cost any\n" + scan(cost: "0..500", rows: 60), "--strict")
    #expect(run.status == 5)
    #expect(run.output.contains("step 1 Seq Scan: rows  -6.7 %, tolerance 1 %\n"), "\(run)")
    let near = try Shop.hypo().replay(
      "#: hypo 1\n#: tolerance rows 4\n" + scan(rows: 60), "--strict")
    #expect(near.status == 0, "\(near)")
  }

  @Test func `wildcards and patterns stand for what they say`() throws {
    let notebook = """
      select 1 as one;
      | sql
      |...
      |~ tag "SELECT \\d+"
      select 2 as two;
      |~ s.l
      | ...
      |   ...
      | tag "SELECT 1"
      select 3 as three;
      |...
      |~ tag "SELECT [2-9]"

      """
    #expect(
      try Shop.hypo().replay(notebook, "--strict")
        == .init(
          output: """
            ok    1/3  x.hypo:1  select 1 as one;  T
            ok    2/3  x.hypo:5  select 2 as two;  T
            DRIFT 3/3  x.hypo:10  select 3 as three;  T
                   pattern  missing
                   recorded: ~ tag "SELECT [2-9]"
                   hint: replay --bless takes what came as the new record, when it is right
            x.hypo: 3 commands, 0 expectations held, 1 drifted

            """, status: 5))
  }

  @Test func `what is volatile is not compared, all else is`() throws {
    let hypo = try Shop.hypo()
    #expect(try hypo.replay("status\n", "--bless").status == 0)
    let recorded = try hypo.folder.read("x.hypo")
    let other = recorded.replacing(/(?m)^\|   backend~ = .*$/, with: "|   backend~ = \"0\"")
      .replacing(/(?m)^\|   port~ = .*$/, with: "|   port~ = \"1\"")
    #expect(other != recorded)
    let volatile = try hypo.replay(other, "--strict")
    #expect(volatile.status == 0, "\(volatile)")
    let run = try hypo.replay(other.replacing("role = \"primary\"", with: "role = \"standby\""), "--strict")
    #expect(run.status == 5)
    #expect(
      run.output.contains(
        "       status: role  other words\n       recorded: \"standby\"\n       came: \"primary\"\n"),
      "\(run)")
  }

  @Test func `a failure ends it with what was expected, what came and the line`() throws {
    #expect(
      try Shop.hypo().replay("select 1 as one;\nexpect plan @1 lacks Sort\n", "--verify")
        == .init(
          output: """
            ok    1/2  x.hypo:1  select 1 as one;  T
            FAIL  2/2  x.hypo:2  expect plan @1 lacks Sort  T
                   x.hypo:2: error: there is no query @1
                     expect plan @1 lacks Sort
                            ^
                   hint: top gives numbers to queries, query NAME = SQL; gives a name

            """, status: 3))
    #expect(
      try Shop.hypo().replay("query q = select 1;\n\nexpect cost @q < 0\nselect 2;\n", "--verify")
        == .init(
          output: """
            ok    1/3  x.hypo:1  query q = select 1;  T
            FAIL  2/3  x.hypo:3  expect cost @q < 0  T
                   expected: cost @q < 0
                   came: cost 0.01

            """, status: 4))
  }

  @Test func `newer statistics and another server explain a drift`() throws {
    let database = try TestCluster.shared.database(.orders)
    let hypo = try HypoProcess(database)
    // Up to PostgreSQL 14 what ANALYZE has done is known a little later.
    func analyzed(_ times: Int) throws {
      try database.connect().wait(
        until: "analyze_count = \(times) FROM pg_stat_user_tables WHERE relname = 'orders'")
    }
    try database.script("ANALYZE orders")
    try analyzed(1)
    #expect(try hypo.replay("explain select * from orders where customer_id = 42;\n", "--bless").status == 0)
    let blessed = try hypo.notebook
    #expect(
      blessed.hasPrefix(
        """
        explain select * from orders where customer_id = 42;
        | recorded NOW
        | statistics orders THEN
        | explain

        """), "\(blessed)")
    try database.script(
      "DELETE FROM order_lines; DELETE FROM orders WHERE id > 10000; ANALYZE orders")
    try analyzed(2)
    let recorded = try hypo.folder.read("x.hypo")
    let older = recorded.replacing(/postgresql \S+ hypopg \S+/, with: "postgresql 13.9 hypopg 1.1.0")
    let run = try hypo.replay(older, "--verify")
    #expect(run.status == 0)
    let explanations = run.output.split(separator: "\n").filter { $0.contains("perhaps because: ") }.map {
      $0.replacing(/this is [\d.]+/, with: "this is X").replacing(/at 2\S+ [\d:.]+Z/, with: "at TIME")
    }
    #expect(
      explanations == [
        "       perhaps because: recorded on PostgreSQL 13.9, this is X",
        "       perhaps because: recorded with HypoPG 1.1.0, this is X",
        "       perhaps because: orders was analyzed at TIME; when it was recorded, at TIME",
      ], "\(run.output)")
  }
}
