import TestSupport
import Testing

/// `hypo replay --step` and `pause`: a person is in front of the notebook.
@Suite struct StepModeTests {
  private static let lesson = """
    #: hypo 1
    #: title A lesson
    # Prose one.
    query q = SELECT *
      FROM orders WHERE id = 42;
    # Then
    explain @q
    expect cost @q > 0
    pause "What is slow?"
    select 1 as one;
    # The end

    """

  private func lesson(_ flags: String..., text: String = lesson) throws -> PseudoTerminal {
    let hypo = try Shop.hypo()
    try hypo.folder.write(text, to: "x.hypo")
    let terminal = try hypo.onTerminal(
      ["replay"] + flags + ["\(hypo.folder.path)/x.hypo"], width: 100, height: 60)
    // The folder is needed only until the file was read, which the first question is behind.
    try terminal.waitForPrompt()
    withExtendedLifetime(hypo) {}
    return terminal
  }

  @Test func `the learner types, types wrong, presses Enter and answers`() throws {
    let terminal = try lesson("--step")
    try terminal.enter("query  Q = select *")
    try terminal.enter("from orders where id = 42")
    try terminal.enter("explain")
    try terminal.enter("")
    try terminal.enter("the scan")
    try terminal.type("select 1 as one\r")
    #expect(try terminal.waitForExit() == .code(0))
    #expect(
      terminal.screen.text.replacing(/\S+x\.hypo/, with: "x.hypo") == """
        A lesson

        Type each command, or press Enter to have it typed. quit leaves.

        Prose one.

        type: query q = SELECT *
                FROM orders WHERE id = 42;
        hypo> query  Q = select *
            > from orders where id = 42
        @q          SELECT * FROM orders WHERE id = 42
        parameters  0

        Then

        type: explain @q
        hypo> explain
        not quite: this step is the command above; Enter types it, quit leaves the lesson
        hypo>
        hypo> explain @q
        @q, estimated; not executed

        Plan
                                                cost  rows  width  own share
        Index Scan using orders_pkey on orders  8.30     1     34  ████████ 100 %
            Index Cond: (id = 42)

        ok  cost @q > 0  (cost 8.30)

        What is slow? (Enter goes on) the scan

        type: select 1 as one;
        hypo> select 1 as one
        one
        ---
          1

        (1 row)

        The end

        x.hypo: 4 commands, 1 expectation held
        """)
  }

  @Test(arguments: ["quit\r", "\\q\r", "\u{4}"])
  func `who leaves runs nothing more`(keys: String) throws {
    let terminal = try lesson("--step")
    try terminal.enter("")
    try terminal.type(keys)
    #expect(try terminal.waitForExit() == .code(0))
    let text = terminal.screen.text
    #expect(text.contains("\n@q          SELECT *") && !text.contains("estimated; not executed"), "\(text)")
  }

  @Test func `pause waits for an answer, and Ctrl-D ends the notebook`() throws {
    let notebook = "select 1 as one;\npause \"Go on?\"\nselect 2 as two;\n"
    let terminal = try lesson(text: notebook)
    #expect(terminal.screen.text.hasSuffix("\nGo on? (yes goes on, no ends it)"), "\(terminal.screen.text)")
    try terminal.type("yes\r")
    #expect(try terminal.waitForExit() == .code(0))
    #expect(terminal.screen.text.contains("\ntwo\n---\n  2\n"), "\(terminal.screen.text)")
    let ended = try lesson(text: notebook)
    try ended.type("\u{4}")
    #expect(try ended.waitForExit() == .code(6))
    #expect(!ended.screen.text.contains("two\n"), "\(ended.screen.text)")
  }

  @Test func `without a person pause is refused, and --yes goes on`() throws {
    let hypo = try Shop.hypo()
    let run = try hypo.replay("select 1 as one;\npause \"Go on?\"\nselect 2 as two;\n", "--verify")
    #expect(
      run
        == .init(
          output: """
            ok    1/3  x.hypo:1  select 1 as one;  T
            FAIL  2/3  x.hypo:2  pause "Go on?"  T
                   x.hypo:2: error: nobody answered: Go on?
                   hint: --yes goes on without a person; nothing after the pause was run

            """, status: 6))
    #expect(
      try hypo.replayAgain(["--yes"])
        == .init(
          output: """
            hypo> select 1 as one;
            \(CommandLineTests.one)ok    1/3  x.hypo:1  T

            Go on? (--yes goes on)
            ok    2/3  x.hypo:2  T

            hypo> select 2 as two;
            \(CommandLineTests.two)ok    3/3  x.hypo:3  T

            x.hypo: 3 commands, 0 expectations held

            """))
  }
}
