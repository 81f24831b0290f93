import Testing

@testable import Shell

/// `\watch`, the last command again and again.
@Suite struct WatchAgainCommandTests {
  @Test func `the last command is repeated, as often as psql's c says`() throws {
    let trial = try CommandTrial()
    #expect(
      trial.screen(after: "\\watch c=1") == """
        error: there is no command to repeat yet
        hint: usage: watch N [count C] COMMAND
        """)
    try trial.enter("show format")
    #expect(trial.screen(after: "\\watch c=1") == "format  aligned")
    #expect(trial.screen(after: "\\watch i=0.1 c=2") == "format  aligned\nformat  aligned")
    #expect(
      trial.screen(after: "\\watch x") == """
        error: the interval must be a number of seconds from 0.1 to 86400
          \\watch x
                 ^
        hint: usage: \\watch [N]
        """)
    #expect(
      trial.screen(after: "\\watch c=0") == """
        error: the number of times must be a whole number above 0
          \\watch c=0
                   ^
        hint: for example 5
        """)
    #expect(
      trial.screen(after: "\\watch i=0") == """
        error: the interval must be a number of seconds from 0.1 to 86400
          \\watch i=0
                   ^
        hint: usage: \\watch [N]
        """)
    try trial.enter("set timing off")
    #expect(
      trial.screen(after: "\\watch") == """
        error: set cannot be repeated: it does more than look
        hint: to repeat: changes, diff, doctor, expect, explain, help, history, hypo list, query, show, status, top, \
        verify, and SQL
        exit status 6
        """)
  }

  @Test func `an interrupt ends it in a script and is told`() throws {
    let trial = try CommandTrial()
    try trial.enter("show format")
    trial.interrupt()
    #expect(
      trial.screen(after: "\\watch 60") == """
        format  aligned
        error: watch was interrupted
        exit status 130
        """)
  }
}
