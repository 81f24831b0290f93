import TestSupport
import Testing

@testable import Shell

/// `expect`, a statement that must hold.
@Suite struct ExpectCommandTests {
  @Test func `what cannot be read is told at its place`() throws {
    let trial = try CommandTrial()
    #expect(
      trial.screen(after: "expect") == """
        error: expect needs a predicate
          expect
                ^
        hint: predicates: cost @n < N, cost @n drops >= N%, plan @n uses index %n, plan @n has "Index Scan", plan @n lacks Sort, no seq scan on TABLE, no regression, index NAME valid, no index NAME, role primary, error CODE, VALUE < VALUE
        """)
    #expect(
      trial.screen(after: "expect luck") == """
        error: "luck" is no predicate
          expect luck
                 ^
        hint: predicates: cost @n < N, cost @n drops >= N%, plan @n uses index %n, plan @n has "Index Scan", plan @n lacks Sort, no seq scan on TABLE, no regression, index NAME valid, no index NAME, role primary, error CODE, VALUE < VALUE
        """)
    #expect(
      trial.screen(after: "expect cost") == """
        error: cost needs a query handle
          expect cost
                     ^
        hint: query lists them
        """)
    #expect(
      trial.screen(after: "expect cost @q") == """
        error: expect needs <, <=, >, >=, =, <> or drops
          expect cost @q
                        ^
        hint: predicates: cost @n < N, cost @n drops >= N%, plan @n uses index %n, plan @n has "Index Scan", plan @n lacks Sort, no seq scan on TABLE, no regression, index NAME valid, no index NAME, role primary, error CODE, VALUE < VALUE
        """)
    #expect(
      trial.screen(after: "expect cost @q < x") == """
        error: "x" is no number
          expect cost @q < x
                           ^
        hint: predicates: cost @n < N, cost @n drops >= N%, plan @n uses index %n, plan @n has "Index Scan", plan @n lacks Sort, no seq scan on TABLE, no regression, index NAME valid, no index NAME, role primary, error CODE, VALUE < VALUE
        """)
    #expect(
      trial.screen(after: "expect cost @q < 5%") == """
        error: a cost has no %
          expect cost @q < 5%
                           ^
        hint: cost @n drops >= N% compares with the plan before
        """)
    #expect(
      trial.screen(after: "expect plan @q") == """
        error: expect needs uses, has or lacks
          expect plan @q
                        ^
        hint: predicates: cost @n < N, cost @n drops >= N%, plan @n uses index %n, plan @n has "Index Scan", plan @n lacks Sort, no seq scan on TABLE, no regression, index NAME valid, no index NAME, role primary, error CODE, VALUE < VALUE
        """)
    #expect(
      trial.screen(after: "expect plan @q uses it") == """
        error: unexpected "it"
          expect plan @q uses it
                              ^
        hint: predicates: cost @n < N, cost @n drops >= N%, plan @n uses index %n, plan @n has "Index Scan", plan @n lacks Sort, no seq scan on TABLE, no regression, index NAME valid, no index NAME, role primary, error CODE, VALUE < VALUE
        """)
    #expect(
      trial.screen(after: "expect plan @q uses index") == """
        error: index needs a design handle or an index
          expect plan @q uses index
                                   ^
        hint: predicates: cost @n < N, cost @n drops >= N%, plan @n uses index %n, plan @n has "Index Scan", plan @n lacks Sort, no seq scan on TABLE, no regression, index NAME valid, no index NAME, role primary, error CODE, VALUE < VALUE
        """)
    #expect(
      trial.screen(after: "expect plan @q has") == """
        error: has needs a step of a plan
          expect plan @q has
                            ^
        hint: for example has "Index Scan"
        """)
    #expect(
      trial.screen(after: "expect no") == """
        error: no needs seq, regression or index
          expect no
                   ^
        hint: predicates: cost @n < N, cost @n drops >= N%, plan @n uses index %n, plan @n has "Index Scan", plan @n lacks Sort, no seq scan on TABLE, no regression, index NAME valid, no index NAME, role primary, error CODE, VALUE < VALUE
        """)
    #expect(
      trial.screen(after: "expect no seq scan") == """
        error: scan needs on
          expect no seq scan
                            ^
        hint: predicates: cost @n < N, cost @n drops >= N%, plan @n uses index %n, plan @n has "Index Scan", plan @n lacks Sort, no seq scan on TABLE, no regression, index NAME valid, no index NAME, role primary, error CODE, VALUE < VALUE
        """)
    #expect(
      trial.screen(after: "expect index") == """
        error: index needs an index
          expect index
                      ^
        hint: for example index orders_pkey
        """)
    #expect(
      trial.screen(after: "expect index a") == """
        error: expect needs valid
          expect index a
                        ^
        hint: predicates: cost @n < N, cost @n drops >= N%, plan @n uses index %n, plan @n has "Index Scan", plan @n lacks Sort, no seq scan on TABLE, no regression, index NAME valid, no index NAME, role primary, error CODE, VALUE < VALUE
        """)
    #expect(
      trial.screen(after: "expect role king") == """
        error: unexpected "king"
          expect role king
                      ^
        hint: one of: primary, standby, writer, reader
        """)
    #expect(
      trial.screen(after: "expect error") == """
        error: error needs an error code
          expect error
                      ^
        hint: an SQLSTATE has five characters, such as 42P01
        """)
    #expect(
      trial.screen(after: "expect error 1") == """
        error: "1" is no SQLSTATE
          expect error 1
                       ^
        hint: an SQLSTATE has five characters, such as 42P01
        """)
    #expect(
      trial.screen(after: "expect 1") == """
        error: expect needs <, <=, >, >=, = or <>
          expect 1
                  ^
        hint: predicates: cost @n < N, cost @n drops >= N%, plan @n uses index %n, plan @n has "Index Scan", plan @n lacks Sort, no seq scan on TABLE, no regression, index NAME valid, no index NAME, role primary, error CODE, VALUE < VALUE
        """)
    #expect(
      trial.screen(after: "expect 1 < 2 3") == """
        error: unexpected "3"
          expect 1 < 2 3
                       ^
        hint: predicates: cost @n < N, cost @n drops >= N%, plan @n uses index %n, plan @n has "Index Scan", plan @n lacks Sort, no seq scan on TABLE, no regression, index NAME valid, no index NAME, role primary, error CODE, VALUE < VALUE
        """)
  }

  @Test func `a table that does not exist is no table without a scan, and partitions are the table`() throws {
    let trial = try CommandTrial.onOwnShop()
    try trial.database?.script(
      """
      CREATE TABLE parts (id int, kind int) PARTITION BY LIST (kind);
      CREATE TABLE parts_1 PARTITION OF parts FOR VALUES IN (1);
      CREATE TABLE parts_2 PARTITION OF parts FOR VALUES IN (2);
      """)
    try trial.enter("query q = select * from parts where kind = 2;")
    #expect(
      trial.screen(after: "expect no seq scan on ordres") == """
        error: relation "ordres" does not exist (42P01)
          expect no seq scan on ordres
                 ^
        hint: did you mean "orders"?
        """)
    #expect(
      trial.screen(after: "expect no seq scan on parts") == """
        error: expectation failed: no seq scan on parts
        detail: Seq Scan on parts_2 parts
        exit status 4
        """)
    #expect(
      trial.screen(after: "expect no seq scan on parts_1") == "ok  no seq scan on parts_1  (there is none)")
  }

  @Test func `what holds is told with what was found`() throws {
    let trial = try CommandTrial.onShop()
    try trial.enter(
      "query q = select * from orders where customer_id = 42;",
      "hypo add orders(customer_id)")
    #expect(trial.screen(after: "expect cost @q < 1000") == "ok  cost @q < 1000  (cost 115.2)")
    #expect(
      trial.screen(after: "expect cost @q drops >= 50%")
        == "ok  cost @q drops >= 50%  (from 398.0 to 115.2: −71.1 %)")
    #expect(
      trial.screen(after: "expect plan @q uses index %1")
        == "ok  plan @q uses index %1  (it uses %1)")
    #expect(
      trial.screen(after: "expect plan @q has \"Bitmap Heap Scan\"")
        == "ok  plan @q has \"Bitmap Heap Scan\"  (nodes: Bitmap Heap Scan, Bitmap Index Scan)")
    #expect(
      trial.screen(after: "expect plan @q lacks Sort")
        == "ok  plan @q lacks Sort  (nodes: Bitmap Heap Scan, Bitmap Index Scan)")
    #expect(
      trial.screen(after: "expect plan @q lacks HashAggregate;")
        == "ok  plan @q lacks HashAggregate  (nodes: Bitmap Heap Scan, Bitmap Index Scan)")
    #expect(
      trial.screen(after: "expect no seq scan on orders")
        == "ok  no seq scan on orders  (there is none)")
    #expect(trial.screen(after: "expect no regression") == "ok  no regression  (1 query)")
    #expect(trial.screen(after: "expect index orders_pkey valid") == "ok  index orders_pkey valid  (valid)")
    #expect(trial.screen(after: "expect no index nosuch") == "ok  no index nosuch  (there is none)")
    #expect(trial.screen(after: "expect role primary") == "ok  role primary  (primary)")
    #expect(trial.screen(after: "expect 2 > 1") == "ok  2 > 1  (2 and 1)")
    #expect(trial.screen(after: "expect 'a' = 'a';") == "ok  'a' = 'a'  (a and a)")
  }

  @Test func `what does not hold ends with status 4 and what was found`() throws {
    let trial = try CommandTrial.onShop()
    try trial.enter("query q = select * from orders where customer_id = 42;")
    #expect(
      trial.screen(after: "expect cost @q < 1") == """
        error: expectation failed: cost @q < 1
        detail: cost 398.0
        exit status 4
        """)
    #expect(
      trial.screen(after: "expect cost @q drops >= 50%") == """
        error: expectation failed: cost @q drops >= 50%
        detail: from 398.0 to 398.0: 0.0 %
        exit status 4
        """)
    #expect(
      trial.screen(after: "expect plan @q uses index orders_pkey") == """
        error: expectation failed: plan @q uses index orders_pkey
        detail: it uses no index
        exit status 4
        """)
    #expect(
      trial.screen(after: "expect plan @q has Sort") == """
        error: expectation failed: plan @q has Sort
        detail: nodes: Seq Scan
        exit status 4
        """)
    #expect(
      trial.screen(after: "expect plan @q lacks \"Seq Scan\"") == """
        error: expectation failed: plan @q lacks "Seq Scan"
        detail: nodes: Seq Scan
        exit status 4
        """)
    #expect(
      trial.screen(after: "expect no seq scan on orders") == """
        error: expectation failed: no seq scan on orders
        detail: Seq Scan on orders
        exit status 4
        """)
    #expect(
      trial.screen(after: "expect no regression") == """
        error: expectation failed: no regression
        detail: no query was planned with an active design
        exit status 4
        """)
    #expect(
      trial.screen(after: "expect index nosuch valid") == """
        error: expectation failed: index nosuch valid
        detail: there is no such index
        exit status 4
        """)
    #expect(
      trial.screen(after: "expect no index orders_pkey") == """
        error: expectation failed: no index orders_pkey
        detail: it is there
        exit status 4
        """)
    #expect(
      trial.screen(after: "expect role standby") == """
        error: expectation failed: role standby
        detail: primary
        exit status 4
        """)
    #expect(
      trial.screen(after: "expect error 42P01") == """
        error: expectation failed: error 42P01
        detail: the command before it did not fail with 42P01
        exit status 4
        """)
    #expect(
      trial.screen(after: "expect 2 < 1") == """
        error: expectation failed: 2 < 1
        detail: 2 and 1
        exit status 4
        """)
    #expect(
      trial.screen(after: "expect 'a' < 'b'") == """
        error: expectation failed: 'a' < 'b'
        detail: a and b are not both numbers
        exit status 4
        """)
    #expect(
      trial.screen(after: "expect plan @q uses index %1") == """
        error: there is no design %1
          expect plan @q uses index %1
                 ^
        hint: hypo add makes one
        """)
    #expect(
      trial.screen(after: "expect cost @p < 1") == """
        error: there is no query @p
          expect cost @p < 1
                 ^
        hint: queries: @q
        """)
  }

  @Test func `no regression holds for all queries, or for as many as somebody allows to be without a plan`()
    throws
  {
    let trial = try CommandTrial.onShop()
    try trial.enter(
      "query q = select * from orders where customer_id = 42;", "query gone = select * from nowhere;",
      "query lost = select nothing from orders;", "hypo add orders(customer_id)")
    #expect(
      trial.screen(after: "expect no regression") == """
        error: expectation failed: no regression
        detail: 1 query; @gone not planned: relation "nowhere" does not exist; @lost not planned: column "nothing" does not exist
        exit status 4
        """)
    #expect(
      trial.screen(after: "expect no regression allowing 1 unplanned") == """
        error: expectation failed: no regression allowing 1 unplanned
        detail: 1 query; @gone not planned: relation "nowhere" does not exist; @lost not planned: column "nothing" does not exist
        exit status 4
        """)
    #expect(
      trial.screen(after: "expect no regression allowing 2 unplanned") == """
        ok  no regression allowing 2 unplanned  (1 query; not planned: @gone @lost)
        """)
    #expect(
      trial.screen(after: "expect no regression allowing many unplanned") == """
        error: the number of queries must be a whole number above 0
          expect no regression allowing many unplanned
                                        ^
        hint: for example 5
        """)
  }

  @Test func `a step that no plan has is refused, whatever would be said of it`() throws {
    let trial = try CommandTrial.onShop()
    try trial.enter("query q = select status, count(*) from orders group by status;")
    #expect(
      trial.screen(after: "expect plan @q lacks Sortt;") == """
        error: no plan has a step "Sortt"
          expect plan @q lacks Sortt;
                               ^
        hint: did you mean "Sort"?
        """)
    #expect(
      trial.screen(after: "expect plan @q has \"Indx Only Scan\"") == """
        error: no plan has a step "Indx Only Scan"
          expect plan @q has "Indx Only Scan"
                             ^
        hint: did you mean "Index Only Scan"?
        """)
    #expect(
      trial.screen(after: "expect plan @q has Columnar") == """
        error: no plan has a step "Columnar"
          expect plan @q has Columnar
                             ^
        hint: a step as EXPLAIN names it, such as "Index Scan"; one of an extension is "Custom Scan (NAME)"
        """)
    for name in ["HashAggregate", "aggregate", "\"seq scan\"", "Seq Scan"] {
      #expect(
        trial.screen(after: "expect plan @q has \(name)")
          == "ok  plan @q has \(name)  (nodes: Aggregate, Seq Scan)")
    }
  }
}
