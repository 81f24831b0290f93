import Glibc
import TestSupport
import Testing

/// Text that stands dim behind the cursor, as a person sees it.
@Suite struct EditingSessionGhostTests {
  let home: TemporaryFolder

  init() throws {
    home = try TemporaryFolder()
    try home.write(
      "show tables\nselect 'größe 表' from orders\nselect 1 from\\n  t\nexplain 👍👍 here\n", to: "history")
  }

  /// The probe knows `hypo add` and otherwise its history.
  func probe(_ arguments: [String] = [], width: Int = 40, environment: [String: String] = [:]) throws
    -> PseudoTerminal
  {
    let terminal = try PseudoTerminal(
      BuiltProducts.path(of: "EditorProbe"), ["--colour", "--history", home.path + "/history"] + arguments,
      environment: environment, width: width, height: 10)
    try terminal.waitForReadiness()
    return terminal
  }

  /// The whole screen, of one row of keys with `ghost` behind the cursor.
  func expect(_ terminal: PseudoTerminal, shows line: String, ghost: String, at column: Int) throws {
    let text = "hypo @probe> \(line)\(ghost)"
    let dim = ghost.isEmpty ? "hypo" : "hypo" + String(repeating: " ", count: column - 4) + ghost
    try terminal.waitForScreen("\(text) with dim \(dim)") {
      $0.text == text && $0.dimText == dim && $0.cursor.column == column
    }
  }

  @Test func `the hint stands dim behind the cursor and shrinks as it is typed`() throws {
    let terminal = try probe()
    try terminal.type("hypo add")
    try expect(terminal, shows: "hypo add", ghost: " TABLE(COLUMN, …)", at: 21)
    try terminal.type(" o")
    try expect(terminal, shows: "hypo add o", ghost: "", at: 23)
  }

  @Test func `the newest entry of the history that begins so stands there without a hint`() throws {
    let terminal = try probe()
    try terminal.type("sh")
    try expect(terminal, shows: "sh", ghost: "ow tables", at: 15)
    try terminal.type("x")
    try expect(terminal, shows: "shx", ghost: "", at: 16)
    try terminal.type("\u{7F}")
    try expect(terminal, shows: "sh", ghost: "ow tables", at: 15)
  }

  @Test(arguments: [
    "\u{1B}[C", "\u{1B}OC", "\u{1B}[F", "\u{1B}OF", "\u{1B}[4~", "\u{1B}[8~", "\u{5}", "\u{6}",
  ])
  func `a key takes all of it`(key: String) throws {
    let terminal = try probe()
    try terminal.type("sh")
    try expect(terminal, shows: "sh", ghost: "ow tables", at: 15)
    try terminal.type(key)
    try expect(terminal, shows: "show tables", ghost: "", at: 24)
    try terminal.type("!\r")
    try terminal.waitForScreen("= line 12 show tables!")
  }

  @Test(arguments: ["\u{1B}[C", "\u{1B}[F", "\u{5}", "\u{1B}f"])
  func `a key takes only the beginning of a hint that can be taken`(key: String) throws {
    let terminal = try probe()
    try terminal.type("top 5 b")
    try expect(terminal, shows: "top 5 b", ghost: "y total|mean", at: 20)
    try terminal.type(key + "!\r")
    try terminal.waitForScreen(key == "\u{1B}f" ? "= line 9 top 5 by!" : "= line 10 top 5 by !")
  }

  @Test(arguments: ["\u{1B}[C", "\u{1B}[F", "\u{5}", "\u{1B}f"])
  func `a key does nothing when a hint is there to be seen only`(key: String) throws {
    let terminal = try probe()
    try terminal.type("hypo add" + key)
    try expect(terminal, shows: "hypo add", ghost: " TABLE(COLUMN, …)", at: 21)
    try terminal.type("!\r")
    try terminal.waitForScreen("= line 9 hypo add!")
  }

  @Test(arguments: ["\u{1B}[1;5C", "\u{1B}[1;3C", "\u{1B}f"])
  func `a key takes its first word`(key: String) throws {
    let terminal = try probe()
    try terminal.type("sh")
    try expect(terminal, shows: "sh", ghost: "ow tables", at: 15)
    try terminal.type(key)
    try expect(terminal, shows: "show", ghost: " tables", at: 17)
    try terminal.type("\r")
    try terminal.waitForScreen("= line 4 show")
  }

  @Test func `the keys move as ever where there is nothing to take`() throws {
    let terminal = try probe()
    try terminal.type("ab\u{1}\u{1B}[C-\u{1B}[C\u{2}\u{6}+\u{1}\u{5}!\r")
    try terminal.waitForScreen("= line 5 a-b+!")
  }

  @Test func `taking an entry of several lines takes them all`() throws {
    let terminal = try probe()
    try terminal.type("select 1")
    try expect(terminal, shows: "select 1", ghost: " from …", at: 21)
    try terminal.type("\u{5}")
    try expect(terminal, shows: "select 1 from\n  t", ghost: "", at: 3)
    try terminal.type("\r")
    try terminal.waitForScreen(#"= line 17 select 1 from\n  t"#)
  }

  @Test func `what does not fit the row is cut, and taken whole`() throws {
    let terminal = try probe(width: 30)
    try terminal.type("select 'g")
    try expect(terminal, shows: "select 'g", ghost: "", at: 22)
    try terminal.type("\u{7F}")
    try expect(terminal, shows: "select '", ghost: "größe …", at: 21)
    try terminal.type("\u{5}\r")
    try terminal.waitForScreen("= line 28 select 'größe 表' fr")
  }

  @Test func `nothing is shown where the row has no room`() throws {
    let terminal = try probe(width: 20)
    try terminal.type("sh")
    try terminal.waitForScreen("typed line") { $0.text == "hypo @probe> sh" && $0.dimText == "hypo" }
    try terminal.type("ow tabl")
    try terminal.waitForScreen("wrapped line") {
      $0.text == "hypo @probe> show ta\nbl" && $0.dimText == "hypo"
    }
  }

  @Test func `wide characters stand before it and in it`() throws {
    let terminal = try probe()
    try terminal.type("explain 👍")
    try expect(terminal, shows: "explain 👍", ghost: "👍 here", at: 23)
    try terminal.type("\u{3}")
    try terminal.waitForReadiness()
    try terminal.type("select 'größe 表")
    try terminal.waitForScreen("the rest of the line") {
      $0.rows[2] == "hypo @probe> select 'größe 表' from or…" && $0.cursor == (2, 29)
    }
    try terminal.type("\u{7F}\u{7F}x\r")
    try terminal.waitForScreen("= line 14 select 'größex")
  }

  @Test(arguments: [
    ("\r", "hypo @probe> sh\n= line 2 sh\nhypo @probe>"),
    ("\u{3}", "hypo @probe> sh^C\n= interrupted\nhypo @probe>"),
    ("\t\t", "hypo @probe> show\nshow        show größe\nhypo @probe> show tables"),
    ("\u{1B}[200~ab\u{1B}[201~", "hypo @probe> shab"), ("\u{2}", "hypo @probe> sh"),
    ("\u{1}\u{B}", "hypo @probe>"), ("\u{1B}[A", "hypo @probe> explain 👍👍 here"),
  ])
  func `it is gone from the screen when the line goes on otherwise`(keys: String, expected: String) throws {
    let terminal = try probe()
    try terminal.type("sh")
    try expect(terminal, shows: "sh", ghost: "ow tables", at: 15)
    try terminal.type(keys)
    try terminal.waitForScreen(expected) { $0.text == expected }
  }

  @Test(arguments: [SIGTERM, SIGHUP])
  func `it is gone from the screen when the process is to end`(number: Int32) throws {
    let terminal = try probe()
    try terminal.type("sh")
    try expect(terminal, shows: "sh", ghost: "ow tables", at: 15)
    terminal.signal(number)
    #expect(try terminal.waitForExit() == .code(3))
    #expect(terminal.screen.text.hasPrefix("hypo @probe> sh\n= terminated"))
  }

  @Test func `another size shows it anew`() throws {
    let terminal = try probe()
    try terminal.type("sh")
    try expect(terminal, shows: "sh", ghost: "ow tables", at: 15)
    try terminal.resize(width: 24, height: 10)
    try expect(terminal, shows: "sh", ghost: "ow tabl…", at: 15)
    try terminal.resize(width: 20, height: 10)
    try expect(terminal, shows: "sh", ghost: "", at: 15)
    try terminal.resize(width: 40, height: 10)
    try expect(terminal, shows: "sh", ghost: "ow tables", at: 15)
  }

  @Test func `a search shows none, and Enter runs what was found`() throws {
    let terminal = try probe()
    try terminal.type("\u{12}sh")
    try terminal.waitForScreen("bck:sh")
    #expect(terminal.screen.dimText == "hypo")
    try terminal.type("\u{3}")
    try terminal.waitForOutput("= interrupted")
    try terminal.waitForReadiness()
    try terminal.type("\u{12}ow\r")
    try terminal.waitForScreen("= line 11 show tables")
  }

  @Test(arguments: ["dumb", "", "no-such-terminal"])
  func `a terminal without escape sequences shows none`(name: String) throws {
    let terminal = try probe(environment: ["TERM": name])
    try terminal.type("sh\u{5}!\r")
    try terminal.waitForScreen("= line 3 sh!")
    #expect(!String(decoding: terminal.output, as: UTF8.self).contains("ow tables"))
  }

  @Test func `without colour there is none`() throws {
    let terminal = try PseudoTerminal(
      BuiltProducts.path(of: "EditorProbe"), ["--history", home.path + "/history"])
    try terminal.waitForReadiness()
    try terminal.type("sh\u{5}!\r")
    try terminal.waitForScreen("= line 3 sh!")
    #expect(!String(decoding: terminal.output, as: UTF8.self).contains("ow tables"))
  }

  @Test func `vi mode shows and takes it while text is inserted`() throws {
    try home.write("bind -v\n", to: ".editrc")
    let terminal = try probe(["--editrc"], environment: ["HOME": home.path])
    try terminal.type("sh")
    try expect(terminal, shows: "sh", ghost: "ow tables", at: 15)
    try terminal.type("\u{1B}")
    try expect(terminal, shows: "sh", ghost: "", at: 14)
    try terminal.type("A")
    try expect(terminal, shows: "sh", ghost: "ow tables", at: 15)
    try terminal.type("\u{1B}[C\r")
    try terminal.waitForScreen("= line 11 show tables")
  }
}
