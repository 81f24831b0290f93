import Reports
import Testing

@testable import Shell

@Suite struct RedirectionTests {
  @Test(arguments: [
    ("top 5 > top.csv", "top 5 ", "top.csv", FileForm.csv, false),
    ("top 5>top.csv", "top 5", "top.csv", .csv, false),
    ("show plan @1 > plan.svg", "show plan @1 ", "plan.svg", .svg, false),
    ("show plan @1 >! /tmp/a/plan.SVG ", "show plan @1 ", "/tmp/a/plan.SVG", .svg, true),
    ("status >!~/x.md;", "status ", "~/x.md", .md, true),
    ("status >/tmp/x--y.html", "status ", "/tmp/x--y.html", .html, false),
    ("status > 'my file.txt'", "status ", "my file.txt", .txt, false),
    ("status > \"my file.json\" ;", "status ", "my file.json", .json, false),
    ("explain @1 with ('a > b.csv') > x.md", "explain @1 with ('a > b.csv') ", "x.md", .md, false),
    ("select 1; > x.csv", "select 1; ", "x.csv", .csv, false),
    ("select 1\n  > 2; >! x.csv", "select 1\n  > 2; ", "x.csv", .csv, true),
    ("explain select a > b.csv from b; > x.svg", "explain select a > b.csv from b; ", "x.svg", .svg, false),
    ("show work_mem; > x.json", "show work_mem; ", "x.json", .json, false),
    (
      "hypo add create index on orders (id) where total > 5; > x.md",
      "hypo add create index on orders (id) where total > 5; ", "x.md", .md, false
    ),
    (
      "hypo add orders(id) where (total > x.y) > x.md", "hypo add orders(id) where (total > x.y) ", "x.md",
      .md, false
    ),
    ("\\d \"a > b\" > x.txt", "\\d \"a > b\" ", "x.txt", .txt, false),
    ("\\g >! x.csv", "\\g ", "x.csv", .csv, true),
    ("diff > größe.md", "diff ", "größe.md", .md, false),
    ("diff select 1 from t where a > 5; > x.md", "diff select 1 from t where a > 5; ", "x.md", .md, false),
    ("diff select 1 from t where a > 5 > x.md", "diff select 1 from t where a > 5 ", "x.md", .md, false),
    (
      "explain select 1 from t where a = 'x' >! 'x.csv'", "explain select 1 from t where a = 'x' ", "x.csv",
      .csv, true
    ),
    (
      "explain select a > 1 from t; with (2) > \"x.json\"", "explain select a > 1 from t; with (2) ",
      "x.json", .json, false
    ),
    (
      "hypo add orders(id) where total > 5 > 'x.md'", "hypo add orders(id) where total > 5 ", "x.md", .md,
      false
    ),
    ("hypo add orders(id) where (active) > x.md", "hypo add orders(id) where (active) ", "x.md", .md, false),
    (
      "hypo add orders(id) where a is null as n > x.md", "hypo add orders(id) where a is null as n ", "x.md",
      .md, false
    ),
    (
      "hypo add orders(id) where active > /tmp/x.md", "hypo add orders(id) where active ", "/tmp/x.md", .md,
      false
    ),
    ("hypo add orders(id) where active >! x.md", "hypo add orders(id) where active ", "x.md", .md, true),
    ("explain > x.svg", "explain ", "x.svg", .svg, false),
    ("diff all > x.md", "diff all ", "x.md", .md, false),
    ("hypo add orders(id) > x.md", "hypo add orders(id) ", "x.md", .md, false),
  ])
  func `a file behind the last sign takes the result`(
    text: String, command: String, path: String, form: FileForm, overwrites: Bool
  ) throws {
    let (found, redirection) = try Redirection.split(text)
    #expect(found == command)
    #expect(redirection?.path == path)
    #expect(redirection?.form == form)
    #expect(redirection?.overwrites == overwrites)
    let range = try #require(redirection?.range)
    #expect(String(decoding: Array(text.utf8)[range], as: UTF8.self).contains(path))
  }

  @Test(arguments: [
    "top 5", "select 1 where a > b.csv;", "select a > b.csv", "select 1 -- > x.csv\n;",
    "explain select a > b.csv from b;", "expect cost @1 > 5.csv", "let x = cost @1 > a.csv",
    "show work_mem > x.csv;", "set search_path = a > b.csv;", "\\copy orders to x > x.txt", "\\do > integer",
    "select '; > x.csv';", "select $$a$$ > x.csv;", "hypo add orders(id) where total > x.y",
    "hypo add orders(id) where total >= x.csv", "hypo add orders(id) where tags @> x.csv",
    "diff select 1 from t where a > 19900", "diff select 1 from t where a > 19900;",
    "diff select 1 from t where a > t.html;", "diff with x as (select 1) select * from x where a > 5;",
    "watch 2 diff select 1 from t where a > 5;", "query q = select a > b.csv;", "explain @1 with (1 > x.csv)",
    "explain select 1 from t where s > 'x.csv'", "explain select 1 from t where s > 'x.csv';",
    "explain select 1 from t x where 5 > x.json", "explain select 1 from t x where 5\n  >\n x.json;",
    "select 1 from t where s > \"x.csv\"", "diff select 1 from t where s > 'x.csv'",
    "query q = select a > 'b.csv'",
    "watch 2 explain select 1 from t where s > 'x.csv';", "select 1 from t where a >> 'x.csv';",
    "explain select 1 from t where a >> x.csv", "select 1 from t where s > 'x.csv' -- > y.csv",
    "hypo add orders(id) where (s > 'x.csv')", "hypo add orders(id) where a >> x.csv",
  ])
  func `a sign that compares is left alone`(text: String) throws {
    let (command, redirection) = try Redirection.split(text)
    #expect(command == text && redirection == nil)
  }

  @Test(arguments: [
    ("hypo add orders(id) where s > 'x.csv'", "s", "> 'x.csv'"),
    ("hypo add orders(id) where s > \"x.csv\"", "s", "> \"x.csv\""),
    ("hypo add orders(id) where s > x.csv", "s", "> x.csv"),
    ("hypo add orders(id) where a = 1 and lower(s) || t > x.md", "lower(s) || t", "> x.md"),
    ("hypo add %3 = orders(id) where not s>x.csv", "s", ">x.csv"),
  ])
  func `what may compare as well as name a file is refused, with what is clear`(
    text: String, operand: String, part: String
  ) throws {
    let start = text.utf8.count - part.utf8.count
    let file = part.drop { $0 == ">" || $0 == " " }
    #expect(
      throws: Failure(
        .script, "this may compare, or name a file",
        hint: "(\(operand) > \(file)) compares, (\(operand)) > \(file) writes a file",
        place: .init(text: text, range: start..<text.utf8.count))
    ) { try Redirection.split(text) }
    // Both forms of the hint are what they say.
    let front = text.utf8.prefix(start).dropLast(text.hasSuffix(">x.csv") ? 0 : 1)
    let before = String(decoding: front, as: UTF8.self).dropLast(operand.count)
    #expect(try Redirection.split("\(before)(\(operand) > \(file))").1 == nil)
    #expect(try Redirection.split("\(before)(\(operand)) > \(file)").1 != nil)
  }

  @Test(arguments: [
    "status >> x.csv", "explain select 1; >> x.csv", "top 5 >> 'my file.md'", "explain @1 >>x.txt",
  ])
  func `nothing is added to a file`(text: String) throws {
    let sign = try #require(text.ranges(of: ">>").first)
    let start = text.utf8.distance(from: text.startIndex, to: sign.lowerBound)
    #expect(
      throws: Failure(
        .script, "a result is not added to a file",
        hint: "> FILE writes a new one, >! FILE replaces one that is there",
        place: .init(text: text, range: start..<start + 2))
    ) { try Redirection.split(text) }
  }

  @Test(arguments: [("status > x.pdf", "x.pdf"), ("top 5 > out", "out"), ("select 1; > .csv", ".csv")])
  func `an ending that names no form is told`(text: String, path: String) {
    let start = text.utf8.count - path.utf8.count
    #expect(
      throws: Failure(
        .script, "the ending of \"\(path)\" names no form",
        hint: "a file ends in .txt .md .html .json .csv .svg",
        place: .init(text: text, range: start..<text.utf8.count))
    ) { try Redirection.split(text) }
  }
}
