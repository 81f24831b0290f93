import TestSupport
import Testing

@testable import Shell

/// `show`
@Suite struct ShowCommandTests {
  @Test func `what cannot be read is told at its place`() throws {
    let trial = try CommandTrial()
    #expect(
      trial.screen(after: "show") == """
        error: show needs a query handle, a design handle, change, plan or a setting
          show
              ^
        hint: usage: show @n | %n | change N | plan @n | SETTING
        """)
    #expect(
      trial.screen(after: "show plan") == """
        error: plan needs a query handle
          show plan
                   ^
        hint: query lists them
        """)
    #expect(
      trial.screen(after: "show plan q") == """
        error: "q" is no query handle
          show plan q
                    ^
        hint: query lists them
        """)
    #expect(
      trial.screen(after: "show change") == """
        error: change needs the change's number
          show change
                     ^
        hint: for example 5
        """)
    #expect(
      trial.screen(after: "show change 0") == """
        error: the change's number must be a whole number above 0
          show change 0
                      ^
        hint: for example 5
        """)
    #expect(
      trial.screen(after: "show nosuch") == """
        error: unknown setting "nosuch"
          show nosuch
               ^
        hint: settings: expanded, format, keep_literals, pager, plan_functions, prompt, timing; the server's settings are SQL: end with ;
        """)
    #expect(
      trial.screen(after: "show formt") == """
        error: unknown setting "formt"
          show formt
               ^
        hint: did you mean "format"?
        """)
    #expect(
      trial.screen(after: "show format x") == """
        error: unexpected "x"
          show format x
                      ^
        hint: usage: show @n | %n | change N | plan @n | SETTING
        """)
  }

  @Test func `a handle that there is not is told`() throws {
    let trial = try CommandTrial()
    #expect(
      trial.screen(after: "show @x") == """
        error: there is no query @x
          show @x
               ^
        hint: top gives numbers to queries, query NAME = SQL; gives a name
        """)
    #expect(
      trial.screen(after: "show %1") == """
        error: there is no design %1
          show %1
               ^
        hint: hypo add makes one
        """)
    #expect(
      trial.screen(after: "show plan @x") == """
        error: there is no query @x
          show plan @x
                    ^
        hint: top gives numbers to queries, query NAME = SQL; gives a name
        """)
    #expect(
      trial.screen(after: "show change 3") == """
        error: there is no change 3
          show change 3
               ^
        hint: the ledger is empty
        """)
  }

  @Test func `a design that the planner simplifies is shown in both forms`() throws {
    let trial = try CommandTrial.onShop()
    try trial.enter("hypo add orders(id) where total > 5")
    #expect(
      trial.screen(after: "show %1") == """
        design          %1
        state           hypothetical
        estimated size  \(TestServer.estimate("504 kB", "448 kB"))
        definition      public.orders(id) where total > 5
        planned as      CREATE INDEX ON public.orders USING btree (id) WHERE (total > '5'::numeric)  the planner simplifies expressions and conditions so; promote builds what was typed

        What promote would run
          CREATE INDEX CONCURRENTLY IF NOT EXISTS orders_id_idx ON public.orders (id) WHERE total > 5;
        """)
  }

  @Test func `everything known of a query, a design and a setting is shown`() throws {
    let trial = try CommandTrial.onShop()
    try trial.enter("query q = SELECT * FROM orders WHERE customer_id = 42;")
    #expect(
      trial.screen(after: "show @q") == """
        @q
          SELECT * FROM orders WHERE customer_id = 42
        """)
    #expect(
      trial.screen(after: "show plan @q") == """
        error: @q was not explained yet
        hint: explain @q
        """)
    try trial.enter("hypo add orders(customer_id, created_at desc) where note is not null as noted")
    #expect(
      trial.screen(after: "show %1") == """
        design          %1
        state           hypothetical
        estimated size  \(TestServer.estimate("16 kB", "8192 bytes"))
        definition      public.orders(customer_id, created_at desc) as noted where note is not null

        What promote would run
          CREATE INDEX CONCURRENTLY IF NOT EXISTS noted ON public.orders (customer_id, created_at DESC) WHERE note is not null;
        """)
    try trial.enter("hypo add orders(customer_id)", "hypo drop %2")
    #expect(
      trial.screen(after: "show %2") == """
        design          %2
        state           proposed
        estimated size  \(TestServer.estimate("504 kB", "448 kB"))
        definition      public.orders(customer_id)

        What promote would run
          CREATE INDEX CONCURRENTLY IF NOT EXISTS orders_customer_id_idx ON public.orders (customer_id);
        """)
    try trial.enter("explain @q")
    #expect(
      trial.screen(after: "show plan @q") == """
        Without designs
                             cost  rows  width  own share
        Seq Scan on orders  398.0    56     34  ████████ 100 %
            Filter: (customer_id = 42)

        With %1
                             cost  rows  width  own share
        Seq Scan on orders  398.0    56     34  ████████ 100 %
            Filter: (customer_id = 42)
        """)
    #expect(trial.screen(after: "show format") == "format  aligned")
  }
}
