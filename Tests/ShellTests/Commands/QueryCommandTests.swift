import Testing

@testable import Shell

/// `query`
@Suite struct QueryCommandTests {
  @Test func `without a query it says how one gets a handle`() throws {
    let trial = try CommandTrial()
    #expect(
      trial.screen(after: "query")
        == "no query has a handle yet; top gives numbers, query NAME = SQL; gives a name")
  }

  @Test func `what cannot be read is told at its place`() throws {
    let trial = try CommandTrial()
    #expect(
      trial.screen(after: "query 1x = select 1;") == """
        error: a query's name is made of letters, digits and _, and begins with a letter
          query 1x = select 1;
                ^
        hint: usage: query [NAME = SQL;]
        """)
    #expect(
      trial.screen(after: "query x") == """
        error: expected = after the name
          query x
                 ^
        hint: usage: query [NAME = SQL;]
        """)
    #expect(
      trial.screen(after: "query x select 1;") == """
        error: expected = after the name
          query x select 1;
                  ^
        hint: usage: query [NAME = SQL;]
        """)
    #expect(
      trial.screen(after: "query x =;") == """
        error: there is no statement after the =
          query x =;
                   ^
        hint: usage: query [NAME = SQL;]
        """)
    #expect(
      trial.screen(after: "query x = selec 1;") == """
        error: syntax error at or near "selec"
          query x = selec 1;
                    ^
        hint: usage: query [NAME = SQL;]
        """)
    #expect(
      trial.screen(after: "query x = select 1; select 2;") == """
        error: a second statement is not allowed
          query x = select 1; select 2;
                              ^
        hint: give one statement at a time
        """)
  }

  @Test func `a statement gets a name, and a new one takes its place`() throws {
    let trial = try CommandTrial()
    #expect(
      trial.screen(after: "query X = select $1, $2;") == """
        @x          select $1, $2
        parameters  2  explain @x with (…)
        """)
    #expect(
      trial.screen(after: "query @x = select 2;") == """
        @x          select 2
        parameters  0
        """)
    #expect(
      trial.screen(after: "query y=select 3") == """
        @y          select 3
        parameters  0
        """)
    #expect(
      trial.screen(after: "query") == """
        query | text
        ------+---------
        @x    | select 2
        @y    | select 3
        """)
  }

  @Test func `a number is bound to its statement`() throws {
    let trial = try CommandTrial()
    #expect(
      trial.screen(after: "query @3 = select $1::int; queryid -12") == """
        @3          select $1::int
        parameters  1  explain @3 with (…)
        """)
    #expect(
      trial.screen(after: "query") == """
        query | text
        ------+---------------
        @3    | select $1::int
        """)
    #expect(
      trial.screen(after: "query 3 = select 1;") == """
        error: a query's name is made of letters, digits and _, and begins with a letter
          query 3 = select 1;
                ^
        hint: usage: query [NAME = SQL;]
        """)
  }
}
