import TestSupport
import Testing

@testable import Shell

/// `diff`, the pair of plans and the verdict.
@Suite struct DiffCommandTests {
  @Test func `wrong arguments are told`() throws {
    let trial = try CommandTrial()
    #expect(
      trial.screen(after: "diff @x!") == """
        error: "@x!" is no query handle
          diff @x!
               ^
        hint: query lists them
        """)
    #expect(
      trial.screen(after: "diff @1 all") == """
        error: unexpected "all"
          diff @1 all
                  ^
        hint: usage: diff [@n [with (VALUE, …)] | all | SQL; [with (VALUE, …) | generic]]
        """)
    #expect(
      trial.screen(after: "diff al") == """
        error: unexpected "al"
          diff al
               ^
        hint: did you mean "all"?
        """)
    #expect(
      trial.screen(after: "diff all x") == """
        error: unexpected "x"
          diff all x
                   ^
        hint: usage: diff [@n [with (VALUE, …)] | all | SQL; [with (VALUE, …) | generic]]
        """)
    #expect(
      trial.screen(after: "diff") == """
        error: there is no connection
        hint: connect TARGET connects to a server; connect sandbox starts a private one to try things on
        exit status 2
        """)
  }

  @Test func `the cost, the changes and the checks lead to a verdict`() throws {
    let trial = try CommandTrial.onShop()
    try trial.enter(
      "query q = SELECT * FROM orders WHERE customer_id = $1 ORDER BY created_at DESC LIMIT 50;",
      "hypo add orders(customer_id)")
    #expect(
      trial.screen(after: "diff") == """
        query        @q, generic plan: for any value of its parameters; estimated, not executed
        cost before  398.5
        cost after   60.50
        change       −84.8 %

        change                                         | cost before | cost after
        -----------------------------------------------+-------------+-----------
        Seq Scan on orders → Bitmap Heap Scan using %1 |       398.0 |      60.02

        check                           | outcome | why
        --------------------------------+---------+-----------------------------------------------------
        index or bitmap index scan used | ok      | %1 is used by Bitmap Index Scan on %1
        estimated cost lower            | ok      | the estimated cost goes 398.5 → 60.50 (84.8 % lower)
        join strategy not worse         | n/a     | the plans have no join

        better: estimated cost 398.5 → 60.50 (84.8 % lower), through %1
        """)
    #expect(
      trial.screen(after: "diff @q with (42)") == """
        query        @q with $1 = 42, estimated; not executed
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
        """)
    #expect(
      trial.screen(after: "diff") == """
        query        @q with $1 = 42, estimated; not executed
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
        """)
    #expect(
      trial.screen(after: "diff select id from orders where customer_id = 42;") == """
        query        the statement, estimated; not executed
        cost before  398.0
        cost after   115.2
        change       −71.1 %

        change                                         | cost before | cost after
        -----------------------------------------------+-------------+-----------
        Seq Scan on orders → Bitmap Heap Scan using %1 |       398.0 |      115.2

        check                           | outcome | why
        --------------------------------+---------+-----------------------------------------------------
        index or bitmap index scan used | ok      | %1 is used by Bitmap Index Scan on %1
        estimated cost lower            | ok      | the estimated cost goes 398.0 → 115.2 (71.1 % lower)
        join strategy not worse         | n/a     | the plans have no join

        better: estimated cost 398.0 → 115.2 (71.1 % lower), through %1
        """)
    #expect(
      trial.screen(after: "diff @1") == """
        error: there is no query @1
          diff @1
               ^
        hint: queries: @q
        """)
    #expect(
      trial.screen(after: "diff @q with (1, 2)") == """
        error: the statement has the parameter $1, but 2 values are given
        hint: write with (value of $1)
        """)
  }

  @Test func `a design that is not used is told with what beat it`() throws {
    let trial = try CommandTrial.onShop()
    try trial.enter("hypo add orders(customer_id)")
    #expect(
      trial.screen(after: "diff select * from products where id = 3;") == """
        query        the statement, estimated; not executed
        cost before  4.50
        cost after   4.50
        change       0.0 %

        change                   | cost before | cost after
        -------------------------+-------------+-----------
        the plan keeps its shape |        4.50 |       4.50

        check                           | outcome | why
        --------------------------------+---------+-----------------------------------
        index or bitmap index scan used | n/a     | no design or index was asked about
        estimated cost lower            | FAILED  | the estimated cost stays at 4.50
        join strategy not worse         | n/a     | the plans have no join

        design | used | how                                | definition
        -------+------+------------------------------------+---------------------------
        %1     | no   | the statement does not read orders | public.orders(customer_id)

        unchanged: estimated cost 4.50
        """)
    #expect(
      trial.screen(
        after:
          "diff select * from orders o join customers c on c.id = o.customer_id where o.status = 'paid' order by c.name limit 5;"
      ) == """
        query        the statement, estimated; not executed
        cost before  486.5
        cost after   486.5
        change       0.0 %

        change                   | cost before | cost after
        -------------------------+-------------+-----------
        the plan keeps its shape |       486.5 |      486.5

        check                           | outcome | why
        --------------------------------+---------+--------------------------------------
        index or bitmap index scan used | FAILED  | %1 is not used
        estimated cost lower            | FAILED  | the estimated cost stays at 486.5
        join strategy not worse         | ok      | Hash Join of (c, o) still costs 486.5

        design | used | how                                                             | definition
        -------+------+-----------------------------------------------------------------+---------------------------
        %1     | no   | beaten by Seq Scan on orders o: would cost \(TestServer.estimate("1,282", "1,254")), against 486.5 | public.orders(customer_id)

        unchanged: estimated cost 486.5, and nothing asked about is used
        """)
  }

  @Test func `of a design that HypoPG cannot judge the verdict is unknown`() throws {
    let trial = try CommandTrial.onShop()
    try trial.enter(#"hypo add orders(id) where note collate "C" > 'x'"#)
    #expect(
      trial.lastLines(16, after: #"diff select id from orders where note collate "C" > 'x' and total < 1;"#)
        == """

        change                   | cost before | cost after
        -------------------------+-------------+-----------
        the plan keeps its shape |       448.0 |      448.0

        check                           | outcome        | why
        --------------------------------+----------------+---------------------------------------------
        index or bitmap index scan used | check yourself | HypoPG cannot tell whether %1 would be used
        estimated cost lower            | check yourself | the estimated cost stays at 448.0 without %1
        join strategy not worse         | n/a            | the plans have no join

        design | used | how                                                                      | definition
        -------+------+--------------------------------------------------------------------------+-----------------------------------------------
        %1     | no   | unknown: HypoPG does not recognise the design, not even in its own words | public.orders(id) where note collate "C" > 'x'

        warning: unknown: HypoPG cannot tell what the real index would change; without it the estimated cost is 448.0
        """)
  }

  @Test func `without an active design those that are proposed are named`() throws {
    let trial = try CommandTrial.onShop()
    try trial.enter("hypo add orders(customer_id)", "hypo reset")
    #expect(
      trial.screen(after: "diff select * from orders where customer_id = 42;") == """
        error: no design is active, so there is nothing to compare
        hint: hypo add %1 makes it hypothetical, hypo add TABLE(COLUMNS) makes a new one
        """)
    try trial.enter("hypo add orders(status)", "hypo reset")
    #expect(
      trial.screen(after: "diff select * from orders where customer_id = 42;") == """
        error: no design is active, so there is nothing to compare
        hint: hypo add %n makes one of %1 %2 hypothetical, hypo add TABLE(COLUMNS) makes a new one
        """)
  }

  @Test func `without a design there is nothing to compare, and hidden ones are named`() throws {
    let trial = try CommandTrial.onShop()
    try trial.enter("query q = select * from orders where customer_id = 42;")
    #expect(
      trial.screen(after: "diff @q") == """
        error: no design is active, so there is nothing to compare
        hint: hypo add TABLE(COLUMNS) makes one
        """)
    #expect(
      trial.screen(after: "diff all") == """
        error: no design is active, so there is nothing to compare
        hint: hypo add TABLE(COLUMNS) makes one
        """)
    try trial.enter("hypo add orders(customer_id)", "hypo off")
    #expect(
      trial.screen(after: "diff @q") == """
        error: hypothetical indexes are switched off
        hint: hypo on lets the planner see them
        """)
    #expect(
      trial.screen(after: "diff all") == """
        error: hypothetical indexes are switched off
        hint: hypo on lets the planner see them
        """)
  }

  @Test func `all and expect say what was assumed, as explain does`() throws {
    let trial = try CommandTrial.onShop()
    try trial.enter(
      "hypo add orders(customer_id)",
      "query q = select * from orders where ($1 is null or id > $1) and customer_id = $2;",
      "query copied = copy (select id from orders where customer_id = 42) to stdout;")
    let screen = trial.screen(after: "diff all")
    #expect(
      screen.hasSuffix(
        """
        @q: assumed: $1 is integer
        @copied: planned: the query inside COPY
        """), "\(screen)")
    for (line, end) in [
      ("cost @q < 100000", "; assumed: $1 is integer)"),
      ("cost @q drops >= 1%", "; assumed: $1 is integer)"),
      ("plan @q uses index %1", "; assumed: $1 is integer)"),
      ("plan @q lacks Sort", "; assumed: $1 is integer)"),
      (
        "no regression",
        "(2 queries; @q assumed: $1 is integer; @copied planned: the query inside COPY)"
      ),
      ("plan @copied lacks Sort", "; planned: the query inside COPY)"),
    ] {
      let told = trial.screen(after: "expect " + line)
      #expect(told.hasPrefix("ok  \(line)  (") && told.hasSuffix(end), "\(told)")
    }
  }

  @Test func `all takes every query with a handle, and tells those that cannot be planned`() throws {
    let trial = try CommandTrial.onShop()
    try trial.enter("hypo add orders(customer_id)")
    #expect(
      trial.screen(after: "diff all") == """
        error: there is no query yet
        hint: top gives numbers to queries, query NAME = SQL; gives a name
        """)
    try trial.enter(
      "query q = select * from orders where customer_id = 42;",
      "query bad = select * from nosuch;")
    #expect(
      trial.screen(after: "diff all") == """
        query | cost before | cost after |  change | verdict | text
        ------+-------------+------------+---------+---------+--------------------------------------------
        @q    |       398.0 |      115.2 | −71.1 % | better  | select * from orders where customer_id = 42

        warning: @bad could not be planned: relation "nosuch" does not exist
        """)
    #expect(
      trial.screen(after: "show plan @q") == """
        Without designs
                             cost  rows  width  own share
        Seq Scan on orders  398.0    56     34  ████████ 100 %
            Filter: (customer_id = 42)

        With %1
                                     cost  rows  width  own share
        Bitmap Heap Scan on orders  115.2    56     34  ███████▊  96 % ◀
        │   Recheck Cond: (customer_id = 42)
        └─ Bitmap Index Scan on %1   4.46    56      0  ▎          4 %
               Index Cond: (customer_id = 42)
        """)
    #expect(
      trial.screen(after: "show plan @bad") == """
        error: @bad was not explained yet
        hint: explain @bad
        """)
  }

  @Test func `a file carries the statement and the definition of every design, in every form`() throws {
    let trial = try CommandTrial.onShop()
    try trial.enter(
      "query q = SELECT * FROM orders\n WHERE customer_id = $1 AND status <> 'a \"b\"';",
      "hypo add orders(status)", "hypo drop %1",
      "hypo add orders(customer_id) include (total) as \"my \"\"idx\"",
      "diff @q with (42) > ~/d.txt", "diff > ~/d.json", "diff > ~/d.md", "diff > ~/d.html", "diff > ~/d.svg",
      "diff > ~/d.csv", "explain @q with (42) > ~/e.txt", "explain @q with (42) > ~/e.json",
      "explain @q with (42) > ~/e.csv",
      "diff all > ~/all.md", "show plan @q > ~/plan.txt")
    let definition = #"public.orders(customer_id) include (total) as "my ""idx""#
    for (file, statement, design) in [
      ("d.txt", " WHERE customer_id = $1 AND status <> 'a \"b\"'\n", definition),
      (
        "d.json", #""statement":"SELECT * FROM orders\n WHERE customer_id = $1 AND status <> 'a \"b\"'""#,
        #"include (total) as \"my \"\"idx\"""#
      ),
      (
        "d.md", "```sql\nSELECT * FROM orders\n WHERE customer_id = $1 AND status <> 'a \"b\"'\n```",
        definition
      ),
      ("d.html", "\n WHERE customer_id = $1 AND status ", "include (total) as"),
      (
        "d.svg", "\n WHERE customer_id = $1 AND status ",
        ">%2  public.orders(customer_id) include (total) as"
      ),
      (
        "d.csv", "\"SELECT * FROM orders\n WHERE",
        #""public.orders(customer_id) include (total) as ""my """"idx""""#
      ),
      ("e.txt", " WHERE customer_id = $1 AND status <> 'a \"b\"'\n", definition),
      ("e.json", #""statement":"SELECT * FROM orders\n WHERE"#, #"include (total) as \"my \"\"idx\"""#),
      ("e.csv", "\"SELECT * FROM orders\n WHERE", #"include (total) as ""my """"idx""""#),
      ("all.md", "SELECT * FROM orders", definition), ("plan.txt", " WHERE customer_id = $1", definition),
    ] {
      let text = try trial.folder.read(file)
      #expect(text.contains(statement), "\(file)\n\(text)")
      #expect(text.contains(design), "\(file)\n\(text)")
      let title = file == "d.md" ? #"`@q` with \$1 = 42"# : "@q with $1 = 42"
      #expect(file.hasPrefix("all") || text.contains(title), "\(file)\n\(text)")
      // %1 is named nowhere.
      #expect(!text.contains("orders(status)"), "\(file)")
    }
    #expect(
      try trial.folder.read("d.txt").hasPrefix(
        """
        @q with $1 = 42

        Statement
          SELECT * FROM orders
           WHERE customer_id = $1 AND status <> 'a "b"'

        """))
  }
}
