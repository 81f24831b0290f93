import Postgres
import Programs
import TestSupport
import Testing

/// The built program with its flags, as a script calls it.
@Suite struct CommandLineTests {
  static let one = "one\n---\n  1\n\n(1 row)\n"
  static let two = "two\n---\n  2\n\n(1 row)\n"
  static let noQuery = """
    error: there is no query @9
      explain @9
              ^
    hint: top gives numbers to queries, query NAME = SQL; gives a name

    """

  @Test func `a command is run and its result shown`() throws {
    #expect(try Shop.hypo().run(commands: "select 1 as one;") == .init(output: Self.one))
  }

  @Test func `several commands run in order in one session`() throws {
    #expect(
      try Shop.hypo().run(commands: "query q = select 1;", "select 2 as two", "query")
        == .init(
          output: """
            @q          select 1
            parameters  0

            """ + Self.two + """
              query | text
              ------+---------
              @q    | select 1

              """))
  }

  @Test func `a relative XDG_STATE_HOME is passed over, and that is told`() throws {
    var hypo = try Shop.hypo()
    hypo.environment["XDG_STATE_HOME"] = "state"
    #expect(
      try hypo.run(commands: "set format")
        == .init(
          output: "format  aligned\n",
          errors: """
            warning: XDG_STATE_HOME is "state", which is no absolute path: hypo keeps its records in \
            "\(hypo.folder.path)/.local/state/hypo"

            """))
  }

  @Test func `the first failure ends several commands`() throws {
    #expect(
      try Shop.hypo().run(commands: "select 1 as one;", "explain @9", "select 2 as two;")
        == .init(output: Self.one, errors: Self.noQuery, status: 3))
  }

  @Test func `a script that fails in the middle says where and runs nothing behind it`() throws {
    let hypo = try Shop.hypo()
    try hypo.folder.write("# prose\nselect 1\n  as one;\n\nexplain @9\nselect 2 as two;\n", to: "x.hypo")
    let errors = "x.hypo:5: " + Self.noQuery
    #expect(try hypo.run(["-f", "x.hypo"]) == .init(output: Self.one, errors: errors, status: 3))
    #expect(
      try hypo.run(commands: "run x.hypo;", "select 2 as two;")
        == .init(
          output: Self.one, errors: errors.replacing("x.hypo:5: error: ", with: "error: x.hypo:5: "),
          status: 3))
  }

  @Test func `a script that cannot be read to its end runs nothing`() throws {
    let hypo = try Shop.hypo()
    try hypo.folder.write("select 1 as one;\nselect 'abc\nfrom orders;\n", to: "open.hypo")
    #expect(
      try hypo.run(["-f", "open.hypo"])
        == .init(
          errors: "open.hypo:2: error: ' is not closed before the end of the file\n"
            + "hint: close it; nothing was run\n", status: 3))
  }

  @Test func `what on-fail warn passes over is shown where it happens, counted, and fails a strict run`()
    throws
  {
    let hypo = try Shop.hypo()
    let script = "on-fail warn\nselect nope;\ndrop table orders;\nexpect 2 < 1\nselect 2 as two;\n"
    try hypo.folder.write(script, to: "x.hypo")
    let errors = """
      x.hypo:2: error: column "nope" does not exist (42703)
        select nope;
               ^
      x.hypo:3: error: DROP is not sent from the analysis session
        drop table orders;
        ^
      detail: Raw SQL is for looking: SELECT, WITH, VALUES, TABLE, SHOW, SET and RESET of planner and display settings, and transaction words.
      hint: use "promote" to make an index, and psql for everything else
      x.hypo:4: error: expectation failed: 2 < 1
      detail: 2 and 1
      warning: x.hypo: 3 commands failed, and on-fail warn went on

      """
    let output = "two\n---\n  2\n\n(1 row)\n"
    #expect(try hypo.run(["-f", "x.hypo"]) == .init(output: output, errors: errors))
    let piped = try hypo.run([], input: script)
    #expect(piped == .init(output: output, errors: errors.replacing("x.hypo", with: "standard input")))
    #expect(
      try hypo.run(["--strict", "-f", "x.hypo"])
        == .init(
          output: output,
          errors: errors + "error: x.hypo passed over failures, and with --strict they count\n", status: 3))
    let nested = try hypo.run(["--strict", "-c", "run x.hypo"])
    #expect(
      nested
        == .init(
          output: output,
          errors: errors + "error: x.hypo passed over failures, and with --strict they count\n", status: 3))
  }

  @Test func `with --strict the status is that of the first failure, also when a later one ends the run`()
    throws
  {
    let hypo = try Shop.hypo()
    try hypo.folder.write("on-fail warn\nexpect 2 < 1\non-fail stop\nselect nope;\n", to: "x.hypo")
    try hypo.folder.write("on-fail warn\nrun x.hypo\nselect nope;\n", to: "outer.hypo")
    for (arguments, lenient, strict) in [
      (["-f", "x.hypo"], 3, 4), (["-c", "run x.hypo"], 3, 4), (["-f", "outer.hypo"], 0, 4),
    ] as [([String], Int32, Int32)] {
      #expect(try hypo.run(arguments).status == lenient, "\(arguments)")
      #expect(try hypo.run(["--strict"] + arguments).status == strict, "\(arguments)")
    }
    #expect(try hypo.run(["replay", "x.hypo"]).status == 3)
    #expect(try hypo.run(["replay", "x.hypo", "--strict"]).status == 4)
  }

  @Test func `a script of several plans shows the command of each`() throws {
    let hypo = try Shop.hypo()
    let script = """
      query q = select * from products
        where id = 3;
      explain @q
      explain select *
        from products where id = 4;
      diff select 1; > never.md
      explain @q > q.json

      """
    let run = try hypo.run([], input: "on-fail warn\n" + script)
    let lines = run.output.split(separator: "\n").map(String.init)
    #expect(
      lines.filter { $0.hasPrefix("explain") } == [
        "explain @q", "explain select * from products where id = 4;",
      ])
    try hypo.folder.write(script.replacing("diff", with: "explain"), to: "x.hypo")
    #expect(
      try hypo.run(["-c", "run x.hypo"]).output.contains("\nexplain select * from products where id = 4;\n"))
    // One plan is that of what was typed, and programs get the statement in the result.
    #expect(try !hypo.run([], input: "explain select * from products;\n").output.contains("explain"))
    let documents = try hypo.run(["--format", "json"], input: "explain select 1;\nexplain select 2;\n").output
    #expect(
      !documents.contains("explain s") && documents.contains(#""statement":"select 2""#), "\(documents)")
  }

  @Test func `a line that is no command does not stop the others under on-fail warn`() throws {
    let hypo = try Shop.hypo()
    let script = "on-fail warn\nsttus\nexplain selec 1;\nselect :none;\nlet x =\nselect 2 as two;\n"
    let run = try hypo.run([], input: script)
    #expect(run.status == 0)
    #expect(run.output == "two\n---\n  2\n\n(1 row)\n", "\(run)")
    for line in 2...5 { #expect(run.errors.contains("standard input:\(line): error: "), "\(run.errors)") }
    #expect(!run.errors.contains("nothing was run"))
    #expect(
      run.errors.hasSuffix("warning: standard input: 4 commands failed, and on-fail warn went on\n"),
      "\(run.errors)")
    #expect(try hypo.run(["--strict"], input: script).status == 3)
    // Without it, and where lines cannot be told apart, nothing runs.
    for script in ["select 1;\nsttus\n", "on-fail warn\nselect 1;\nselect 'a\n"] {
      let run = try hypo.run([], input: script)
      #expect(run.status == 3 && run.output == "" && run.errors.contains("nothing was run"), "\(run)")
    }
  }

  @Test func `several scripts run in order and the first failure ends them`() throws {
    let hypo = try Shop.hypo()
    try hypo.folder.write("\u{FEFF}select 1 as one;\r\n", to: "one.hypo")
    try hypo.folder.write("explain @9", to: "wrong.hypo")
    #expect(
      try hypo.run(["-f", "one.hypo", "-f", "wrong.hypo", "-f", "one.hypo"])
        == .init(output: Self.one, errors: "wrong.hypo:1: " + Self.noQuery, status: 3))
  }

  @Test(arguments: [[], ["-f", "-"]])
  func `commands come from a pipe too`(arguments: [String]) throws {
    let input = "select 1 as one;\n| recorded\nexplain @9\nselect 2 as two;\n"
    #expect(
      try Shop.hypo().run(arguments, input: input)
        == .init(output: Self.one, errors: "standard input:3: " + Self.noQuery, status: 3))
  }

  @Test func `an empty pipe is no failure`() throws {
    #expect(try Shop.hypo().run([]) == .init())
    #expect(try Shop.hypo().run([], input: "# only prose\n") == .init())
  }

  @Test func `a script that would run itself is told`() throws {
    let hypo = try Shop.hypo()
    try hypo.folder.write("select 1 as one;\nrun b.hypo", to: "a.hypo")
    try hypo.folder.write("\nrun ./a.hypo;", to: "b.hypo")
    #expect(
      try hypo.run(commands: "run a.hypo")
        == .init(
          output: Self.one,
          errors: """
            error: a.hypo:2: b.hypo:2: "./a.hypo" is running already
            hint: a file must not run itself

            """, status: 3))
  }

  @Test func `a reader that leaves early ends the program quietly`() throws {
    let hypo = try Shop.hypo()
    let output = try Program(
      "/bin/sh",
      ["-c", "\"$0\" -c 'select repeat(chr(120), 200000);' | head -n 1", BuiltProducts.path(of: "hypo")],
      environment: hypo.environment
    ).output(timeout: Patience.limit)
    #expect(
      output
        == ProgramOutput(status: .exited(0), standardOutput: "repeat\n", standardError: ""))
  }

  @Test func `a lost backend is replaced and told in one line`() throws {
    let run = try Shop.hypo().run(
      [],
      input: """
        hypo add orders(customer_id)
        set work_mem = '99kB';
        select pg_terminate_backend(pg_backend_pid());
        expect error 57P01
        show work_mem;
        hypo list
        """)
    #expect(run.status == 0)
    #expect(
      run.output == """
        design          %1
        definition      public.orders(customer_id)
        state           hypothetical
        estimated size  \(TestServer.estimate("504 kB", "448 kB"))  HypoPG's estimate
        SET
        ok  error 57P01  (the connection to the server was lost: terminating connection due to administrator command)
        work_mem
        --------
        99kB

        (1 row)
        design | state        | estimated size | name | definition
        -------+--------------+----------------+------+---------------------------
        %1     | hypothetical |         \(TestServer.estimate("504 kB", "448 kB")) | –    | public.orders(customer_id)

        """)
    let notice = run.errors.replacing(/backend [0-9]+/, with: "backend N")
    #expect(
      notice
        == "notice: the backend was lost; connected again (backend N); made again: %1; set again: work_mem\n")
  }

  @Test func `quit ends a script quietly`() throws {
    #expect(
      try Shop.hypo().run([], input: "select 1 as one;\nquit\nselect 2;\n") == .init(output: Self.one))
  }

  @Test func `a failure that is expected is none`() throws {
    #expect(
      try Shop.hypo().run([], input: "select * from nowhere;\nexpect error 42P01\nselect 1 as one;")
        == .init(output: "ok  error 42P01  (relation \"nowhere\" does not exist)\n" + Self.one))
  }

  @Test(arguments: [
    (
      "nofile", "could not read \"nofile\": there is no such file or folder",
      "the path counts from the folder in which hypo was started"
    ),
    (".", "could not read \".\": it is a folder", "name a file in it"),
  ])
  func `a file that cannot be read is told`(name: String, message: String, hint: String) throws {
    let hypo = try Shop.hypo()
    let failure = HypoProcess.Run(errors: "error: \(message)\nhint: \(hint)\n", status: 3)
    #expect(try hypo.run(["-f", name]) == failure)
    #expect(try hypo.run(commands: "run \(name)") == failure)
    #expect(try hypo.run(["replay", name]) == failure)
  }

  @Test func `a file that is no text is told with its line, and nothing of it runs`() throws {
    let hypo = try Shop.hypo()
    try hypo.folder.write("status\n\u{0}", to: "zero.hypo")
    let hint = "hint: this is no text file; nothing was run\n"
    let failure = HypoProcess.Run(errors: "zero.hypo:2: error: a NUL byte\n" + hint, status: 3)
    #expect(try hypo.run(["-f", "zero.hypo"]) == failure)
    #expect(try hypo.run(["replay", "zero.hypo"]) == failure)
    #expect(
      try hypo.run(commands: "run zero.hypo")
        == .init(errors: "error: zero.hypo:2: a NUL byte\n" + hint, status: 3))
  }

  @Test func `JSON is one object a result and failures stay words`() throws {
    #expect(
      try Shop.hypo().run(
        ["--format", "json", "-c", "select 1 as a, null as b, 1.50 as c, 'x\"y' as d;", "-c", "hypo list"]
          + ["-c", "explain select 1;", "-c", "explain @9"])
        == .init(
          output: #"""
            {"kind":"sql","rows":[{"a":1,"b":null,"c":1.50,"d":"x\"y"}],"notes":[{"weight":"information","text":"(1 row)"}]}
            {"kind":"hypo list","designs":[]}
            {"kind":"explain","statement":"select 1","plan":{"node":"Result","title":"Result","startup_cost":0,"total_cost":0.01,"rows":1,"width":4},"notes":[{"weight":"information","text":"the statement, estimated; not executed"}]}

            """#, errors: Self.noQuery, status: 3))
  }

  // MARK: Exit statuses

  @Test func `an expectation that does not hold is status 4`() throws {
    #expect(
      try Shop.hypo().run(commands: "expect role standby", "select 1;")
        == .init(errors: "error: expectation failed: role standby\ndetail: primary\n", status: 4))
  }

  @Test func `what hypo refuses is status 6`() throws {
    #expect(
      try Shop.hypo().run(commands: "delete from orders;")
        == .init(
          errors: """
            error: DELETE is not sent from the analysis session
              delete from orders;
              ^
            detail: Raw SQL is for looking: SELECT, WITH, VALUES, TABLE, SHOW, SET and RESET of planner and display \
            settings, and transaction words.
            hint: use "promote" to make an index, and psql for everything else

            """, status: 6))
  }

  @Test(arguments: [["-c", "select pg_sleep(30);"], ["-f", "sleep.hypo"]])
  func `an interrupt cancels what runs at once with status 130`(arguments: [String]) throws {
    let database = try TestCluster.shared.database(.extensions)
    let hypo = try HypoProcess(database)
    try hypo.folder.write("select pg_sleep(30);\nselect 1;\n", to: "sleep.hypo")
    let path = "\(hypo.folder.path)/sleep.hypo"
    let terminal = try hypo.onTerminal(arguments.map { $0 == "sleep.hypo" ? path : $0 }, width: 200)
    try database.waitForSleep()
    terminal.signal(2)
    #expect(try terminal.waitForExit() == .code(130))
    let place = arguments[0] == "-f" ? "\(path):1: " : ""
    #expect(
      terminal.screen.text == "\(place)error: canceling statement due to user request (57014)")
  }

  @Test func `an interrupt while standard input is awaited is status 130`() throws {
    let database = try TestCluster.shared.database(.empty)
    let terminal = try HypoProcess().onTerminal(["-f", "-", database.conninfo])
    // The target is connected to before the script is read.
    try database.wait(for: "pid <> pg_backend_pid()")
    terminal.signal(2)
    #expect(try terminal.waitForExit() == .code(130))
  }

  // MARK: Flags

  @Test func `the version is one line`() throws {
    #expect(try HypoProcess().run(["--version"]) == .init(output: "hypo 0.1.0\n"))
  }

  @Test(arguments: [["--help"], ["-h"], ["help"]])
  func `help says how hypo is called`(arguments: [String]) throws {
    let run = try HypoProcess().run(arguments)
    #expect(run.status == 0 && run.errors == "")
    for part in [
      "USAGE: hypo [TARGET]\n", "hypo -c COMMAND", "hypo replay FILE [TARGET]\n",
      "hypo evidence check FILE [FILE …]\n",
      "hypo shell --help lists every flag",
      "Exit status: 0 done",
    ] { #expect(run.output.contains(part), "\(part)") }
  }

  @Test func `help of the shell lists every flag`() throws {
    let run = try HypoProcess().run(["shell", "--help"])
    #expect(run.status == 0 && run.errors == "")
    for flag in ["--format", "--color", "--yes", "--no-rc", "-c <COMMAND>", "-f <FILE>", "<TARGET>"] {
      #expect(run.output.contains(flag), "\(flag)")
    }
  }

  @Test(arguments: [
    (["--frmat", "json"], "Unknown option '--frmat'. Did you mean '--format'?"),
    (["-c", "status", "-f", "x.hypo"], "-c and -f cannot be given together"),
    (["-c"], "Missing value for '-c <COMMAND>'"),
    (["one", "two"], "Unexpected argument 'two'"),
    (["top", "5"], "'top 5' is a command of the shell: hypo -c 'top 5'"),
    (
      ["hypo", "add", "orders(id)"],
      "'hypo add orders(id)' is a command of the shell: hypo -c 'hypo add orders(id)'"
    ),
  ])
  func `wrong flags are told with the usage`(arguments: [String], message: String) throws {
    let run = try HypoProcess().run(arguments)
    #expect(run.status == 1 && run.output == "")
    #expect(
      run.errors.hasPrefix("Error: \(message)\n") && run.errors.contains("Usage: hypo [FLAGS] [-c COMMAND"),
      "\(run.errors)")
  }

  @Test(arguments: [
    (["--format", "xml"], "--format is one of: aligned, expanded, json, csv, markdown, html"),
    (["--color", "blue", "replay", "x.hypo"], "--color is auto, always or never"),
  ])
  func `a wrong value of a flag of every form is told with all forms`(arguments: [String], message: String)
    throws
  {
    let run = try HypoProcess().run(arguments)
    #expect(run.status == 1 && run.output == "")
    #expect(run.errors.hasPrefix("Error: \(message)\nUsage: hypo [TARGET]\n"), "\(run.errors)")
  }

  @Test(arguments: [
    (["sandbox", "nonsense"], "Unexpected argument 'nonsense'"),
    (["sandbox", "work", "now"], "sandbox work takes nothing, or for and a time, as in: for 10s"),
    (["sandbox", "start", "it"], "Unexpected argument 'it'"),
    (["--from", "2", "replay", "x.hypo"], "'replay' comes first, and its own flags after it: hypo replay …"),
  ])
  func `a subcommand takes its own words and flags, and those behind its name`(
    arguments: [String], message: String
  ) throws {
    let run = try HypoProcess().run(arguments)
    #expect(run.status == 1 && run.output == "")
    #expect(run.errors.hasPrefix("Error: \(message)"), "\(run.errors)")
  }

  @Test(arguments: [
    ["--format", "json", "sandbox", "status"], ["sandbox", "--format", "json", "status"],
    ["sandbox", "status", "--format", "json"],
  ])
  func `flags of every form stand before and behind the words`(arguments: [String]) throws {
    let run = try HypoProcess().run(arguments)
    #expect(run.output.hasPrefix("{\"kind\":\"sandbox\",") && run.errors == "" && run.status == 0)
  }

  @Test func `a word behind two dashes is a target, though it is a subcommand's name`() throws {
    let run = try HypoProcess().run(["-c", "status", "--", "replay"])
    #expect(run.errors.hasPrefix("error: could not connect") && run.status == 2, "\(run.errors)")
  }

  @Test func `yes and colours are taken`() throws {
    #expect(
      try Shop.hypo().run(["--yes", "--no-rc", "--color", "always", "-c", "select 1 as one;"]).output
        .contains("\u{1B}["))
    #expect(
      try Shop.hypo().run(["--yes", "--color", "never", "-c", "select 1 as one;"]) == .init(output: Self.one))
  }
}
