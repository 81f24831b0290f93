import TestSupport
import Testing

@testable import Shell

/// `record`, the session as a notebook.
@Suite struct RecordCommandTests {
  @Test func `what cannot be read is told at its place`() throws {
    let trial = try CommandTrial()
    #expect(
      trial.screen(after: "record --all") == """
        error: --all needs a file
          record --all
                      ^
        hint: usage: record [FILE [--all] [--replace] | off]
        """)
    #expect(
      trial.screen(after: "record --nope") == """
        error: unexpected "--nope"
          record --nope
                 ^
        hint: usage: record [FILE [--all] [--replace] | off]
        """)
    #expect(
      trial.screen(after: "record a b") == """
        error: unexpected "b"
          record a b
                   ^
        hint: usage: record [FILE [--all] [--replace] | off]
        """)
    #expect(
      trial.screen(after: "record off x") == """
        error: unexpected "x"
          record off x
                     ^
        hint: usage: record [FILE [--all] [--replace] | off]
        """)
  }

  @Test func `one notebook is recorded at a time`() throws {
    let trial = try CommandTrial()
    #expect(trial.screen(after: "record") == "nothing is recorded")
    #expect(
      trial.screen(after: "record off") == """
        error: nothing is recorded
        hint: record FILE begins
        """)
    try trial.enter("query x = select 1;")
    #expect(
      trial.screen(after: "record ~/x.hypo") == """
        recording into ~/x.hypo; record off ends it
        made before: @x; what you use of it is written in front of the command
        """)
    #expect(
      trial.screen(after: "record ~/y.hypo") == """
        error: ~/x.hypo is being recorded already
        hint: record off ends it
        """)
    #expect(
      trial.screen(after: "record") == """
        file      ~/x.hypo
        commands  0
        left out  0  failed or secret
        """)
    #expect(
      trial.screen(after: "record off") == """
        file      ~/x.hypo
        commands  0
        left out  0  failed or secret

        hint: hypo replay --verify ~/x.hypo
        """)
    #expect(
      trial.screen(after: "record ~/x.hypo") == """
        error: could not write "~/x.hypo": it exists already
        hint: record ~/x.hypo --replace begins it anew
        """)
    #expect(
      trial.screen(after: "record ~/x.hypo --replace") == """
        recording into ~/x.hypo; record off ends it
        made before: @x; what you use of it is written in front of the command
        """)
    #expect(
      trial.screen(after: "record OFF") == """
        file      ~/x.hypo
        commands  0
        left out  0  failed or secret

        hint: hypo replay --verify ~/x.hypo
        """)
    #expect(
      trial.screen(after: "record ~/nowhere/x.hypo") == """
        error: could not write "~/nowhere/x.hypo": there is no such folder
        hint: name a file in a folder that you may write to
        """)
  }

  @Test func `what could be expected is proposed to a person`() throws {
    let trial = try CommandTrial.onShop()
    trial.givePrompt()
    try trial.enter(
      "record ~/x.hypo",
      "query q = SELECT * FROM orders WHERE customer_id = 42;",
      "hypo add orders(customer_id)",
      "diff @q")
    #expect(
      trial.screen(after: "hypo nope") == """
        error: unknown command "hypo nope"
          hypo nope
               ^
        hint: one of: add, list, drop, reset, on, off
        """)
    #expect(
      trial.screen(after: "record off", answering: "n") == """
        file      ~/x.hypo
        commands  3
        left out  1  failed or secret

        Could be expected
          expect plan @q uses index %1
          expect cost @q drops >= 63%
          expect no regression
        nothing was added to ~/x.hypo
        hint: hypo replay --verify ~/x.hypo
        """)
    #expect(trial.questions == ["Add them after the commands that they are about? [Y/n] "])
    try trial.enter(
      "record ~/y.hypo", "query q = SELECT * FROM orders WHERE customer_id = 42;",
      "hypo add orders(customer_id)", "diff @q")
    #expect(
      trial.screen(after: "record off", answering: "y") == """
        file      ~/y.hypo
        commands  3
        left out  0  failed or secret

        Could be expected
          expect plan @q uses index %1
          expect cost @q drops >= 63%
          expect no regression
        3 expectations added to ~/y.hypo
        hint: hypo replay --verify ~/y.hypo
        """)
    #expect(trial.questions == ["Add them after the commands that they are about? [Y/n] "])
    try trial.enter("record ~/w.hypo", "diff @q", "diff")
    #expect(
      trial.screen(after: "record off") == """
        file      ~/w.hypo
        commands  2
        left out  0  failed or secret

        Could be expected
          expect plan @q uses index %1
          expect cost @q drops >= 63%
          expect no regression
        nothing was added to ~/w.hypo
        hint: hypo replay --verify ~/w.hypo
        """)
    try trial.enter(
      "record ~/z.hypo", "query q = SELECT * FROM orders WHERE customer_id = 42;",
      "hypo add orders(customer_id)", "diff @q")
    try trial.folder.write("changed", to: "z.hypo")
    #expect(
      trial.screen(after: "record off", answering: "") == """
        file      ~/z.hypo
        commands  3
        left out  0  failed or secret

        Could be expected
          expect plan @q uses index %1
          expect cost @q drops >= 63%
          expect no regression
        error: ~/z.hypo was changed while it was recorded, so nothing was added to it
        hint: add what is right by hand: expect plan @q uses index %1; expect cost @q drops >= 63%; expect no regression
        exit status 6
        """)
    #expect(trial.questions == ["Add them after the commands that they are about? [Y/n] "])
  }

  @Test func `a change is expected though its design was made before and not named`() throws {
    let trial = try CommandTrial.onOwnShop()
    trial.saysYes = true
    try trial.enter("hypo add orders(customer_id)", "record ~/x.hypo", "promote as early")
    #expect(
      trial.screen(after: "record off") == """
        1 expectation added to ~/x.hypo
        hint: hypo replay --verify ~/x.hypo
        """)
    let text = try trial.folder.read("x.hypo")
    #expect(
      text.contains("\n\nhypo add %1 = public.orders(customer_id)\n| ...\n\npromote as early\n"), "\(text)")
    #expect(text.hasSuffix("\nexpect index public.early valid\n"), "\(text)")
  }

  @Test func `a script that says yes takes the proposals`() throws {
    let trial = try CommandTrial.onShop()
    trial.saysYes = true
    try trial.enter(
      "record ~/x.hypo --all",
      "query q = SELECT * FROM orders WHERE customer_id = 42;",
      "hypo add orders(customer_id)",
      "diff @q")
    #expect(
      trial.screen(after: "select nope;") == """
        error: column "nope" does not exist (42703)
          select nope;
                 ^
        """)
    #expect(
      trial.screen(after: "record") == """
        file      ~/x.hypo
        commands  4
        left out  0
        """)
    #expect(
      trial.screen(after: "record off") == """
        3 expectations added to ~/x.hypo
        hint: hypo replay --verify ~/x.hypo
        """)
  }
}
