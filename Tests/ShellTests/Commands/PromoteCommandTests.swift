import IndexDesign
import TestSupport
import Testing

@testable import Shell

/// `promote`, a design built for real.
@Suite struct PromoteCommandTests {
  @Test func `what cannot be read is told at its place`() throws {
    let trial = try CommandTrial()
    #expect(
      trial.screen(after: "promote as") == """
        error: as needs a name
          promote as
                    ^
        hint: for example as orders_total_idx
        """)
    #expect(
      trial.screen(after: "promote as a.b") == """
        error: an index is made in the schema of its table
          promote as a.b
                     ^
        hint: give the name alone
        """)
    #expect(
      trial.screen(after: "promote as \"a") == """
        error: unterminated quoted identifier
          promote as "a
                     ^
        hint: close it
        """)
    #expect(
      trial.screen(after: "promote for") == """
        error: for needs a ticket
          promote for
                     ^
        hint: for example for CHG-1042
        """)
    #expect(
      trial.screen(after: "promote x") == """
        error: unexpected "x"
          promote x
                  ^
        hint: usage: promote [%n] [as NAME] [for TICKET]
        """)
    #expect(
      trial.screen(after: "promote %1") == """
        error: there is no connection
        hint: connect TARGET connects to a server; connect sandbox starts a private one to try things on
        exit status 2
        """)
  }

  @Test func `without a handle the only hypothetical design is meant`() throws {
    let trial = try CommandTrial.onOwnShop()
    #expect(
      trial.screen(after: "promote") == """
        error: no design is hypothetical
        hint: hypo add makes a design
        """)
    #expect(
      trial.screen(after: "promote %3") == """
        error: there is no design %3
          promote %3
                  ^
        hint: hypo add makes one
        """)
    try trial.enter("hypo add orders(customer_id)", "hypo add orders(note)")
    #expect(
      trial.screen(after: "promote") == """
        error: promote could mean several designs
        hint: promote %n; designs: %1 %2
        """)
    try trial.enter("hypo add orders(note) using gin")
    #expect(
      trial.screen(after: "promote") == """
        error: promote could mean several designs
        hint: promote %n; designs: %1 %2
        """)
    try trial.enter("hypo drop all")
    #expect(
      trial.screen(after: "promote") == """
        error: no design is hypothetical
        hint: promote %n; designs: %1 %2 %3
        """)
  }

  @Test func `checklist, statement and reverse come before the question, and the change after the answer`()
    throws
  {
    let trial = try CommandTrial.onOwnShop()
    try trial.enter(
      "query q = SELECT * FROM orders WHERE customer_id = 42 ORDER BY created_at DESC LIMIT 50;",
      "hypo add orders(customer_id, created_at desc)",
      "explain @q")
    #expect(
      trial.screen(after: "promote for CHG-1042", answering: "orders_customer_id_created_at_idx") == """
        Before the build
        check             | outcome        | finding
        ------------------+----------------+--------------------------------------------------------------------------------
        transaction       | ok             | none is open in this session
        server            | ok             | primary
        relation          | ok             | public.orders is a table
        privileges        | ok             | role "hypo" may build it
        index name        | ok             | public.orders_customer_id_created_at_idx is free
        equal index       | ok             | none under another name
        table             | ok             | 1,216 kB, about 20,000 rows
        index size        | ok             | about \(TestServer.estimate("912 kB", "680 kB")), estimated
        replicas          | ok             | no replicas are connected
        long transactions | ok             | none is in the way
        off-peak window   | check yourself | the build reads the whole table twice and competes for input, output and memory
        storage headroom  | check yourself | about \(TestServer.estimate("912 kB", "680 kB")) for the index, as much again for sorting, and the write-ahead log

        Statement
          CREATE INDEX CONCURRENTLY IF NOT EXISTS orders_customer_id_created_at_idx ON public.orders (customer_id, created_at DESC);

        Its reverse
          DROP INDEX CONCURRENTLY IF EXISTS public.orders_customer_id_created_at_idx;

        hint: off-peak window: choose an hour with few writes
        hint: storage headroom: look at the free space of the data directory and the temporary tablespaces
        change  change 1
        took    ~

        the index was built and is valid (object id N, 632 kB)
        hint: verify shows what it brings; rollback takes it back
        """)
    #expect(trial.questions == ["Type orders_customer_id_created_at_idx to build this index: "])
    #expect(
      trial.screen(after: "hypo list") == """
        design | state               | estimated size | name                              | definition
        -------+---------------------+----------------+-----------------------------------+---------------------------------------------------------------------------------
        %1     | promoted (change 1) |         \(TestServer.estimate("912 kB", "680 kB")) | orders_customer_id_created_at_idx | public.orders(customer_id, created_at desc) as orders_customer_id_created_at_idx
        """)
    #expect(
      trial.screen(after: "show change 1") == """
        change          change 1
        state           promoted
        started         ~
        finished        ~
        server          HOST:PORT  PostgreSQL VERSION
        database        DATABASE
        role            hypo
        by              WHO  hypo VERSION
        ticket          CHG-1042
        index           public.orders_customer_id_created_at_idx
        cost before     399.8
        cost after      116.9  estimated
        estimated size  \(TestServer.estimate("912 kB", "680 kB"))
        took            ~
        outcome         the index was built and is valid (object id N, 632 kB)

        Statement
          CREATE INDEX CONCURRENTLY IF NOT EXISTS orders_customer_id_created_at_idx ON public.orders (customer_id, created_at DESC);

        Its reverse
          DROP INDEX CONCURRENTLY IF EXISTS public.orders_customer_id_created_at_idx;

        For the query
          SELECT * FROM orders WHERE customer_id = 42 ORDER BY created_at DESC LIMIT 50
        """)
  }

  @Test func `nothing is built without the index's name as the answer`() throws {
    let trial = try CommandTrial.onOwnShop()
    try trial.enter("hypo add orders(note)")
    #expect(
      trial.lastLines(2, after: "promote", answering: "no") == """
        error: the answer was not "orders_note_idx": nothing was changed
        exit status 6
        """)
    #expect(trial.questions == ["Type orders_note_idx to build this index: "])
    #expect(
      trial.lastLines(3, after: "promote") == """
        error: nobody confirmed: nothing was changed
        hint: a script confirms with --yes
        exit status 6
        """)
    #expect(trial.screen(after: "changes") == "nothing was changed through hypo yet")
  }

  @Test func `a quoted name and a ticket are taken, and an index that is there is told`() throws {
    let trial = try CommandTrial.onOwnShop()
    trial.saysYes = true
    try trial.enter("hypo add orders(note)")
    #expect(
      trial.lastLines(6, after: "promote as \"My Index\" for 'OPS 7'") == """
        hint: storage headroom: look at the free space of the data directory and the temporary tablespaces
        change  change 1
        took    ~

        the index was built and is valid (object id N, 152 kB)
        hint: verify shows what it brings; rollback takes it back
        """)
    #expect(
      trial.lastLines(6, after: "promote %1") == """
        hint: storage headroom: look at the free space of the data directory and the temporary tablespaces
        change  change 2
        took    ~

        nothing was built: a valid index of that name was there before (object id N)
        hint: verify shows what it brings; rollback takes it back
        """)
    #expect(
      trial.screen(after: "changes") == """
        change   | started | state         | database | index    | ticket | statement
        ---------+---------+---------------+----------+----------+--------+---------------------------------------------------------------------------
        change 2 | ~       | nothing to do | DATABASE | My Index | –      | CREATE INDEX CONCURRENTLY IF NOT EXISTS "My Index" ON public.orders (note)
        change 1 | ~       | promoted      | DATABASE | My Index | OPS 7  | CREATE INDEX CONCURRENTLY IF NOT EXISTS "My Index" ON public.orders (note)
        """)
  }

  @Test func `a name that is taken is refused`() throws {
    let trial = try CommandTrial.onOwnShop()
    trial.saysYes = true
    try trial.enter("hypo add orders(note)")
    #expect(
      trial.lastLines(5, after: "promote as orders_pkey") == """
        hint: storage headroom: look at the free space of the data directory and the temporary tablespaces
        error: cannot promote as "public.orders_pkey": the name is taken (42P07)
        detail: public.orders_pkey is a valid index with another definition (object id N): CREATE UNIQUE INDEX orders_pkey ON public.orders USING btree (id)
        hint: choose another name with as NAME
        exit status 6
        """)
    #expect(trial.screen(after: "changes") == "nothing was changed through hypo yet")
  }

  @Test func `a design that cannot be dropped is told beside its index`() throws {
    let trial = try CommandTrial.onOwnShop()
    trial.saysYes = true
    try trial.enter("hypo add orders(note)")
    try trial.database?.script("ALTER FUNCTION hypopg_drop_index(oid) RENAME TO gone")
    #expect(
      trial.lastLines(4, after: "promote %1 as note_idx") == """
        the index was built and is valid (object id N, 152 kB)
        warning: %1 is still hypothetical beside its index: function public.hypopg_drop_index(oid) does not exist
        hint: disconnect and connect again to leave it behind
        hint: verify shows what it brings; rollback takes it back
        """)
  }

  @Test func `a build that fails is a change that failed`() throws {
    let trial = try CommandTrial.onOwnShop()
    trial.saysYes = true
    try trial.enter("hypo add orders(note) using gin")
    #expect(
      trial.lastLines(3, after: "promote %1") == """
        hint: storage headroom: look at the free space of the data directory and the temporary tablespaces
        error: change 1: failed: data type text has no default operator class for access method "gin" (42704)
        hint: You must specify an operator class for the index or define a default operator class for the data type.
        """)
    #expect(
      trial.screen(after: "changes") == """
        change   | started | state  | database | index           | ticket | statement
        ---------+---------+--------+----------+-----------------+--------+------------------------------------------------------------------------------------------
        change 1 | ~       | failed | DATABASE | orders_note_idx | –      | CREATE INDEX CONCURRENTLY IF NOT EXISTS orders_note_idx ON public.orders USING gin (note)
        """)
    #expect(
      trial.screen(after: "hypo list") == """
        design | state    | estimated size | name | definition
        -------+----------+----------------+------+------------------------------
        %1     | proposed |              – | –    | public.orders(note) using gin
        """)
  }

  @Test func `a role that does not own the table is refused`() throws {
    let trial = try CommandTrial.onShop(user: "shell_stranger")
    try trial.enter("hypo add orders(note)")
    #expect(
      trial.lastLines(5, after: "promote", answering: "orders_note_idx") == """
        hint: storage headroom: look at the free space of the data directory and the temporary tablespaces
        error: cannot promote on "public.orders": role "shell_stranger" does not own it (42501)
        detail: "public.orders" belongs to role "hypo"
        hint: connect as "hypo" or as a member of it
        exit status 6
        """)
    #expect(trial.questions == [])
  }

  @Test func `the window of a target decides, and the question names production`() throws {
    let database = try TestCluster.shared.database(.orders)
    let policy = TargetPolicy(
      isProduction: true, changeWindow: try ChangeWindow("Mon 22:00-23:00", zones: .ofThisMachine))
    let trial = try CommandTrial(
      on: database, targets: [Target(name: "live", conninfo: database.conninfo, policy: policy)])
    try trial.enter("hypo add orders(note)")
    try trial.setClock("2026-11-24T12:00:00Z")
    #expect(
      trial.screen(after: "promote as note_idx") == """
        error: promote is refused outside of the change window of "live": Mon 22:00-23:00
        hint: it opens Mon 2026-11-30 22:00 UTC
        exit status 6
        """)
    try trial.setClock("2026-11-23T22:30:00Z")
    #expect(
      trial.lastLines(2, after: "promote as note_idx", answering: "note_idx") == """
        the index was built and is valid (object id N, 152 kB)
        hint: verify shows what it brings; rollback takes it back
        """)
    #expect(trial.questions == ["Type note_idx to build this index on PRODUCTION live: "])
    try trial.setClock("2026-11-24T12:00:00Z")
    #expect(
      trial.lastLines(5, after: "rollback", answering: "note_idx") == """
        warning: outside of the change window of live (Mon 22:00-23:00): a rollback is allowed all the same
        change  change 2
        took    ~

        the index was dropped
        """)
    #expect(trial.questions == ["Type note_idx to drop this index on PRODUCTION live: "])
  }
}
