import TestSupport
import Testing

@testable import Shell

/// `let`, a value for later commands.
@Suite struct LetCommandTests {
  @Test func `what cannot be read is told at its place`() throws {
    let trial = try CommandTrial()
    #expect(
      trial.screen(after: "let") == """
        error: let needs a name
          let
             ^
        hint: usage: let NAME = VALUE
        """)
    #expect(
      trial.screen(after: "let 1x = 1") == """
        error: a name is made of letters, digits and _, and begins with a letter
          let 1x = 1
              ^
        hint: usage: let NAME = VALUE
        """)
    #expect(
      trial.screen(after: "let x") == """
        error: expected = after the name
          let x
               ^
        hint: usage: let NAME = VALUE
        """)
    #expect(
      trial.screen(after: "let x 1") == """
        error: expected = after the name
          let x 1
                ^
        hint: usage: let NAME = VALUE
        """)
    #expect(
      trial.screen(after: "let x =") == """
        error: there is no value after the =
          let x =
                 ^
        hint: a value is a number, 'text', cost @n, rows @n, size %n, name %n, change, or a path such as rows[1].count
        """)
    #expect(
      trial.screen(after: "let x = nope") == """
        error: "nope" is no value
          let x = nope
                  ^
        hint: a value is a number, 'text', cost @n, rows @n, size %n, name %n, change, or a path such as rows[1].count
        """)
    #expect(
      trial.screen(after: "let x = cost") == """
        error: expected a query handle such as @1
          let x = cost
                      ^
        """)
    #expect(
      trial.screen(after: "let x = cost 1") == """
        error: expected a query handle such as @1
          let x = cost 1
                       ^
        """)
    #expect(
      trial.screen(after: "let x = size @1") == """
        error: expected a design handle such as %1
          let x = size @1
                       ^
        """)
    #expect(
      trial.screen(after: "let x = 1 2") == """
        error: unexpected "2"
          let x = 1 2
                    ^
        hint: usage: let NAME = VALUE
        """)
  }

  @Test func `a value that is not there is told`() throws {
    let trial = try CommandTrial()
    #expect(
      trial.screen(after: "let x = change") == """
        error: no change was made in this session
          let x = change
                  ^
        hint: promote makes one
        """)
    #expect(
      trial.screen(after: "let x = name %1") == """
        error: there is no design %1
          let x = name %1
                  ^
        hint: hypo add makes one
        """)
    #expect(
      trial.screen(after: "let x = size %1") == """
        error: there is no design %1
          let x = size %1
                  ^
        hint: hypo add makes one
        """)
    #expect(
      trial.screen(after: "let x = cost @1") == """
        error: there is no query @1
          let x = cost @1
                  ^
        hint: top gives numbers to queries, query NAME = SQL; gives a name
        """)
    #expect(
      trial.screen(after: "let x = rows[1].count") == """
        error: there is no result before this
          let x = rows[1].count
                  ^
        hint: a path is about the command above
        """)
  }

  @Test func `a value is shown, kept, and used as :NAME`() throws {
    let trial = try CommandTrial.onShop()
    try trial.enter(
      "query q = select * from orders where customer_id = 42;",
      "hypo add orders(customer_id) as by_customer")
    #expect(trial.screen(after: "let a = 5") == "a  5")
    #expect(trial.screen(after: "let a=1.5") == "a  1.50")
    #expect(trial.screen(after: "let b = 'it''s'") == "b  it's")
    #expect(trial.screen(after: "let c = cost @q") == "c  115.2")
    #expect(trial.screen(after: "let d = rows @q") == "d  56")
    #expect(trial.screen(after: "let e = size %1") == "e  \(TestServer.estimate("516,096", "458,752"))")
    #expect(trial.screen(after: "let f = name %1") == "f  by_customer")
    #expect(trial.screen(after: "expect :a = 1.5") == "ok  1.5 = 1.5  (1.5 and 1.5)")
    #expect(
      trial.screen(after: "hypo add orders(:a)") == """
        error: syntax error at or near "1.5": a column or an expression is expected
          hypo add orders(1.5)
                          ^
        hint: write TABLE(KEY [desc], …) [using METHOD] [include (COLUMN, …)] [where CONDITION] [with (NAME = VALUE)] [unique] [as NAME]
        """)
    try trial.enter("set format")
    #expect(trial.screen(after: "let g = setting.format") == "g  aligned")
    #expect(
      trial.screen(after: "let h = setting.nope") == """
        error: setting has no "nope"
          let h = setting.nope
                  ^
        hint: there is: format
        """)
    try trial.enter("hypo add orders(total) using gin")
    #expect(
      trial.screen(after: "let i = size %2") == """
        error: the size of %2 is not known
          let i = size %2
                  ^
        hint: hypo add %2 estimates it
        """)
  }
}
