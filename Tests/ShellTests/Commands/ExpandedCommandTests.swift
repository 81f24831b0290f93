import Testing

@testable import Shell

/// `\x`, rows as records.
@Suite struct ExpandedCommandTests {
  @Test func `without a value it is turned over, and auto becomes on`() throws {
    let trial = try CommandTrial()
    #expect(trial.screen(after: "show expanded") == "expanded  auto")
    #expect(trial.screen(after: "\\x") == "expanded  on")
    #expect(trial.screen(after: "\\x") == "expanded  off")
    #expect(trial.screen(after: "\\x") == "expanded  on")
  }

  @Test(arguments: [
    ("on", "on"), ("OFF", "off"), ("auto", "auto"), ("true", "on"), ("false;", "off"), ("'auto'", "auto"),
  ])
  func `a value is that of the setting, as set takes it`(typed: String, value: String) throws {
    let trial = try CommandTrial()
    #expect(trial.screen(after: "\\x \(typed)") == "expanded  \(value)")
    #expect(trial.screen(after: "show expanded") == "expanded  \(value)")
  }

  @Test func `rows are records then`() throws {
    let trial = try CommandTrial.onShop()
    try trial.enter("\\x on", "select 1 as one, 2 as two;")
    #expect(trial.output.contains("one | 1"), "\(trial.output)")
  }

  @Test func `what is no value is told at its place`() throws {
    let trial = try CommandTrial()
    #expect(
      trial.screen(after: "\\x perhaps") == """
        error: expanded cannot be "perhaps"
          \\x perhaps
             ^
        hint: one of: on, off, auto
        """)
    #expect(
      trial.screen(after: "\\x on please") == """
        error: unexpected "please"
          \\x on please
                ^
        hint: usage: \\x [on | off | auto]
        """)
    #expect(trial.screen(after: "show expanded") == "expanded  auto")
  }
}
