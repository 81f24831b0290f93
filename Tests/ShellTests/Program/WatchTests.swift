import Glibc
import TestSupport
import Testing

/// `watch`, on a terminal and in scripts.
@Suite struct WatchTests {
  private static var stamp: Regex<Substring> { /, [A-Z][a-z]{2} [A-Z][a-z]{2} [0-9 ]{2} [0-9:]{8} [0-9]{4}/ }

  @Test func `in a script the results follow one another`() throws {
    let run = try Shop.hypo().run(commands: "watch 0.1 count 2 select 1 as one;", "select 2 as two;")
    let one = "every 0.1 s: select 1 as one;\n\none\n---\n  1\n\n(1 row)\n"
    #expect(run.errors == "" && run.status == 0)
    #expect(run.output.replacing(Self.stamp, with: "") == "\(one)\n\(one)two\n---\n  2\n\n(1 row)\n")
  }

  @Test func `an error ends it`() throws {
    let run = try Shop.hypo().run(commands: "watch 0.1 select 1/0;")
    #expect(run.output.replacing(Self.stamp, with: "") == "every 0.1 s: select 1/0;\n\n")
    #expect(run.errors == "error: division by zero (22012)\n" && run.status == 3)
  }

  @Test func `an interrupt ends it in a script with status 130`() throws {
    let terminal = try Shop.hypo().onTerminal(["-c", "watch 60 show format", "-c", "select 1;"])
    try terminal.waitForScreen("format  aligned")
    terminal.signal(SIGINT)
    #expect(try terminal.waitForExit() == .code(130))
  }

  @Test func `on a terminal the result stands in one place and the last one stays`() throws {
    let hypo = try Shop.hypo()
    let terminal = try hypo.onTerminal(height: 12)
    try terminal.waitForPrompt()
    try terminal.enter("select 'before' as word;")
    let before = terminal.screen.text
    try terminal.type("watch 0.2 show format\r")
    try terminal.waitForScreen("the picture") {
      $0.rows[0].hasPrefix("every 0.2 s: show format, ") && $0.rows[2] == "format  aligned"
    }
    let first = terminal.screen.rows[0]
    try terminal.waitForScreen("the next picture") {
      $0.rows[0].hasPrefix("every 0.2 s: show format, ") && $0.rows[0] != first
        && $0.rows[2] == "format  aligned"
    }
    #expect(Array(terminal.screen.rows[1...3]) == ["", "format  aligned", ""])
    try terminal.type("typed meanwhile\u{3}")
    try terminal.waitForPrompt()
    let prompt = "hypo \(try Shop.database().name)>"
    #expect(terminal.screen.text == before + " watch 0.2 show format\nformat  aligned\n\(prompt)")
    try terminal.type("\\watch 0.3\r")
    try terminal.waitForScreen("the picture") { $0.rows[0].hasPrefix("every 0.3 s: show format, ") }
  }

  @Test func `Ctrl-C stops what the server works at`() throws {
    let database = try TestCluster.shared.database(.extensions)
    let terminal = try HypoProcess(database).onTerminal()
    try terminal.waitForPrompt()
    try terminal.enter("select pg_sleep(0) is null as \"null\";")
    try terminal.type("\\watch i=1 c=9\r")
    try terminal.waitForScreen("the picture") { $0.rows[0].hasPrefix("every 1 s: select pg_sleep(0)") }
    try terminal.type("\u{3}")
    try terminal.waitForPrompt()
    try terminal.type("watch 1 select pg_sleep(30);\r")
    try database.waitForSleep()
    try terminal.type("\u{3}")
    try terminal.waitForPrompt()
    #expect(terminal.screen.text.contains("error: canceling statement due to user request (57014)"))
  }

  @Test func `a result that is higher than the screen is cut`() throws {
    let terminal = try Shop.hypo().onTerminal(height: 8)
    try terminal.waitForPrompt()
    try terminal.type("watch 60 select generate_series(1, 20) as n;\r")
    try terminal.waitForScreen("more lines")
    #expect(
      Array(terminal.screen.rows[1...]) == ["", " n", "--", " 1", " 2", "… more lines", ""],
      "\(terminal.screen.text)")
  }

  @Test func `into a file goes each result once, also from a terminal`() throws {
    let hypo = try Shop.hypo()
    let terminal = try hypo.onTerminal(height: 12)
    try terminal.waitForPrompt()
    try terminal.enter("watch 0.1 count 2 show format > ~/x.txt")
    #expect(!String(decoding: terminal.output, as: UTF8.self).contains("[?1049h"))
    #expect(try hypo.folder.read("x.txt") == "format  aligned\nformat  aligned\n")
    try terminal.type("watch 60 show format > ~/y.txt\r")
    try terminal.waitForScreen("every 60 s")
    try terminal.type("\u{3}")
    try terminal.waitForScreen("wrote ~/y.txt")
    #expect(try hypo.folder.read("y.txt") == "format  aligned\n")
  }

  @Test func `a .csv file is refused before the first round`() throws {
    let run = try Shop.hypo().run(commands: "watch 60 show format > x.csv")
    #expect(
      run
        == .init(
          errors: """
            error: watch gives several tables, and a .csv file holds exactly one
            hint: watch can be written to .txt .md .html .json

            """, status: 3))
  }

  @Test(arguments: [
    ("watch", "watch needs a time in seconds", 5),
    ("watch x top", "the interval must be a number of seconds from 0.1 to 86400", 6),
    ("watch 0 top", "the interval must be a number of seconds from 0.1 to 86400", 6),
    ("watch 5", "watch needs a command", 7),
    ("watch 5 count 0 top", "the number of times must be a whole number above 0", 14),
    ("watch 5 tpo", "unknown command \"tpo\"", 8), ("watch 5 top by cals", "unexpected \"cals\"", 15),
    ("watch 5 promote", "promote cannot be repeated: it does more than look", 8),
    ("watch 5 watch 5 top", "watch cannot be repeated: it does more than look", 8),
    ("watch 5 edit", "edit cannot be repeated: it does more than look", 8),
    ("watch 5 \\x", "\\x cannot be repeated: it does more than look", 8),
    ("watch 5 \\d `x`", "psql would run what is between backticks", 11),
  ])
  func `what cannot be watched is told at its place`(line: String, message: String, column: Int) throws {
    let run = try Shop.hypo().run(commands: line)
    let caret = String(repeating: " ", count: column + 2) + "^"
    #expect(run.errors.hasPrefix("error: \(message)\n  \(line)\n\(caret)\n"), "\(run.errors)")
  }
}
