import IndexDesign
import Terminal
import TestSupport
import Testing

@testable import Reports

/// The forms of files, each against whole texts.
@Suite struct FileFormTests {
  static let plan = Report.Block.plan(planBlock)
  static let planBlock: Report.PlanBlock = {
    var root = PlanNode(nodeType: "Limit")
    root.totalCost = PlannerCost(24_218.35)
    root.planRows = 50
    root.planWidth = 8
    var scan = PlanNode(nodeType: "Index Scan")
    scan.relation = "orders"
    scan.index = .design(DesignHandle(1))
    scan.totalCost = PlannerCost(21.9)
    root.children = [scan]
    return Report.PlanBlock(name: "plan", title: "Plan", plan: ExecutionPlan(root: root))
  }()
  static let table = Report.Block.table(
    .init(
      name: "t", title: "Rows",
      columns: [.init("query"), .init("total|time", isNumber: true), .init("text")],
      rows: [
        [.handle("@1"), .milliseconds(1_234.5), .sql("SELECT 'a|b',\n \"x\" <b>")],
        [.handle("@2"), .missing, .text("*a* _b_ c_d @team x@y.z")],
      ]))
  static let fields = Report.Block.fields(
    .init(
      name: "f", title: "Facts",
      values: [.init("size", .bytes(32_505_856), remark: "an estimate"), .init("n", .missing)]
    ))
  static let warning = Report.Block.note(.init(weight: .warning, text: "look <out>"))

  private func text(_ form: any ReportForm, _ reports: [Report]) throws -> String {
    var text = ""
    let writer = ReportWriter(form) { _, receive in
      let columns: [Report.ServerColumn] = [.init(name: "id", kind: .integer), .init(name: "v", kind: .text)]
      try receive(columns, [["1", "a,\"b\""], [nil, ""]])
      try receive(columns, [["3", " "]])
      return "SELECT 3"
    }
    for report in reports { try writer.write(report) { text += $0 } }
    try writer.finish { text += $0 }
    return text
  }

  private static let rows = Report("sql", [.rows(.init(name: "rows", sql: "select;"))])

  @Test func `rows of a statement come in every form as they come`() throws {
    #expect(
      try text(FileForm.txt.form(title: ""), [Self.rows])
        == "id | v\n---+------\n 1 | a,\"b\"\n – |\n 3 |\n\n(3 rows)\n")
    #expect(try text(FileForm.csv.form(title: ""), [Self.rows]) == "id,v\n1,\"a,\"\"b\"\"\"\n,\"\"\n3, \n")
    #expect(
      try text(FileForm.json.form(title: ""), [Self.rows, Report("x")])
        == #"{"kind":"sql","rows":[{"id":1,"v":"a,\"b\""},{"id":null,"v":""},{"id":3,"v":" "}],"#
        + #""notes":[{"weight":"information","text":"(3 rows)"}]}"# + "\n")
    #expect(
      try text(FileForm.md.form(title: ""), [Self.rows])
        == "| id | v |\n| --: | --- |\n| 1 | a,\"b\" |\n| – |  |\n| 3 |   |\n\n(3 rows)\n")
    let page = try text(FileForm.html.form(title: ""), [Self.rows])
    #expect(
      page.contains(
        "<tbody>\n<tr><td class=\"number\">1</td><td class=\"text\">a,&quot;b&quot;</td></tr>\n"
          + "<tr><td class=\"missing\">–</td><td class=\"text\"></td></tr>\n"
          + "<tr><td class=\"number\">3</td><td class=\"text\"> </td></tr>\n</tbody>\n</table>\n"), "\(page)")
  }

  @Test func `Markdown is tables, code and quotes, and nothing in it is markup`() throws {
    let tree = PlanTree(width: nil).lines(Self.planBlock.plan).map(\.text).joined(separator: "\n")
    #expect(
      try text(
        MarkdownForm(), [Report("r", [Self.fields, Self.table]), Report("p", [Self.plan, Self.warning])])
          == """
          **Facts**

          |  |  |  |
          | --- | --- | --- |
          | size | 31 MB | an estimate |
          | n | – |  |

          **Rows**

          | query | total\\|time | text |
          | --- | --: | --- |
          | `@1` | 1.2 s | `SELECT 'a\\|b', "x" <b>` |
          | `@2` | – | \\*a\\* \\_b_ c_d `@team` x@y.z |

          **Plan**

          ```text
          \(tree)
          ```

          > **warning:** look \\<out\\>

          """)
  }

  @Test func `a CSV file is one table with exact numbers`() throws {
    #expect(
      try text(FileForm.csv.form(title: ""), [Report("top", [Self.table, Self.fields, Self.warning])])
        == "query,total|time,text\n@1,1234.5,\"SELECT 'a|b',\n \"\"x\"\" <b>\"\n@2,,*a* _b_ c_d @team x@y.z\n"
    )
    #expect(
      try text(FileForm.csv.form(title: ""), [Report("show", [Self.plan, Self.table])])
        == "plan,level,node,relation,index,cost,rows,width\nplan,0,Limit,,,24218.35,50,8\n"
        + "plan,1,Index Scan using %1 on orders,orders,%1,21.9,0,0\n")
    #expect(
      try text(FileForm.csv.form(title: ""), [Report("status", [Self.fields])])
        == "name,value,remark\nsize,32505856,an estimate\nn,,\n")
  }

  /// Signs that are no characters of their own: a mark follows them, or a scalar that joins what is next.
  @Test(arguments: [
    ("\u{600}<b>", "\u{600}&lt;b&gt;", "\u{600}<b>", "\u{600}\\<b\\>", "`\u{600}<b>`"),
    ("a\"\u{301}b,c", "a&quot;\u{301}b,c", "\"a\"\"\u{301}b,c\"", "a\"\u{301}b,c", "`a\"\u{301}b,c`"),
    ("x\u{600}\"b", "x\u{600}&quot;b", "\"x\u{600}\"\"b\"", "x\u{600}\"b", "`x\u{600}\"b`"),
    ("p|\u{301}q", "p|\u{301}q", "p|\u{301}q", "p\\|\u{301}q", "`p\\|\u{301}q`"),
    ("`\u{301}x", "`\u{301}x", "`\u{301}x", "\\`\u{301}x", "`` `\u{301}x ``"),
    (
      "a\r\nb\rc&\u{301}", "a\nb\\rc&amp;\u{301}", "\"a\r\nb\rc&\u{301}\"", "a<br>b c&amp;\u{301}",
      "`a b c&\u{301}`"
    ),
  ])
  func `a sign that joins another is escaped all the same`(
    value: String, html: String, csv: String, markdown: String, code: String
  ) throws {
    let field = Report.Block.fields(.init(name: "f", title: value, values: [.init(value, .text(value))]))
    let page = try text(HTMLForm(title: value), [Report("x", [field])]).unicodeScalars
    for element in [
      "<title>#</title>", "<h2>#</h2>", "<th scope=\"row\">#</th>", "<td class=\"text\">#</td>",
    ] {
      let whole = String(element.prefix { $0 != "#" }) + html + String(element.drop { $0 != "#" }.dropFirst())
      #expect(page.contains(Array(whole.unicodeScalars)), "\(element)")
    }
    #expect(Array(CSVForm.value(.text(value)).unicodeScalars) == Array(csv.unicodeScalars))
    #expect(Array(MarkdownText.of(.text(value)).unicodeScalars) == Array(markdown.unicodeScalars))
    #expect(Array(MarkdownText.of(.sql(value)).unicodeScalars) == Array(code.unicodeScalars))
  }

  @Test func `CSV on the screen is one table after the other`() throws {
    #expect(
      try text(CSVForm(isFile: false), [Report("x", [Self.fields]), Report("y", [Self.fields])])
        == "name,value,remark\nsize,32505856,an estimate\nn,,\n\nname,value,remark\nsize,32505856,an estimate\nn,,\n"
    )
  }

  @Test(arguments: [
    (
      FileForm.csv, Report("r", [table, table]),
      "the result has several tables, and a .csv file holds exactly one",
      "this result has the forms .txt .md .html .json"
    ),
    (
      .csv, Report("r", [warning]), "the result has no table, and a .csv file holds exactly one",
      "this result has the forms .txt .md .html .json"
    ),
    (
      .svg, Report("r", [fields]), "the result has no plan, and a .svg file is the picture of one",
      "this result has the forms .txt .md .html .json .csv"
    ),
  ])
  func `a form without a shape for the result is refused with those that have one`(
    form: FileForm, report: Report, message: String, hint: String
  ) {
    #expect(throws: Failure(.script, message, hint: hint)) { try text(form.form(title: ""), [report]) }
  }

  @Test func `an HTML page needs nothing else and escapes everything`() throws {
    let page = try text(
      HTMLForm(title: "<hypo>"),
      [Report("a", [Self.fields, Self.table]), Report("b", [Self.plan, Self.warning])])
    #expect(page.hasPrefix("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"))
    #expect(page.contains("<title>&lt;hypo&gt;</title>"))
    #expect(page.contains("prefers-color-scheme: dark") && page.contains("@media print"))
    #expect(!page.contains("http:") && !page.contains("https:") && !page.contains("<script"))
    let start = try #require(page.firstRange(of: "<body>\n")?.upperBound)
    #expect(
      String(page[start...].prefix(900)).hasPrefix(
        """
        <article class="a">
        <h2>Facts</h2>
        <table class="fields">
        <tr><th scope="row">size</th><td class="number">31 MB</td><td class="remark">an estimate</td></tr>
        <tr><th scope="row">n</th><td class="missing">–</td><td class="remark"></td></tr>
        </table>
        <h2>Rows</h2>
        <table>
        <thead><tr><th scope="col" class="">query</th><th scope="col" class="number">total|time</th><th scope="col" class="">text</th></tr></thead>
        <tbody>
        <tr><td class="handle">@1</td><td class="number">1.2 s</td><td class="sql">SELECT &#39;a|b&#39;, &quot;x&quot; &lt;b&gt;</td></tr>
        """), "\(page[start...])")
    #expect(
      page.hasSuffix(
        "<p class=\"note warning\">warning: look &lt;out&gt;</p>\n</article>\n</body>\n</html>\n"))
  }

  @Test func `no text can break out of a page of reports`() throws {
    let text = MarkupTests.hostile
    var plan = Self.planBlock
    (plan.title, plan.statement) = (text, .init(title: text, sql: text))
    let report = Report(
      text,
      [
        .fields(.init(name: text, title: text, values: [.init(text, .text(text), remark: text)])),
        .table(
          .init(name: text, title: text, columns: [.init(text)], rows: [[.sql(text)], [.handle(text)]])),
        .table(.init(name: text, title: text, columns: [], rows: [], whenEmpty: text)),
        .answer(.init(name: text, columns: [.init(name: text, kind: .text)], rows: [[text]], tag: text)),
        .plan(plan), .statement(name: text, title: text, sql: text), .lines(name: text, text: text),
        .note(.init(weight: .warning, text: text)),
      ])
    let page = try self.text(HTMLForm(title: text), [report])
    let body = try #require(page.firstRange(of: "<body>")?.lowerBound)
    let read = try XMLReading(String(page[body...].dropLast("</html>\n".count)))
    #expect(
      read.elements == [
        "body": 1, "article": 1, "h2": 4, "table": 3, "thead": 2, "tbody": 2, "tr": 6, "th": 3, "td": 5,
        "p": 3, "figure": 1, "svg": 1, "title": 4, "desc": 1, "style": 1, "g": 3, "rect": 11, "text": 18,
        "path": 3, "details": 1, "summary": 1, "pre": 3,
      ])
    #expect(read.attributes["class"]?.contains(MarkupTests.shown) == true)
    #expect(Set(read.attributes.keys).isDisjoint(with: ["onload", "href", "src", "id"]))
    #expect(read.texts(of: "h2").allSatisfy { $0 == MarkupTests.shown })
    #expect(read.texts(of: "th").allSatisfy { $0 == MarkupTests.shown })
    #expect(read.texts(of: "p").prefix(1) == [MarkupTests.shown])
    let head = page[..<body]
    #expect(head.contains(Markup.element("title", Markup(text)).source) && !head.contains("<script"))
  }
}
