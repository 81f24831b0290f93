import Notebook
import Reports
import TestSupport
import Testing

@testable import Shell

/// Notebooks of which nothing is run, and those that stop at a step.
@Suite struct NotebookRefusalTests {
  private static let guards =
    "guards: aurora, standby, primary, production, sandbox, postgresql>=16, hypopg>=1.4, pg_stat_statements; "
    + "! in front turns one round"

  /// What stands behind a first step that would print, and what is told.
  static let wrong: [(rest: String, errors: String)] = [
    (
      "#: title late",
      "x.hypo:2: error: a header comes after a command\nhint: put it above the first command\n"
    ),
    (
      "sttaus",
      "x.hypo:2: error: unknown command \"sttaus\"\n  sttaus\n  ^\nhint: did you mean \"status\"?; nothing was run\n"
    ),
    (
      "select 'a;",
      "x.hypo:2: error: ' is not closed before the end of the file\nhint: close it; nothing was run\n"
    ),
    ("sta\0tus", "x.hypo:2: error: a NUL byte\nhint: this is no text file; nothing was run\n"),
    (
      "[auror] status",
      "x.hypo:2: error: unknown guard \"auror\"\n  [auror] status\n   ^\nhint: did you mean \"aurora\"? \(guards)\n"
    ),
    (
      "select :x;",
      """
      x.hypo:2: error: :x is used but was never set
        select :x;
               ^
      hint: let x = … above it captures a value, #: parameter x asks for one; nothing was run

      """
    ),
    (
      "let ab = 1\nselect :aab;",
      """
      x.hypo:3: error: :aab is used but was never set
        select :aab;
               ^
      hint: did you mean :ab?; nothing was run

      """
    ),
  ]

  @Test(arguments: wrong)
  func `what is wrong anywhere is told with its line, and nothing has run`(rest: String, errors: String)
    throws
  {
    #expect(
      try Shop.hypo().replay("select 1 as one;\n\(rest)\n") == .init(errors: errors, status: 3))
    #expect(
      try Shop.hypo().replay("select 1 as one;\n\(rest)\n", "--dry-run") == .init(errors: errors, status: 3))
  }

  @Test(arguments: [
    (
      "#: hypo 1\n#: foo x\n",
      """
      x.hypo:2: error: unknown header "foo"
        #: foo x
           ^
      hint: headers: hypo, title, ticket, requires, connect, parameter, tolerance; nothing was run

      """
    ),
    (
      "#: hypo 2\n",
      """
      x.hypo:1: error: this notebook is of another format: hypo 2
        #: hypo 2
                ^
      hint: upgrade hypo; nothing was run

      """
    ),
    (
      "# prose\n| output\n",
      """
      x.hypo:2: error: recorded output that belongs to no command
      hint: a line that begins with | belongs below the command that gave it; nothing was run

      """
    ),
  ])
  func `so is a wrong beginning`(beginning: String, errors: String) throws {
    #expect(
      try Shop.hypo().replay(beginning + "select 1 as one;\n") == .init(errors: errors, status: 3))
  }

  @Test(arguments: [
    (
      "| answer rows: one:intger",
      """
      x.hypo:3: error: the recorded output cannot be read: expected integer, number, boolean or text
        | answer rows: one:intger
                           ^

      """
    ),
    (
      "|~ (",
      """
      x.hypo:3: error: the recorded output cannot be read: expected a regular expression: expected ')'
        | ~ (
            ^

      """
    ),
  ])
  func `a record that cannot be read is told when it is to be compared`(line: String, errors: String) throws {
    let hypo = try Shop.hypo()
    let notebook = "select 1 as one;\n| sql\n\(line)\n"
    let hint = "hint: replay --bless records it anew; nothing was run\n"
    #expect(try hypo.replay(notebook, "--verify") == .init(errors: errors + hint, status: 3))
    #expect(try hypo.replayAgain(["--strict"]) == .init(errors: errors + hint, status: 3))
    #expect(try hypo.replayAgain().status == 0)
  }

  @Test(arguments: [
    (["--from", "3"], "error: there is no step 3\nhint: x.hypo has 1 step\n"),
    (["--set", "x=1"], "error: x.hypo has no parameter \"x\"\nhint: it asks for none\n"),
    (["--bless", "--from", "2"], "error: --bless needs the whole notebook\nhint: leave --from away\n"),
    (
      ["--step"],
      "error: --step needs a terminal\nhint: without --step the notebook runs by itself\n"
    ),
    (
      ["--junit", "none/x.xml"],
      "error: could not write \"none/x.xml\": there is no folder \"FOLDER/none\"\n"
        + "hint: make the folder first, or name another one\n"
    ),
  ])
  func `flags that do not fit are told and nothing runs`(flags: [String], errors: String) throws {
    let hypo = try Shop.hypo()
    try hypo.folder.write("select 1 as one;\n", to: "x.hypo")
    var run = try hypo.replayAgain(flags)
    run.errors = run.errors.replacing(hypo.folder.path, with: "FOLDER")
    #expect(run == .init(errors: errors, status: 3))
  }

  @Test(arguments: [
    (["--from", "0"], "--from is the number of a step, from 1"), (["--set", "x"], "--set is NAME=VALUE"),
    (["--dry-run", "--bless"], "--dry-run runs nothing, so it goes with neither --bless nor --step"),
    (["--step", "--verify"], "--step is for learning, so it checks nothing"),
  ])
  func `flags that are wrong by themselves are told with the usage`(flags: [String], message: String) throws {
    let hypo = try Shop.hypo()
    try hypo.folder.write("select 1 as one;\n", to: "x.hypo")
    let run = try hypo.replayAgain(flags)
    #expect(run.status == 1 && run.output == "")
    #expect(run.errors.hasPrefix("Error: \(message)\nUsage: hypo replay "), "\(run.errors)")
  }

  @Test func `evidence that cannot be written ends the run before its first step`() throws {
    let hypo = try Shop.hypo()
    #expect(
      try hypo.replay("select 1 as one;\n", "--evidence", "/proc/none/e.jsonl")
        == .init(
          errors: """
            error: could not make the folder "/proc/none": there is no such file or folder
            detail: No such file or directory
            hint: make the file and its folder writable, or name another file

            """, status: 1))
  }

  @Test func `what only running can tell stops at that step, and those before it did run`() throws {
    #expect(
      try Shop.hypo().replay("select 1 as one;\nexplain @5\nselect 2;\n", "--verify")
        == .init(
          output: """
            ok    1/3  x.hypo:1  select 1 as one;  T
            FAIL  2/3  x.hypo:2  explain @5  T
                   x.hypo:2: error: there is no query @5
                     explain @5
                             ^
                   hint: top gives numbers to queries, query NAME = SQL; gives a name

            """, status: 3))
    #expect(
      try Shop.hypo().replay("[standby] let x = 1\n\nselect :x;\nselect 2;\n", "--verify")
        == .init(
          output: """
            skip  1/3  x.hypo:1  let x = 1  T
                   guard: standby does not hold here
            FAIL  2/3  x.hypo:3  select :x;  T
                   x.hypo:3: error: :x is used but was never set
                     select :x;
                            ^
                   hint: let x = … above it captures a value, #: parameter x asks for one

            """, status: 3))
  }

  @Test(arguments: [
    "\u{FEFF}select 1 as one;\n", "select 1 as one;\r\n", "\u{FEFF}# prose\r\nselect 1 as one;",
    "select\r\n  1 as one;",
  ])
  func `a byte order mark, CRLF and a missing last line end are taken`(notebook: String) throws {
    let run = try Shop.hypo().replay(notebook, "--verify")
    #expect(
      run.status == 0 && run.output.contains("x.hypo: 1 command, 0 expectations held, 1 without a record\n"),
      "\(run)")
  }

  /// Built and compared in memory: what counts is that no byte is lost, however large the file is.
  @Test func `fifty megabytes are kept byte for byte`() throws {
    let part = Array(
      ("# prose \u{E9}\r\n\nselect 'a\n| b' as one;\n| sql\n| ...\n\n|  x\n"
        + String(repeating: "# " + String(repeating: "x", count: 998) + "\r\n", count: 50)).utf8)
    var bytes: [UInt8] = [0xEF, 0xBB, 0xBF]
    while bytes.count < 50_000_000 { bytes += part }
    bytes += Array("status".utf8)
    let notebook = try Notebook(bytes: bytes)
    #expect(notebook.steps.count == (bytes.count - 9) / part.count + 1)
    #expect(notebook.bytes(recording: [:]) == bytes)
  }
}
