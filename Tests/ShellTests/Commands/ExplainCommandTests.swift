import TestSupport
import Testing

@testable import Shell

/// `explain`, the estimated plan.
@Suite struct ExplainCommandTests {
  @Test func `wrong arguments are told at their place`() throws {
    let trial = try CommandTrial()
    #expect(
      trial.screen(after: "explain") == """
        error: there is no query yet
        hint: top gives numbers to queries, query NAME = SQL; gives a name
        """)
    #expect(
      trial.screen(after: "explain @q!") == """
        error: "@q!" is no query handle
          explain @q!
                  ^
        hint: query lists them
        """)
    #expect(
      trial.screen(after: "explain @1 x") == """
        error: unexpected "x"
          explain @1 x
                     ^
        hint: usage: explain [@n] [with (VALUE, …) | generic] | SQL; [with (VALUE, …) | generic]
        """)
    #expect(
      trial.screen(after: "explain (verbose @1") == """
        error: syntax error at end of input: "," or ")" is expected
          explain (verbose @1
                             ^
        """)
    #expect(
      trial.screen(after: "explain (analyze) @1") == """
        error: explain never executes a statement, so it does not take ANALYZE
          explain (analyze) @1
                   ^
        detail: Even as "analyze off" the word makes HypoPG leave the hypothetical indexes out.
        hint: leave ANALYZE out; real times are for psql, where the statement may run
        exit status 6
        """)
    #expect(
      trial.screen(after: "explain select 1; with (") == """
        error: this parenthesis is not closed
          explain select 1; with (
                                 ^
        hint: write (VALUE, …), with strings in single quotes
        """)
    #expect(
      trial.screen(after: "explain select 1; with 1") == """
        error: unexpected "1"
          explain select 1; with 1
                                 ^
        hint: usage: explain [@n] [with (VALUE, …) | generic] | SQL; [with (VALUE, …) | generic]
        """)
    #expect(
      trial.screen(after: "explain create table x (a int);") == """
        error: CREATE has no plan
          explain create table x (a int);
                  ^
        hint: explain takes SELECT, INSERT, UPDATE, DELETE, MERGE, VALUES, TABLE, WITH, CREATE TABLE AS, CREATE MATERIALIZED VIEW AS, DECLARE, COPY (QUERY), REFRESH MATERIALIZED VIEW, PREPARE, EXECUTE or FETCH
        exit status 6
        """)
  }

  @Test func `a value that is not set has its hint`() throws {
    let trial = try CommandTrial.onShop()
    #expect(
      trial.screen(after: "explain select * from orders where id = :id;") == """
        error: syntax error at or near ":" (42601)
          explain select * from orders where id = :id;
                                                  ^
        hint: :id has no value: let id = … gives it one; a plan for any value takes $1 in its place
        """)
    #expect(
      trial.screen(after: "explain select 'a' : 'b' || :'id';") == """
        error: syntax error at or near ":" (42601)
          explain select 'a' : 'b' || :'id';
                             ^
        """)
  }

  @Test func `without a design it is one plan`() throws {
    let trial = try CommandTrial.onShop()
    try trial.enter(
      "query q = SELECT * FROM orders WHERE customer_id = $1 ORDER BY created_at DESC LIMIT 50;")
    #expect(
      trial.screen(after: "explain") == """
        @q, generic plan: for any value of its parameters; estimated, not executed

        Plan
                                   cost  rows  width  own share
        Limit                     398.5    20     34
        └─ Sort                   398.5    20     34
           │   Sort Key: created_at DESC
           └─ Seq Scan on orders  398.0    20     34  ████████ 100 % ◀
                  Filter: (customer_id = $1)
        """)
    #expect(
      trial.screen(after: "explain @q with (42)") == """
        @q with $1 = 42, estimated; not executed

        Plan
                                   cost  rows  width  own share
        Limit                     399.8    50     34
        └─ Sort                   399.8    56     34
           │   Sort Key: created_at DESC
           └─ Seq Scan on orders  398.0    56     34  ████████ 100 % ◀
                  Filter: (customer_id = 42)
        """)
    #expect(
      trial.screen(after: "explain") == """
        @q with $1 = 42, estimated; not executed

        Plan
                                   cost  rows  width  own share
        Limit                     399.8    50     34
        └─ Sort                   399.8    56     34
           │   Sort Key: created_at DESC
           └─ Seq Scan on orders  398.0    56     34  ████████ 100 % ◀
                  Filter: (customer_id = 42)
        """)
    #expect(
      trial.screen(after: "explain @q generic") == """
        @q, generic plan: for any value of its parameters; estimated, not executed

        Plan
                                   cost  rows  width  own share
        Limit                     398.5    20     34
        └─ Sort                   398.5    20     34
           │   Sort Key: created_at DESC
           └─ Seq Scan on orders  398.0    20     34  ████████ 100 % ◀
                  Filter: (customer_id = $1)
        """)
    var verbose = trial.screen(after: "explain (verbose) @q").split(
      separator: "\n", omittingEmptySubsequences: false)
    // The server computes it from PostgreSQL 14 on.
    if TestServer.majorVersion >= 14 {
      let last = verbose.removeLast()
      #expect(last.hasPrefix("Query Identifier: "))
    }
    #expect(
      verbose.joined(separator: "\n") == """
        @q, generic plan: for any value of its parameters; estimated, not executed

        Plan
                                          cost  rows  width  own share
        Limit                            398.5    20     34
        │   Output: id, customer_id, status, total, note, created_at
        └─ Sort                          398.5    20     34
           │   Sort Key: orders.created_at DESC
           │   Output: id, customer_id, status, total, note, created_at
           └─ Seq Scan on public.orders  398.0    20     34  ████████ 100 % ◀
                  Filter: (orders.customer_id = $1)
                  Output: id, customer_id, status, total, note, created_at
        """)
    #expect(
      trial.screen(after: "explain select sum(total) from orders;") == """
        the statement, estimated; not executed

        Plan
                                cost    rows  width  own share
        Aggregate              398.0       1     32  █         13 %
        └─ Seq Scan on orders  348.0  20,000      5  ███████   87 % ◀
        """)
    // Up to PostgreSQL 13 an UPDATE carries whole rows.
    let (update, scan) = TestServer.majorVersion >= 14 ? ("0      0", "22") : ("1     51", "51")
    #expect(
      trial.screen(after: "explain update orders set total = 1 where id = $1; with (7)") == """
        the statement with $1 = 7, estimated; not executed

        Plan
                                                   cost  rows  width  own share
        Update on orders                           8.30     \(update)
        └─ Index Scan using orders_pkey on orders  8.30     1     \(scan)  ████████ 100 % ◀
               Index Cond: (id = 7)
        """)
  }

  @Test func `what was assumed, and what was planned in the place of the statement, stands beside the plan`()
    throws
  {
    let trial = try CommandTrial.onShop()
    #expect(
      trial.screen(
        after:
          "explain declare c cursor for select * from orders where ($1 is null or customer_id = $1) and id = $2;"
      )
        == """
        the statement, generic plan: for any value of its parameters; estimated, not executed
        planned: the query of the cursor, for all of its rows (a cursor is planned for the first cursor_tuple_fraction of them)
        assumed: $1 is integer

        Plan
                                                cost  rows  width  own share
        Index Scan using orders_pkey on orders  8.31     1     34  ████████ 100 %
            Index Cond: (id = $2)
            Filter: (($1 IS NULL) OR (customer_id = $1))
        """)
    #expect(
      trial.screen(after: "explain select * from orders where id in ($1 /*, ... */); with (1, 2, 3)") == """
        the statement with $1 = 1, $2 = 2, $3 = 3, estimated; not executed

        Plan
                                                 cost  rows  width  own share
        Index Scan using orders_pkey on orders  16.92     3     34  ████████ 100 %
            Index Cond: (id = ANY ('{1,2,3}'::integer[]))
        """)
    #expect(
      trial.screen(after: "explain copy (select nope, date $1 from orders) to stdout;") == """
        error: column "nope" does not exist (42703)
          explain copy (select nope, date $1 from orders) to stdout;
                               ^
        hint: Perhaps you meant to reference the column "orders.note".
        """)
    #expect(
      trial.screen(after: "explain execute p(1);") == """
        error: what was prepared as "p" is not known here
        detail: pg_stat_statements has counted no PREPARE of that name in this database.
        hint: explain the statement itself, with values: explain STATEMENT; with (…)
        """)
    #expect(
      trial.screen(after: "explain fetch 5 from nowhere;") == """
        error: what the cursor "nowhere" was declared for is not known here
        detail: pg_stat_statements has counted no DECLARE of that name in this database.
        hint: explain the statement itself, with values: explain STATEMENT; with (…)
        """)
    #expect(
      trial.screen(after: "explain copy orders to stdout;") == """
        error: COPY of a table has no plan: it reads or writes the whole of it
          explain copy orders to stdout;
                  ^
        hint: COPY (QUERY) TO … has the plan of its query
        exit status 6
        """)
  }

  @Test func `of EXECUTE and FETCH what they run is planned when it was counted`() throws {
    let trial = try CommandTrial.onOwnShop()
    try trial.database?.script(
      """
      prepare q(int) as select * from orders where id = $1; execute q(1);
      create table kept as execute q(1); deallocate q;
      prepare untyped as select * from orders where id = $1 or id = $2; execute untyped(1, 2);
      prepare fixed as select * from orders where id = $1 and status = 'a'; execute fixed(1);
      declare c cursor for select * from orders where id = 5; fetch 1 from c; close c;
      declare c cursor for select * from orders where id = 6; fetch 1 from c; close c;
      prepare two as select 1 from customers; execute two; deallocate two;
      prepare two as select 2 from orders where id = 3; execute two
      """)
    let plan = """

      Plan
                                              cost  rows  width  own share
      Index Scan using orders_pkey on orders  8.30     1     34  ████████ 100 %
          Index Cond: (id =
      """
    #expect(
      trial.screen(after: "explain execute q(7);").hasPrefix(
        """
        the statement with $1 = 7, estimated; not executed
        planned: the statement that was prepared as q
        \(plan) 7)
        """), "\(trial.screen(after: "explain execute q(7);"))")
    #expect(
      trial.screen(after: "explain create table kept as execute q(8);").hasSuffix("Index Cond: (id = 8)"))
    #expect(trial.screen(after: "explain execute q($1);").hasSuffix("Index Cond: (id = $1)"))
    #expect(
      trial.screen(after: "explain execute q(7, 8);") == """
        error: what was prepared as "q" takes 1 value, and 2 are given (42601)
        hint: give as many, or none for the plan of any values
        """)
    #expect(
      trial.screen(after: "explain execute q();").hasPrefix(
        "error: what was prepared as \"q\" takes 1 value, and 0 are given (42601)"))
    #expect(
      trial.screen(after: "explain execute untyped(1, 2, 3);").hasPrefix(
        "error: what was prepared as \"untyped\" takes "),
      "\(trial.screen(after: "explain execute untyped(1, 2, 3);"))")
    #expect(
      trial.screen(after: "explain execute untyped(7, 8);").hasPrefix("the statement with $1 = 7, $2 = 8, "))
    // Its constant is a parameter of what pg_stat_statements keeps.
    let fixed = trial.screen(after: "explain execute fixed(1);")
    #expect(
      fixed.contains(
        """
        planned: the statement that was prepared as fixed
        planned for any value: constants are parameters of the text that pg_stat_statements keeps, too, so that which of \
        them the values are is not known

        """), "\(fixed)")
    // Two declarations that differ in their constants are one for any value.
    #expect(
      trial.screen(after: "explain fetch 1 from c;").hasSuffix(
        """
        planned: the query of the cursor c, for all of its rows (a cursor is planned for the first cursor_tuple_fraction of them)
        \(plan) $1)
        """), "\(trial.screen(after: "explain fetch 1 from c;"))")
    #expect(
      trial.screen(after: "explain execute two;") == """
        error: what was prepared as "two" is one of 2 different statements of that name
        hint: explain the one that is meant; top lists them
        """)
    let fetch = trial.screen(after: "top").split(separator: "\n").first { $0.hasSuffix("fetch 1 from c") }
    let handle = fetch.flatMap { $0.split(separator: " ").first } ?? "no handle"
    #expect(trial.screen(after: "explain \(handle)").contains("planned: the query of the cursor c"))
  }

  @Test func `with designs it is the pair, and of each design whether it is used`() throws {
    let trial = try CommandTrial.onShop()
    try trial.enter(
      "hypo add orders(customer_id)",
      "hypo add orders(lower(note))",
      "hypo add products(category)")
    #expect(
      trial.screen(after: "explain select * from orders where customer_id = $1; with (42)") == """
        the statement with $1 = 42, estimated; not executed

        Without designs
                             cost  rows  width  own share
        Seq Scan on orders  398.0    56     34  ████████ 100 %
            Filter: (customer_id = 42)

        With %1 %2 %3
                                     cost  rows  width  own share
        Bitmap Heap Scan on orders  115.2    56     34  ███████▊  96 % ◀
        │   Recheck Cond: (customer_id = 42)
        └─ Bitmap Index Scan on %1   4.46    56      0  ▎          4 %
               Index Cond: (customer_id = 42)

        design | used | how                                                                    | definition
        -------+------+------------------------------------------------------------------------+---------------------------
        %1     | yes  | Bitmap Index Scan on %1                                                | public.orders(customer_id)
        %2     | no   | cannot serve: no condition, join or order on its table has lower(note) | public.orders(lower(note))
        %3     | no   | the statement does not read products                                   | public.products(category)

        hint: diff compares the two, with a verdict
        """)
    #expect(
      trial.screen(
        after:
          "explain select * from customers c join orders o on o.customer_id = c.id where o.note is null and c.id = 3;"
      ) == """
        the statement, estimated; not executed
        planned with orders first in FROM, which inner joins allow: for the first table alone HypoPG offers partial and expression designs

        Without designs
                                                            cost  rows  width  own share
        Nested Loop                                        410.5   417     84  ▏          1 %
        ├─ Index Scan using customers_pkey on customers c   8.29     1     50  ▏          2 %
        │      Index Cond: (id = 3)
        └─ Seq Scan on orders o                            398.0   417     34  ███████▊  97 % ◀
               Filter: ((note IS NULL) AND (customer_id = 3))

        With %1 %2 %3
                                                            cost  rows  width  own share
        Nested Loop                                        177.1   417     84  ▎          2 %
        ├─ Index Scan using customers_pkey on customers c   8.29     1     50  ▍          5 %
        │      Index Cond: (id = 3)
        └─ Bitmap Heap Scan on orders o                    164.6   417     34  ██████▉   87 % ◀
           │   Recheck Cond: (customer_id = 3)
           │   Filter: (note IS NULL)
           └─ Bitmap Index Scan on %1                      11.22   425      0  ▌          6 %
                  Index Cond: (customer_id = 3)

        design | used | how                                                                    | definition
        -------+------+------------------------------------------------------------------------+---------------------------
        %1     | yes  | Bitmap Index Scan on %1                                                | public.orders(customer_id)
        %2     | no   | cannot serve: no condition, join or order on its table has lower(note) | public.orders(lower(note))
        %3     | no   | the statement does not read products                                   | public.products(category)

        hint: diff compares the two, with a verdict
        """)
    try trial.enter("hypo off")
    #expect(
      trial.screen(after: "explain select * from orders where customer_id = 42;") == """
        the statement, estimated; not executed

        Plan
                             cost  rows  width  own share
        Seq Scan on orders  398.0    56     34  ████████ 100 %
            Filter: (customer_id = 42)

        hypothetical indexes are switched off; hypo on lets the planner see them
        """)
  }

  @Test func `what the server refuses is told with the statement`() throws {
    let trial = try CommandTrial.onShop()
    try trial.enter("query bad = select nope from orders;")
    #expect(
      trial.screen(after: "explain @bad") == """
        error: column "nope" does not exist (42703)
          select nope from orders
                 ^
        hint: Perhaps you meant to reference the column "orders.note".
        """)
    #expect(
      trial.screen(after: "explain select * from ordrs;") == """
        error: relation "ordrs" does not exist (42P01)
          explain select * from ordrs;
                                ^
        hint: did you mean "orders"?
        """)
    #expect(
      trial.screen(after: "explain @bad with (1)") == """
        error: 1 value is given, but the statement has no parameters
        hint: leave "with (…)" out
        """)
    #expect(
      trial.screen(after: "explain @worse") == """
        error: there is no query @worse
          explain @worse
                  ^
        hint: queries: @bad
        """)
  }

  @Test func `values are offered only where a parameter is the reason, and where they can be given`() throws {
    let trial = try CommandTrial.onShop()
    #expect(
      trial.screen(after: "explain select nope(id) from orders where $1 + $2 > 3;") == """
        error: function nope(integer) does not exist (42883)
          explain select nope(id) from orders where $1 + $2 > 3;
                         ^
        hint: No function matches the given name and argument types. You might need to add explicit type casts.
        """)
    #expect(
      trial.screen(after: "explain select status, total from orders where id = $1 group by status;") == """
        error: column "orders.total" must appear in the GROUP BY clause or be used in an aggregate function (42803)
          explain select status, total from orders where id = $1 group by status;
                                 ^
        """)
    #expect(
      trial.screen(after: "select * from orders where id = $1;") == """
        error: there is no value for a parameter of SQL that is run (08P01)
          select * from orders where id = $1;
                                          ^
        hint: write the value into it, or plan it: explain STATEMENT; with (VALUE, …)
        """)
  }
}
