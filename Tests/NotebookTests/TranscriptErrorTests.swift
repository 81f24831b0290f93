import Reports
import Testing

@testable import Notebook

@Suite struct TranscriptErrorTests {
  private func error(_ lines: [String]) -> TranscriptError? {
    do throws(TranscriptError) {
      _ = try TranscriptReader.lines(lines)
      return nil
    } catch { return error }
  }

  /// Lines and what is wrong with them.
  struct Wrong: Sendable {
    var lines: [String]
    var error: TranscriptError

    init(_ lines: [String], _ line: Int, _ column: Int, _ what: String) {
      self.lines = lines
      error = TranscriptError(line: line, column: column, message: "expected " + what)
    }
  }

  static let lines: [Wrong] = [
    .init(["  a = 1"], 0, 0, "a line that is not indented"),
    .init(["note hint \"x\""], 0, 0, "the kind of a report, such as top, or error"),
    .init(["design:"], 0, 0, "the kind of a report, such as top, or error"),
    .init(["!"], 0, 0, "the kind of a report, a block or a note"),
    .init([""], 0, 0, "the kind of a report, a block or a note"),
    .init(["a", "b \"c\""], 1, 5, "\":\" after the name of a block"),
    .init(["a", "b: c d!"], 1, 6, "a space"), .init(["a", "b: ?"], 1, 3, "a name"),
    .init(["a", "f:", "  x 1"], 2, 4, "\" = \""), .init(["a", "f:", "  x= 1"], 2, 3, "\" = \""),
    .init(["a", "f:", "  = 1"], 2, 2, "a name"), .init(["a", "f:", "  x = "], 2, 6, "a value"),
    .init(["a", "f:", "  x = 1 \"r\""], 2, 8, "\"# \" or the end of the line"),
    .init(["a", "f:", "   x = 1"], 2, 0, "an indentation of two spaces"),
    .init(["a", "f:", "  x = \"a"], 2, 8, "a closing \""),
    .init(["a", "f:", "  x = `a"], 2, 8, "a closing `"),
    .init(["a", "f:", "  x = \"\\q\""], 2, 7, "an escape of JSON"),
    .init(["a", "f:", "  x = \"\\u00g0\""], 2, 7, "four hexadecimal digits"),
    .init(["a", "f:", "  x = \"\\ud800\""], 2, 7, "a pair of surrogates"),
    .init(["a", "f:", "  x = \"\\udc00\\udc00\""], 2, 7, "a pair of surrogates"),
    .init(["a", "f:", "  x = \"\\ud800\\u0041\""], 2, 7, "a pair of surrogates"),
    .init(["a", "f:", "  x = 12kg"], 2, 8, "one of the units cost, rows, B, ms and %"),
    .init(["a", "f:", "  x = 1e"], 2, 7, "one of the units cost, rows, B, ms and %"),
    .init(["a", "f:", "  x = 9223372036854775808"], 2, 6, "a whole number of 64 bits"),
    .init(["a", "f:", "  x = 1.5B"], 2, 6, "a whole number of 64 bits"),
    .init(
      ["a", "f:", "  x = [good]"], 2, 6, "[ok], [warning], [failed], [not applicable] or [check yourself]"),
    .init(["a", "f:", "  x = @"], 2, 6, "a handle"),
    .init(["a", "f:", "  x = change:x"], 2, 13, "the number of a change"),
    .init(["a", "f:", "  x = +1"], 2, 6, "a number"), .init(["a", "f:", "  x = a."], 2, 8, "a name"),
    .init(["a", "f:", "  x = flag\"x\""], 2, 10, "\"t\" or \"f\""),
    .init(
      ["a", "f:", "  x = name\"x\""], 2, 6, "one of id, handle, time, value, digits and flag before a text"),
    .init(["a", "t: a  b", "  1"], 2, 2, "2 values, not 1"),
    .init(["a", "t: a", "  1  2"], 2, 2, "1 value, not 2"),
    .init(["a", "t: a", "  ()"], 2, 2, "1 value, not 0"), .init(["a", "t: a", "  \"x\"1"], 2, 5, "a space"),
    .init(["a", "answer r: a:int"], 1, 12, "integer, number, boolean or text"),
    .init(["a", "answer r: a"], 1, 11, "\":\""),
    .init(["a", "answer r: a:text", "  x"], 2, 2, "a text in double quotes or -"),
    .init(["a", "answer r: a:integer", "  `x`"], 2, 2, "a number, - or a text in double quotes"),
    .init(["a", "answer r: a:boolean", "  yes"], 2, 2, "t, f, - or a text in double quotes"),
    .init(["a", "answer r: a:boolean", "  t"], 3, 0, "a row or tag"),
    .init(["a", "answer r: a:boolean", "note hint \"x\""], 2, 0, "a row or tag"),
    .init(["a", "tag \"x\""], 1, 0, "an answer before its tag"),
    .init(["a", "lines x"], 1, 7, "\":\""), .init(["a", "lines x:", "  x"], 2, 2, "a text in double quotes"),
    .init(["a", "note sad \"x\""], 1, 5, "information, good, warning, bad or hint"),
    .init(["a", "note hint x"], 1, 10, "a text in double quotes"),
    .init(["a", "note hint \"x\" y"], 1, 14, "the end of the line"),
    .init(["a", "statement s \"t\" sql"], 1, 16, "SQL between back ticks"),
    .init(["error 4 \"x\""], 0, 6, "an SQLSTATE or -"), .init(["error -\"x\""], 0, 7, "a space"),
    .init(["error - \"x\"", "  note \"x\""], 1, 2, "detail or hint"),
    .init(["error - \"x\"", "note hint \"x\""], 1, 0, "detail, hint or another result"),
    .init(["a", "recorded x"], 1, 0, "recorded only before the first report"),
    .init(["a", "statistics x -"], 1, 0, "statistics only before the first report"),
    .init(["a", "... x"], 1, 4, "the end of the line"),
  ]

  @Test(arguments: lines)
  func `what cannot be read is told with its place`(wrong: Wrong) {
    #expect(error(wrong.lines) == wrong.error)
  }

  private static let plan = ["a", "plan p \"P\""]
  private static let limit = plan + ["  Limit  cost=0..1 rows=1 width=4"]

  static let planLines: [Wrong] = [
    .init(["a", "plan p"], 1, 6, "a text in double quotes"), .init(plan, 2, 0, "the first step of the plan"),
    .init(plan + ["b"], 2, 0, "the first step of the plan"),
    .init(plan + ["    Limit"], 2, 0, "an indentation of two spaces"),
    .init(plan + ["   Limit"], 2, 0, "an indentation by two spaces a level"),
    .init(plan + ["  ?"], 2, 2, "a step"),
    .init(plan + ["  Limit  rows=1"], 2, 9, "\"cost=\""),
    .init(plan + ["  Limit  cost=x"], 2, 14, "a number"),
    .init(plan + ["  Limit  cost=1 rows=1"], 2, 15, "\"..\""),
    .init(plan + ["  Limit  cost=1..2 width=1"], 2, 19, "\"rows=\""),
    .init(plan + ["  Limit  cost=1..2 rows=1"], 2, 25, "\"width=\""),
    .init(plan + ["  Limit  cost=1..2 rows=1 width=1.5"], 2, 32, "a whole number of 64 bits"),
    .init(plan + ["  Limit  cost=1..2 rows=1 width=1 !"], 2, 34, "a property of a step"),
    .init(plan + ["  Limit  cost=1..2 rows=1 width=1 odd=x"], 2, 34, "a property of a step"),
    .init(
      plan + ["  Limit  cost=1..2 rows=1 width=1 odd"], 2, 34, "parallel, async or a property with its value"),
    .init(plan + ["  Limit  cost=1..2 rows=1 width=1 index=%x"], 2, 41, "a number"),
    .init(limit + ["  Sort  cost=0..1 rows=1 width=4"], 3, 2, "setting or fact"),
    .init(limit + ["      -> Sort"], 3, 0, "a step that is at most one level below the one before"),
    .init(limit + ["      Filter: `a`"], 3, 0, "a step, or a fact two spaces deeper than its step"),
    .init(limit + ["    - Sort"], 3, 4, "\"-> \""),
    .init(limit + ["    ?"], 3, 4, "a step, or the name of a fact"),
    .init(limit + ["    Filter `a`"], 3, 10, "\": \" or \" = \""),
    .init(limit + ["    Filter: a"], 3, 12, "SQL between back ticks"),
    .init(
      limit + ["    Filter: [`a`]"], 3, 12,
      "SQL between back ticks: only Output, Sort Key, Presorted Key and Group Key are lists"
    ), .init(limit + ["    Sort Key: []"], 3, 15, "at least one part of the list"),
    .init(limit + ["    Sort Key: [`a` `b`]"], 3, 19, "\",\" or \"]\""),
    .init(limit + ["    Key = x"], 3, 10, "a value of JSON"),
    .init(limit + ["    Key = {\"a\" 1}"], 3, 15, "\":\""),
    .init(
      limit + ["    Key = " + String(repeating: "[", count: 1001)], 3, 1010,
      "a value that is nested less deeply"
    ),
    .init(limit + ["  setting a \"b\""], 3, 11, "\" = \""), .init(limit + ["  fact = 1"], 3, 7, "a name"),
    .init(
      limit + ["  fact JIT = 1", "    Filter: `a`"], 4, 4, "setting, fact or a line that is not indented"),
  ]

  @Test(arguments: planLines)
  func `what cannot be read of a plan is told with its place`(wrong: Wrong) {
    #expect(error(wrong.lines) == wrong.error)
  }

  @Test func `a plan may be deep, but not without end`() throws {
    var lines = Self.limit
    for depth in 1...500 {
      lines.append(String(repeating: " ", count: 2 * depth + 2) + "-> Sort  cost=0..1 rows=1 width=4")
    }
    #expect(try TranscriptForm.lines(of: #require(Transcript(reading: lines).results.first)) == lines)
    lines.append(String(repeating: " ", count: 1004) + "-> Sort  cost=0..1 rows=1 width=4")
    #expect(
      error(lines)
        == TranscriptError(line: 503, column: 0, message: "expected a plan that is nested less deeply"))
  }

  @Test func `an invalid regular expression is told with its place`() {
    let found = error(["a", "  ~ (a"])
    #expect(found?.line == 1)
    #expect(found?.column == 4)
    #expect(found?.message.hasPrefix("expected a regular expression: ") == true)
  }
}
