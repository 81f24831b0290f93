import Glibc
import TestSupport
import Testing

/// What comes from outside while a line stands: another size, a stop, and what happened during a command.
@Suite struct EditingSessionKeysTests {
  /// Three rows of a terminal of 40 columns, with the prompt.
  static let long = "select 'größe', count(*) from orders join customers using (customer_id) where true"

  func probe(_ arguments: [String] = [], width: Int = 40) throws -> PseudoTerminal {
    let terminal = try PseudoTerminal(
      BuiltProducts.path(of: "EditorProbe"), arguments, width: width, height: 10)
    try terminal.waitForReadiness()
    return terminal
  }

  func expect(
    _ terminal: PseudoTerminal, shows text: String, cursor: (row: Int, column: Int)
  ) throws {
    try terminal.waitForScreen("\(text) with the cursor at \(cursor)") {
      $0.text == text && $0.cursor == cursor
    }
  }

  @Test func `another size redraws the line`() throws {
    let terminal = try probe(width: 80)
    try terminal.type("select 1")
    try terminal.waitForScreen("select 1")
    try terminal.resize(width: 20, height: 10)
    try terminal.waitForOutput("\u{1B}[J")
    try terminal.type("234567890\r")
    try terminal.waitForReadiness()
    try expect(
      terminal, shows: "hypo @probe> select\n1234567890\n= line 17 select 123\n4567890\nhypo @probe>",
      cursor: (4, 13))
  }

  @Test func `a long wrapped line is drawn anew wherever the cursor stands`() throws {
    let terminal = try probe()
    try terminal.type(Self.long)
    try expect(
      terminal,
      shows: """
        hypo @probe> select 'größe', count(*) fr
        om orders join customers using (customer
        _id) where true
        """, cursor: (2, 15))
    try terminal.resize(width: 60, height: 10)
    try expect(
      terminal,
      shows: """
        hypo @probe> select 'größe', count(*) from orders join custo
        mers using (customer_id) where true
        """, cursor: (1, 35))
    try terminal.type("\u{1}\u{6}\u{6}")
    try terminal.waitForScreen("the cursor at the beginning") { $0.cursor == (0, 15) }
    try terminal.resize(width: 30, height: 10)
    let narrow = """
      hypo @probe> select 'größe', c
      ount(*) from orders join custo
      mers using (customer_id) where
       true
      """
    try expect(terminal, shows: narrow, cursor: (0, 15))
    try terminal.type("\u{5}!")
    try expect(terminal, shows: narrow + "!", cursor: (3, 6))
    try terminal.type("\r")
    try terminal.waitForOutput("= line 83 \(Self.long)!")
  }

  @Test func `another size during a command is known at the next prompt`() throws {
    let terminal = try probe()
    try terminal.type("wait\r")
    try terminal.waitForOutput("= waiting")
    try terminal.resize(width: 30, height: 10)
    try terminal.waitForOutput("= taken windowChange")
    try terminal.waitForReadiness()
    try terminal.type(Self.long)
    try expect(
      terminal,
      shows: """
        hypo @probe> wait
        = line 4 wait
        = waiting
        = taken windowChange
        hypo @probe> select 'größe', c
        ount(*) from orders join custo
        mers using (customer_id) where
         true
        """, cursor: (7, 5))
    try terminal.type("\u{1}!\r")
    try terminal.waitForOutput("= line 83 !\(Self.long)")
  }

  @Test func `stopping from outside and going on redraws the line`() throws {
    let terminal = try probe()
    try terminal.type("select 1")
    try terminal.waitForScreen("select 1")
    terminal.signal(SIGSTOP)
    terminal.signal(SIGCONT)
    try terminal.waitForOutput("hypo @probe> select 1")
    try terminal.type("2\r")
    try terminal.waitForScreen("= line 9 select 12")
  }

  @Test func `a process that is not to be stopped draws its line again`() throws {
    let terminal = try probe()
    try terminal.type("select 1")
    try terminal.waitForScreen("select 1")
    // Nobody could wake the leader of a session: the system does not stop it.
    try terminal.type("\u{1A}")
    try terminal.waitForOutput("hypo @probe> select 1")
    try terminal.type("2\r")
    try terminal.waitForReadiness()
    try expect(
      terminal, shows: "hypo @probe> select 1\nhypo @probe> select 12\n= line 9 select 12\nhypo @probe>",
      cursor: (3, 13))
  }

  /// A shell with job control, and the probe in its foreground.
  func shell(_ arguments: String = "") throws -> PseudoTerminal {
    let terminal = try PseudoTerminal(
      "/bin/bash", ["--norc", "--noprofile", "--noediting", "-i"],
      environment: ["PS1": "bash> ", "PROBE": BuiltProducts.path(of: "EditorProbe")], width: 40, height: 16)
    try terminal.waitForOutput("bash> ")
    try terminal.type("\"$PROBE\" \(arguments)\r")
    try terminal.waitForReadiness()
    return terminal
  }

  @Test func `a shell's job control stops the editor below its line and brings it back`() throws {
    let terminal = try shell()
    try terminal.type(Self.long + "\u{1}")
    try terminal.waitForScreen("the cursor at the beginning of the line") {
      $0.rows[3] == "_id) where true" && $0.cursor == (1, 13)
    }
    try terminal.type("\u{1A}")
    try terminal.waitForOutput("Stopped")
    try terminal.waitForOutput("bash> ")
    let stopped = """
      bash> "$PROBE"
      hypo @probe> select 'größe', count(*) fr
      om orders join customers using (customer
      _id) where true
      [1]+  Stopped                 "$PROBE"
      bash>
      """
    try expect(terminal, shows: stopped, cursor: (5, 6))
    try terminal.type("fg\r")
    try expect(
      terminal,
      shows: stopped + """
         fg
        "$PROBE"
        hypo @probe> select 'größe', count(*) fr
        om orders join customers using (customer
        _id) where true
        """, cursor: (7, 13))
    try terminal.type("!\r")
    try terminal.waitForOutput("= line 83 !\(Self.long)")
    try terminal.waitForReadiness()
    try terminal.type("\u{4}")
    try terminal.waitForOutput("bash> ")
    try terminal.type("exit 7\r")
    #expect(try terminal.waitForExit() == .code(7))
  }

  @Test func `an empty line and ghost text come back as well`() throws {
    let terminal = try shell("--colour")
    try terminal.type("\u{1A}")
    try terminal.waitForOutput("Stopped")
    try terminal.waitForOutput("bash> ")
    try terminal.type("fg\r")
    try terminal.waitForOutput("\u{1B}[0m> ")
    try terminal.type("hypo add")
    try terminal.waitForScreen("hypo @probe> hypo add TABLE(COLUMN, …)")
    try terminal.type("\u{1A}")
    try terminal.waitForOutput("Stopped")
    try terminal.waitForOutput("bash> ")
    #expect(
      terminal.screen.text == """
        bash> "$PROBE" --colour
        hypo @probe>
        [1]+  Stopped                 "$PROBE" -
        -colour
        bash> fg
        "$PROBE" --colour
        hypo @probe> hypo add
        [1]+  Stopped                 "$PROBE" -
        -colour
        bash>
        """)
    try terminal.type("fg\r")
    try terminal.waitForScreen("hypo @probe> hypo add TABLE(COLUMN, …)")
    try terminal.type("\r")
    try terminal.waitForScreen("= line 8 hypo add")
  }

  @Test func `a command can be stopped, and the prompt after it edits as before`() throws {
    let terminal = try shell()
    try terminal.type("wait\r")
    try terminal.waitForOutput("= waiting")
    try terminal.type("\u{1A}")
    try terminal.waitForOutput("Stopped")
    try terminal.waitForOutput("bash> ")
    try terminal.resize(width: 30, height: 16)
    try terminal.type("fg\r")
    try terminal.waitForOutput("= taken continued")
    try terminal.waitForReadiness()
    try terminal.type(Self.long + "\u{1}!")
    try terminal.waitForScreen("the line in four rows") {
      $0.text.hasSuffix(
        """
        hypo @probe> !select 'größe',
        count(*) from orders join cust
        omers using (customer_id) wher
        e true
        """)
    }
    try terminal.type("\r")
    try terminal.waitForOutput("= line 83 !\(Self.long)")
  }
}
