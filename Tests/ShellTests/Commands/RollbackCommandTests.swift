import Foundation
import TestSupport
import Testing

@testable import Shell

/// `rollback`, a change taken back.
@Suite struct RollbackCommandTests {
  @Test func `what cannot be read is told at its place`() throws {
    let trial = try CommandTrial()
    #expect(
      trial.screen(after: "rollback x") == """
        error: unexpected "x"
          rollback x
                   ^
        hint: usage: rollback [change N]
        """)
    #expect(
      trial.screen(after: "rollback change") == """
        error: change needs the change's number
          rollback change
                         ^
        hint: for example 5
        """)
    #expect(
      trial.screen(after: "rollback change 3") == """
        error: there is no connection
        hint: connect TARGET connects to a server; connect sandbox starts a private one to try things on
        exit status 2
        """)
  }

  @Test func `without a change there is nothing to roll back`() throws {
    let trial = try CommandTrial.onOwnShop()
    #expect(
      trial.screen(after: "rollback") == """
        error: no change of this session is left to roll back
        hint: changes lists what the ledger holds; rollback; with a semicolon ends a transaction
        """)
    #expect(
      trial.screen(after: "rollback change 9") == """
        error: there is no change 9
          rollback change 9
                   ^
        hint: the ledger is empty
        """)
  }

  @Test func `record, statement and reverse come before the question`() throws {
    let trial = try CommandTrial.onOwnShop()
    try trial.enter("hypo add orders(note)")
    #expect(
      trial.lastLines(1, after: "promote as note_idx for CHG-1042", answering: "note_idx")
        == "hint: verify shows what it brings; rollback takes it back")
    #expect(trial.questions == ["Type note_idx to build this index: "])
    #expect(
      trial.screen(after: "rollback", answering: "no") == """
        change         change 1
        index          public.note_idx
        on the server  ok  it is the recorded one: name, object id and definition

        Statement
          DROP INDEX CONCURRENTLY IF EXISTS public.note_idx;

        Its reverse
          CREATE INDEX CONCURRENTLY IF NOT EXISTS note_idx ON public.orders (note);
        error: the answer was not "note_idx": nothing was changed
        exit status 6
        """)
    #expect(trial.questions == ["Type note_idx to drop this index: "])
    #expect(
      trial.screen(after: "rollback") == """
        change         change 1
        index          public.note_idx
        on the server  ok  it is the recorded one: name, object id and definition

        Statement
          DROP INDEX CONCURRENTLY IF EXISTS public.note_idx;

        Its reverse
          CREATE INDEX CONCURRENTLY IF NOT EXISTS note_idx ON public.orders (note);
        error: nobody confirmed: nothing was changed
        hint: a script confirms with --yes
        exit status 6
        """)
    #expect(
      trial.screen(after: "rollback", answering: "note_idx") == """
        change         change 1
        index          public.note_idx
        on the server  ok  it is the recorded one: name, object id and definition

        Statement
          DROP INDEX CONCURRENTLY IF EXISTS public.note_idx;

        Its reverse
          CREATE INDEX CONCURRENTLY IF NOT EXISTS note_idx ON public.orders (note);
        change  change 2
        took    ~

        the index was dropped
        """)
    #expect(trial.questions == ["Type note_idx to drop this index: "])
    #expect(
      trial.screen(after: "hypo list") == """
        design | state                  | estimated size | name | definition
        -------+------------------------+----------------+------+--------------------
        %1     | rolled back (change 2) |         \(TestServer.estimate("528 kB", "480 kB")) | –    | public.orders(note)
        """)
    #expect(
      trial.screen(after: "rollback") == """
        error: no change of this session is left to roll back
        hint: changes lists what the ledger holds; rollback; with a semicolon ends a transaction
        """)
    #expect(
      trial.screen(after: "rollback change 1") == """
        error: cannot roll back change 1: it is rolled back by change 2
        hint: changes lists those that can be rolled back
        exit status 6
        """)
    #expect(
      trial.screen(after: "changes") == """
        change   | started | state                   | database | index    | ticket   | statement
        ---------+---------+-------------------------+----------+----------+----------+-------------------------------------------------------------------------
        change 2 | ~       | rolled back change 1    | DATABASE | note_idx | CHG-1042 | DROP INDEX CONCURRENTLY IF EXISTS public.note_idx
        change 1 | ~       | rolled back by change 2 | DATABASE | note_idx | CHG-1042 | CREATE INDEX CONCURRENTLY IF NOT EXISTS note_idx ON public.orders (note)
        """)
  }

  @Test func `a change whose ending could not be written down is rolled back as any other`() throws {
    let trial = try CommandTrial.onOwnShop()
    trial.saysYes = true
    try trial.enter("hypo add orders(note)", "promote as first_idx", "rollback")
    try trial.folder.refuseEndings()
    #expect(
      trial.lastLines(4, after: "promote %1 as note_idx") == """
        error: could not write down how change 3 ended: could not write the outcome of change 3 to the ledger "FOLDER/state/hypo/ledger.sqlite": no room for an ending
        detail: On the server: the index was built and is valid (object id N, 152 kB).
        hint: change 3 stays in the ledger as unfinished; changes settle 3 looks at the server
        exit status 1
        """)
    try trial.folder.takeEndings()
    #expect(trial.lastLines(1, after: "rollback") == "the index was dropped")
  }

  @Test func `a design knows that another session has rolled its change back`() throws {
    let trial = try CommandTrial.onOwnShop()
    trial.saysYes = true
    try trial.enter("hypo add orders(note) as mine", "promote as note_idx")
    let other = try trial.another()
    other.saysYes = true
    try other.enter("rollback change 1")
    #expect(
      trial.screen(after: "hypo list") == """
        design | state                  | estimated size | name | definition
        -------+------------------------+----------------+------+----------------------------
        %1     | rolled back (change 2) |         \(TestServer.estimate("528 kB", "480 kB")) | mine | public.orders(note) as mine
        """)
  }

  @Test func `what an event trigger says of a drop is shown, and the index was dropped all the same`() throws
  {
    let trial = try CommandTrial.onOwnShop()
    trial.saysYes = true
    try trial.enter("hypo add orders(note)", "promote as note_idx")
    try trial.database?.script(
      """
      CREATE FUNCTION watched() RETURNS event_trigger LANGUAGE plpgsql AS
        $$ BEGIN RAISE NOTICE 'drops are watched'; END $$;
      CREATE EVENT TRIGGER watch ON ddl_command_start WHEN TAG IN ('DROP INDEX') EXECUTE FUNCTION watched();
      """)
    #expect(
      trial.lastLines(2, after: "rollback") == """
        the index was dropped
        notice: drops are watched
        """)
  }

  @Test func `an index that is not there is told and recorded`() throws {
    let trial = try CommandTrial.onOwnShop()
    trial.saysYes = true
    try trial.enter("hypo add orders(note)", "promote as note_idx")
    try trial.database?.script("DROP INDEX note_idx")
    #expect(
      trial.screen(after: "rollback") == """
        change         change 1
        index          public.note_idx
        on the server  warning  it is not there

        Statement
          DROP INDEX CONCURRENTLY IF EXISTS public.note_idx;

        Its reverse
          CREATE INDEX CONCURRENTLY IF NOT EXISTS note_idx ON public.orders (note);
        change  change 2
        took    ~

        warning: the index was not there
        """)
    #expect(
      trial.screen(after: "changes") == """
        change   | started | state                   | database | index    | ticket | statement
        ---------+---------+-------------------------+----------+----------+--------+-------------------------------------------------------------------------
        change 2 | ~       | nothing to do           | DATABASE | note_idx | –      | DROP INDEX CONCURRENTLY IF EXISTS public.note_idx
        change 1 | ~       | rolled back by change 2 | DATABASE | note_idx | –      | CREATE INDEX CONCURRENTLY IF NOT EXISTS note_idx ON public.orders (note)
        """)
  }

  @Test func `another index of that name is left alone`() throws {
    let trial = try CommandTrial.onOwnShop()
    trial.saysYes = true
    try trial.enter("hypo add orders(note)", "promote as note_idx")
    try trial.database?.script("DROP INDEX note_idx; CREATE INDEX note_idx ON orders (total)")
    #expect(
      trial.screen(after: "rollback") == """
        change         change 1
        index          public.note_idx
        on the server  FAILED  another index has its name: CREATE INDEX note_idx ON public.orders USING btree (total)

        Statement
          DROP INDEX CONCURRENTLY IF EXISTS public.note_idx;

        Its reverse
          CREATE INDEX CONCURRENTLY IF NOT EXISTS note_idx ON public.orders (note);
        error: change 2: the index of that name is another one and was left alone (object id N): CREATE INDEX note_idx ON public.orders USING btree (total)
        hint: show change 2 tells all that was recorded
        """)
    #expect(
      trial.screen(after: "changes") == """
        change   | started | state    | database | index    | ticket | statement
        ---------+---------+----------+----------+----------+--------+-------------------------------------------------------------------------
        change 2 | ~       | failed   | DATABASE | note_idx | –      | DROP INDEX CONCURRENTLY IF EXISTS public.note_idx
        change 1 | ~       | promoted | DATABASE | note_idx | –      | CREATE INDEX CONCURRENTLY IF NOT EXISTS note_idx ON public.orders (note)
        """)
  }

  @Test func `a renamed index has to be renamed back first`() throws {
    let trial = try CommandTrial.onOwnShop()
    trial.saysYes = true
    try trial.enter("hypo add orders(note)", "promote as note_idx")
    try trial.database?.script("ALTER INDEX note_idx RENAME TO third")
    #expect(
      trial.screen(after: "rollback") == """
        error: cannot roll back change 1: its index is now called public.third
        hint: rename it back: ALTER INDEX public.third RENAME TO note_idx
        exit status 6
        """)
  }

  @Test func `another session is told which changes are open`() throws {
    let trial = try CommandTrial.onOwnShop()
    trial.saysYes = true
    try trial.enter("hypo add orders(note)", "promote as note_idx")
    let later = try trial.another()
    #expect(
      later.screen(after: "rollback") == """
        error: no change of this session is left to roll back
        hint: rollback change N; open changes: 1 (note_idx)
        """)
  }

  @Test func `at another address a person is told, and a script is refused`() throws {
    let trial = try CommandTrial.onOwnShop()
    trial.saysYes = true
    try trial.enter("hypo add orders(note)", "promote as note_idx")
    let later = try trial.another()
    let parameters = try #require(trial.database?.parameters)
    let (host, port) = (try #require(parameters["host"]), try #require(parameters["port"]))
    let link = "\(later.folder.path)/s"
    try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: host)
    try later.enter("connect host=\(link) port=\(port) dbname=\(try #require(trial.database).name) user=hypo")
    let addresses = "change 1 was made at HOST:PORT, this is FOLDER/s:\(port)"
    later.saysYes = true
    #expect(
      later.lastLines(4, after: "rollback change 1") == """
        error: the address is another one than the recorded: \(addresses)
        detail: hypo cannot tell a restored or cloned server from the original.
        hint: connect to the recorded address, or confirm without --yes
        exit status 6
        """)
    later.saysYes = false
    #expect(
      later.lastLines(6, after: "rollback change 1", answering: "note_idx") == """
          CREATE INDEX CONCURRENTLY IF NOT EXISTS note_idx ON public.orders (note);
        warning: \(addresses): make sure that it is no copy
        change  change 2
        took    ~

        the index was dropped
        """)
  }
}
