import IndexDesign
import Reports
import Testing

@testable import Notebook

@Suite struct TranscriptFormTests {
  @Test func `names and values are a line each`() {
    let report = Report(
      "hypo add",
      [
        .fields(
          .init(
            name: "design", title: nil,
            values: [
              .init("design", .handle("%1")),
              .init("definition", .sql("public.orders(customer_id, created_at desc)")),
              .init("estimated size", .bytes(51_945_472), remark: "HypoPG's estimate"),
              .init("backend", .text("4711"), isVolatile: true),
            ])), .note(.init(weight: .hint, text: "diff shows what it brings")),
      ])
    #expect(
      TranscriptForm.lines(of: report) == [
        "hypo add", "design:", "  design = %1",
        "  definition = `public.orders(customer_id, created_at desc)`",
        "  \"estimated size\" = 51945472B  # \"HypoPG's estimate\"", "  backend~ = \"4711\"",
        "note hint \"diff shows what it brings\"",
      ])
  }

  @Test func `a table is its columns and a line a row`() {
    let table = Report.Table(
      name: "statements", title: "Statements",
      columns: [
        .init("query", isVolatile: true), .init("calls", isNumber: true, isVolatile: true),
        .init("share of all", isNumber: true), .init("text"),
      ],
      rows: [
        [.handle("@1"), .integer(242), .share(0.4287), .sql("SELECT 1")],
        [.handle("@slow"), .integer(-1), .missing, .sql("SELECT '`'")],
      ], whenEmpty: "no statements")
    #expect(
      TranscriptForm.lines(of: Report("top", [.table(table)])) == [
        "top",
        "statements \"Statements\" empty \"no statements\": query~  calls~#  \"share of all\"#  text",
        "  @1  242  42.87%  `SELECT 1`", "  @slow  -1  -  `SELECT '\\`'`",
      ])
  }

  @Test func `rows of the server keep its own words`() {
    let answer = Report.Answer(
      name: "rows",
      columns: [
        .init(name: "id", kind: .integer), .init(name: "?column?", kind: .number),
        .init(name: "ok", kind: .boolean), .init(name: "name", kind: .text),
      ],
      rows: [
        ["1", "1.50", "t", "-"], ["99999999999999999999", "NaN", "f", ""], ["-", " 1", "true", "t"],
        [nil, nil, nil, nil],
      ], tag: "SELECT 4")
    #expect(
      TranscriptForm.lines(of: Report("sql", [.answer(answer)])) == [
        "sql", "answer rows: id:integer  \"?column?\":number  ok:boolean  name:text",
        "  1  1.50  t  \"-\"", "  99999999999999999999  NaN  f  \"\"", "  \"-\"  \" 1\"  \"true\"  \"t\"",
        "  -  -  -  -", "tag \"SELECT 4\"",
      ])
  }

  @Test func `an answer without rows is its tag`() {
    let answer = Report.Answer(name: "rows", columns: [], rows: [], tag: "SET")
    #expect(
      TranscriptForm.lines(of: Report("sql", [.answer(answer)])) == ["sql", "answer rows: ()", "tag \"SET\""])
  }

  @Test func `a plan is a line a step, and a line for each list, condition and fact`() {
    #expect(
      TranscriptForm.lines(of: Report("explain", [.plan(TranscriptExamples.plan)])) == [
        "explain", "plan plan \"Plan\" of \"@1 with $1 = 42\" `SELECT * FROM orders LIMIT 50`",
        "  Limit  cost=14571.04..14576.88 rows=50 width=42",
        "    -> Gather Merge  cost=14571.04..15662.1 rows=834 width=42 parent=Outer workers=2",
        "      -> Sort  cost=13571.02..13572.06 rows=417 width=42 parent=Outer",
        "        Output: [`id`, `created_at`]", "        Sort Key: [`created_at DESC`]",
        "        -> Index Scan  cost=0..13552.88 rows=417 width=42 relation=orders schema=public alias=o "
          + "direction=Backward parent=Outer index=%1 parallel",
        "          Index Cond: `(customer_id = 42)`", "          Filter: `(note <> '\\n'::text)`",
        "          Cache Key = \"o.customer_id\"", "  setting work_mem = \"64MB\"",
        "  setting \"my.setting\" = \"\"",
        "  fact JIT = {\"Functions\": 5, \"Options\": {\"Inlining\": false}}",
      ])
  }

  @Test func `statements, lines of other programs and sentences are theirs`() {
    let report = Report(
      "psql",
      [
        .statement(name: "reverse", title: "The reverse", sql: "DROP INDEX a;"),
        .lines(name: "psql", text: " List\r\n\n\"x\""), .lines(name: "none", text: ""),
        .note(.init(weight: .warning, text: "a \"quoted\" word")),
      ])
    #expect(
      TranscriptForm.lines(of: report) == [
        "psql", "statement reverse \"The reverse\" `DROP INDEX a;`", "lines psql:", "  \" List\\r\"",
        "  \"\"",
        "  \"\\\"x\\\"\"", "lines none:", "  \"\"", "note warning \"a \\\"quoted\\\" word\"",
      ])
  }

  @Test func `a failure is its SQLSTATE and its message`() {
    let failure = Failure(
      .script, "relation \"nope\" does not exist", sqlState: "42P01", detail: "a\nb", hint: "try \\d")
    #expect(
      TranscriptForm.lines(of: failure) == [
        "error 42P01 \"relation \\\"nope\\\" does not exist\"", "  detail \"a\\nb\"",
        "  hint \"try \\\\d\"",
      ])
    #expect(TranscriptForm.lines(of: Failure(.refused, "no")) == ["error - \"no\""])
  }

  @Test(arguments: [
    (Cell.missing, "-"), (.text(""), "\"\""), (.text("é 🦩 שלום"), "\"é 🦩 שלום\""),
    (.text("\u{0}\u{1B}\u{7F}\u{85}\u{202E}\u{FEFF}"), "\"\\u0000\\u001b\\u007f\\u0085\\u202e\\ufeff\""),
    (.identifier("public.orders"), "public.orders"), (.identifier("Odd Name"), "id\"Odd Name\""),
    (.identifier("yes"), "id\"yes\""), (.identifier("a."), "id\"a.\""), (.identifier(""), "id\"\""),
    (.identifier("größe"), "id\"größe\""), (.identifier("t"), "t"), (.sql("a\nb `"), "`a\\nb \\``"),
    (.integer(.min), "-9223372036854775808"), (.number(2), "2.0"), (.number(-0.0), "-0.0"),
    (.number(1e300), "1e300"), (.number(0x1p53), "9007199254740992.0"),
    (.number(0x1p54), "1.8014398509481984e16"),
    (.number(.leastNonzeroMagnitude), "5e-324"), (.number(.infinity), "+inf"), (.number(.nan), "+nan"),
    (.cost(.init(12.3)), "12.3cost"), (.cost(.zero), "0cost"), (.cost(.init(-.infinity)), "-infcost"),
    (.rows(50), "50rows"), (.rows(1e6), "1000000rows"), (.rows(1e20), "1e20rows"), (.rows(-0.0), "-0rows"),
    (.bytes(8192), "8192B"), (.milliseconds(66.2), "66.2ms"), (.milliseconds(0.00001), "1e-5ms"),
    (.share(0.4287), "42.87%"), (.share(1), "100%"), (.share(-0.999), "-99.9%"), (.share(1e-7), "0.00001%"),
    (.share(0), "0%"), (.share(-0.0), "-0%"), (.share(1e300), "1e302%"),
    (.share(.leastNonzeroMagnitude), "5e-322%"),
    (.share(1.0 / 3), "33.33333333333333%"), (.share(0x1p53), "9.007199254740992e17%"),
    (.handle("@1"), "@1"), (.handle("@customer_orders"), "@customer_orders"),
    (.handle("change 7"), "change:7"),
    (.handle("7"), "handle\"7\""), (.handle("change 7 "), "handle\"change 7 \""),
    (.handle("@"), "handle\"@\""),
    (.outcome(.lookYourself), "[check yourself]"), (.boolean(true), "yes"), (.boolean(false), "no"),
    (.timestamp("2026-11-26T09:50:00.000000Z"), "2026-11-26T09:50:00.000000Z"),
    (.timestamp("2026-11-26T09:50:00Z"), "2026-11-26T09:50:00Z"), (.timestamp("today"), "time\"today\""),
    (.timestamp("2026-11-26T09:50:00.Z"), "time\"2026-11-26T09:50:00.Z\""),
    (.flag(true), "flag\"t\""), (.value("a", isNumber: false), "value\"a\""),
    (.value("1.0", isNumber: true), "digits\"1.0\""),
  ])
  func `each type of value is told by its form`(cell: Cell, form: String) {
    #expect(TranscriptForm.text(cell) == form)
  }

  @Test(arguments: [
    ("hypo add", "hypo add"), ("", "\"\""), ("note", "\"note\""), ("plan b", "\"plan b\""),
    ("planned", "planned"), ("a  b", "\"a  b\""), ("...", "\"...\""),
  ])
  func `a kind of report is never taken for another line`(kind: String, line: String) {
    #expect(TranscriptForm.lines(of: Report(kind)) == [line])
  }

  @Test func `a block whose name is a keyword is quoted`() {
    let blocks: [Report.Block] = [
      .fields(.init(name: "plan", title: "T", values: [])),
      .table(.init(name: "tag", columns: [], rows: [[]], whenEmpty: "none")),
    ]
    #expect(
      TranscriptForm.lines(of: Report("x", blocks)) == [
        "x", "\"plan\" \"T\":", "\"tag\" empty \"none\": ()", "  ()",
      ])
  }
}
