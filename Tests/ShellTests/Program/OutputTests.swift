import Glibc
import Programs
import Postgres
import TestSupport
import Testing

/// Where results go: files, pagers, pipes that close early, rows without end.
@Suite struct OutputTests {
  // MARK: Files

  @Test func `a result is written to a file and said so`() throws {
    let hypo = try Shop.hypo()
    #expect(
      try hypo.run(commands: "select 1 as a, 'x,y' as b; > one.csv", "set format > ~/two.json")
        == .init(errors: "wrote one.csv\nwrote ~/two.json\n"))
    #expect(try hypo.folder.read("one.csv") == "a,b\n1,\"x,y\"\n")
    #expect(try hypo.folder.read("two.json") == "{\"kind\":\"set\",\"setting\":{\"format\":\"aligned\"}}\n")
  }

  @Test func `a file in the home folder is run`() throws {
    let hypo = try Shop.hypo()
    try hypo.folder.write("set format\n", to: "x.hypo")
    for command in ["run ~/x.hypo", "\\i ~/x.hypo"] {
      #expect(try hypo.run(commands: command) == .init(output: "format  aligned\n"))
    }
    #expect(
      try hypo.run(commands: "run ~/none.hypo").errors.hasPrefix(
        "error: could not read \"\(hypo.folder.path)/none.hypo\": there is no such file or folder\n"))
  }

  @Test func `what psql describes goes into a text file, and into no other`() throws {
    let hypo = try Shop.hypo()
    let shown = try hypo.run(commands: "\\d products")
    #expect(try hypo.run(commands: "\\d products > p.txt") == .init(errors: "wrote p.txt\n"))
    #expect(try hypo.folder.read("p.txt") == shown.output)
    #expect(
      try hypo.run(commands: "\\d products > p.csv")
        == .init(
          errors: """
            error: psql describes in words, and a .csv file has no place for them
            hint: this result has the form .txt

            """, status: 3))
    #expect(
      try hypo.run(commands: "\\d none > none.txt")
        == .init(errors: "error: psql: Did not find any relation named \"none\"\n", status: 3))
    let files = try Program("/bin/ls", ["-A", hypo.folder.path]).run().standardOutput
    #expect(files == "p.txt\n")
    // Operators may be named so.
    #expect(try hypo.run(commands: "\\do >").output.contains("greater than"))
  }

  @Test func `hypo's own backslash commands write files as the others do`() throws {
    let hypo = try Shop.hypo()
    #expect(
      try hypo.run(commands: "select 1 as a; > a.txt", "\\g > b.csv")
        == .init(errors: "wrote a.txt\nwrote b.csv\n"))
    #expect(try hypo.folder.read("b.csv") == "a\n1\n")
  }

  @Test func `a script's results go into one file`() throws {
    let hypo = try Shop.hypo()
    try hypo.folder.write("set format\nselect 1 as one;\n", to: "x.hypo")
    #expect(try hypo.run(commands: "run x.hypo > x.txt") == .init(errors: "wrote x.txt\n"))
    #expect(try hypo.folder.read("x.txt") == "format  aligned\n" + CommandLineTests.one)
  }

  @Test(arguments: [
    ("old.csv", "it exists already", ">! old.csv replaces it"),
    ("dir.csv", "it is a folder", "name a file in it"),
    ("none/x.csv", "there is no folder \"FOLDER/none\"", "make the folder first, or name another one"),
  ])
  func `a file that cannot be written is told before anything runs`(name: String, why: String, hint: String)
    throws
  {
    let hypo = try Shop.hypo()
    try hypo.folder.write("old\n", to: "old.csv")
    mkdir("\(hypo.folder.path)/dir.csv", 0o755)
    let errors = "error: could not write \"\(name)\": \(why)\nhint: \(hint)\n"
    #expect(
      try hypo.run(commands: "select 1 / 0; > \(name)")
        == .init(errors: errors.replacing("FOLDER", with: hypo.folder.path), status: 3))
    #expect(try hypo.folder.read("old.csv") == "old\n")
  }

  @Test func `a file is replaced when that is asked for, and not by a command that fails`() throws {
    let hypo = try Shop.hypo()
    try hypo.folder.write("old\n", to: "old.csv")
    let failed = try hypo.run(commands: "select 1 / (1500 - i) from generate_series(1, 2000) i; >! old.csv")
    #expect(failed == .init(errors: "error: division by zero (22012)\n", status: 3))
    #expect(try hypo.folder.read("old.csv") == "old\n")
    #expect(try hypo.run(commands: "select 1 as a; >! old.csv") == .init(errors: "wrote old.csv\n"))
    #expect(try hypo.folder.read("old.csv") == "a\n1\n")
    let files = try Program("/bin/ls", ["-A", hypo.folder.path]).run().standardOutput
    #expect(files == "old.csv\n")
  }

  @Test func `a form that the result has no shape for is told`() throws {
    let hypo = try Shop.hypo()
    #expect(
      try hypo.run(commands: "status > x.svg")
        == .init(
          errors: """
            error: the result has no plan, and a .svg file is the picture of one
            hint: this result has the forms .txt .md .html .json .csv

            """, status: 3))
  }

  // MARK: Rows without end

  @Test func `a reader that leaves early ends a long SELECT`() throws {
    let hypo = try Shop.hypo()
    let sql = "select generate_series(1, 200000000) as i, repeat('x', 100);"
    for format in ["aligned", "expanded", "json", "csv", "markdown"] {
      let output = try Program(
        "/bin/sh",
        ["-c", "\"$0\" --format \"$2\" -c \"$1\" | head -c 9", BuiltProducts.path(of: "hypo"), sql, format],
        environment: hypo.environment
      ).output(timeout: Patience.limit)
      #expect(output.status == .exited(0) && output.standardError == "" && output.standardOutput.count == 9)
    }
  }

  @Test func `later rows keep the columns of the first`() throws {
    let run = try Shop.hypo().run(
      commands: "select repeat('x', i / 1000) as a, i as b from generate_series(1, 3000) i;")
    let lines = run.output.split(separator: "\n")
    #expect(lines.count == 3_003 && run.errors == "" && run.status == 0)
    #expect(lines[0] == "a |    b" && lines[1] == "--+-----" && lines[3_001] == "xxx | 3000")
    #expect(lines[3_002] == "(3000 rows)")
  }

  @Test func `Ctrl-C stops a SELECT whose rows are being written`() throws {
    let hypo = try Shop.hypo()
    let path = "\(hypo.folder.path)/rows.txt"
    let terminal = try hypo.onTerminal(width: 200)
    try terminal.waitForPrompt()
    try terminal.enter("set pager off")
    // Slowly, so that the screen of the test keeps pace.
    try terminal.type("select generate_series(1, 200000000) as i, pg_sleep(0.0002);\r")
    try terminal.waitForScreen("1000 |")
    try terminal.type("\u{3}")
    try terminal.waitForPrompt()
    #expect(
      terminal.screen.text.contains("error: canceled while its rows were read (57014)")
        || terminal.screen.text.contains("error: canceling statement due to user request (57014)"))
    try terminal.enter("select 1 as one; > \(path)")
    #expect(terminal.screen.text.contains("wrote \(path)"))
  }

  @Test(arguments: [
    ("csv", "a", #"\u009Bb\x1B[31mc"#), ("markdown", "| a", #"\u009Bb\x1B\[31mc"#),
    ("json", #"{"kind":"#, #"\u009bb\u001b[31mc"#),
  ])
  func `what a server sends does not command the terminal in any format`(
    format: String, begin: String, value: String
  ) throws {
    let hypo = try Shop.hypo()
    let sql = #"select E'a\u009bb\u001b[31mc' as a;"#
    let terminal = try hypo.onTerminal(["--format", format, "-c", sql])
    _ = try terminal.waitForExit()
    let sent = String(decoding: terminal.output, as: UTF8.self)
    #expect(sent.contains(begin) && sent.contains(value), "\(sent.debugDescription)")
    #expect(!sent.unicodeScalars.contains { $0 == "\u{1B}" || $0 == "\u{9B}" }, "\(sent.debugDescription)")
    let exact = try hypo.run(["--format", format, "-c", sql]).output.unicodeScalars
    #expect(exact.contains("\u{1B}") == (format != "json"))
  }

  // MARK: Pagers

  /// A pager that keeps what it is given and says so.
  private func pager(_ hypo: inout HypoProcess, _ script: String) throws -> String {
    let path = try hypo.folder.writeProgram(script, to: "my pager")
    hypo.environment["PAGER"] = "'\(path)' one \"two three\""
    return path
  }

  @Test func `a result longer than the screen goes through the pager, a short one does not`() throws {
    var hypo = try Shop.hypo()
    _ = try pager(&hypo, "echo \"$# $2 $LESS\" > \"$HOME/arguments\"; cat > \"$HOME/input\"; echo paged")
    let terminal = try hypo.onTerminal(height: 12)
    try terminal.waitForPrompt()
    try terminal.enter("select i from generate_series(1, 5) i;")
    #expect(!terminal.screen.text.contains("paged"))
    try terminal.enter("select i from generate_series(1, 20) i;")
    #expect(terminal.screen.text.contains("paged"))
    #expect(try hypo.folder.read("arguments") == "2 two three -SRFX\n")
    let input = try hypo.folder.read("input").replacing(/\u{1B}\[[0-9;]*m/, with: "")
    #expect(
      input == " i\n--\n" + (1...20).map { ($0 < 10 ? " " : "") + "\($0)\n" }.joined() + "\n(20 rows)\n")
  }

  @Test func `whoever leaves the pager early is back at the prompt`() throws {
    var hypo = try Shop.hypo()
    _ = try pager(&hypo, "head -n 1 > /dev/null; echo left")
    let terminal = try hypo.onTerminal(width: 100, height: 12)
    try terminal.waitForPrompt()
    try terminal.enter("begin;")
    try terminal.enter("select generate_series(1, 20000) as i, repeat('x', 50) as x;")
    #expect(terminal.screen.text.contains("left") && !terminal.screen.text.contains("error"))
    try terminal.enter("select 41 + 1;")
    #expect(terminal.screen.text.contains("42"), "\(terminal.screen.text)")
  }

  @Test func `while the pager is open the server has nothing left to do`() throws {
    let database = try TestCluster.shared.database(.empty)
    var hypo = try HypoProcess(database)
    _ = try pager(
      &hypo, "cat > /dev/null; echo open; read word < \"$HOME/go\"")
    let pipe = "\(hypo.folder.path)/go"
    #expect(mkfifo(pipe, 0o600) == 0)
    let terminal = try hypo.onTerminal(height: 12)
    try terminal.waitForPrompt()
    try terminal.type("select generate_series(1, 5000) as i;\r")
    try terminal.waitForScreen("open")
    // The connection that read names for completion ends in its own time.
    try Patience.wait(for: "an idle session without a snapshot, and nothing else") {
      try database.execute(
        """
        SELECT DISTINCT state, backend_xmin IS NULL FROM pg_stat_activity \
        WHERE application_name LIKE 'hypo%' AND datname = current_database()
        """
      ).rows == [["idle", "t"]]
    }
    let end = open(pipe, O_WRONLY)
    #expect(write(end, "\n", 1) == 1)
    close(end)
    try terminal.waitForPrompt()
    #expect(terminal.screen.text.hasSuffix("hypo \(database.name)>"))
  }

  @Test func `a pager that is missing is told and the result shown`() throws {
    var hypo = try Shop.hypo()
    hypo.environment["PAGER"] = "nopager -x"
    let terminal = try hypo.onTerminal(width: 120, height: 12)
    try terminal.waitForPrompt()
    try terminal.type("select i from generate_series(1, 20) i;\r")
    try terminal.waitForPrompt()
    #expect(terminal.screen.text.contains("(20 rows)"), "\(terminal.screen.text)")
    #expect(
      String(decoding: terminal.output, as: UTF8.self).contains("could not find the program \"nopager\""))
  }

  @Test func `no pager in a script, and none when it is off`() throws {
    var hypo = try Shop.hypo()
    hypo.environment["PAGER"] = "nopager"
    #expect(try hypo.run(commands: "select i from generate_series(1, 200) i;").errors == "")
    let terminal = try hypo.onTerminal(height: 12)
    try terminal.waitForPrompt()
    try terminal.enter("set pager off")
    try terminal.enter("select i from generate_series(1, 20) i;")
    #expect(!String(decoding: terminal.output, as: UTF8.self).contains("nopager"))
  }

  // MARK: Timing

  @Test func `the time of a command has the server's part and hypo's`() throws {
    let run = try Shop.hypo().run(commands: "set timing on", "select pg_sleep(0.1);", "set timing")
    let lines = run.errors.split(separator: "\n")
    #expect(lines.count == 3)
    #expect(try /time: [0-9.]+ ms/.wholeMatch(in: lines[0]) != nil)
    let times = try /time: [0-9.]+ m?s \(server ([0-9.]+) (m?s), hypo [0-9.]+ m?s\)/.wholeMatch(in: lines[1])
    let server = try #require(times, "\(run.errors)")
    #expect(try #require(Double(server.1)) * (server.2 == "s" ? 1_000 : 1) >= 100)
  }
}
