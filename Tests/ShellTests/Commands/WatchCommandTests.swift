import Notebook
import Reports
import Testing

@testable import Shell

@Suite struct WatchCommandTests {
  @Test(arguments: [
    ("top 5", "top 5"), ("select 1; > x.csv", "select 1; "), ("status >! 'x y.md'", "status "),
    ("watch 0.5 count 2 top 5", "top 5"), ("watch 5 select 1; > x.json", "select 1;"),
    ("watch x top", "watch x top"), ("select 1; > x.none", "select 1; > x.none"),
  ])
  func `what is repeated has no file and is not watch itself`(line: String, command: String) {
    #expect(Loop.worthRepeating(line, try? PreparedCommand(line)) == command)
  }

  @Test(arguments: ["help", "\\s", "\\x", "\\e", "quit", "record"])
  func `what is about the shell is not repeated`(line: String) throws {
    #expect(Loop.worthRepeating(line, try PreparedCommand(line)) == nil)
  }

  @Test func `SQL behind watch goes to its semicolon`() {
    #expect(Completeness.of("watch 5 select 1") == .open(";"))
    #expect(Completeness.of("watch 5 count 2 select 1;") == .complete)
    #expect(Completeness.of("watch 5 top 3") == .complete)
    #expect(Completeness.of("watch 5 explain @1") == .complete)
    #expect(Completeness.of("watch 5") == .complete)
  }

  @Test func `what cannot be read is told at its place`() throws {
    let trial = try CommandTrial()
    #expect(
      trial.screen(after: "watch") == """
        error: watch needs a time in seconds
          watch
               ^
        hint: usage: watch N [count C] COMMAND
        """)
    #expect(
      trial.screen(after: "watch x") == """
        error: the interval must be a number of seconds from 0.1 to 86400
          watch x
                ^
        hint: usage: watch N [count C] COMMAND
        """)
    #expect(
      trial.screen(after: "watch 0") == """
        error: watch needs a command
          watch 0
                 ^
        hint: usage: watch N [count C] COMMAND
        """)
    #expect(
      trial.screen(after: "watch 1") == """
        error: watch needs a command
          watch 1
                 ^
        hint: usage: watch N [count C] COMMAND
        """)
    #expect(
      trial.screen(after: "watch 1 count") == """
        error: count needs the number of times
          watch 1 count
                       ^
        hint: for example 5
        """)
    #expect(
      trial.screen(after: "watch 1 count 2") == """
        error: watch needs a command
          watch 1 count 2
                         ^
        hint: usage: watch N [count C] COMMAND
        """)
    #expect(
      trial.screen(after: "watch 1 count status") == """
        error: the number of times must be a whole number above 0
          watch 1 count status
                        ^
        hint: for example 5
        """)
    #expect(
      trial.screen(after: "watch 1 count 0 status") == """
        error: the number of times must be a whole number above 0
          watch 1 count 0 status
                        ^
        hint: for example 5
        """)
    #expect(
      trial.screen(after: "watch 1 hypo reset") == """
        error: hypo reset cannot be repeated: it does more than look
          watch 1 hypo reset
                  ^
        hint: to repeat: changes, diff, doctor, expect, explain, help, history, hypo list, query, show, status, top, verify, and SQL
        exit status 6
        """)
    #expect(
      trial.screen(after: "watch 1 \\! ls") == """
        error: cannot run \\!: hypo runs no shell
          watch 1 \\! ls
                  ^
        hint: use another terminal, or Ctrl-Z and fg
        """)
    #expect(
      trial.screen(after: "watch 1 status now") == """
        error: unexpected "now"
          watch 1 status now
                         ^
        hint: usage: status
        """)
    #expect(
      trial.screen(after: "watch 1 nosuch") == """
        error: unknown command "nosuch"
          watch 1 nosuch
                  ^
        hint: help lists the commands; SQL begins with a keyword and ends in ;
        """)
    #expect(
      trial.screen(after: "watch 1 count 2 show format > x.csv") == """
        error: watch gives several tables, and a .csv file holds exactly one
        hint: watch can be written to .txt .md .html .json
        """)
    #expect(
      trial.screen(after: "watch 0.1 count 2 show format") == """
        format  aligned
        format  aligned
        """)
    #expect(
      trial.screen(after: "watch 0.1 count 2 show nosuch") == """
        error: unknown setting "nosuch"
          watch 0.1 count 2 show nosuch
                                 ^
        hint: settings: expanded, format, keep_literals, pager, plan_functions, prompt, timing; the server's settings are SQL: end with ;
        """)
  }

  @Test func `an interrupt ends it in a script and is told`() throws {
    let trial = try CommandTrial()
    trial.interrupt()
    #expect(
      trial.screen(after: "watch 60 show format") == """
        format  aligned
        error: watch was interrupted
        exit status 130
        """)
  }
}
