import Testing

@testable import Shell

/// `quit`
@Suite struct QuitCommandTests {
  @Test func `nothing may follow`() throws {
    let trial = try CommandTrial()
    #expect(
      trial.screen(after: "quit now") == """
        error: unexpected "now"
          quit now
               ^
        hint: usage: quit
        """)
  }

  @Test(arguments: ["quit", "exit", "QUIT;", "\\q"]) func `the shell ends and says nothing`(line: String)
    throws
  {
    let trial = try CommandTrial()
    #expect(!trial.isEnding)
    #expect(trial.screen(after: line) == "")
    #expect(trial.isEnding)
  }
}
