import Testing

@testable import Shell

@Suite struct NotebookTests {
  private func steps(_ text: String) throws -> [Notebook.Step] { try Notebook(parsing: text).steps }

  private func failure(_ text: String) -> Notebook.ParseError? {
    do {
      _ = try Notebook(parsing: text)
      return nil
    } catch { return error }
  }

  @Test func `a notebook is headers, prose and commands with their lines`() throws {
    let text = """
      #: hypo 1
      #: title The orders walkthrough
      # ## First
      # two lines
      #
      #of prose
      status

      # more
      top 5
      """
    #expect(
      try steps(text) == [
        .header("hypo 1", line: 1), .header("title The orders walkthrough", line: 2),
        .prose(["## First", "two lines", "", "of prose"], line: 3), .command("status", line: 7),
        .prose(["more"], line: 9), .command("top 5", line: 10),
      ])
  }

  @Test func `prose does not go on behind a command or a header`() throws {
    #expect(
      try steps("# a\n#: title t\n# b\n") == [
        .prose(["a"], line: 1), .header("title t", line: 2), .prose(["b"], line: 3),
      ])
  }

  @Test(arguments: [
    "top 5\r\nstatus\r\n", "top 5\r\nstatus", "\u{FEFF}top 5\nstatus\n", "\u{FEFF}top 5\r\nstatus",
    "top 5\nstatus", "top 5\n| anything (\n|... \n|~ '\nstatus\n", "| before\ntop 5\nstatus\n",
    "top 5 \nstatus".replacing("5 ", with: "5"),
  ])
  func `line ends, a byte order mark and recorded output change nothing`(text: String) throws {
    let found = try steps(text).map { step in
      if case .command(let command, _) = step { command } else { "?" }
    }
    #expect(found == ["top 5", "status"])
  }

  @Test func `an indented line goes on`() throws {
    #expect(
      try steps("hypo add orders(id)\n  where id > 5\n\tas x\nstatus") == [
        .command("hypo add orders(id)\n  where id > 5\n\tas x", line: 1), .command("status", line: 4),
      ])
  }

  @Test func `blank lines and comments do not end what is open`() throws {
    #expect(
      try steps("select 1,\n\n# 2\n| 3;\nstatus") == [
        .command("select 1,\n\n# 2\n| 3;", line: 1), .command("status", line: 5),
      ])
  }

  @Test func `a backslash goes on and is taken out`() throws {
    #expect(try steps("top 5 \\\nby mean") == [.command("top 5 \nby mean", line: 1)])
  }

  @Test func `nothing is nothing`() throws {
    #expect(try steps("") == [])
    #expect(try steps("\n  \n\t\n") == [])
    #expect(try steps("\u{FEFF}") == [])
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
    #expect(
      failure("# x\n#: hypo 2\nstatus")
        == Notebook.ParseError(
          failure: Failure(.script, "this notebook is of another format: hypo 2", hint: "upgrade hypo"),
          line: 2))
  }
}
