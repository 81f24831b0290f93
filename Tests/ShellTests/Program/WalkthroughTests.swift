import TestSupport
import Testing

/// One design from its making to its verdict, as a person sees it.
@Suite struct WalkthroughTests {
  @Test func `a design is explained, compared and listed`() throws {
    let sql = "SELECT * FROM orders WHERE customer_id = 42 ORDER BY created_at DESC LIMIT 50"
    let run = try Shop.hypo().run(
      commands: "query q = \(sql);", "hypo add orders(customer_id, created_at desc) as by_customer",
      "explain @q",
      "diff", "hypo off", "hypo on", "hypo reset", "hypo list")
    #expect(run.errors == "")
    #expect(run.status == 0)
    #expect(
      run.output == """
        @q          \(sql)
        parameters  0
        design          %1
        definition      public.orders(customer_id, created_at desc) as by_customer
        state           hypothetical
        name            by_customer
        estimated size  \(TestServer.estimate("912 kB", "680 kB"))  HypoPG's estimate
        @q, estimated; not executed

        Without designs
                                   cost  rows  width  own share
        Limit                     399.8    50     34
        └─ Sort                   399.8    56     34
           │   Sort Key: created_at DESC
           └─ Seq Scan on orders  398.0    56     34  ████████ 100 % ◀
                  Filter: (customer_id = 42)

        With %1
                                           cost  rows  width  own share
        Limit                             116.9    50     34
        └─ Sort                           116.9    56     34  ▏          2 %
           │   Sort Key: created_at DESC
           └─ Bitmap Heap Scan on orders  115.2    56     34  ███████▋  95 % ◀
              │   Recheck Cond: (customer_id = 42)
              └─ Bitmap Index Scan on %1   4.46    56      0  ▎          4 %
                     Index Cond: (customer_id = 42)

        design | used | how                     | definition
        -------+------+-------------------------+-----------------------------------------------------------
        %1     | yes  | Bitmap Index Scan on %1 | public.orders(customer_id, created_at desc) as by_customer

        hint: diff compares the two, with a verdict
        query        @q, estimated; not executed
        cost before  399.8
        cost after   116.9
        change       −70.8 %

        change                                         | cost before | cost after
        -----------------------------------------------+-------------+-----------
        Seq Scan on orders → Bitmap Heap Scan using %1 |       398.0 |      115.2

        check                           | outcome | why
        --------------------------------+---------+-----------------------------------------------------
        index or bitmap index scan used | ok      | %1 is used by Bitmap Index Scan on %1
        estimated cost lower            | ok      | the estimated cost goes 399.8 → 116.9 (70.8 % lower)
        join strategy not worse         | n/a     | the plans have no join

        better: estimated cost 399.8 → 116.9 (70.8 % lower), through %1
        hidden from the planner: %1
        the planner sees: %1
        now only proposed: %1
        design | state    | estimated size | name        | definition
        -------+----------+----------------+-------------+-----------------------------------------------------------
        %1     | proposed |         \(TestServer.estimate("912 kB", "680 kB")) | by_customer | public.orders(customer_id, created_at desc) as by_customer

        """)
  }
}
