import Foundation
import IndexDesign
import TestSupport
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
        hint: usage: pause "TEXT" [for yes|name|number]
        """)
    #expect(
      trial.screen(after: "pause x") == """
        error: pause needs a text in quotes
          pause x
                ^
        hint: usage: pause "TEXT" [for yes|name|number]
        """)
    #expect(
      trial.screen(after: "pause \"\"") == """
        error: pause needs a text in quotes
          pause ""
                ^
        hint: usage: pause "TEXT" [for yes|name|number]
        """)
    #expect(
      trial.screen(after: "pause \"Go?") == """
        error: pause needs a text in quotes
          pause "Go?
                ^
        hint: usage: pause "TEXT" [for yes|name|number]
        """)
    #expect(
      trial.screen(after: "pause \"Go?\" now") == """
        error: unexpected "now"
          pause "Go?" now
                      ^
        hint: usage: pause "TEXT" [for yes|name|number]
        """)
  }

  @Test func `a question needs yes, and no ends it`() throws {
    let trial = try CommandTrial()
    let question = "Go? (yes goes on, no ends it) "
    for answer in ["yes", "YES", " y ", "Yes."] {
      #expect(trial.screen(after: "pause \"Go?\"", answering: answer) == "answered: \(answer.trimmed)")
      #expect(trial.questions == [question])
    }
    for answer in ["not yet", "nobody", "never checked", "maybe", "", "yesterday", "1", "yes but"] {
      #expect(
        trial.screen(after: "pause 'Go?'", answering: answer, "no") == """
          error: the answer was no: Go?
          hint: nothing after the pause was run
          exit status 6
          """)
      let complaint = (answer.isEmpty ? "That" : "\"\(answer)\"") + " is no answer, type yes or no. "
      #expect(trial.questions == [question, complaint + question])
    }
    for answer in ["no", "N", "No, never", "no way"] {
      #expect(
        trial.screen(after: "pause \"Go?\"", answering: answer) == """
          error: the answer was no: Go?
          hint: nothing after the pause was run
          exit status 6
          """)
    }
    #expect(
      trial.screen(after: "pause \"Go?\"") == """
        error: nobody answered: Go?
        hint: --yes goes on without a person; nothing after the pause was run
        exit status 6
        """)
  }

  @Test func `a text without a question waits for Enter`() throws {
    let trial = try CommandTrial()
    #expect(trial.screen(after: "pause \"Look at it.\"", answering: "") == "")
    #expect(trial.questions == ["Look at it. (Enter goes on, no ends it) "])
    #expect(
      trial.screen(after: "pause \"Look at it.\"", answering: "wait", "yes") == """
        answered: yes
        """)
    #expect(
      trial.screen(after: "pause \"Look at it.\" for yes", answering: "", "y") == """
        answered: y
        """)
  }

  @Test func `a name or a number is judged, kept, and no flag gives it`() throws {
    let trial = try CommandTrial()
    let pause = "pause \"Who has reviewed it?\" for name"
    #expect(
      trial.screen(after: pause, answering: "nobody", "not yet", "-", "x", "TBD", "yes", "Ada  Lovelace")
        == """
        answer  Ada Lovelace
        """)
    #expect(
      trial.questions.last
        == "\"yes\" is no answer, type a name, or no. Who has reviewed it? (a name goes on, no ends it) ")
    #expect(trial.screen(after: "let reviewer = pause.answer") == "reviewer  Ada Lovelace")
    #expect(
      trial.screen(after: "pause \"How many?\" for number", answering: "many", "3") == """
        answer  3
        """)
    #expect(trial.screen(after: "expect pause.answer < 3").contains("3"))
    trial.saysYes = true
    #expect(
      trial.screen(after: pause) == """
        error: nobody answered: Who has reviewed it?
        hint: a person has to answer with a name; nothing after the pause was run
        exit status 6
        """)
  }

  @Test func `on production no flag answers`() throws {
    let database = try Shop.database()
    let trial = try CommandTrial(
      on: database,
      targets: [Target(name: "live", conninfo: database.conninfo, policy: TargetPolicy(isProduction: true))])
    trial.saysYes = true
    try trial.enter("connect live")
    #expect(
      trial.screen(after: "pause \"Go?\"") == """
        error: nobody answered: Go?
        hint: on a production target a person has to answer; nothing after the pause was run
        exit status 6
        """)
    #expect(trial.screen(after: "pause \"Go?\"", answering: "yes") == "answered: yes")
  }

  @Test func `a script says yes for it`() throws {
    let trial = try CommandTrial()
    trial.saysYes = true
    #expect(trial.screen(after: "pause \"Go?\"") == "Go? (--yes goes on)")
  }

  @Test func `a lesson takes any answer`() throws {
    let trial = try CommandTrial()
    trial.isLesson = true
    for answer in ["no", "", "what I think"] {
      #expect(trial.screen(after: "pause \"Go?\" for name", answering: answer) == "")
      #expect(trial.questions == ["Go? (Enter goes on) "])
    }
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

extension String {
  fileprivate var trimmed: String { trimmingCharacters(in: .whitespaces) }
}
