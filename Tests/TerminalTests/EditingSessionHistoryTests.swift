import Glibc
import TestSupport
import Testing

/// Entries of several lines, recalled, searched and edited on the screen.
@Suite struct EditingSessionHistoryTests {
  let home: TemporaryFolder

  init() throws {
    home = try TemporaryFolder()
    try home.write("select 1;\nselect\\n  a,\\n  größe\\nfrom 表;\nshow 2\n", to: "history")
  }

  func probe(_ arguments: [String] = [], height: Int = 12, environment: [String: String] = [:]) throws
    -> PseudoTerminal
  {
    let terminal = try PseudoTerminal(
      BuiltProducts.path(of: "EditorProbe"), ["--history", home.path + "/history"] + arguments,
      environment: environment, width: 60, height: height)
    try terminal.waitForReadiness()
    return terminal
  }

  func expect(_ terminal: PseudoTerminal, shows text: String, cursor: (row: Int, column: Int)) throws {
    try terminal.waitForScreen("\(text) with the cursor at \(cursor)") {
      $0.text == text && $0.cursor == cursor
    }
  }

  static let entry = "hypo @probe> select\n  a,\n  größe\nfrom 表;"

  @Test func `an entry of several lines is recalled in its rows and runs whole`() throws {
    let terminal = try probe()
    try terminal.type("\u{1B}[A\u{1B}[A")
    try expect(terminal, shows: Self.entry, cursor: (3, 8))
    try terminal.type("\r")
    try terminal.waitForReadiness()
    try expect(
      terminal, shows: Self.entry + "\n" + #"= line 27 select\n  a,\n  größe\nfrom 表;"# + "\nhypo @probe>",
      cursor: (5, 13))
  }

  @Test func `it is edited in the middle`() throws {
    let terminal = try probe()
    try terminal.type("\u{10}\u{10}\u{1B}[A\u{1B}[A")
    try expect(terminal, shows: Self.entry, cursor: (1, 4))
    try terminal.type(" b,")
    try expect(
      terminal, shows: "hypo @probe> select\n  a, b,\n  größe\nfrom 表;", cursor: (1, 7))
    try terminal.type("\u{1B}[B\u{2}\u{7F}")
    try expect(terminal, shows: "hypo @probe> select\n  a, b,\n  gröe\nfrom 表;", cursor: (2, 5))
    try terminal.type("\u{1B}[A\u{4}\u{4}\u{4}\u{4}\u{4}")
    try expect(terminal, shows: "hypo @probe> select\n  a, gröe\nfrom 表;", cursor: (1, 5))
    try terminal.type("\r")
    try terminal.waitForScreen(#"= line 24 select\n  a, gröe\nfrom 表;"#)
  }

  @Test func `arrows pass its rows, and then go on to other entries and back to the typed line`() throws {
    let terminal = try probe()
    try terminal.type("typed\u{1B}[A")
    try expect(terminal, shows: "hypo @probe> show 2", cursor: (0, 19))
    try terminal.type("\u{1B}OA")
    try expect(terminal, shows: Self.entry, cursor: (3, 8))
    try terminal.type("\u{1B}[A\u{1B}[A\u{1B}[A")
    try expect(terminal, shows: Self.entry, cursor: (0, 17))
    try terminal.type("\u{1B}[A")
    try expect(terminal, shows: "hypo @probe> select 1;", cursor: (0, 22))
    try terminal.type("\u{1B}[A\u{E}")
    try expect(terminal, shows: Self.entry, cursor: (3, 8))
    try terminal.type("\u{1B}[B\u{1B}OB")
    try expect(terminal, shows: "hypo @probe> typed", cursor: (0, 18))
  }

  @Test func `a long typed line comes back whole`() throws {
    let terminal = try probe()
    let line = String(repeating: "0123456789", count: 300)
    try terminal.type(line + "\u{1B}[A\u{1B}[B!\r")
    try terminal.waitForOutput("= line 3001 \(line)!\r\n")
  }

  @Test func `a search finds entries of several lines and Enter runs them`() throws {
    let terminal = try probe()
    try terminal.type("\u{12}")
    try expect(terminal, shows: "hypo @probe>\nbck:", cursor: (0, 13))
    try terminal.type("größe")
    try expect(terminal, shows: Self.entry + "\nbck:größe", cursor: (2, 2))
    try terminal.type("\r")
    try terminal.waitForReadiness()
    try expect(
      terminal, shows: Self.entry + "\n" + #"= line 27 select\n  a,\n  größe\nfrom 表;"# + "\nhypo @probe>",
      cursor: (5, 13))
  }

  @Test func `a search goes back further with its key, and ends clean`() throws {
    let terminal = try probe()
    try terminal.type("\u{12}select")
    try expect(terminal, shows: Self.entry + "\nbck:select", cursor: (0, 13))
    try terminal.type("\u{12}")
    try expect(terminal, shows: "hypo @probe> select 1;\nbck:select", cursor: (0, 13))
    try terminal.type("\u{3}")
    try terminal.waitForReadiness()
    try expect(terminal, shows: "hypo @probe> select 1;^C\n= interrupted\nhypo @probe>", cursor: (2, 13))
    try terminal.type("ok\r")
    try terminal.waitForScreen("= line 2 ok")
  }

  @Test func `a search over long entries comes to no harm`() throws {
    let long = "long " + String(repeating: "0123456789", count: 300)
    try home.write("older\n\(long)\nnewer\n", to: "history")
    let terminal = try probe()
    for _ in 0..<3 {
      try terminal.type("typed\u{12}long\u{12}\u{12}x\u{7F}\u{7}")
      try terminal.waitForOutput("\u{7}")
      try terminal.type("\u{3}")
      try terminal.waitForOutput("= interrupted")
      try terminal.waitForReadiness()
    }
    try terminal.type("\u{12}long\r")
    try terminal.waitForOutput("= line 3005 \(long)\r\n")
  }

  @Test func `an entry that is higher than the screen is passed as a whole`() throws {
    let rows = (1...30).map(String.init).joined(separator: "\\n")
    try home.write("older\n\(rows)\n", to: "history")
    let terminal = try probe()
    try terminal.type("\u{1B}[A")
    try terminal.waitForScreen("the last rows") { $0.rows.last == "30" && $0.rows.first == "19" }
    try terminal.type("\u{1B}[A")
    try terminal.waitForOutput("older")
    try terminal.type("\u{1B}[B\r")
    try terminal.waitForOutput("= line 80 \(rows)\r\n")
  }

  @Test func `vi mode recalls with its own keys`() throws {
    try home.write("bind -v\n", to: ".editrc")
    let terminal = try probe(["--editrc"], environment: ["HOME": home.path])
    try terminal.type("typed\u{1B}kk")
    try expect(terminal, shows: Self.entry, cursor: (3, 7))
    try terminal.type("kkx")
    try expect(terminal, shows: "hypo @probe> select\n  a\n  größe\nfrom 表;", cursor: (1, 3))
    try terminal.type("\u{3}")
    try terminal.waitForReadiness()
    try terminal.type("typed\u{1B}[A\u{1B}[A\u{1B}[B\u{1B}[B")
    try terminal.waitForScreen("the typed line") { $0.text.hasSuffix("\nhypo @probe> typed") }
    try terminal.type("\u{1B}ddi\u{10}\u{10}\u{E}\r")
    try terminal.waitForScreen("= line 6 show 2")
  }

  @Test func `the next line begins with what was filled in`() throws {
    let terminal = try probe(["--colour"])
    try terminal.type("fill\r")
    try terminal.waitForReadiness()
    try expect(
      terminal, shows: "hypo @probe> fill\n= line 4 fill\nhypo @probe> select 1\n  from t", cursor: (3, 8))
    try terminal.type("!\r")
    try terminal.waitForScreen(#"= line 18 select 1\n  from t!"#)
    try terminal.waitForReadiness()
    try terminal.type("ok\r")
    try terminal.waitForScreen("= line 2 ok")
  }
}
