import Foundation
import Programs
import TestSupport
import Testing

/// `record`: what a person does becomes a notebook that replays green.
@Suite struct RecordingProgramTests {
  private let database: TestDatabase
  private let hypo: HypoProcess

  init() throws {
    database = try TestCluster.shared.database(.orders)
    hypo = try HypoProcess(database)
  }

  /// A shell in the folder of the notebooks, so that they are named without it.
  private func shell(_ flags: String...) throws -> PseudoTerminal {
    let terminal = try PseudoTerminal(
      "/bin/sh", ["-c", "cd \"$HOME\" && exec \"$0\" \"$@\"", BuiltProducts.path(of: "hypo")] + flags,
      environment: hypo.environment.merging(["HYPO_READINESS_MARK": HypoProcess.ready]) { $1 }, width: 120,
      height: 60)
    try terminal.waitForPrompt()
    return terminal
  }

  private func replaysGreen() throws {
    let run = try hypo.replayAgain(["--strict", "--yes"])
    let text = try hypo.notebook
    #expect(run.status == 0, "\(run.output)\n\(run.errors)\n\(text)")
  }

  private static let session = """
    let early = 5
    record x.hypo
    # ## What I do
    # in two lines
    query q = SELECT * FROM orders
      WHERE customer_id = $1
     ORDER BY created_at DESC LIMIT 50;
    select :early as early, :'early' as literal, (array[1,2,3])[1:two] as slice from (select 2 as two) x;
    explain @q with (42)
    sttus
    select nope;
    hypo add orders(customer_id, created_at desc)
    explain
    diff
    expect plan @q uses index %1
    let before = cost @q
    expect :before < 1000
    set pager 'password=hunter2'
    select 'a
    # no prose
    | no output
      ' as t,

      null as n, 1.5e300::float8 as f, 'x'::char(5) as c, E'tab\\tx' as tab, '' as empty, ' ' as blank,
    '-' as dash, true as yes, 'NaN'::numeric as nan, '{}'::text[] as arr, '\\x00ff'::bytea as by,
    1.50 as n2, '{"a": null}'::json as j, date '2026-02-03' as d, 'é🦩' as u, '"`' as quotes;
    \\d customers
    status
    hypo list
    hypo off
    hypo on
    hypo drop %1
    hypo add %1
    show %1
    promote as recorded_x
    verify
    let c = change
    show change :c
    changes
    rollback
    changes 1
    hypo reset
    set timing off
    show timing
    show server_version;
    show @q
    show plan @q
    begin;
    set work_mem = '99kB';
    show work_mem;
    commit;
    explain select count(*) from orders where status = 'paid' and note like 'a%';
    select * from customers order by id limit 3;
    values (1, 'x'), (2, null);
    query > q.csv
    \\x
    record
    """

  @Test func `a long workspace at the prompt replays green at once`() throws {
    let terminal = try shell("--yes")
    for line in Self.session.split(separator: "\n", omittingEmptySubsequences: false) {
      try terminal.enter(String(line))
    }
    try terminal.enter("record off")
    try terminal.type("quit\r")
    #expect(try terminal.waitForExit() == .code(0))
    let text = try hypo.notebook
    #expect(
      text.hasPrefix(
        """
        #: hypo 1
        #: title Recorded on \(text.firstMatch(of: /\d{4}-\d\d-\d\d/).map { String($0.output) } ?? "")
        #: requires postgresql>=\(TestServer.majorVersion) hypopg pg_stat_statements
        # ## What I do
        # in two lines

        query q = SELECT * FROM orders
          WHERE customer_id = $1
         ORDER BY created_at DESC LIMIT 50;
        | recorded NOW
        | query
        """), "\(text)")
    #expect(text.contains("\nselect 5 as early, '5' as literal, (array[1,2,3])[1: two] as slice"), "\(text)")
    for left in ["sttus", "nope", "hunter2", "record x", "\\x\n", "\nrecord"] {
      #expect(!text.contains(left), "\(left)")
    }
    #expect(text.contains("# (a command with a password was left out)\n"))
    #expect(text.contains("\nexpect :before < 1000\n"))
    #expect(text.contains("\nexpect index public.recorded_x valid\n"), "\(text)")
    #expect(text.contains("\nquery >! q.csv\n"))
    try replaysGreen()
  }

  @Test func `commands of -c and of a script are recorded, values by their names`() throws {
    try hypo.folder.write(
      "query q = select * from orders\n  where customer_id = 42;\nlet limit = 1000\nexpect cost @q < :limit\n",
      to: "in.hypo")
    let run = try hypo.run(
      commands: "record x.hypo", "hypo add orders(customer_id)", "run in.hypo", "explain @q", "diff",
      "record off")
    #expect(run.status == 0, "\(run)")
    let text = try hypo.notebook
    #expect(
      text.contains(
        "\nquery q = select * from orders\n  where customer_id = 42;\n| query\n")
        && text.contains("\n\nlet limit = 1000\n\nexpect cost @q < :limit\n\nexplain @q\n"), "\(text)")
    // What is proposed is shown, and nobody has said yes.
    #expect(!text.contains("expect plan @q uses"))
    #expect(
      run.output.hasSuffix(
        """
        left out  0  failed or secret

        Could be expected
          expect plan @q uses index %1
          expect cost @q drops >= 63%
          expect no regression

        hint: hypo replay --verify x.hypo

        """), "\(run.output)")
    try replaysGreen()
  }

  @Test func `with --all failures are kept, each as it can be`() throws {
    let terminal = try shell()
    for line in ["record x.hypo --all", "select nope;", "explain @7", "select 1 as one;", "record off", ""] {
      try terminal.enter(line)
    }
    #expect(
      try hypo.notebook.split(separator: "\n", omittingEmptySubsequences: false).dropFirst(3).joined(
        separator: "\n")
          == """

          select nope;
          | error 42703 "column \\"nope\\" does not exist"
          expect error 42703

          # This failed: there is no query @7
          #     explain @7

          select 1 as one;
          | recorded NOW
          | sql
          | answer rows: one:integer
          |   1
          | tag "SELECT 1"

          """)
    try replaysGreen()
  }

  @Test func `a person is asked whether the proposals are put behind their commands`() throws {
    let terminal = try shell()
    for line in [
      "record x.hypo", "query q = select * from orders where customer_id = 42;",
      "hypo add orders(customer_id)", "explain @q", "diff", "select 1 as one;", "record off",
    ] { try terminal.enter(line) }
    #expect(terminal.screen.text.contains(" %1 recording> explain @q"), "\(terminal.screen.text)")
    #expect(
      terminal.screen.text.hasSuffix("Add them after the commands that they are about? [Y/n]"),
      "\(terminal.screen.text)")
    try terminal.enter("y")
    #expect(
      terminal.screen.text.contains("\n3 expectations added to x.hypo\n"), "\(terminal.screen.text)")
    let text = try hypo.notebook
    #expect(
      text.contains(
        "\nexpect plan @q uses index %1\nexpect cost @q drops >= 63%\nexpect no regression\n\nselect 1 as one;\n"
      ),
      "\(text)")
    try replaysGreen()
  }

  @Test func `files that cannot be recorded into are told`() throws {
    try hypo.folder.write("mine\n", to: "x.hypo")
    #expect(
      try hypo.run(commands: "record x.hypo")
        == .init(
          errors: """
            error: could not write "x.hypo": it exists already
            hint: record x.hypo --replace begins it anew

            """, status: 3))
    #expect(try hypo.folder.read("x.hypo") == "mine\n")
    #expect(try hypo.run(commands: "record x.hypo --replace", "record off").status == 0)
    #expect(try hypo.folder.read("x.hypo").hasPrefix("#: hypo 1\n"))
    #expect(
      try hypo.run(commands: "record none/x.hypo")
        == .init(
          errors: """
            error: could not write "none/x.hypo": there is no such folder
            hint: name a file in a folder that you may write to

            """, status: 3))
    #expect(
      try hypo.run(commands: "record off")
        == .init(errors: "error: nothing is recorded\nhint: record FILE begins\n", status: 3))
    #expect(try hypo.run(commands: "record") == .init(output: "nothing is recorded\n"))
  }

  @Test func `a full device is told and the work goes on`() throws {
    let terminal = try shell()
    try terminal.enter("record /dev/full --replace")
    try terminal.enter("select 1 as one;")
    #expect(
      terminal.screen.text.contains(
        """
        > record /dev/full --replace
        error: could not write "/dev/full": the disk is full
        hint: what was recorded before is in it; record off ends the recording
        """), "\(terminal.screen.text)")
    #expect(
      terminal.screen.text.contains("> select 1 as one;\n\(CommandLineTests.one)"), "\(terminal.screen.text)")
  }

  @Test func `a file that must not grow further keeps whole steps, and the work goes on`() throws {
    let output = try Program(
      "/bin/sh",
      ["-c", "(trap '' XFSZ; ulimit -f 1; \"$0\" \"$@\") 2>&1 | cat", BuiltProducts.path(of: "hypo")]
        + ["record x.hypo", "select 1 as one;", "select repeat('x', 400) as long;", "select 2 as two;"]
        .flatMap { ["-c", $0] },
      environment: hypo.environment, workingDirectory: hypo.folder.path
    ).output(timeout: Patience.limit)
    #expect(output.status == .exited(0))
    #expect(
      output.standardOutput.hasSuffix(
        """
        (1 row)
        error: could not write "x.hypo": it must not grow further
        hint: what was recorded before is in it; record off ends the recording

        """ + CommandLineTests.two), "\(output)")
    let text = try hypo.notebook
    #expect(
      text.hasSuffix(
        """
        select 1 as one;
        | recorded NOW
        | sql
        | answer rows: one:integer
        |   1
        | tag "SELECT 1"

        select 2 as two;
        | sql
        | answer rows: two:integer
        |   2
        | tag "SELECT 1"

        """), "\(text)")
  }

  // MARK: What was made before

  private func run(_ commands: String...) throws {
    let run = try hypo.run(commands.flatMap { ["-c", $0] })
    #expect(run.status == 0, "\(run)")
  }

  @Test func `a number stands for its statement, whatever ranks there in the replay`() throws {
    let few = "select count(*) from customers where id < 7 -- few\n;"
    try run(
      few, few, few, "select sum(total) from orders where customer_id = 7;",
      "top 9 by calls", "record x.hypo", "explain @1", "top 9 by calls", "explain @2 with (7)",
      "hypo add orders(customer_id)", "diff @2", "diff", "diff all", "diff all > all.md",
      "expect cost @2 < 200", "record off")
    let text = try hypo.notebook
    #expect(text.contains("\nquery @1 = select count(*) from customers where id < $1"), "\(text)")
    #expect(
      text.contains(
        /\nquery @2 = select sum\(total\) from orders where customer_id = \$1; queryid -?\d+\n\| \.\.\.\n\nexplain @2 with \(7\)\n/
      ), "\(text)")
    #expect(!text.contains("expect no regression"))
    #expect(
      text.contains("\ndiff all of @1 @2\n") && text.contains("\ndiff all of @1 @2 >! all.md\n"), "\(text)")
    // The list itself is another one each week.
    try hypo.folder.write(
      hypo.folder.read("x.hypo").replacing(/top 9 by calls\n(\| .*\n)+/, with: "top 9 by calls\n| ...\n"),
      to: "x.hypo")
    // The second ranks first, and others in between.
    for _ in 0..<3 {
      try run(
        "select sum(total) from orders where customer_id = 7;", "select max(id) from orders;",
        "select sum(total) from orders where customer_id = 7;", "select min(id) from orders;")
    }
    try replaysGreen()
    // Of this database alone: the server's other databases are other tests'.
    _ = try database.execute(
      "select pg_stat_statements_reset(0, (select oid from pg_database where datname = current_database()), 0)"
    )
    try replaysGreen()
  }

  @Test func `what was made before recording began and is used stands in front`() throws {
    try database.script(
      #"create table "a ""b""\nc" ("x\ny" int, k int); insert into "a ""b""\nc" select g, g from generate_series(1, 9999) g; analyze"#
        .replacing(#"\n"#, with: "\n"))
    try run(
      "set enable_bitmapscan = off;", "query unused = select 1;",
      "query q = select * from \"a \"\"b\"\"\nc\" where \"x\ny\" = $1;", "explain @q with (42)",
      "hypo add orders(customer_id)", "hypo add orders(status)", "hypo drop %2",
      "hypo add \"a \"\"b\"\"\nc\"(\"x\ny\")", "hypo add orders(total)", "hypo drop %4", "let n = rows @q",
      "record x.hypo", "diff", "show %2", "hypo add orders(id, total)", "hypo off", "explain @q", "hypo on",
      "query q = select count(*) from orders where customer_id = :n;", "explain @q", "diff", "hypo add %2",
      "hypo list",
      "show enable_bitmapscan;", "record off")
    let text = try hypo.notebook
    #expect(!text.contains("unused"), "\(text)")
    #expect(
      text.contains(
        """

        set enable_bitmapscan = 'off';
        | ...

        hypo add %1 = public.orders(customer_id)
        | ...

        hypo add %3 = public."a ""b""
        c"("x
        y")
        | ...

        query q = select * from "a ""b""
        c" where "x
        y" = $1;
        | ...

        explain @q with (42)
        | ...

        diff
        | recorded
        """), "\(text)")
    #expect(
      text.contains("\nhypo add %2 = public.orders(status)\n| ...\n\nhypo drop %2\n| ...\n\nshow %2\n"),
      "\(text)")
    #expect(text.contains("\nhypo add %5 = orders(id, total)\n"), "\(text)")
    try replaysGreen()
  }

  @Test func `a statement without a handle and designs that are off are there for a bare command`() throws {
    try run(
      "explain select * from orders where customer_id = $1; with (42)", "hypo add orders(customer_id)",
      "hypo off",
      "record x.hypo", "explain", "hypo on", "diff", "expect no seq scan on orders", "record off")
    let text = try hypo.notebook
    #expect(
      text.contains(
        """

        hypo add %1 = public.orders(customer_id)
        | ...

        hypo off
        | ...

        explain select * from orders where customer_id = $1; with (42)
        | ...

        explain
        | recorded
        """), "\(text)")
    try replaysGreen()
  }

  // MARK: Another database

  /// A database with a table that no other one has.
  private func otherDatabase(_ table: String) throws -> (TestDatabase, name: String) {
    let other = try TestCluster.shared.database(.orders)
    try other.script(
      "create table \(table) (a int, b int); insert into \(table) values (1, 1); analyze \(table)")
    return (other, try #require(other.parameters["dbname"]))
  }

  @Test func `a recording that begins in another database than its target's leads there`() throws {
    let (other, name) = try otherDatabase("\"Only here\"")
    try run(
      "hypo add orders(status)", "query q = select * from orders where customer_id = $1;",
      "explain @q with (42)", "connect \(name)", "hypo add \"Only here\"(a)", "record x.hypo", "hypo list",
      "explain select * from \"Only here\" where a = 1;", "explain @q", "hypo add \"Only here\"(b)",
      "show %1", "hypo list", "hypo add %1", "diff @q with (7)", "status", "record off")
    let text = try hypo.notebook
    #expect(
      text.contains(
        """
        #: requires postgresql>=\(TestServer.majorVersion)

        connect \(name)
        | ...

        hypo add %2 = public."Only here"(a)
        | ...

        hypo list
        | recorded
        """), "\(text)")
    #expect(text.contains("\nhypo add \"Only here\"(b)\n"), "\(text)")
    try replaysGreen()
    withExtendedLifetime(other) {}
  }

  @Test func `a database that was named alone is the target of its recordings`() throws {
    let (other, name) = try otherDatabase("only_here")
    let run = try hypo.run([name, "-c", "record x.hypo", "-c", "explain select * from only_here;"])
    #expect(run.status == 0, "\(run)")
    let text = try hypo.notebook
    #expect(text.contains("\n#: connect \(name)\n#: requires postgresql>="), "\(text)")
    try replaysGreen()
    withExtendedLifetime(other) {}
  }

  @Test func `a script that connects by its header is recorded with what leads there`() throws {
    let (other, name) = try otherDatabase("only_here")
    try hypo.folder.write(
      "#: hypo 1\n#: connect \(name)\nexplain select * from only_here;\n", to: "in.hypo")
    try run("record x.hypo", "run in.hypo", "record off")
    let text = try hypo.notebook
    #expect(text.contains("\n\nconnect \(name)\n| ...\n\nexplain select"), "\(text)")
    try replaysGreen()
    withExtendedLifetime(other) {}
  }

  @Test func `expectations follow the commands that they are about, whatever comes after`() throws {
    let (other, name) = try otherDatabase("only_here")
    let run = try hypo.run(
      [
        "--yes", "-c", "record x.hypo", "-c", "query a = select * from orders where customer_id = 5;", "-c",
        "hypo add orders(customer_id)", "-c", "diff @a", "-c",
        "query b = select * from orders where customer_id = 7;", "-c", "diff", "-c", "diff all", "-c",
        "hypo reset", "-c", "hypo add orders(total)", "-c", "diff select * from orders where id = 5;", "-c",
        "connect \(name)", "-c", "hypo add only_here(a)", "-c", "diff select * from only_here where a = 1;",
        "-c", "record off",
      ])
    #expect(run.status == 0, "\(run)")
    let steps = try hypo.notebook.split(separator: "\n\n").map { step in
      let lines = step.split(separator: "\n").filter { !$0.hasPrefix("|") }
      return lines.joined(separator: "\n").replacing(/>= \d+%/, with: "N")
    }
    func expected(_ query: String) -> String {
      "\nexpect plan @\(query) uses index %1\nexpect cost @\(query) drops N"
    }
    #expect(
      Array(steps.dropFirst()) == [
        "query a = select * from orders where customer_id = 5;", "hypo add orders(customer_id)",
        "diff @a" + expected("a") + "\nexpect no regression",
        "query b = select * from orders where customer_id = 7;", "diff" + expected("b"),
        "diff all" + expected("a") + expected("b") + "\nexpect no regression", "hypo reset",
        "hypo add orders(total)", "diff select * from orders where id = 5;", "connect \(name)",
        "hypo add only_here(a)", "diff select * from only_here where a = 1;",
      ])
    try replaysGreen()
    withExtendedLifetime(other) {}
  }

  @Test func `nothing is expected of what was shown before the recording`() throws {
    let (other, name) = try otherDatabase("only_here")
    try database.script(
      "create table early as select g as a, g as b from generate_series(1, 9999) g; analyze early")
    let terminal = try shell("--yes")
    for line in [
      "hypo add early(a)", "query z = select * from early where a = 5;", "diff @z", "connect \(name)",
      "record x.hypo", "diff @z", "explain select * from only_here where a = 1;", "hypo add only_here(a)",
      "diff select * from only_here where a = 1;", "record off",
    ] { try terminal.enter(line) }
    try terminal.type("quit\r")
    #expect(try terminal.waitForExit() == .code(0))
    let text = try hypo.notebook
    #expect(!text.contains("expect") && !text.contains("@z"), "\(text)")
    #expect(text.contains("\ndiff select * from only_here where a = 1;\n"), "\(text)")
    try replaysGreen()
    withExtendedLifetime(other) {}
  }

  /// The program where libpq's defaults lead to no server, and the way to the database by its parts.
  private func withoutDefaults() throws -> (HypoProcess, parts: [String: String]) {
    (try HypoProcess(), database.parameters.filter { ["host", "port", "user", "dbname"].contains($0.key) })
  }

  private static func conninfo(_ parts: [String: String]) throws -> String {
    try ["host", "port", "user", "dbname"].map { "\($0)=\(try #require(parts[$0]))" }.joined(separator: " ")
  }

  @Test(arguments: ["argument", "connect", "URI", "before"])
  func `a server that was typed by its host is written into its recording, without a password`(
    way: String
  ) throws {
    let (hypo, parts) = try withoutDefaults()
    let conninfo = try Self.conninfo(parts)
    let typed = "\(conninfo) sslmode=prefer password=hunter2"
    let arguments =
      switch way {
      case "argument": [typed, "-c", "record x.hypo"]
      case "connect": ["-c", "connect \(typed)", "-c", "record x.hypo"]
      case "URI":
        [
          "postgresql:///?password=hunter2&sslmode=prefer&"
            + conninfo.replacing(" ", with: "&").replacing("/", with: "%2F"), "-c", "record x.hypo",
        ]
      default: ["-c", "record x.hypo", "-c", "connect \(typed)"]
      }
    let run = try hypo.run(
      arguments + ["-c", "explain select * from orders where id = 1;", "-c", "record off"])
    #expect(run.status == 0, "\(run)")
    let text = try hypo.notebook
    #expect(!text.contains("hunter2"), "\(text)")
    if way == "before" {
      #expect(
        text.contains(
          "\n\n# (a command with a password was left out)\n\nconnect '\(conninfo) sslmode=prefer'\n| ...\n\nexplain"
        ), "\(text)")
    } else {
      #expect(text.contains("\n#: connect \(conninfo) sslmode=prefer\n#: requires"), "\(text)")
    }
    let replay = try hypo.replayAgain(["--strict"])
    #expect(replay.status == 0, "\(replay)\n\(text)")
  }

  @Test func `where no header can name the server, the first step connects, but for a secret`() throws {
    let conninfo = try Self.conninfo(try withoutDefaults().parts)
    func recording(_ options: String, by hypo: HypoProcess) throws -> String {
      let run = try hypo.run([
        "\(conninfo) \(options)", "-c", "record x.hypo", "-c",
        "explain select * from orders where id = 1;", "-c", "record off",
      ])
      #expect(run.status == 0, "\(run)")
      return try hypo.notebook
    }
    let hypo = try withoutDefaults().0
    let text = try recording("sslcrl='a\nb'", by: hypo)
    #expect(
      text.contains("\n\nconnect '\(conninfo) sslcrl=''a\nb'''\n| ...\n\nexplain"), "\(text)")
    let replay = try hypo.replayAgain(["--strict"])
    #expect(replay.status == 0, "\(replay)\n\(text)")
    let secret = try recording("sslcrl='password=hunter2'", by: try withoutDefaults().0)
    #expect(!secret.contains("hunter2") && !secret.contains("#: connect") && !secret.contains("#: requires"))
    #expect(secret.contains("\n\n# (a command with a password was left out)\n\nexplain"), "\(secret)")
  }

  @Test func `of the options only settings that hold no secret are written down`() throws {
    let (hypo, parts) = try withoutDefaults()
    let conninfo = try Self.conninfo(parts)
    let run = try hypo.run([
      "\(conninfo) options='-c\ngeqo=off -c app.api_token=hunter2'", "-c", "record x.hypo", "-c",
      "explain select * from orders where id = 1;", "-c", "record off",
    ])
    #expect(run.status == 0, "\(run)")
    let text = try hypo.notebook
    #expect(!text.contains("hunter2"), "\(text)")
    #expect(text.contains("\n#: connect \(conninfo) options='-c geqo=off'\n#: requires"), "\(text)")
    #expect(
      text.contains("\n\n# (settings of the connection's options that may be secrets were left out)\n"),
      "\(text)")
  }

  @Test func `a script whose header names a server by its host runs in a session that is there`() throws {
    let (hypo, parts) = try withoutDefaults()
    let conninfo = try Self.conninfo(parts)
    try hypo.folder.write(
      "#: hypo 1\n#: connect \(conninfo) sslmode=prefer\nselect 1 as one;\n", to: "in.hypo")
    let there = try hypo.run([conninfo, "-c", "run in.hypo"])
    #expect(there.status == 0, "\(there)")
    var elsewhere = parts
    elsewhere["dbname"] = "postgres"
    let refused = try hypo.run([try Self.conninfo(elsewhere), "-c", "run in.hypo"])
    #expect(
      refused.errors.contains(
        "in.hypo is for \(conninfo) sslmode=prefer, and this session is connected elsewhere\n"), "\(refused)")
    #expect(refused.status == 6)
  }

  @Test func `a design that compares with what looks like a file is made again by its statement`() throws {
    try run(
      "hypo add create index on orders (status) where note > 'x.csv';", "record x.hypo", "hypo list",
      "record off")
    let text = try hypo.notebook
    #expect(text.contains("\nhypo add %1 = CREATE INDEX ON public.orders "), "\(text)")
    try replaysGreen()
  }
}
