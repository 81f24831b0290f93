import TestSupport
import Testing

@testable import Shell

/// `hypo add`, a design that the planner sees.
@Suite struct HypoAddCommandTests {
  @Test func `what is no design is told at its place`() throws {
    let trial = try CommandTrial()
    #expect(
      trial.screen(after: "hypo add") == """
        error: hypo add needs a design, a CREATE INDEX statement or a design handle
          hypo add
                  ^
        hint: for example: hypo add orders(customer_id)
        """)
    #expect(
      trial.screen(after: "hypo add %1 x") == """
        error: unexpected "x"
          hypo add %1 x
                      ^
        hint: usage: hypo add TABLE(KEYS) [using METHOD] [include (COLUMN, …)] [where CONDITION] [with (PARAMETER, …)] [unique] [as NAME] | create [unique] index DEFINITION; | %n
        """)
    #expect(
      trial.screen(after: "hypo add %1") == """
        error: there is no connection
        hint: connect TARGET connects to a server; connect sandbox starts a private one to try things on
        exit status 2
        """)
    #expect(
      trial.screen(after: "hypo add orders(") == """
        error: this parenthesis is not closed
          hypo add orders(
                         ^
        hint: write TABLE(KEY [desc], …) [using METHOD] [include (COLUMN, …)] [where CONDITION] [with (NAME = VALUE)] [unique] [as NAME]
        """)
    #expect(
      trial.screen(after: "hypo add create index") == """
        error: syntax error at end of input: an index name is expected
          hypo add create index
                               ^
        hint: write CREATE [UNIQUE] INDEX [NAME] ON TABLE [USING METHOD] (KEY, …) [INCLUDE (COLUMN, …)] [WITH (NAME = VALUE)] [WHERE CONDITION]
        """)
  }

  @Test func `a design gets a handle, and the same one has the same handle`() throws {
    let trial = try CommandTrial.onShop()
    #expect(
      trial.screen(after: "hypo add orders(customer_id, created_at desc) as by_customer") == """
        design          %1
        definition      public.orders(customer_id, created_at desc) as by_customer
        state           hypothetical
        name            by_customer
        estimated size  \(TestServer.estimate("912 kB", "680 kB"))  HypoPG's estimate
        """)
    #expect(
      trial.screen(after: "hypo add orders(customer_id, created_at desc)") == """
        design          %1
        definition      public.orders(customer_id, created_at desc) as by_customer
        state           hypothetical
        name            by_customer
        estimated size  \(TestServer.estimate("912 kB", "680 kB"))  HypoPG's estimate
        """)
    #expect(
      trial.screen(after: "hypo add CREATE INDEX ON orders (customer_id) INCLUDE (total);") == """
        design          %2
        definition      public.orders(customer_id) include (total)
        state           hypothetical
        estimated size  \(TestServer.estimate("840 kB", "592 kB"))  HypoPG's estimate
        """)
    #expect(trial.screen(after: "hypo drop all") == "now only proposed: %1 %2")
    #expect(
      trial.screen(after: "hypo add %1") == """
        design          %1
        definition      public.orders(customer_id, created_at desc) as by_customer
        state           hypothetical
        name            by_customer
        estimated size  \(TestServer.estimate("912 kB", "680 kB"))  HypoPG's estimate
        """)
    #expect(
      trial.screen(after: "hypo add %9") == """
        error: there is no design %9
          hypo add %9
                   ^
        hint: designs: %1 %2
        """)
  }

  @Test func `what surprises with a design is told`() throws {
    let trial = try CommandTrial.onShop()
    #expect(
      trial.screen(after: "hypo add orders(customer_id) unique") == """
        design          %1
        definition      public.orders(customer_id) unique
        state           hypothetical
        estimated size  \(TestServer.estimate("504 kB", "448 kB"))  HypoPG's estimate

        warning: the planner trusts unique: on data that is not unique the gain is a false one
        warning: pg_stats knows 1,000 values of customer_id in 20,000 rows: with duplicates it cannot be built as unique
        hint: find them: SELECT customer_id, count(*) FROM public.orders GROUP BY customer_id HAVING count(*) > 1
        """)
    #expect(
      trial.screen(after: "hypo add orders(lower(note))") == """
        design          %2
        definition      public.orders(lower(note))
        state           hypothetical
        estimated size  \(TestServer.estimate("528 kB", "480 kB"))  HypoPG's estimate

        warning: an expression has no statistics until the index is real: row estimates can be far off
        """)
    #expect(
      trial.screen(after: "hypo add orders(created_at)") == """
        design          %3
        definition      public.orders(created_at)
        state           hypothetical
        estimated size  \(TestServer.estimate("608 kB", "560 kB"))  HypoPG's estimate

        warning: index public.orders_created_at_idx has the same definition, so that the design is no gain
        """)
    #expect(
      trial.screen(after: "hypo add orders(id)") == """
        design          %4
        definition      public.orders(id)
        state           hypothetical
        estimated size  \(TestServer.estimate("504 kB", "448 kB"))  HypoPG's estimate

        warning: index public.orders_pkey covers it: CREATE UNIQUE INDEX orders_pkey ON public.orders USING btree (id)
        """)
    #expect(
      trial.screen(after: "hypo add CREATE INDEX ON orders (customer_id) TABLESPACE pg_default;") == """
        design          %5
        definition      public.orders(customer_id) tablespace pg_default
        state           hypothetical
        estimated size  \(TestServer.estimate("504 kB", "448 kB"))  HypoPG's estimate

        warning: HypoPG ignores the tablespace pg_default; promote builds it as typed
        """)
  }

  @Test func `what a design makes redundant is named, also when it is made again`() throws {
    let database = try TestCluster.shared.database(.extensions)
    try database.script("create table t(a int, b int); create index t_a on t(a); analyze t")
    let trial = try CommandTrial(on: database)
    let warning =
      "warning: beside it index public.t_a would be redundant: CREATE INDEX t_a ON public.t USING btree (a)"
    #expect(trial.lastLines(1, after: "hypo add t(a, b)") == warning)
    try trial.enter("hypo drop %1")
    #expect(trial.lastLines(1, after: "hypo add %1") == warning)
  }

  @Test func `a partitioned table and a table without statistics are told at once, and in plans`() throws {
    let database = try TestCluster.shared.database(.extensions)
    try database.script(
      """
      create table t(a int, b int) with (autovacuum_enabled = false);
      insert into t select g, g from generate_series(1, 1000) g;
      create table p(at date, done boolean) partition by range (at);
      create table p1 partition of p for values from ('2024-01-01') to ('2025-01-01');
      """)
    let trial = try CommandTrial(on: database)
    let warning = """

      warning: public.t has no statistics, as before the first ANALYZE: rows and costs are guesses
      hint: run ANALYZE public.t where writing is allowed, then ask again
      """
    #expect(trial.lastLines(3, after: "hypo add t(a, b)") == warning)
    #expect(trial.lastLines(3, after: "explain select * from t;").hasSuffix(warning.dropFirst()))
    #expect(trial.lastLines(4, after: "diff select * from t;").hasPrefix(warning))
    #expect(
      trial.lastLines(3, after: "hypo add p(at)") == """

        warning: public.p is partitioned: plans show the design, but promote cannot build it
        hint: design the index on each partition and promote those
        """)
    #expect(
      trial.lastLines(4, after: "hypo add p(at) where done") == """

        warning: of an expression or a condition on a partitioned table HypoPG can tell only where a statement reads one partition
        warning: public.p is partitioned: plans show the design, but promote cannot build it
        hint: design the index on each partition and promote those
        """)
  }

  @Test func `a design that does what a real index does is no gain`() throws {
    let database = try TestCluster.shared.database(.extensions)
    try database.script(
      """
      create table t(a int primary key, b text); insert into t select g, 'x' from generate_series(1, 20000) g;
      analyze t;
      """)
    let trial = try CommandTrial(on: database)
    try trial.enter("hypo add t(a)")
    #expect(
      trial.lastLines(2, after: "diff select * from t where a = 5;") == """

        unchanged: %1 does what index public.t_pkey does already, and looks cheaper only because a hypothetical index costs no descent
        """)
    try database.script("alter table t drop constraint t_pkey")
    #expect(trial.lastLines(1, after: "diff select * from t where a = 5;").hasPrefix("better: "))
  }

  @Test func `what HypoPG cannot imagine is kept as a proposal`() throws {
    let trial = try CommandTrial.onShop()
    #expect(
      trial.screen(after: "hypo add orders(note) using gin") == """
        design      %1
        definition  public.orders(note) using gin
        state       proposed

        warning: an index with access method "gin" cannot be hypothetical: HypoPG knows btree, hash, brin and bloom
        hint: promote %1 can still build it; its plan cannot be foreseen
        """)
    #expect(
      trial.screen(after: "hypo list") == """
        design | state    | estimated size | name | definition
        -------+----------+----------------+------+------------------------------
        %1     | proposed |              – | –    | public.orders(note) using gin
        """)
  }

  @Test func `what the server refuses is no design, and no number is used up`() throws {
    let trial = try CommandTrial.onShop()
    #expect(trial.screen(after: "hypo add orders(nosuch(note))").contains("does not exist"))
    #expect(trial.screen(after: "hypo list") == "no design yet; hypo add makes one")
    try trial.enter("hypo add orders(note) as first")
    #expect(
      trial.screen(after: "hypo add orders(note) where nosuch > 1 as second").contains("does not exist"))
    #expect(
      trial.screen(after: "hypo list") == """
        design | state        | estimated size | name  | definition
        -------+--------------+----------------+-------+-----------------------------
        %1     | hypothetical |         \(TestServer.estimate("528 kB", "480 kB")) | first | public.orders(note) as first
        """)
    #expect(trial.lastLines(1, after: "promote %2") == "hint: designs: %1")
  }

  @Test func `a column that is not there is shown where it was typed`() throws {
    let trial = try CommandTrial.onShop()
    #expect(
      trial.screen(after: "hypo add orders(lower(nope))") == """
        error: could not create hypothetical index on "orders": column "nope" does not exist (42703)
          hypo add orders(lower(nope))
                                ^
        hint: did you mean "note"?
        """)
    #expect(
      trial.screen(after: "hypo add orders(status) where xyzzy") == """
        error: could not create hypothetical index on "orders": column "xyzzy" does not exist (42703)
          hypo add orders(status) where xyzzy
                                        ^
        hint: columns: id, customer_id, status, total, note, created_at
        """)
    #expect(
      trial.screen(after: "hypo add orders(custmer_id)") == """
        error: could not create hypothetical index on "orders": column "custmer_id" of table "orders" does not exist (42703)
          hypo add orders(custmer_id)
                          ^
        hint: did you mean "customer_id"?
        """)
    #expect(
      trial.screen(after: "hypo add ordrs(id)") == """
        error: could not create hypothetical index on "ordrs": relation "ordrs" does not exist (42P01)
          hypo add ordrs(id)
                   ^
        hint: did you mean "orders"?
        """)
  }

  @Test func `a design that HypoPG does not recognise is named at once`() throws {
    let trial = try CommandTrial.onShop()
    #expect(
      trial.screen(after: #"hypo add orders(id) where note collate "C" > 'x'"#) == """
        design          %1
        definition      public.orders(id) where note collate "C" > 'x'
        state           hypothetical
        estimated size  \(TestServer.estimate("168 kB", "144 kB"))  HypoPG's estimate

        warning: HypoPG does not recognise this design even in its own words, so what it would change is unknown
        hint: promote %1 on a copy of the data and compare the plans there
        """)
  }

  @Test func `what the server warns of while HypoPG works is told`() throws {
    let trial = try CommandTrial.onOwnShop()
    try trial.database?.script(
      """
      CREATE FUNCTION loud(text) RETURNS text IMMUTABLE LANGUAGE plpgsql
      AS $$ BEGIN RAISE WARNING 'loud %', $1; RETURN $1; END $$
      """)
    let functions = """
      warning: to make a plan the server can run loud(text), a function of language plpgsql
      hint: set plan_functions refuse plans no statement that calls such a function
      """
    #expect(
      trial.screen(after: "hypo add orders(note) where note = loud('x')") == """
        design          %1
        definition      public.orders(note) where note = loud('x')
        state           hypothetical
        estimated size  8192 bytes  HypoPG's estimate

        \(functions)
        warning: loud x
        """)
    // Nothing is simplified where a collation is named.
    #expect(
      trial.screen(after: #"hypo add orders(note) where note collate "C" = loud('x')"#) == """
        design          %2
        definition      public.orders(note) where note collate "C" = loud('x')
        state           hypothetical
        estimated size  8192 bytes  HypoPG's estimate

        warning: HypoPG: loud x
        warning: HypoPG: loud x
        warning: HypoPG does not recognise this design even in its own words, so what it would change is unknown
        hint: promote %2 on a copy of the data and compare the plans there
        \(functions)
        """)
  }

  @Test func `a design gets the handle that a recording gave it`() throws {
    let trial = try CommandTrial.onShop()
    #expect(
      trial.screen(after: "hypo add %3 = orders(status)") == """
        design          %3
        definition      public.orders(status)
        state           hypothetical
        estimated size  \(TestServer.estimate("608 kB", "560 kB"))  HypoPG's estimate
        """)
    #expect(
      trial.screen(after: "hypo add %1 = create index on orders (id, total);").hasPrefix(
        "design          %1\n"))
    #expect(
      trial.screen(after: "hypo add %3 = orders(total)") == """
        error: %3 is public.orders(status) already
          hypo add %3 = orders(total)
                   ^
        hint: hypo add without %3 = gives the next number
        """)
    #expect(
      trial.screen(after: "hypo add %2 = orders(status)") == """
        error: this design is %3 already
          hypo add %2 = orders(status)
                   ^
        hint: hypo add %3 makes it hypothetical
        """)
    #expect(trial.screen(after: "hypo add orders(created_at)").hasPrefix("design          %4\n"))
  }

  @Test func `the access method may stand in front of the keys, as in CREATE INDEX`() throws {
    let trial = try CommandTrial.onShop()
    #expect(
      trial.screen(after: "hypo add orders using gin (note)") == """
        design      %1
        definition  public.orders(note) using gin
        state       proposed

        warning: an index with access method "gin" cannot be hypothetical: HypoPG knows btree, hash, brin and bloom
        hint: promote %1 can still build it; its plan cannot be foreseen
        """)
    #expect(trial.screen(after: "hypo add orders USING brin (id) where total > 5").contains("%2"))
    #expect(trial.screen(after: "hypo list").contains("public.orders(id) using brin where total > 5"))
    #expect(
      trial.screen(after: "hypo add orders using gin (note) using gin") == """
        error: using is given twice
          hypo add orders using gin (note) using gin
                                           ^
        hint: leave one of them out
        """)
  }
}
