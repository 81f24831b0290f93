import Glibc
import Terminal
import TestSupport
import Testing

/// The editor as a person meets it: a probe that shows each line it gets, on a pseudo-terminal.
@Suite struct LineEditorTests {
  static let prompt = "hypo @probe>"

  func probe(
    _ arguments: [String] = [], environment: [String: String] = [:], width: Int = 80, height: Int = 24
  ) throws -> PseudoTerminal {
    let terminal = try PseudoTerminal(
      BuiltProducts.path(of: "EditorProbe"), arguments, environment: environment, width: width,
      height: height)
    try terminal.waitForReadiness()
    return terminal
  }

  @Test func `the prompt is shown and a line comes back`() throws {
    let terminal = try probe()
    try terminal.type("select 1\r")
    try terminal.waitForReadiness()
    try terminal.waitForScreen("last prompt") {
      $0.text == "hypo @probe> select 1\n= line 8 select 1\nhypo @probe>"
    }
  }

  @Test func `a coloured prompt takes the same columns`() throws {
    let terminal = try probe(["--colour"])
    try terminal.type("x\u{1}y\r")
    try terminal.waitForReadiness()
    #expect(terminal.screen.text == "hypo @probe> yx\n= line 2 yx\nhypo @probe>")
    let output = String(decoding: terminal.output, as: UTF8.self)
    #expect(output.contains("\u{1B}[0;2mhypo \u{1B}[0;31m@probe\u{1B}[0m> "), "\(output.debugDescription)")
  }

  @Test(arguments: ["C", "POSIX", "C.UTF-8", "xx_YY.ISO-8859-1"])
  func `characters beyond ASCII can be typed in any locale`(locale: String) throws {
    let terminal = try probe(environment: ["LANG": locale])
    try terminal.type("größe 表 é👍\u{7F}\u{7F}\r")
    try terminal.waitForScreen("= line 8 größe 表")
  }

  @Test func `invalid bytes and controls that no keyboard sends are dropped`() throws {
    let terminal = try probe()
    try terminal.send([0x61, 0xFF, 0xC3, 0x62, 0xC2, 0x9D, 0xC2, 0x9C, 0x63, 0x0D])
    try terminal.waitForScreen("= line 3 abc")
  }

  @Test func `interrupting leaves the line and not the session`() throws {
    let terminal = try probe()
    try terminal.type("select no")
    try terminal.waitForScreen("select no")
    try terminal.type("\u{3}")
    try terminal.waitForReadiness()
    try terminal.type("ok\r")
    try terminal.waitForReadiness()
    #expect(
      terminal.screen.text == """
        hypo @probe> select no^C
        = interrupted
        hypo @probe> ok
        = line 2 ok
        hypo @probe>
        """)
  }

  @Test(arguments: ["\u{1B}", "\u{12}", "\u{1B}x", "\u{1B}5"])
  func `interrupting works while a key sequence or search is unfinished`(beginning: String) throws {
    let terminal = try probe()
    try terminal.type("abc" + beginning)
    try terminal.waitForOutput("abc")
    try terminal.type("\u{3}")
    try terminal.waitForOutput("= interrupted")
    try terminal.waitForReadiness()
    try terminal.type("ok\r")
    try terminal.waitForScreen("= line 2 ok")
  }

  /// Ctrl-C makes the kernel throw away what was typed, perhaps just when the editor is about to read it.
  @Test func `three hundred interrupts amid typing end nothing and block nothing`() throws {
    let terminal = try probe()
    for _ in 0..<300 {
      try terminal.type("select")
      try terminal.type("\u{3}")
      try terminal.waitForOutput("= interrupted")
      try terminal.waitForReadiness()
    }
    try terminal.type("\u{4}")
    #expect(try terminal.waitForExit() == .code(0))
  }

  @Test func `end of file comes on an empty line only`() throws {
    let terminal = try probe()
    try terminal.type("a\u{4}b\r")
    try terminal.waitForScreen("= line 2 ab")
    try terminal.waitForReadiness()
    try terminal.type("\u{4}")
    #expect(try terminal.waitForExit() == .code(0))
    #expect(terminal.screen.text.hasSuffix("hypo @probe> ^D\n= end of file"))
  }

  @Test(arguments: [(SIGTERM, "terminate"), (SIGHUP, "hangUp")])
  func `a terminating signal ends reading and is told`(number: Int32, name: String) throws {
    let terminal = try probe()
    try terminal.type("half a li")
    try terminal.waitForScreen("half a li")
    terminal.signal(number)
    #expect(try terminal.waitForExit() == .code(3))
    #expect(terminal.screen.text == "hypo @probe> half a li\n= terminated \(name)")
  }

  @Test func `history is recalled with the arrows and searched`() throws {
    let terminal = try probe()
    for line in ["select 1", "select 22", "show 3"] {
      try terminal.type("\(line)\r")
      try terminal.waitForReadiness()
    }
    try terminal.type("\u{1B}[A\u{1B}[A\r")
    try terminal.waitForOutput("= line 9 select 22")
    try terminal.waitForReadiness()
    try terminal.type("\u{12}ct 1")
    try terminal.waitForScreen("select 1")
    try terminal.type("\r")
    try terminal.waitForOutput("= line 8 select 1\r")
  }

  @Test func `one completion is taken with its space`() throws {
    let terminal = try probe()
    try terminal.type("sel\t1\r")
    try terminal.waitForScreen("= line 8 select 1")
    try terminal.waitForReadiness()
    try terminal.type("üb\tx\r")
    try terminal.waitForScreen("= line 11 übersicht x")
  }

  @Test func `several completions are extended and then listed with the line kept`() throws {
    let terminal = try probe()
    try terminal.type("x sho\t")
    try terminal.waitForScreen("x show")
    try terminal.type("\t")
    try terminal.waitForReadiness()
    try terminal.waitForScreen("line after the list") {
      $0.text == "hypo @probe> x show\nshow        show größe\nhypo @probe> x show"
    }
    try terminal.type("!\r")
    try terminal.waitForScreen("= line 7 x show!")
  }

  @Test func `a list in the middle of a line brings the cursor back`() throws {
    let terminal = try probe(width: 30)
    let tail = String(repeating: "é", count: 60)
    try terminal.type("s\(tail)")
    for _ in 0..<60 { try terminal.type("\u{2}") }
    try terminal.type("\t")
    try terminal.waitForReadiness()
    try terminal.type("!\r")
    try terminal.waitForOutput("= line 62 s!\(tail)")
  }

  @Test func `nothing to complete changes nothing`() throws {
    let terminal = try probe()
    try terminal.type("zzz\t!\r")
    try terminal.waitForScreen("= line 4 zzz!")
  }

  @Test func `a line of five thousand characters comes whole`() throws {
    let terminal = try probe()
    let line = String((0..<5_000).map { Character(Unicode.Scalar(UInt8(97 + $0 % 26))) })
    try terminal.type(line + "\r")
    try terminal.waitForOutput("= line 5000 \(line)\r\n")
    try terminal.waitForReadiness()
    try terminal.type("\u{1B}[A\u{1}!\u{5}?\r")
    try terminal.waitForOutput("= line 5002 !\(line)?\r\n")
  }

  @Test func `a pasted block goes in as it is and is one line`() throws {
    let terminal = try probe()
    try terminal.type("\u{1B}[200~select\r\n\t'sel\t'\rfrom t\u{1B}[201~;\r")
    try terminal.waitForScreen(#"= line 22 select\n    'sel    '\nfrom t;"#)
    try terminal.waitForReadiness()
    try terminal.type("\u{1B}[A\r")
    try terminal.waitForOutput(#"= line 22 select\n    'sel    '\nfrom t;"#)
  }

  @Test func `interrupting ends a paste that never ends`() throws {
    let terminal = try probe()
    try terminal.type("\u{1B}[200~abc")
    try terminal.type("\u{3}")
    try terminal.waitForOutput("= interrupted")
    try terminal.waitForReadiness()
    try terminal.type("ok\r")
    try terminal.waitForScreen("= line 2 ok")
  }

  @Test func `five hundred pasted lines with tabs come whole`() throws {
    let terminal = try probe(["--colour"])
    let block = (1...500).map { "\tselect\t\($0);" }.joined(separator: "\n")
    try terminal.type("\u{1B}[200~\(block)\u{1B}[201~\r")
    let shown = (1...500).map { "    select    \($0);" }.joined(separator: #"\n"#)
    try terminal.waitForOutput("= line \(block.count) \(shown)\r\n")
    try terminal.waitForReadiness()
    try terminal.type("ok\r")
    try terminal.waitForScreen("= line 2 ok")
  }

  @Test(arguments: ["dumb", "", "no-such-terminal", "vt100"])
  func `simple terminals edit as well`(name: String) throws {
    let terminal = try probe(environment: ["TERM": name])
    try terminal.type("sex\u{7F}l\t1\r")
    try terminal.waitForScreen("= line 8 select 1")
    #expect(name == "vt100" || !String(decoding: terminal.output, as: UTF8.self).contains("\u{1B}"))
    try terminal.waitForReadiness()
    try terminal.type("\u{4}")
    #expect(try terminal.waitForExit() == .code(0))
  }

  @Test func `vi mode from the file of settings works`() throws {
    let home = try TemporaryFolder()
    try home.write("bind -v\n", to: ".editrc")
    let terminal = try probe(["--editrc"], environment: ["HOME": home.path])
    try terminal.type("sel\t12")
    try terminal.waitForScreen("select 12")
    try terminal.type("\u{1B}")
    try terminal.type("x0iX\r")
    try terminal.waitForScreen("= line 9 Xselect 1")
    try terminal.waitForReadiness()
    try terminal.type("abc\u{1B}\u{3}")
    try terminal.waitForOutput("= interrupted")
    try terminal.waitForReadiness()
    try terminal.type("abc\u{3}")
    try terminal.waitForOutput("= interrupted")
    try terminal.waitForReadiness()
    try terminal.type("\u{1B}[200~a\tb\u{1B}[201~\r")
    try terminal.waitForScreen("= line 3 a    b")
    try terminal.waitForReadiness()
    try terminal.type("one two three\u{1B}bbdwA!\u{1B}0rOuuf!xa?\r")
    try terminal.waitForScreen("= line 10 One three?")
    try terminal.waitForReadiness()
    try terminal.type("one\u{1B}0\u{1B}[200~X\tY\u{1B}[201~\r")
    try terminal.waitForScreen("= line 6 X    Yone")
  }

  @Test func `the history file keeps entries for the next session`() throws {
    let home = try TemporaryFolder()
    let path = home.path + "/history"
    let first = try probe(["--history", path])
    for line in ["select 'größe'", " hidden", "connect password=x", "\u{1B}[200~select\n1\u{1B}[201~"] {
      try first.type(line + "\r")
      try first.waitForReadiness()
    }
    #expect(try home.read("history") == "select 'größe'\nselect\\n1\n")
    let second = try probe(["--history", path])
    try second.type("\u{1B}[A\r")
    try second.waitForScreen(#"= line 8 select\n1"#)
  }

  @Test func `what is typed before the prompt is not lost`() throws {
    let terminal = try PseudoTerminal(BuiltProducts.path(of: "EditorProbe"))
    try terminal.type("a\rselect\rb")
    for _ in 0..<3 { try terminal.waitForReadiness() }
    try terminal.type("c\r")
    try terminal.waitForOutput("= line 2 bc")
    let answers = String(decoding: terminal.output, as: UTF8.self).split(separator: "\r\n").filter {
      $0.contains("= ")
    }
    #expect(answers.map { $0.drop { $0 != "=" } } == ["= line 1 a", "= line 6 select", "= line 2 bc"])
  }

  @Test func `two shells write one history and lose nothing`() throws {
    let home = try TemporaryFolder()
    let path = home.path + "/history"
    let shells = [try probe(["--history", path]), try probe(["--history", path])]
    for number in 1...20 {
      for (index, shell) in shells.enumerated() { try shell.type("shell \(index) \(number)\r") }
      for shell in shells { try shell.waitForReadiness() }
    }
    let lines = try home.read("history").split(separator: "\n")
    #expect(lines.count == 40)
    #expect(lines.filter { $0.hasPrefix("shell 1") } == (1...20).map { "shell 1 \($0)" })
    try shells[0].type("\u{4}")
    #expect(try shells[0].waitForExit() == .code(0))
    shells[1].signal(SIGTERM)
    #expect(try shells[1].waitForExit() == .code(3))
    #expect(try home.read("history").split(separator: "\n") == lines)
    let next = try probe(["--history", path])
    try next.type("\u{12}shell 0 20\r")
    try next.waitForScreen("= line 10 shell 0 20")
  }

  @Test func `a terminal of twenty columns edits and lists as well`() throws {
    let terminal = try probe(width: 20, height: 8)
    try terminal.type("select 1234567890")
    try terminal.waitForScreen("34567890")
    try terminal.type("\u{1}\u{1B}[C\u{4}\u{5} s\t")
    try terminal.waitForReadiness()
    #expect(terminal.screen.scrolledOff == ["hypo @probe> slect 1"])
    #expect(
      terminal.screen.text == """
        234567890 s
        select
        set
        show
        show größe
        status
        hypo @probe> slect 1
        234567890 s
        """)
    try terminal.type("\r")
    try terminal.waitForOutput("= line 18 slect 1234567890 s")
  }

  @Test func `keys are echoed while the background is always busy`() throws {
    let terminal = try probe(["--background"])
    let line = "select 'größe' from orders"
    for (index, character) in line.enumerated() {
      try terminal.waitForOutput("working")
      try terminal.type(String(character))
      try terminal.waitForScreen("the echo of \(character)") { $0.cursor == (0, 14 + index) }
    }
    try terminal.waitForOutput("working")
    try terminal.type("\r")
    try terminal.waitForScreen("= line 26 \(line)")
    terminal.signal(SIGTERM)
    #expect(try terminal.waitForExit() == .code(3))
  }

  @Test func `without a terminal the editor says so`() throws {
    let terminal = try PseudoTerminal(
      "/bin/sh", ["-c", "exec \"$0\" < /dev/null", BuiltProducts.path(of: "EditorProbe")])
    #expect(try terminal.waitForExit() == .code(1))
    #expect(
      terminal.screen.text == """
        = error: cannot edit lines: standard input and output are not both a terminal
        """)
  }
}

extension PseudoTerminal {
  func waitForReadiness() throws {
    try waitForOutput("\u{1}\u{2}")
  }
}
