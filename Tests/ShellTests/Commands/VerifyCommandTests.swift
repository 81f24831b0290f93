import TestSupport
import Testing

@testable import Shell

/// `verify`, what a change has brought.
@Suite struct VerifyCommandTests {
  @Test func `what cannot be read is told at its place`() throws {
    let trial = try CommandTrial()
    #expect(
      trial.screen(after: "verify x") == """
        error: unexpected "x"
          verify x
                 ^
        hint: usage: verify [change N]
        """)
    #expect(
      trial.screen(after: "verify change") == """
        error: change needs the change's number
          verify change
                       ^
        hint: for example 5
        """)
    #expect(
      trial.screen(after: "verify 3") == """
        error: there is no connection
        hint: connect TARGET connects to a server; connect sandbox starts a private one to try things on
        exit status 2
        """)
  }

  @Test func `without a change there is nothing to look at`() throws {
    let trial = try CommandTrial.onOwnShop()
    trial.saysYes = true
    #expect(
      trial.screen(after: "verify") == """
        error: no change was made in this session
        hint: the ledger is empty
        """)
    #expect(
      trial.screen(after: "verify 7") == """
        error: there is no change 7
          verify 7
                 ^
        hint: the ledger is empty
        """)
    try trial.enter("hypo add orders(note)", "promote as note_idx")
    #expect(
      trial.screen(after: "verify 7") == """
        error: there is no change 7
          verify 7
                 ^
        hint: newest changes: 1
        """)
  }

  @Test func `the index, its size and the plan of its query are shown`() throws {
    let trial = try CommandTrial.onOwnShop()
    trial.saysYes = true
    try trial.enter(
      "query q = SELECT * FROM orders WHERE customer_id = 42;",
      "hypo add orders(customer_id)",
      "explain @q",
      "promote as orders_customer_idx")
    #expect(
      trial.screen(after: "verify") == """
        change                               change 1  promoted
        index                                public.orders_customer_idx
        standing                             ok  valid, as recorded
        size                                 176 kB  \(TestServer.estimate("estimated 504 kB, 34.9", "estimated 448 kB, 39.3")) % of it
        index scans since                    ~
        sequential scans of the table since  ~

        no statement on the table has run since the change

        The plan of its query now
                                                      cost  rows  width  own share
        Bitmap Heap Scan on orders                   115.4    56     34  ███████▋  96 % ◀
        │   Recheck Cond: (customer_id = 42)
        └─ Bitmap Index Scan on orders_customer_idx   4.71    56      0  ▍          4 %
               Index Cond: (customer_id = 42)

        the index has not been scanned yet; let the workload run and verify again
        """)
    #expect(
      trial.screen(after: "verify change 1") == """
        change                               change 1  promoted
        index                                public.orders_customer_idx
        standing                             ok  valid, as recorded
        size                                 176 kB  \(TestServer.estimate("estimated 504 kB, 34.9", "estimated 448 kB, 39.3")) % of it
        index scans since                    ~
        sequential scans of the table since  ~

        no statement on the table has run since the change

        The plan of its query now
                                                      cost  rows  width  own share
        Bitmap Heap Scan on orders                   115.4    56     34  ███████▋  96 % ◀
        │   Recheck Cond: (customer_id = 42)
        └─ Bitmap Index Scan on orders_customer_idx   4.71    56      0  ▍          4 %
               Index Cond: (customer_id = 42)

        the index has not been scanned yet; let the workload run and verify again
        """)
    try trial.enter("set enable_bitmapscan = off;", "set enable_indexscan = off;")
    #expect(
      trial.screen(after: "verify") == """
        change                               change 1  promoted
        index                                public.orders_customer_idx
        standing                             ok  valid, as recorded
        size                                 176 kB  \(TestServer.estimate("estimated 504 kB, 34.9", "estimated 448 kB, 39.3")) % of it
        index scans since                    ~
        sequential scans of the table since  ~

        no statement on the table has run since the change

        The plan of its query now
                             cost  rows  width  own share
        Seq Scan on orders  398.0    56     34  ████████ 100 %
            Filter: (customer_id = 42)

        warning: the planner does not use the index for its query now
        """)
    try trial.database?.script("ALTER TABLE orders RENAME TO purchases")
    #expect(
      trial.screen(after: "verify") == """
        change                               change 1  promoted
        index                                public.orders_customer_idx
        standing                             ok  valid; its table is now called public.purchases
        size                                 176 kB  \(TestServer.estimate("estimated 504 kB, 34.9", "estimated 448 kB, 39.3")) % of it
        index scans since                    ~
        sequential scans of the table since  ~

        no statement on the table has run since the change

        warning: its query cannot be planned now: relation "orders" does not exist
        the index has not been scanned yet; let the workload run and verify again
        """)
  }

  @Test func `scans since the change say that the index is in use`() throws {
    let trial = try CommandTrial.onOwnShop()
    trial.saysYes = true
    try trial.enter("hypo add orders(note)", "promote as note_idx")
    try trial.database?.script("SET enable_seqscan = off; SELECT count(*) FROM orders WHERE note = 'gift'")
    // A backend gives its counters away when it ends.
    try trial.database?.connect().wait(
      until: "idx_scan > 0 FROM pg_stat_user_indexes WHERE indexrelname = 'note_idx'")
    #expect(
      trial.screen(after: "verify") == """
        change                               change 1  promoted
        index                                public.note_idx
        standing                             ok  valid, as recorded
        size                                 152 kB  \(TestServer.estimate("estimated 528 kB, 28.8", "estimated 480 kB, 31.7")) % of it
        index scans since                    ~
        sequential scans of the table since  ~

        Statements on the table since the change
        calls before | mean before | calls since | mean since | change | text
        -------------+-------------+-------------+------------+--------+--------------------------------------------
                   – |           – |           1 |          ~ |      – | SELECT count(*) FROM orders WHERE note = $1

        the index is in use: 1 scan since the change
        """)
  }

  @Test func `an index that is not as recorded is a failure`() throws {
    let trial = try CommandTrial.onOwnShop()
    trial.saysYes = true
    try trial.enter("hypo add orders(note)", "promote as note_idx")
    try trial.database?.script(
      "UPDATE pg_index SET indisvalid = false WHERE indexrelid = 'note_idx'::regclass")
    #expect(
      trial.screen(after: "verify") == """
        change                               change 1  promoted
        index                                public.note_idx
        standing                             FAILED  it is invalid: no query uses it
        size                                 152 kB  \(TestServer.estimate("estimated 528 kB, 28.8", "estimated 480 kB, 31.7")) % of it
        index scans since                    ~
        sequential scans of the table since  ~

        no statement on the table has run since the change
        error: the index of change 1 is not as recorded: it is invalid: no query uses it
        """)
    try trial.database?.script("DROP INDEX note_idx; CREATE INDEX note_idx ON orders (total)")
    #expect(
      trial.screen(after: "verify") == """
        change                               change 1  promoted
        index                                public.note_idx
        standing                             FAILED  another index has its name: CREATE INDEX note_idx ON public.orders USING btree (total)
        index scans since                    –
        sequential scans of the table since  ~

        no statement on the table has run since the change
        error: the index of change 1 is not as recorded: another index has its name: CREATE INDEX note_idx ON public.orders USING btree (total)
        """)
    try trial.database?.script("DROP INDEX note_idx")
    #expect(
      trial.screen(after: "verify") == """
        change                               change 1  promoted
        index                                public.note_idx
        standing                             FAILED  it is not there
        index scans since                    –
        sequential scans of the table since  ~

        no statement on the table has run since the change
        error: the index of change 1 is not as recorded: it is not there
        """)
  }

  @Test func `a renamed index is a warning, and so is one that was rolled back`() throws {
    let trial = try CommandTrial.onOwnShop()
    trial.saysYes = true
    try trial.enter("hypo add orders(note)", "promote as note_idx")
    try trial.database?.script("ALTER INDEX note_idx RENAME TO third")
    #expect(
      trial.screen(after: "verify") == """
        change                               change 1  promoted
        index                                public.note_idx
        standing                             warning  it is called public.third now
        size                                 152 kB  \(TestServer.estimate("estimated 528 kB, 28.8", "estimated 480 kB, 31.7")) % of it
        index scans since                    ~
        sequential scans of the table since  ~

        no statement on the table has run since the change
        """)
    try trial.database?.script("ALTER INDEX third RENAME TO note_idx")
    try trial.enter("rollback")
    #expect(
      trial.screen(after: "verify") == """
        error: no change of this session is in the database now
        hint: verify change N; change 2: rolled back change 1, change 1: rolled back by change 2
        """)
    #expect(
      trial.screen(after: "verify 2") == """
        change    change 2  rolled back change 1
        index     public.note_idx
        standing  ok  it is not there, as recorded

        when it ended: the index was dropped
        it is not in the database now, so there is nothing to compare
        """)
    try trial.database?.script("CREATE INDEX note_idx ON orders (note)")
    #expect(
      trial.screen(after: "verify 1") == """
        change    change 1  rolled back by change 2
        index     public.note_idx
        standing  warning  an index of that name is there

        when it ended: the index was built and is valid (object id N, 152 kB)
        it is not in the database now, so there is nothing to compare
        """)
  }

  @Test func `alone it means the newest change that is in the database, not one that failed`() throws {
    let trial = try CommandTrial.onOwnShop()
    trial.saysYes = true
    try trial.enter("hypo add orders(note)", "promote as note_idx", "hypo add orders(note) using gin")
    #expect(trial.screen(after: "promote %2").contains("change 2: failed"))
    #expect(
      trial.screen(after: "verify").hasPrefix("change                               change 1  promoted\n"))
    #expect(
      trial.screen(after: "verify 2") == """
        change    change 2  failed
        index     public.orders_note_idx
        standing  ok  it is not there, as recorded

        when it ended: failed: data type text has no default operator class for access method "gin" (42704)
        it is not in the database now, so there is nothing to compare
        """)
  }

  @Test func `an extension is no index`() throws {
    let trial = try CommandTrial(on: TestCluster.shared.database(.empty))
    trial.saysYes = true
    try trial.enter("setup")
    #expect(
      trial.screen(after: "verify change 1") == """
        error: change 1 installed an extension, not an index
        hint: doctor checks the extensions
        """)
    #expect(
      trial.screen(after: "verify") == """
        error: no change was made in this session
        hint: verify change N; newest: change 2, change 1
        """)
  }

  @Test func `after a failover the counters of two instances are not compared`() throws {
    let trial = try CommandTrial(on: TestCluster().database(.orders))
    trial.saysYes = true
    func answers(_ instance: String) throws {
      try trial.database?.script(
        """
        SET allow_system_table_mods = on;
        CREATE OR REPLACE FUNCTION pg_catalog.aurora_version() RETURNS text LANGUAGE sql AS 'SELECT ''15.5''';
        CREATE OR REPLACE FUNCTION pg_catalog.aurora_replica_status(OUT server_id text, OUT session_id text,
        OUT replica_lag_in_msec double precision, OUT last_update_timestamp timestamptz) RETURNS SETOF record
        LANGUAGE sql AS 'VALUES (''\(instance)'', ''MASTER_SESSION_ID'', NULL::float8, NULL::timestamptz)';
        """)
    }
    try answers("shop-1")
    try trial.enter("hypo add orders(note)", "promote as note_idx")
    #expect(trial.screen(after: "verify").contains("no statement on the table has run since the change"))
    try answers("shop-2")
    let screen = trial.screen(after: "verify")
    #expect(
      screen.contains(
        """
        warning: the counters before and since the change are not compared: they were counted on instance "shop-1", \
        and this is instance "shop-2"
        """), "\(screen)")
    #expect(!screen.contains("no statement on the table") && !screen.contains("scanned"), "\(screen)")
  }

  @Test func `a reset of the statistics is told`() throws {
    let server = TestCluster()
    let trial = try CommandTrial(on: server.database(.orders))
    trial.saysYes = true
    try trial.enter("hypo add orders(note)", "promote as note_idx")
    try server.execute("SELECT pg_stat_statements_reset()", database: try #require(trial.database).name)
    // When it was is known from PostgreSQL 14 on.
    let warning =
      TestServer.majorVersion >= 14
      ? "warning: pg_stat_statements was reset since the change; its counters begin there\n" : ""
    #expect(
      trial.screen(after: "verify") == """
        change                               change 1  promoted
        index                                public.note_idx
        standing                             ok  valid, as recorded
        size                                 152 kB  \(TestServer.estimate("estimated 528 kB, 28.8", "estimated 480 kB, 31.7")) % of it
        index scans since                    ~
        sequential scans of the table since  ~

        no statement on the table has run since the change

        \(warning)the index has not been scanned yet; let the workload run and verify again
        """)
  }
}
