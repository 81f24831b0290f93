import TestSupport
import Testing

/// `hypo replay` before a reader's eyes.
@Suite struct ReplayReadingProgramTests {
  @Test func `prose, commands, results and endings stand one below the other`() throws {
    let run = try Shop.hypo().replay(
      """
      #: hypo 1
      #: title A customer's orders
      # ## First
      # more *prose*
      query q = SELECT * FROM orders
        WHERE customer_id = 42;
      expect cost @q < 1000
      expect cost @q > 1
      # Then
      let one = 1
      select :one as one;
      | not looked at
      select nope;
      expect error 42703
      [standby] status

      """)
    #expect(
      run
        == .init(
          output: """
            A customer's orders

            First
            more *prose*

            hypo> query q = SELECT * FROM orders
                >   WHERE customer_id = 42;
            @q          SELECT * FROM orders WHERE customer_id = 42
            parameters  0
            ok    1/8  x.hypo:5  T

            ok  cost @q < 1000  (cost 398.0)
            ok  cost @q > 1  (cost 398.0)

            Then

            hypo> let one = 1
            one  1
            ok    4/8  x.hypo:10  T

            hypo> select 1 as one;
            one
            ---
              1

            (1 row)
            ok    5/8  x.hypo:11  T

            hypo> select nope;
            ok    6/8  x.hypo:13  T

            ok  error 42703  (column "nope" does not exist)
            skip  8/8  x.hypo:15  status  T
                   guard: standby does not hold here

            x.hypo: 4 commands, 3 expectations held, 1 skipped

            """,
          errors: """
            x.hypo:13: error: column "nope" does not exist (42703)
              select nope;
                     ^

            """))
  }

  @Test func `a failure ends it with its place and its status`() throws {
    #expect(
      try Shop.hypo().replay("select 1 as one;\nselect nope;\nselect 2;\n")
        == .init(
          output:
            "hypo> select 1 as one;\n\(CommandLineTests.one)ok    1/3  x.hypo:1  T\n\nhypo> select nope;\n",
          errors: """
            x.hypo:2: error: column "nope" does not exist (42703)
              select nope;
                     ^

            """, status: 3))
  }

  @Test func `an expectation that does not hold is status 4`() throws {
    #expect(
      try Shop.hypo().replay("let a = 2\nexpect :a < 1\nselect 2;\n")
        == .init(
          output: "hypo> let a = 2\na  2\nok    1/3  x.hypo:1  T\n\n",
          errors: "x.hypo:2: error: expectation failed: 2 < 1\ndetail: 2 and 1\n", status: 4))
  }

  @Test func `a failure is foreseen only by an expectation that is run`() throws {
    let run = try Shop.hypo().replay("select nope;\n[standby] expect error 42703\n")
    #expect(run.status == 3)
    #expect(run.errors.hasPrefix("x.hypo:1: error: column \"nope\" does not exist (42703)\n"), "\(run)")
  }

  @Test func `a failure is expected once, and right behind it`() throws {
    let run = try Shop.hypo().replay(
      "select nope;\nexpect error 42703\nselect 1;\nexpect error 42703\n", "--verify")
    #expect(run.status == 4)
    #expect(
      run.output.hasSuffix(
        """
        FAIL  4/4  x.hypo:4  expect error 42703  T
               expected: error 42703
               came: the command before it did not fail with 42703

        """), "\(run.output)")
    // The one that was foreseen before --from is not there for a later expectation.
    let later = try Shop.hypo().replay(
      "select nope;\nexpect error 42703\nselect 1 as one;\nexpect error 42703\n", "--from", "3")
    #expect(later.status == 4, "\(later)")
  }
}
