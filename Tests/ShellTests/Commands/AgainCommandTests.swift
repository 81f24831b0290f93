import Testing

@testable import Shell

/// `\g`, the last command again.
@Suite struct AgainCommandTests {
  @Test func `the last command that only looks runs again`() throws {
    let trial = try CommandTrial()
    #expect(
      trial.screen(after: "\\g") == """
        error: there is no command to repeat yet
        hint: the up arrow brings back older ones
        """)
    try trial.enter("show format")
    #expect(trial.screen(after: "\\g") == "format  aligned")
    try trial.enter("set timing off")
    #expect(
      trial.screen(after: "\\g") == """
        error: set cannot be repeated: it does more than look
        hint: to repeat: changes, diff, doctor, expect, explain, help, history, hypo list, query, show, status, top, \
        verify, and SQL
        exit status 6
        """)
    #expect(
      trial.screen(after: "\\g now") == """
        error: unexpected "now"
          \\g now
             ^
        hint: usage: \\g
        """)
  }
}
