import TestSupport
import Testing

/// Guards, requirements, targets, parameters and captures of notebooks, through the program.
@Suite struct NotebookValuesProgramTests {
  @Test func `a step runs when all of its guards hold`() throws {
    let run = try Shop.hypo().replay(
      """
      [primary] let a = 1
      [!primary] let a = 2
      [standby] let a = 3
      [!standby][!aurora][!sandbox] [!production] let b = 4
      [postgresql>=13][hypopg][pg_stat_statements>=1.0] let c = 5
      [postgresql>=99] let c = 6
      [!postgresql>=99] [hypopg<99] let d = 7
      expect :a = 1
      expect :b = 4
      expect :c = 5
      expect :d = 7

      """, "--verify")
    #expect(
      run
        == .init(
          output: """
            ok     1/11  x.hypo:1  let a = 1  T
            skip   2/11  x.hypo:2  let a = 2  T
                   guard: !primary does not hold here
            skip   3/11  x.hypo:3  let a = 3  T
                   guard: standby does not hold here
            ok     4/11  x.hypo:4  let b = 4  T
            ok     5/11  x.hypo:5  let c = 5  T
            skip   6/11  x.hypo:6  let c = 6  T
                   guard: postgresql>=99 does not hold here
            ok     7/11  x.hypo:7  let d = 7  T
            ok     8/11  x.hypo:8  expect :a = 1  T
            ok     9/11  x.hypo:9  expect :b = 4  T
            ok    10/11  x.hypo:10  expect :c = 5  T
            ok    11/11  x.hypo:11  expect :d = 7  T
            x.hypo: 4 commands, 4 expectations held, 3 skipped

            """))
  }

  @Test func `requirements that are met say nothing`() throws {
    let run = try Shop.hypo().replay(
      "#: hypo 1\n#: requires postgresql>=13 hypopg pg_stat_statements !standby\nlet a = 1\n", "--verify")
    #expect(run.status == 0 && run.errors == "", "\(run)")
  }

  @Test(arguments: [("postgresql>=99", "this is PostgreSQL "), ("standby", "this is a primary\n")])
  func `one that is not met is told and nothing runs`(requirement: String, finding: String) throws {
    let run = try Shop.hypo().replay(
      "#: hypo 1\n#: requires hypopg \(requirement)\nselect 1 as one;\n", "--verify")
    #expect(run.status == 3 && run.output == "")
    #expect(run.errors.hasPrefix("error: x.hypo requires \(requirement), and \(finding)"), "\(run.errors)")
    #expect(
      run.errors.hasSuffix("hint: doctor says how to get what is missing; another TARGET may have it\n"),
      "\(run.errors)")
  }

  @Test func `a missing extension is told`() throws {
    let database = try TestCluster.shared.database(.empty)
    #expect(
      try HypoProcess(database).replay("#: hypo 1\n#: requires hypopg\nselect 1 as one;\n")
        == .init(
          errors: """
            error: x.hypo requires hypopg, and HypoPG is not installed here
            hint: doctor says how to get what is missing; another TARGET may have it

            """, status: 3))
    withExtendedLifetime(database) {}
  }

  @Test func `the header says where to connect, and the command line goes before it`() throws {
    let shop = try Shop.database()
    let hypo = try HypoProcess()
    let notebook = "#: hypo 1\n#: connect \(shop.conninfo)\nselect current_database() as name;\n"
    let run = try hypo.replay(notebook)
    #expect(run.status == 0 && run.output.contains("\n\(shop.name)\n"), "\(run)")
    let other = try TestCluster.shared.database(.empty)
    let elsewhere = try hypo.run(["replay", "x.hypo", other.conninfo])
    #expect(elsewhere.status == 0 && elsewhere.output.contains("\n\(other.name)\n"), "\(elsewhere)")
    // Where neither says anything it is libpq's default, here a place without a server.
    #expect(try hypo.replay("select 1;\n").status == 2)
    withExtendedLifetime(other) {}
  }

  @Test func `parameters have defaults and --set goes before them`() throws {
    let hypo = try Shop.hypo()
    let notebook = """
      #: hypo 1
      #: parameter table "Which table?" = orders
      #: parameter word
      select count(*) as n from :table where :'word' = 'it''s' and 'a:word' <> :'word';
      expect rows[1].n = 20000
      select :"table".id, '10:30'::time as t from :"table" order by 1 limit 1; -- :word
      explain select * from :table;
      expect no seq scan on :table

      """
    let run = try hypo.replay(notebook, "--verify", "--set", "word=it's", "--set", "table=orders")
    #expect(
      run.output.hasPrefix(
        """
        ok    1/5  x.hypo:4  select count(*) as n from :table where :'word' = 'it''s' and 'a:word' <> :'word';  T
        ok    2/5  x.hypo:5  expect rows[1].n = 20000  T
        ok    3/5  x.hypo:6  select :"table".id, '10:30'::time as t from :"table" order by 1 limit 1; -- :word  T
        ok    4/5  x.hypo:7  explain select * from :table;  T
        FAIL  5/5
        """), "\(run)")
    #expect(
      try hypo.replayAgain()
        == .init(
          errors: """
            error: x.hypo needs a value for word
            hint: hypo replay x.hypo --set word=VALUE; nothing was run

            """, status: 3))
    #expect(
      try hypo.replayAgain(["--set", "tabel=x"])
        == .init(
          errors: "error: x.hypo has no parameter \"tabel\"\nhint: did you mean --set table=…?\n", status: 3))
  }

  @Test func `a person is asked for parameters`() throws {
    let hypo = try Shop.hypo()
    try hypo.folder.write(
      "#: hypo 1\n#: parameter t \"Which table?\" = orders\n#: parameter n\nselect count(*) from :t where id < :n;\n",
      to: "x.hypo")
    let terminal = try hypo.onTerminal(["replay", "\(hypo.folder.path)/x.hypo"], width: 120)
    try terminal.waitForPrompt()
    try terminal.enter("")
    try terminal.type("10\r")
    #expect(try terminal.waitForExit() == .code(0))
    #expect(
      terminal.screen.text.hasPrefix(
        "Which table? [orders]\nn 10\nhypo> select count(*) from orders where id < 10;\ncount\n-----\n    9\n"
      ),
      "\(terminal.screen.text)")
    let left = try hypo.onTerminal(["replay", "\(hypo.folder.path)/x.hypo"], width: 200)
    try left.waitForPrompt()
    try left.enter("customers")
    try left.type("\u{4}")
    #expect(try left.waitForExit() == .code(130))
    #expect(
      left.screen.text.contains("error: no value was given for n\n"),
      "\(left.screen.text)")
    // Who says --yes is not asked.
    let yes = try hypo.onTerminal(
      ["replay", "--yes", "--set", "n=5", "\(hypo.folder.path)/x.hypo"], width: 120)
    #expect(try yes.waitForExit() == .code(0))
    #expect(
      yes.screen.text.hasPrefix("hypo> select count(*) from orders where id < 5;\n"), "\(yes.screen.text)")
  }

  @Test func `values are captured from queries, designs and results`() throws {
    let run = try Shop.hypo().replay(
      """
      query q = SELECT * FROM orders WHERE customer_id = 42;
      let cost = cost @q
      let rows = rows @q
      hypo add orders(customer_id)
      let state = design.state
      let estimated = design."estimated size"
      let size = size %1
      let name = name %1
      expect :estimated = :size
      expect :'name' = 'orders_customer_id_idx'
      expect cost @q < :cost
      expect cost @q < 200
      expect :rows > 10
      expect :rows < 100
      expect :'state' = 'hypothetical'
      select * from (values (1, 'a', null, 2.50), (2, 'b', '', 7)) v (n, t, x, d) order by n;
      let second = rows[2].t
      expect rows[2].n > rows[1].n
      expect rows[1].d = 2.5
      select :'second' as t, :"second".b from (select 1 as b) :second;
      expect rows[1].b = 1
      let nothing = change

      """, "--verify")
    #expect(
      run.output.hasSuffix(
        """
        ok    20/22  x.hypo:20  select :'second' as t, :"second".b from (select 1 as b) :second;  T
        ok    21/22  x.hypo:21  expect rows[1].b = 1  T
        FAIL  22/22  x.hypo:22  let nothing = change  T
               x.hypo:22: error: no change was made in this session
                 let nothing = change
                               ^
               hint: promote makes one

        """), "\(run.output)")
    #expect(run.status == 3)
  }

  @Test(arguments: [
    ("let x = rows[1].n", "there is no result before this", "a path is about the command above"),
    ("select 1 as n;\nlet x = rows[2].n", "rows has no row 2", "its rows are 1 to 1"),
    (
      "select 1 as number;\nlet x = rows[1].numbr", "rows has no column \"numbr\"", "did you mean \"number\"?"
    ),
    ("select 1 as n;\nlet x = row[1].n", "the result has no rows \"row\"", "there is: rows[1]"),
    ("select null as n;\nlet x = rows[1].n", "there is no value at that place: it is NULL or not known", ""),
  ])
  func `a path that leads nowhere says what there is`(text: String, message: String, hint: String) throws {
    let run = try Shop.hypo().replay(text + "\n")
    let line = text.contains("\n") ? 2 : 1
    #expect(run.status == 3)
    #expect(run.errors.hasPrefix("x.hypo:\(line): error: \(message)\n  let x = "), "\(run.errors)")
    #expect(
      hint.isEmpty ? !run.errors.contains("hint") : run.errors.hasSuffix("hint: \(hint)\n"), "\(run.errors)")
  }
}
