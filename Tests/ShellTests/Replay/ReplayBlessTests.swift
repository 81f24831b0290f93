import Foundation
import TestSupport
import Testing

/// `hypo replay --bless`.
@Suite struct ReplayBlessTests {
  private let hypo: HypoProcess

  init() throws { hypo = try Shop.hypo() }

  @Test func `what comes is recorded, and replays green at once`() throws {
    let run = try hypo.replay(
      "# prose\nselect 1 as one;\nlet a = rows[1].one\nselect nope;\nexpect error 42703\n", "--bless")
    #expect(run.status == 0)
    #expect(run.errors == "x.hypo: 2 steps have another record now\n")
    #expect(
      try hypo.notebook == """
        # prose
        select 1 as one;
        | recorded NOW
        | sql
        | answer rows: one:integer
        |   1
        | tag "SELECT 1"
        let a = rows[1].one
        select nope;
        | error 42703 "column \\"nope\\" does not exist"
        expect error 42703

        """)
    #expect(try hypo.replayAgain(["--strict"]).status == 0)
    #expect(try hypo.replayAgain(["--bless"]).errors == "x.hypo is as it was\n")
  }

  @Test(arguments: ["\n", "\r\n"], ["", "\u{FEFF}"])
  func `only recorded lines differ`(end: String, mark: String) throws {
    let lines = [
      "#: hypo 1", "#:  title  two  blanks ", "", "# prose \t", "select 1 as one;", "", "| old", "",
      "| older",
      "", "select", "\t2 as two;", "#no blank", "expect  1 <  2", "query q = select 3;",
    ]
    let before = mark + lines.joined(separator: end)
    let run = try hypo.replay(before, "--bless")
    #expect(run.status == 0, "\(run)")
    // Foundation takes a byte order mark away.
    let after = String(
      decoding: try Data(contentsOf: URL(fileURLWithPath: "\(hypo.folder.path)/x.hypo")), as: UTF8.self)
    func unrecorded(_ text: String) -> [Substring] {
      // A line feed and the carriage return before it are one character.
      text.split(separator: Character(end), omittingEmptySubsequences: false).filter { !$0.hasPrefix("|") }
    }
    // The last line has got an end, because a record follows it.
    #expect(unrecorded(after) == unrecorded(before) + [""])
    #expect(after.contains("\(end)select 1 as one;\(end)\(end)| recorded "))
    #expect(!after.contains("| old"))
    #expect(
      after.hasSuffix(
        "query q = select 3;\(end)| query\(end)| query:\(end)|   \"@q\" = `select 3`\(end)|   parameters = 0\(end)"
      ))
    #expect(try hypo.replayAgain(["--strict"]).status == 0)
  }

  @Test func `wildcards are kept, and what did not drift stays byte for byte`() throws {
    let run = try hypo.replay(
      """
      select 1 as one;
      |sql
      |...
      |~tag.*
      select 2 as two, 3 as three;
      | sql
      | answer rows: two:integer  four:integer
      |   ...
      |~ tag "SELECT \\d"
      select 3 as three;
      | sql
      |...
      |~ tag "SELECT 7"
      explain select * from orders where customer_id = 42;
      | explain
      |...
      | plan plan "Plan" of "the statement" `select * from orders where customer_id = 42`
      |   Seq Scan  cost=0..500 rows=60 width=34 relation=orders alias=orders
      |...
      select g from generate_series(1, 3) g;
      | sql
      | answer rows: h:integer
      |   1
      |...
      | tag "SELECT 9"

      """, "--bless")
    #expect(run.status == 0)
    #expect(
      try hypo.notebook == """
        select 1 as one;
        |sql
        |...
        |~tag.*
        select 2 as two, 3 as three;
        | recorded NOW
        | sql
        | answer rows: two:integer  three:integer
        |   ...
        | ~ tag "SELECT \\d"
        select 3 as three;
        | sql
        | ...
        explain select * from orders where customer_id = 42;
        | statistics orders -
        | explain
        | ...
        | plan plan "Plan" of "the statement" `select * from orders where customer_id = 42`
        |   Seq Scan  cost=0..398 rows=56 width=34 relation=orders alias=orders
        | ...
        select g from generate_series(1, 3) g;
        | sql
        | answer rows: g:integer
        |   1
        | ...
        | tag "SELECT 3"

        """)
    #expect(try hypo.replayAgain(["--strict"]).status == 0)
  }

  @Test(arguments: ["| answer rows: one:intger", "|~ (", "| recorded yesterday", "|  x"])
  func `a record that cannot be read is made anew`(line: String) throws {
    #expect(try hypo.replay("select 1 as one;\n| sql\n\(line)\n", "--bless").status == 0)
    #expect(
      try hypo.notebook == """
        select 1 as one;
        | recorded NOW
        | sql
        | answer rows: one:integer
        |   1
        | tag "SELECT 1"

        """)
    #expect(try hypo.replayAgain(["--strict"]).status == 0)
  }

  @Test func `a list that grows with each run is recorded with a wildcard`() throws {
    #expect(try hypo.replay("changes\n", "--bless").status == 0)
    #expect(
      try hypo.notebook == """
        changes
        | changes
        | changes empty "nothing was changed through hypo yet": change~  started  state~  database  index  ticket  statement
        | ...

        """)
  }

  @Test(arguments: ["true", "1"])
  func `CI blesses nothing`(value: String) throws {
    var hypo = hypo
    hypo.environment["CI"] = value
    #expect(
      try hypo.replay("select 1 as one;\n", "--bless")
        == .init(
          errors: """
            error: --bless is refused in CI, where CI=\(value) is set
            hint: a person blesses, and reviews the difference

            """, status: 6))
    #expect(try hypo.folder.read("x.hypo") == "select 1 as one;\n")
  }

  @Test func `a file that was changed meanwhile is not blessed`() throws {
    try FileManager.default.createSymbolicLink(
      atPath: "\(hypo.folder.path)/link.txt", withDestinationPath: "x.hypo")
    let run = try hypo.replay("select 1 as one;\nstatus >! link.txt\n", "--bless")
    #expect(run.status == 6)
    #expect(
      run.errors == """
        wrote link.txt
        error: x.hypo was changed while it was replayed, so it was not blessed
        hint: replay --bless x.hypo once more

        """)
    #expect(try hypo.folder.read("x.hypo").hasPrefix("server "))
  }

  @Test func `nothing is written when a step fails`() throws {
    let notebook = "select 1 as one;\nselect nope;\n"
    #expect(try hypo.replay(notebook, "--bless").status == 3)
    #expect(try hypo.folder.read("x.hypo") == notebook)
    #expect(try hypo.replay("select 1 as one;\nexpect 2 < 1\n", "--bless").status == 4)
    #expect(try hypo.folder.read("x.hypo") == "select 1 as one;\nexpect 2 < 1\n")
  }

  @Test func `the file keeps its mode`() throws {
    try hypo.folder.write("", to: "x.hypo")
    let path = "\(hypo.folder.path)/x.hypo"
    try FileManager.default.setAttributes([.posixPermissions: 0o640], ofItemAtPath: path)
    #expect(try hypo.replay("select 1 as one;\n", "--bless").status == 0)
    let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
    #expect(mode == 0o640)
  }
}
