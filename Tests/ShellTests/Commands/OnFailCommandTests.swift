import Testing

@testable import Shell

/// `on-fail`
@Suite struct OnFailCommandTests {
  @Test func `what is no reaction is told`() throws {
    let trial = try CommandTrial()
    #expect(
      trial.screen(after: "on-fail") == """
        error: on-fail needs rollback, stop or warn
          on-fail
                 ^
        hint: usage: on-fail rollback | stop | warn
        """)
    #expect(
      trial.screen(after: "on-fail no") == """
        error: unexpected "no"
          on-fail no
                  ^
        hint: one of: rollback, stop, warn
        """)
    #expect(
      trial.screen(after: "on-fail warn x") == """
        error: unexpected "x"
          on-fail warn x
                       ^
        hint: usage: on-fail rollback | stop | warn
        """)
  }

  @Test(arguments: ["stop", "rollback", "WARN"])
  func `it counts from here on and says nothing`(reaction: String) throws {
    let trial = try CommandTrial()
    #expect(trial.onFail == "stop")
    #expect(trial.screen(after: "on-fail \(reaction)") == "")
    #expect(trial.onFail == reaction.lowercased())
  }
}
