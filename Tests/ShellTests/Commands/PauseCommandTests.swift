import Testing

@testable import Shell

/// `pause`, a question to a person.
@Suite struct PauseCommandTests {
  @Test func `it needs a text in quotes`() throws {
    let trial = try CommandTrial()
    #expect(
      trial.screen(after: "pause") == """
        error: pause needs a text in quotes
          pause
               ^
        hint: usage: pause "TEXT"
        """)
    #expect(
      trial.screen(after: "pause x") == """
        error: pause needs a text in quotes
          pause x
                ^
        hint: usage: pause "TEXT"
        """)
    #expect(
      trial.screen(after: "pause \"\"") == """
        error: pause needs a text in quotes
          pause ""
                ^
        hint: usage: pause "TEXT"
        """)
    #expect(
      trial.screen(after: "pause \"Go?") == """
        error: pause needs a text in quotes
          pause "Go?
                ^
        hint: usage: pause "TEXT"
        """)
    #expect(
      trial.screen(after: "pause \"Go?\" now") == """
        error: unexpected "now"
          pause "Go?" now
                      ^
        hint: usage: pause "TEXT"
        """)
  }

  @Test func `an answer goes on, and no ends it`() throws {
    let trial = try CommandTrial()
    #expect(trial.screen(after: "pause \"Go?\"", answering: "") == "")
    #expect(trial.questions == ["Go? (Enter goes on, no ends it) "])
    #expect(trial.screen(after: "pause 'Go?'", answering: "Ticket  7") == "answered: Ticket 7")
    #expect(trial.questions == ["Go? (Enter goes on, no ends it) "])
    #expect(
      trial.screen(after: "pause \"Go?\"", answering: "No, never") == """
        error: the answer was no: Go?
        hint: nothing after the pause was run
        exit status 6
        """)
    #expect(trial.questions == ["Go? (Enter goes on, no ends it) "])
    #expect(
      trial.screen(after: "pause \"Go?\"") == """
        error: nobody answered: Go?
        hint: --yes goes on without a person; nothing after the pause was run
        exit status 6
        """)
  }

  @Test func `a script says yes for it`() throws {
    let trial = try CommandTrial()
    trial.saysYes = true
    #expect(trial.screen(after: "pause \"Go?\"") == "Go? (--yes goes on)")
  }

  @Test func `a lesson takes any answer`() throws {
    let trial = try CommandTrial()
    trial.isLesson = true
    #expect(trial.screen(after: "pause \"Go?\"", answering: "no") == "")
    #expect(trial.questions == ["Go? (Enter goes on) "])
  }

  @Test func `Ctrl-C ends at the pause`() throws {
    let trial = try CommandTrial()
    trial.wasInterrupted = true
    #expect(
      trial.screen(after: "pause \"Go?\"") == """
        error: ended at the pause
        exit status 130
        """)
  }
}
