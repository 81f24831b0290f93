import IndexDesign
import Reports

@testable import Notebook

/// A notebook as long and as varied as a worked example, with what was recorded of it.
enum Walkthrough {
  static let document = NotebookDocument(
    title: "Orders of a customer: from a slow list to an index, and back",
    facts: [
      .init(name: "ticket", value: "CHG-1042"),
      .init(name: "requires", value: "postgresql>=15 hypopg pg_stat_statements"),
      .init(name: "target", value: "sandbox, database shop on localhost:5433"),
      .init(name: "recorded on", value: "2026-11-26 09:50:00Z, PostgreSQL 17.2"),
    ], parts: first + second + third)

  /// A table whose values are markup where nothing escapes them.
  static let table = Report.Block.table(
    .init(
      name: "t", title: "Rows",
      columns: [.init("query"), .init("total|time", isNumber: true), .init("text")],
      rows: [
        [.handle("@1"), .milliseconds(1_234.5), .sql("SELECT 'a|b',\n \"x\" <b>")],
        [.handle("@2"), .missing, .text("*a* _b_ c_d @team x@y.z")],
      ]))
  /// A sentence, likewise.
  static let warning = Report.Block.note(.init(weight: .warning, text: "look <out>"))

  static func step(
    _ command: String, _ results: [Report] = [], kind: NotebookDocument.Kind = .command,
    guards: [String] = [],
    failure: Failure? = nil
  ) -> NotebookDocument.Part {
    .step(.init(command: command, kind: kind, guards: guards, results: results, failure: failure))
  }

  static func expect(_ predicate: String, _ verdict: NotebookDocument.Verdict = .held)
    -> NotebookDocument.Part
  {
    step("expect \(predicate)", kind: .expectation(verdict))
  }

  private static let first: [NotebookDocument.Part] = [
    .prose(
      """
      A shop shows each customer the last fifty orders. It has grown to a million orders, and that page has become
      slow. We find the statement, try an index that *does not exist*, build it, see whether it helps, and take it
      away again.

      ## Is everything there?

      hypo needs `pg_stat_statements` to know what is slow and HypoPG to try an index without building it. A check
      that fails comes with its fix:

      - [x] the server is PostgreSQL 15 or later
      - [ ] a second pair of eyes has read this page

      | what | where it is described |
      | --- | --- |
      | HypoPG | [its manual](https://hypopg.readthedocs.io/) |
      | costs | the planner's units, never time |
      """, line: 4), step("doctor", [doctor]),
    .prose("## What is slow?\n\nThese five statements took most of the server's time.", line: 20),
    step("top 5", [top]),
    step("let calls = statements[1].calls", kind: .capture(.integer(24_218))),
    step(
      "query customer_orders = SELECT * FROM orders WHERE customer_id = $1\n  ORDER BY created_at DESC LIMIT 50;",
      [.message("query", "@customer_orders is a statement with one parameter", .good)]),
    .prose("## Why is it slow?\n\nIt reads all of `orders` to find one customer's, then sorts.", line: 30),
    step(
      "explain @customer_orders with (42)",
      [
        Report(
          "explain",
          [
            .note(
              .init(weight: .information, text: "@customer_orders with $1 = 42, estimated; not executed")),
            .plan(
              .init(name: "plan", title: "Plan", plan: MadePlans.slow, statement: MadePlans.statement)),
          ])
      ]), expect("plan @customer_orders has \"Seq Scan\""),
  ]

  private static let second: [NotebookDocument.Part] = [
    .prose("## An index that does not exist\n\n### The design\n\n`customer_id` first.", line: 40),
    step("hypo add orders(customer_id, created_at desc)", [design]),
    .prose("### Judged\n\ndiff matches the two plans step by step and judges.", line: 44),
    step("diff", [diff]), expect("plan @customer_orders uses index %1"),
    expect("cost @customer_orders drops >= 90%"), expect("no regression", .unknown),
    step("on-fail rollback", kind: .direction),
    step("pause", kind: .pause("Does the plan look right to you? A second person reads it before we go on.")),
    step(
      "status", [Report("status", [.note(.init(weight: .warning, text: "the writer changed an hour ago"))])],
      guards: ["aurora", "!standby"]),
    .prose(
      "## A design that loses\n\nAn expression over another column is no help, and a typing error is told.",
      line: 60),
    step(
      "hypo add orders(custmer_id)", [],
      failure: Failure(
        .script, "could not create hypothetical index on \"orders\": column \"custmer_id\" does not exist",
        sqlState: "42703", hint: "did you mean \"customer_id\"?",
        place: .init(text: "hypo add orders(custmer_id)", range: 16..<26))), expect("error 42703"),
  ]

  private static let third: [NotebookDocument.Part] = [
    .prose("## The real index\n\nThe build is concurrent: the shop goes on meanwhile.", line: 70),
    step("promote %1 as orders_customer_created_at_idx for CHG-1042", [promote]),
    expect("index orders_customer_created_at_idx valid"),
    step("SELECT id, note, paid FROM orders WHERE customer_id = 42 LIMIT 3;", [answer]),
    step(
      "SET enable_seqscan = off;",
      [Report("sql", [.answer(.init(name: "rows", columns: [], rows: [], tag: "SET"))])]),
    step("\\d orders", [Report("psql", [.lines(name: "psql", text: described)])]),
    .prose("## A join of many tables\n\nIts picture is wider than the page.", line: 80),
    step(
      "explain @report",
      [Report("explain", [.plan(.init(name: "plan", title: "Plan", plan: MadePlans.join(tables: 9)))])]),
    .prose("## And back", line: 90),
    step("rollback", [.message("rollback", "orders_customer_created_at_idx is gone again", .good)]),
    expect("no index orders_customer_created_at_idx", .failed),
    step("hypo list", [.message("hypo list", "no design is hypothetical")]),
    step("connect postgresql://dba:secret@db/shop", [.message("connect", "connected")]),
    step("changes", []),
  ]
}

extension Walkthrough {
  private static let doctor = Report(
    "doctor",
    [
      .table(
        .init(
          name: "checks", title: nil,
          columns: [.init("check"), .init("outcome"), .init("found"), .init("fix")],
          rows: [
            [.text("server"), .outcome(.ok), .text("PostgreSQL 17.2"), .missing],
            [.text("hypopg"), .outcome(.ok), .text("1.4.1"), .missing],
            [
              .text("pg_stat_statements"), .outcome(.warning), .text("holds 4,980 of 5,000 statements"),
              .sql("ALTER SYSTEM SET pg_stat_statements.max = 10000"),
            ],
            [.text("track_io_timing"), .outcome(.stop), .text("off"), .sql("SET track_io_timing = on")],
          ]))
    ])

  private static let top = Report(
    "top",
    [
      .table(
        .init(
          name: "statements", title: nil,
          columns: [
            .init("query"), .init("calls", isNumber: true), .init("total", isNumber: true),
            .init("mean", isNumber: true), .init("rows", isNumber: true), .init("share", isNumber: true),
            .init("text"),
          ],
          rows: (1...5).map { number in
            [
              .handle("@\(number)"), .integer(Int64(24_218 / number)),
              .milliseconds(16_012.231 / Double(number)),
              .milliseconds(66.166 / Double(number)), .rows(6_502), .share(0.4287 / Double(number)),
              .sql(
                "SELECT o.id, o.created_at, c.name FROM orders AS o JOIN customers AS c ON c.id = o.customer_id "
                  + "WHERE o.customer_id = $1 AND o.state <> $2 ORDER BY o.created_at DESC LIMIT \(number)0"),
            ]
          })), .note(.init(weight: .hint, text: "explain @1 shows the plan of the first")),
    ])

  private static let design = Report(
    "hypo add",
    [
      .fields(
        .init(
          name: "design", title: nil,
          values: [
            .init("design", .handle("%1")),
            .init("definition", .sql("public.orders(customer_id, created_at desc)")),
            .init("state", .text("hypothetical")),
            .init("estimated size", .bytes(51_945_472), remark: "HypoPG's estimate"),
          ])), .note(.init(weight: .hint, text: "verify shows what it brings")),
    ])

  private static let diff = Report(
    "diff", MadePlans.pair + [.note(.init(weight: .good, text: "better: cost 15,577 → 21.90 (−99.9 %)"))])

  private static let promote = Report(
    "promote",
    [
      .table(
        .init(
          name: "checks", title: "Checklist", columns: [.init("check"), .init("outcome"), .init("found")],
          rows: [
            [.text("no transaction is open for long"), .outcome(.ok), .text("oldest: 0.4 s")],
            [.text("room on the disk"), .outcome(.lookYourself), .text("50 MB are needed")],
          ])),
      .statement(
        name: "statement", title: "Statement",
        sql:
          "CREATE INDEX CONCURRENTLY orders_customer_created_at_idx ON public.orders USING btree (customer_id, created_at DESC)"
      ),
      .statement(
        name: "reverse", title: "Reverse",
        sql: "DROP INDEX CONCURRENTLY public.orders_customer_created_at_idx"),
      .fields(
        .init(
          name: "change", title: "Change",
          values: [
            .init("change", .handle("change 7")), .init("started", .timestamp("2026-11-26T09:50:00.000000Z")),
            .init("duration", .milliseconds(12_400), isVolatile: true), .init("valid", .boolean(true)),
          ])),
    ])

  private static let answer = Report(
    "sql",
    [
      .answer(
        .init(
          name: "rows",
          columns: [
            .init(name: "id", kind: .integer), .init(name: "note", kind: .text),
            .init(name: "paid", kind: .boolean),
          ],
          rows: [["1", "two\nlines", "t"], ["2", nil, "f"], ["30000", "<b>&amp;</b>", nil]], tag: "SELECT 3"))
    ])

  private static let described = """
                                           Table "public.orders"
       Column    |           Type           | Collation | Nullable |              Default
    -------------+--------------------------+-----------+----------+-----------------------------------
     id          | bigint                   |           | not null | nextval('orders_id_seq'::regclass)
     customer_id | integer                  |           | not null |
    """
}
