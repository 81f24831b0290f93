import Reports
import Testing

@testable import Notebook
@testable import Shell

@Suite struct NotebookTests {
  private func commands(_ text: String) throws -> [String] {
    try Notebook(parsing: text).steps.map(\.command)
  }

  private func failure(_ text: String) -> Notebook.ParseError? {
    do {
      _ = try Notebook(parsing: text)
      return nil
    } catch { return error }
  }

  private static let whole = """
    #: hypo 1
    #: title The orders walkthrough
    # ## First
    # two lines
    #
    #of prose
    status
    | status

    | end

    # more
    [aurora] [!standby] top 5
      by mean

    """

  @Test func `every line belongs to one part`() throws {
    let notebook = try Notebook(parsing: Self.whole)
    let aurora = try NotebookGuard("aurora", in: "[aurora]", at: 1)
    let standby = try NotebookGuard("!standby", in: "[!standby]", at: 1)
    #expect(
      notebook.parts == [
        .header(line: 0), .header(line: 1), .prose(lines: 2..<6),
        .step(
          .init(
            number: 1, guards: [], command: "status", effects: .looks, commandLines: 6..<7,
            outputLines: 7..<10)),
        .blank(lines: 10..<11), .prose(lines: 11..<12),
        .step(
          .init(
            number: 2, guards: [aurora, standby], command: "top 5\n  by mean",
            effects: [.looks, .keepsInWorkspace], commandLines: 12..<14, outputLines: 14..<14)),
      ])
    #expect(notebook.header.title == "The orders walkthrough")
    #expect(notebook.prose(2..<6) == ["## First", "two lines", "", "of prose"])
    #expect(notebook.recorded(notebook.steps[0]) == ["status", "end"])
    #expect(notebook.steps[1].line == 13)
  }

  @Test(arguments: [
    whole, whole.replacing("\n", with: "\r\n"), "\u{FEFF}" + whole, String(whole.dropLast()), "", "\n",
    "\u{FEFF}",
    "top 5", "top 5\n| a", "top 5\r\n|\r\n| \tb", "# é\u{301}\nstatus \n\n\n|\n", "a\rb\n",
  ])
  func `reading and writing a file back changes nothing`(text: String) throws {
    let bytes = Array(text.replacing("a\rb", with: "status").utf8)
    let notebook = try Notebook(bytes: bytes)
    #expect(notebook.bytes(recording: [:]) == bytes)
  }

  @Test func `new records take the place of the old ones and nothing else changes`() throws {
    let notebook = try Notebook(parsing: Self.whole)
    let written = String(
      decoding: notebook.bytes(recording: [1: ["a", "", "  b"], 2: ["c"]]), as: UTF8.self)
    #expect(
      written
        == Self.whole.replacing("| status\n\n| end\n", with: "| a\n|\n|   b\n\n")
        .replacing("  by mean\n", with: "  by mean\n| c\n"))
  }

  @Test func `records are written with the line ends of the file, behind a last line without one too`() throws
  {
    let notebook = try Notebook(parsing: "status\r\ntop 5")
    #expect(
      notebook.bytes(recording: [1: ["a"], 2: ["b"]]) == Array("status\r\n| a\r\ntop 5\r\n| b\r\n".utf8))
    #expect(try Notebook(parsing: "status\n| old\n").bytes(recording: [1: []]) == Array("status\n".utf8))
  }

  @Test(arguments: [
    "top 5\r\nstatus\r\n", "top 5\r\nstatus", "\u{FEFF}top 5\nstatus\n", "\u{FEFF}top 5\r\nstatus",
    "top 5\nstatus", "top 5\n| anything (\n|... \n|~ '\nstatus\n",
  ])
  func `line ends, a byte order mark and recorded output change nothing`(text: String) throws {
    #expect(try commands(text) == ["top 5", "status"])
  }

  @Test func `an indented line goes on`() throws {
    #expect(
      try commands("hypo add orders(id)\n  where id > 5\n\tas x\nstatus") == [
        "hypo add orders(id)\n  where id > 5\n\tas x", "status",
      ])
  }

  @Test func `blank lines and comments do not end what is open`() throws {
    #expect(try commands("select 1,\n\n# 2\n| 3;\nstatus") == ["select 1,\n\n# 2\n| 3;", "status"])
  }

  @Test func `a backslash goes on and is taken out`() throws {
    #expect(try commands("top 5 \\\nby mean") == ["top 5 \nby mean"])
  }

  @Test func `nothing is nothing`() throws {
    #expect(try commands("") == [])
    #expect(try commands("\n  \n\t\n") == [])
    #expect(try commands("\u{FEFF}") == [])
  }

  /// Each with its line, its message and its hint.
  @Test(arguments: [
    (
      "# x\n| before\nstatus", 2, "recorded output that belongs to no command",
      "a line that begins with | belongs below the command that gave it; nothing was run"
    ),
    (
      "#: titel x\nstatus", 1, "unknown header \"titel\"",
      "did you mean \"title\"? headers: hypo, title, ticket, requires, connect, parameter, tolerance; nothing was run"
    ),
    ("status\n#: title x", 2, "a header comes after a command", "put it above the first command"),
    ("#: title a\n#: title b", 2, "title is there already", "say it once"),
    ("#: title", 1, "title needs a value", "write #: title VALUE"),
    ("#: title x\n#: hypo 1", 2, "the format must be the first header", "put #: hypo 1 on top"),
    (
      "#: connect postgres://a:secret@b/c", 1, "a notebook does not hold a password",
      "use .pgpass, a service or a named target; nothing was run"
    ),
    (
      "#: tolerance costs 5%", 1, "there is no tolerance of \"costs\"",
      "one of: cost, rows, size, time, count, share, as in #: tolerance cost 25%"
    ),
    (
      "#: tolerance cost five", 1, "a tolerance is a part such as 25%, a number, or any",
      "for example #: tolerance cost 25%"
    ),
    (
      "#: requires postgresql>=15 hypopog", 1, "unknown guard \"hypopog\"",
      "did you mean \"hypopg\"? guards: \(NotebookGuard.names); ! in front turns one round"
    ),
    (
      "[auroa] status", 1, "unknown guard \"auroa\"",
      "did you mean \"aurora\"? guards: \(NotebookGuard.names); ! in front turns one round"
    ),
    (
      "[postgresql>=x] status", 1, "cannot read the version in \"postgresql>=x\"", "write postgresql>=16"
    ),
    ("status\n[aurora]", 2, "there is no command after the guard", "for example: [aurora] verify"),
    ("[aurora status", 1, "[ is not closed", "a guard is a condition in brackets: [postgresql>=16]"),
    ("top 5\nsta\0tus", 2, "a NUL byte", "this is no text file; nothing was run"),
  ])
  func `a file that is wrong is told with its line`(text: String, line: Int, message: String, hint: String) {
    let found = failure(text)
    #expect(found?.line == line)
    #expect(found?.failure.message == message)
    #expect(found?.failure.hint == hint)
  }

  @Test func `bytes that are no text are told with their line`() {
    let bytes = Array("status\n# ".utf8) + [0xFF, 0x0A]
    #expect(
      throws: Notebook.ParseError(
        failure: Failure(.script, "this is not UTF-8 text", hint: "save the file as UTF-8; nothing was run"),
        line: 2)
    ) {
      try Notebook(bytes: bytes)
    }
  }

  @Test func `headers say what the notebook is`() throws {
    let header = try Notebook(
      parsing: """
        #: hypo 1
        #: title A title
        #: ticket CHG-1042
        #: requires postgresql>=15 !aurora
        #: connect service=shop
        #: parameter table "Which table?" = orders
        #: parameter keys
        #: tolerance cost 25%
        #: tolerance time any
        #: tolerance count 3
        """
    ).header
    #expect(header.title == "A title")
    #expect(header.ticket == "CHG-1042")
    #expect(header.requirements.map(\.text) == ["postgresql>=15", "!aurora"])
    #expect(header.target == "service=shop")
    #expect(
      header.parameters == [
        .init(name: "table", question: "Which table?", value: "orders"), .init(name: "keys"),
      ])
    #expect(header.tolerances.map(\.field) == [.cost, .time, .count])
    #expect(header.tolerances.map(\.bound) == [.relative(0.25), .any, .absolute(3)])
  }

  /// A long statement is read line by line; each line is looked at once.
  @Test func `a statement of many lines is read`() throws {
    let lines = (0..<50_000).map { "  \($0) as c\($0)," }
    let text = "select\n" + lines.joined(separator: "\n") + "\n  1;\nstatus\n"
    let notebook = try Notebook(parsing: text)
    #expect(notebook.steps.map(\.commandLines) == [0..<50_002, 50_002..<50_003])
  }

  @Test(arguments: [
    ("status\nselect 'a\nstatus\n", 2, "' is not closed", "'"),
    ("select \"a", 1, "\" is not closed", "\""), ("hypo add orders(id\n", 1, "( is not closed", "("),
    ("select $$ a;", 1, "$ is not closed", "$"), ("select 1 /* ;\n*", 1, "* is not closed", "*"),
    ("status\n\nselect 1\nstatus\n", 3, "a statement does not end", ";"),
    ("top \\", 1, "the last line ends with a backslash", "\\"),
  ])
  func `what does not end is told with its first line`(text: String, line: Int, what: String, open: String) {
    let hint = open == ";" ? "end it with a semicolon; nothing was run" : "close it; nothing was run"
    #expect(
      failure(text)
        == Notebook.ParseError(
          failure: Failure(.script, "\(what) before the end of the file", hint: hint), line: line,
          open: open))
  }

  @Test func `a newer format is refused with its line`() {
    let found = failure("# x\n#: hypo 2\nstatus")
    #expect(found?.line == 2)
    #expect(found?.failure.message == "this notebook is of another format: hypo 2")
    #expect(found?.failure.hint == "upgrade hypo; nothing was run")
  }
}
