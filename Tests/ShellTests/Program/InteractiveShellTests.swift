import Glibc
import TestSupport
import Testing

/// The shell as a person meets it, on a pseudo-terminal.
@Suite struct InteractiveShellTests {
  private func shell(width: Int = 80, height: Int = 40) throws -> PseudoTerminal {
    let terminal = try Shop.hypo().onTerminal(width: width, height: height)
    try terminal.waitForPrompt()
    return terminal
  }

  private func prompt() throws -> String { "hypo \(try Shop.database().name)>" }

  /// What the screen shows from the first prompt on.
  private func session(_ terminal: PseudoTerminal) throws -> String {
    let text = terminal.screen.text
    guard let start = text.firstRange(of: try prompt())?.lowerBound else { return text }
    return String(text[start...])
  }

  @Test func `the prompt names the database and a result stands below what was typed`() throws {
    let terminal = try shell()
    let greeting = terminal.screen.text.split(separator: "\n")
    #expect(greeting.count == 3)
    #expect(greeting[0].hasSuffix(", primary, database \(try Shop.database().name), user hypo"))
    #expect(greeting[1] == "help lists the commands; doctor checks what is needed; top 5 is a good start")
    try terminal.enter("select 1 as one, 'a' as b;")
    let prompt = try prompt()
    #expect(
      try session(terminal)
        == "\(prompt) select 1 as one, 'a' as b;\none | b\n----+--\n  1 | a\n\n(1 row)\n\(prompt)")
  }

  @Test func `active designs and an open transaction are in the prompt`() throws {
    let terminal = try shell()
    try terminal.enter("hypo add orders(customer_id)")
    try terminal.enter("begin;")
    let prompt = try prompt().dropLast()
    #expect(
      terminal.screen.text.hasSuffix("\n\(prompt) %1> begin;\nBEGIN\n\(prompt) * %1>"),
      "\(terminal.screen.text)")
  }

  @Test func `a failure leaves the shell usable`() throws {
    let terminal = try shell()
    try terminal.enter("sttus")
    try terminal.enter("set format")
    let prompt = try prompt()
    #expect(
      try session(terminal) == """
        \(prompt) sttus
        error: unknown command "sttus"
          sttus
          ^
        hint: did you mean "status"?
        \(prompt) set format
        format  aligned
        \(prompt)
        """)
  }

  @Test func `what is open is in the prompt and recalled as one statement`() throws {
    let terminal = try shell()
    for line in ["select", "(1", ") as", "one;"] { try terminal.enter(line) }
    let prompt = try prompt()
    let result = "one\n---\n  1\n\n(1 row)\n"
    #expect(
      try session(terminal) == "\(prompt) select\n  ;> (1\n  (> ) as\n  ;> one;\n\(result)\(prompt)")
    try terminal.enter("\u{1B}[A")
    #expect(terminal.screen.text.hasSuffix("\n\(result)\(prompt)"))
    #expect(terminal.screen.rows.filter { $0 == "(1 row)" }.count == 2)
  }

  @Test func `a pasted block of commands runs one after the other`() throws {
    let terminal = try shell()
    try terminal.enter("\u{1B}[200~# what is pasted\nset format\nselect 1 as a;\n\\x off\u{1B}[201~")
    let screen = terminal.screen.text
    #expect(screen.contains("format  aligned\na\n-\n1\n\n(1 row)\nexpanded  off\n"), "\(screen)")
  }

  @Test func `Ctrl-C clears the line and what was typed before it`() throws {
    let terminal = try shell()
    try terminal.enter("select 1,")
    try terminal.type("half")
    try terminal.waitForScreen("half")
    try terminal.type("\u{3}")
    try terminal.waitForPrompt()
    try terminal.enter("set format")
    let prompt = try prompt()
    #expect(
      try session(terminal)
        == "\(prompt) select 1,\n  ;> half^C\n\(prompt) set format\nformat  aligned\n\(prompt)")
  }

  @Test func `Ctrl-C cancels a statement and the session goes on`() throws {
    let database = try TestCluster.shared.database(.orders)
    let terminal = try HypoProcess(database).onTerminal(height: 40)
    try terminal.waitForPrompt()
    try terminal.enter("hypo add orders(customer_id)")
    try terminal.type("select pg_sleep(30);\r")
    try database.waitForSleep()
    try terminal.type("\u{3}")
    try terminal.waitForPrompt()
    try terminal.enter("hypo list")
    #expect(terminal.screen.text.contains("error: canceling statement due to user request (57014)"))
    #expect(
      terminal.screen.rows.contains { $0.hasPrefix("%1     | hypothetical |") }, "\(terminal.screen.text)")
  }

  @Test func `Tab completes the name of a command`() throws {
    let terminal = try shell()
    try terminal.type("hypo li\t")
    try terminal.waitForScreen("hypo list")
    try terminal.enter("")
    #expect(terminal.screen.text.contains("no design yet; hypo add makes one"), "\(terminal.screen.text)")
  }

  @Test func `history is kept for the next workspace and secrets are not`() throws {
    let hypo = try Shop.hypo()
    var terminal = try hypo.onTerminal()
    try terminal.waitForPrompt()
    try terminal.enter("set timing")
    try terminal.enter("set password")
    try terminal.type("\u{4}")
    #expect(try terminal.waitForExit() == .code(0))
    terminal = try hypo.onTerminal()
    try terminal.waitForPrompt()
    try terminal.enter("\u{1B}[A")
    #expect(terminal.screen.text.contains("> set timing\ntiming  off\n"), "\(terminal.screen.text)")
  }

  @Test func `Ctrl-D and quit leave`() throws {
    for keys in ["\u{4}", "quit\r", "\\q\r"] {
      let terminal = try shell()
      try terminal.type(keys)
      #expect(try terminal.waitForExit() == .code(0))
    }
  }

  @Test(arguments: [SIGTERM, SIGHUP])
  func `a signal to end leaves at the prompt and while a statement runs`(number: Int32) throws {
    let idle = try shell()
    idle.signal(number)
    #expect(try idle.waitForExit() == .code(0))
    let database = try TestCluster.shared.database(.extensions)
    let busy = try HypoProcess(database).onTerminal()
    try busy.waitForPrompt()
    try busy.type("select pg_sleep(30);\r")
    try database.waitForSleep()
    busy.signal(number)
    #expect(try busy.waitForExit() == .code(0))
  }

  @Test func `without a server the shell says what to do and stays`() throws {
    let hypo = try HypoProcess()
    let terminal = try hypo.onTerminal(width: 200)
    try terminal.waitForPrompt()
    try terminal.enter("top 5")
    try terminal.enter("connect \(Shop.database().conninfo)")
    #expect(
      terminal.screen.text.hasPrefix(
        """
        error: could not connect: connection to server on socket "\(hypo.folder.path)/.s.PGSQL.5432" failed: \
        No such file or directory
        hint: connect TARGET tries another server; connect sandbox starts a private one to try things on
        hypo> top 5
        error: there is no connection
        hint: connect TARGET connects to a server; connect sandbox starts a private one to try things on
        hypo> connect
        """), "\(terminal.screen.text)")
    #expect(terminal.screen.text.hasSuffix("\n\(try prompt())"), "\(terminal.screen.text)")
  }
}
