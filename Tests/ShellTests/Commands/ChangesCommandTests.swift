import Testing

@testable import Shell

/// `changes`, the list of the ledger.
@Suite struct ChangesCommandTests {
  @Test func `without a change it says so, and a wrong number is told`() throws {
    let trial = try CommandTrial()
    #expect(trial.screen(after: "changes") == "nothing was changed through hypo yet")
    #expect(
      trial.screen(after: "changes 0") == """
        error: the number of changes must be a whole number above 0
          changes 0
                  ^
        hint: for example 5
        """)
    #expect(
      trial.screen(after: "changes five") == """
        error: unexpected "five"
          changes five
                  ^
        hint: usage: changes [N | settle CHANGE]
        """)
    #expect(
      trial.screen(after: "changes 5 6") == """
        error: unexpected "6"
          changes 5 6
                    ^
        hint: usage: changes [N | settle CHANGE]
        """)
  }

  @Test func `what cannot be settled is reported at its place`() throws {
    let trial = try CommandTrial.onShop()
    #expect(
      trial.screen(after: "changes settle x") == """
        error: the change's number must be a whole number above 0
          changes settle x
                         ^
        hint: for example 5
        """)
    #expect(
      trial.screen(after: "changes settle 3") == """
        error: there is no change 3
          changes settle 3
                         ^
        hint: the ledger is empty
        """)
  }

  @Test func `the newest come first, as many as are wanted`() throws {
    let trial = try CommandTrial.onOwnShop()
    trial.saysYes = true
    try trial.enter("hypo add orders(note)", "promote as note_idx for CHG-1042", "rollback")
    #expect(
      trial.screen(after: "changes") == """
        change   | started | state                   | database | index    | ticket   | statement
        ---------+---------+-------------------------+----------+----------+----------+-------------------------------------------------------------------------
        change 2 | ~       | rolled back change 1    | DATABASE | note_idx | CHG-1042 | DROP INDEX CONCURRENTLY IF EXISTS public.note_idx
        change 1 | ~       | rolled back by change 2 | DATABASE | note_idx | CHG-1042 | CREATE INDEX CONCURRENTLY IF NOT EXISTS note_idx ON public.orders (note)
        """)
    #expect(
      trial.screen(after: "changes 1") == """
        change   | started | state                | database | index    | ticket   | statement
        ---------+---------+----------------------+----------+----------+----------+--------------------------------------------------
        change 2 | ~       | rolled back change 1 | DATABASE | note_idx | CHG-1042 | DROP INDEX CONCURRENTLY IF EXISTS public.note_idx
        """)
    #expect(
      trial.screen(after: "show change 2") == """
        change    change 2
        state     rolled back change 1
        started   ~
        finished  ~
        server    HOST:PORT  PostgreSQL VERSION
        database  DATABASE
        role      hypo
        by        WHO  hypo VERSION
        ticket    CHG-1042
        index     public.note_idx
        took      ~
        outcome   the index was dropped

        Statement
          DROP INDEX CONCURRENTLY IF EXISTS public.note_idx;

        Its reverse
          CREATE INDEX CONCURRENTLY IF NOT EXISTS note_idx ON public.orders (note);
        """)
  }
}
