import Notebook
import Reports
import Testing

@testable import Shell

/// `history`, what was typed before.
@Suite struct HistoryCommandTests {
  @Test func `entries are numbered, the newest last, with their lines below one another`() throws {
    let trial = try CommandTrial()
    trial.givePrompt(history: ["top 5", "select\n  1;", "status"])
    #expect(
      trial.screen(after: "history") == """
        entry | text
        ------+-------
            1 | top 5
            2 | select
              |   1;
            3 | status
        """)
  }

  @Test func `a number limits them and a text selects them`() throws {
    let trial = try CommandTrial()
    trial.givePrompt(history: ["top", "explain ORDERS", "select orders"])
    let lastTwo = """
      entry | text
      ------+---------------
          2 | explain ORDERS
          3 | select orders
      """
    #expect(trial.screen(after: "history 2") == lastTwo)
    #expect(trial.screen(after: "history orders") == lastTwo)
    #expect(trial.screen(after: "history 5 x") == "no entry holds \"5 x\"")
    #expect(
      trial.screen(after: "history 0") == """
        error: the number of entries must be a whole number above 0
          history 0
                  ^
        hint: for example 5
        """)
  }

  @Test func `without a prompt there is no history`() throws {
    #expect(try CommandTrial().screen(after: "history") == "the history is empty")
  }
}
