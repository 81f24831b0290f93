import IndexDesign
import Terminal
import Testing

@testable import Reports

@Suite struct ScreenRendererTests {
  static let report = Report(
    "example",
    [
      .fields(
        .init(
          name: "f", title: "Facts",
          values: [
            .init("server", .text("PostgreSQL 15")), .init("size", .bytes(32_505_856), remark: "an estimate"),
            .init("none", .missing),
          ])),
      .table(
        .init(
          name: "t", title: "Rows", columns: [.init("query"), .init("calls", isNumber: true), .init("text")],
          rows: [
            [.handle("@1"), .integer(24_218), .sql("SELECT * FROM orders WHERE customer_id = $1\nLIMIT 50")],
            [.handle("@2"), .integer(7), .sql("SELECT 表")],
          ])),
      .table(
        .init(name: "e", title: "Never seen", columns: [.init("x")], rows: [], whenEmpty: "nothing here")),
      .statement(name: "s", title: "Statement", sql: "CREATE INDEX\n  ON orders (id);"),
      .note(.init(weight: .information, text: "plain")), .note(.init(weight: .good, text: "good")),
      .note(.init(weight: .bad, text: "bad")), .note(.init(weight: .warning, text: "look out")),
      .note(.init(weight: .hint, text: "do this")),
    ])

  private func text(_ width: Int?, expanded: Bool = false) -> String {
    ScreenRenderer(width: width, expanded: expanded).lines(Self.report).map(\.text).joined(separator: "\n")
  }

  private let beforeTable = """
    Facts
    server  PostgreSQL 15
    size    31 MB  an estimate
    none    –

    Rows

    """
  private let afterTable = """


    nothing here

    Statement
      CREATE INDEX
        ON orders (id);

    plain
    good
    bad
    warning: look out
    hint: do this
    """

  @Test(arguments: [nil, 120] as [Int?])
  func `a wide screen shows everything`(width: Int?) {
    #expect(
      text(width) == beforeTable + """
        query |  calls | text
        ------+--------+-----------------------------------------------------
        @1    | 24,218 | SELECT * FROM orders WHERE customer_id = $1 LIMIT 50
        @2    |      7 | SELECT 表
        """ + afterTable)
  }

  @Test func `a table without rows still shows its columns, as psql does`() {
    let report = Report(
      "r", [.table(.init(name: "t", title: nil, columns: [.init("id"), .init("n")], rows: []))])
    #expect(ScreenRenderer(width: 40).lines(report).map(\.text) == ["id | n", "---+--"])
  }

  @Test func `sentences and values go on in the next line instead of being cut`() {
    let table = Report.Table(
      name: "t", title: nil, columns: [.init("check"), .init("why")],
      rows: [[.identifier("index"), .text("it is used by Index Scan using %1")]])
    #expect(
      ScreenRenderer(width: 27).lines(Report("r", [.table(table)])).map(\.text) == [
        "check | why", "------+--------------------", "index | it is used by Index", "      | Scan using %1",
      ])
  }

  @Test func `a middling screen cuts SQL and no number`() {
    #expect(
      text(60) == beforeTable + """
        query |  calls | text
        ------+--------+--------------------------------------------
        @1    | 24,218 | SELECT * FROM orders WHERE customer_id = $…
        @2    |      7 | SELECT 表
        """ + afterTable)
  }

  @Test func `a narrow screen shows records`() {
    #expect(
      text(20) == """
        Facts
        server  PostgreSQL
                15
        size    31 MB  an
                estimate
        none    –

        Rows
        -[ RECORD 1 ]-------
        query | @1
        calls | 24,218
        text  | SELECT *
              | FROM orders
              | WHERE
              | customer_id
              | = $1 LIMIT
              | 50
        -[ RECORD 2 ]-------
        query | @2
        calls | 7
        text  | SELECT 表
        """ + afterTable)
  }

  @Test func `expanded shows records whatever the width`() {
    #expect(
      text(nil, expanded: true) == beforeTable + """
        -[ RECORD 1 ]-----------------------------------------------
        query | @1
        calls | 24,218
        text  | SELECT * FROM orders WHERE customer_id = $1 LIMIT 50
        -[ RECORD 2 ]-----------------------------------------------
        query | @2
        calls | 7
        text  | SELECT 表
        """ + afterTable)
  }

  @Test func `names too long for a column of their own stand above their values`() {
    let fields = Report.Fields(
      name: "f", title: nil,
      values: [.init("a long synopsis [of words]", .text("what it does for you")), .init("b", .text("x"))])
    #expect(
      ScreenRenderer(width: 30).lines(Report("r", [.fields(fields)])).map(\.text) == [
        "a long synopsis [of words]", "   what it does for you", "b  x",
      ])
  }

  @Test func `a usage goes on in the next line between its words, and so does SQL`() {
    let usage = "explain [[verbose] @n] [with (VALUE, …)]"
    let report = Report(
      "help",
      [
        .statement(name: "synopsis", title: "Usage", sql: usage),
        .fields(.init(name: "f", title: nil, values: [.init(usage, .text("plans"))])),
        .statement(name: "s", title: "SQL", sql: usage),
      ])
    #expect(
      ScreenRenderer(width: 24).lines(report).map(\.text) == [
        "Usage", "  explain [[verbose]", "    @n] [with (VALUE,", "    …)]", "",
        "explain [[verbose] @n]", "    [with (VALUE, …)]", "    plans", "",
        "SQL", "  explain [[verbose] @n]", "      [with (VALUE, …)]",
      ])
  }

  @Test func `a statement breaks at spaces outside quotes and comments, so that it can be copied`() {
    let sql = """
      CREATE INDEX CONCURRENTLY "Order Lines of this year" ON public.orders
        (customer_id, lower('a b c d e f g h')) WHERE status <> 'in delivery' -- not yet in effect
      """
    let report = Report("x", [.statement(name: "s", title: "SQL", sql: sql)])
    #expect(
      ScreenRenderer(width: 34).lines(report).map(\.text) == [
        "SQL", "  CREATE INDEX CONCURRENTLY", "      \"Order Lines of this year\"",
        "      ON public.orders", "    (customer_id,", "        lower('a b c d e f g h'))",
        "        WHERE status <>",
        "        'in delivery'", "        -- not yet in effect",
      ])
    let whole = ScreenRenderer(width: nil).lines(report).map(\.text)
    #expect(whole == ["SQL"] + sql.split(separator: "\n").map { "  \($0)" })
  }

  @Test func `a definition goes on in the next line and is not cut`() {
    let table = Report.Table(
      name: "t", title: nil, columns: [.init("design"), .init("how"), .init("definition")],
      rows: [
        [
          .handle("%1"), .text("beaten by Seq Scan on orders: would cost 412, against 192"),
          .sql("public.orders(customer_id, created_at desc) include (total)"),
        ]
      ])
    #expect(
      ScreenRenderer(width: 60).lines(Report("r", [.table(table)])).map(\.text) == [
        "design | how                    | definition",
        "-------+------------------------+---------------------------",
        "%1     | beaten by Seq Scan on  | public.orders(customer_id,",
        "       | orders: would cost     | created_at desc) include",
        "       | 412, against 192       | (total)",
      ])
    #expect(
      ScreenRenderer(width: 49).lines(Report("r", [.table(table)])).map(\.text) == [
        "-[ RECORD 1 ]------------------------------------", "design     | %1",
        "how        | beaten by Seq Scan on orders: would",
        "           | cost 412, against 192",
        "definition | public.orders(customer_id,",
        "           | created_at desc) include (total)",
      ])
  }

  @Test func `names go on in the next line when that keeps the table`() {
    let table = Report.Table(
      name: "t", title: nil, columns: [.init("change"), .init("index"), .init("statement")],
      rows: [
        [
          .handle("change 7"), .identifier("orders_customer_id_created_at_idx"),
          .sql("CREATE INDEX CONCURRENTLY IF NOT EXISTS orders_customer_id_created_at_idx ON orders (id)"),
        ]
      ])
    #expect(
      ScreenRenderer(width: 50).lines(Report("r", [.table(table)])).map(\.text) == [
        "change   | index                    | statement",
        "---------+--------------------------+-------------",
        "change 7 | orders_customer_id_creat | CREATE INDE…", "         | ed_at_idx                |",
      ])
  }

  @Test func `a table may be kept from becoming records`() {
    var renderer = ScreenRenderer(width: 10)
    renderer.staysTable = true
    let table = Report.Table(
      name: "t", title: nil, columns: [.init("a", isNumber: true), .init("b", isNumber: true)],
      rows: [[.integer(1_234_567), .integer(7_654_321)]])
    #expect(
      renderer.lines(Report("r", [.table(table)])).map(\.text) == [
        "        a |         b", "----------+----------", "1,234,567 | 7,654,321",
      ])
  }

  @Test func `an empty report is no line`() {
    #expect(ScreenRenderer(width: nil).lines(Report("quit")).isEmpty)
  }

  @Test func `a value of several lines keeps its column`() {
    let report = Report(
      "x",
      [
        .fields(
          .init(name: "f", title: nil, values: [.init("a", .text("one\ntwo")), .init("bcd", .text("x"))]))
      ])
    #expect(
      ScreenRenderer(width: nil).lines(report).map(\.text) == ["a    one", "     two", "bcd  x"])
  }
}
