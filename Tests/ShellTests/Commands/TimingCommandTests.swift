import Testing

@testable import Shell

/// `\timing`, the time of each command.
@Suite struct TimingCommandTests {
  @Test func `without a value it is turned over`() throws {
    let trial = try CommandTrial()
    #expect(trial.screen(after: "show timing") == "timing  off")
    #expect(trial.screen(after: "\\timing") == "timing  on\ntime: ~")
    #expect(trial.screen(after: "\\timing") == "timing  off")
  }

  @Test(arguments: [
    ("on", "on\ntime: ~"), ("Off", "off"), ("TRUE", "on\ntime: ~"), ("false", "off"),
    ("\"on\";", "on\ntime: ~"),
  ])
  func `a value is that of the setting, as set takes it`(typed: String, value: String) throws {
    let trial = try CommandTrial()
    #expect(trial.screen(after: "\\timing \(typed)") == "timing  \(value)")
    #expect(trial.screen(after: "show timing") == "timing  \(value)")
  }

  @Test func `what is no value is told at its place`() throws {
    let trial = try CommandTrial()
    #expect(
      trial.screen(after: "\\timing perhaps") == """
        error: timing cannot be "perhaps"
          \\timing perhaps
                  ^
        hint: one of: on, off
        """)
    #expect(
      trial.screen(after: "\\timing on please") == """
        error: unexpected "please"
          \\timing on please
                     ^
        hint: usage: \\timing [on | off]
        """)
    #expect(trial.screen(after: "show timing") == "timing  off")
  }
}
