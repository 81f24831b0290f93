import IndexDesign
import Reports
import Testing

@testable import Notebook

@Suite struct TranscriptComparisonTests {
  private func differences(
    _ recorded: [String], _ came: [String], _ tolerances: Tolerances = .init()
  ) throws -> [String] {
    try TranscriptComparison(tolerances: tolerances)
      .differences(recorded: TranscriptReader.lines(recorded), came: TranscriptReader.lines(came)).map(
        \.description)
  }

  /// What differs between two values of a field called x.
  private func field(_ old: String, _ new: String, _ tolerances: Tolerances = .init()) throws -> [String] {
    try differences(["a", "f:", "  x = \(old)"], ["a", "f:", "  x = \(new)"], tolerances)
  }

  @Test func `a result is the same as itself, however hostile`() throws {
    var reports = RandomReports(seed: 6)
    for _ in 0..<500 {
      let result = reports.result()
      let lines = TranscriptLine.lines(of: result)
      try #require(TranscriptComparison().differences(recorded: lines, came: [result]) == [])
      // The same once more with something in front, so that the lines are really compared.
      try #require(
        TranscriptComparison().differences(
          recorded: [.wildcard] + lines, came: [.report(Report("x")), result])
          == [])
    }
  }

  /// Values, and what they are found to be.
  struct Pair: Sendable {
    var old: String
    var new: String
    var difference: String?

    init(_ old: String, _ new: String, _ difference: String? = nil) {
      (self.old, self.new, self.difference) = (old, new, difference)
    }
  }

  static let values: [Pair] = [
    .init("100cost", "101cost"), .init("100cost", "99cost"), .init("110cost", "111.1cost"),
    .init("100cost", "101.01cost", "+1.01 %, tolerance 1 %"),
    .init("100cost", "98.99cost", "-1.01 %, tolerance 1 %"),
    .init("100cost", "112cost", "+12 %, tolerance 1 %"), .init("0.9cost", "0.99cost"),
    .init("0.8cost", "0.9cost"),
    .init("0.8cost", "0.91cost", "+14 %, tolerance 1 %"),
    .init("0.95cost", "1cost", "+5.3 %, tolerance 1 %"), .init("0cost", "0.1cost"),
    .init("0cost", "0.11cost", "+0.1, recorded as zero"), .init("0cost", "5cost", "+5, recorded as zero"),
    .init("-100cost", "-101cost"), .init("+infcost", "+infcost"),
    .init("1cost", "+infcost", "no number to compare with"),
    .init("100rows", "101rows"), .init("100rows", "102rows", "+2 %, tolerance 1 %"),
    .init("+nanrows", "+nanrows"),
    .init("100B", "105B"), .init("100B", "106B", "+6 %, tolerance 5 %"), .init("1ms", "99999ms"),
    .init("5", "5"), .init("5", "6", "+1, must be the same"),
    .init("9007199254740993", "9007199254740992", "+0, must be the same"), .init("2.5", "2.5"),
    .init("2.5", "2.25", "-0.3, must be the same"), .init("42%", "43%"), .init("42%", "41%"),
    .init("42%", "43.1%", "+1.1 points, tolerance 1 points"), .init("0%", "1%"),
    .init("a", "b", "not the same"), .init("a", "A", "not the same"),
    .init("`a = 1`", "`a = 2`", "not the same"),
    .init("id\"é\"", "id\"e\u{301}\""), .init("%1", "%2", "not the same"),
    .init("[ok]", "[failed]", "not the same"), .init("yes", "no", "not the same"),

    .init("2026-11-26T09:50:00Z", "2027-11-26T09:50:00Z"), .init("2026-11-26T09:50:00Z", "time\"now\""),
    .init("2026-11-26T09:50:00Z", "-", "another type of value"), .init("-", "5", "another type of value"),
    .init("5", "5rows", "another type of value"), .init("5rows", "5cost", "another type of value"),
    .init("-", "-"),
  ]

  @Test(arguments: values)
  func `each type of value has its own tolerance, to the edge`(pair: Pair) throws {
    let expected = pair.difference.map { ["f: x: recorded \(pair.old), came \(pair.new) (\($0))"] } ?? []
    #expect(try field(pair.old, pair.new) == expected)
  }

  @Test func `tolerances can be others`() throws {
    let wide = Tolerances(
      cost: .absolute(5), rows: .any, bytes: .exact, milliseconds: .relative(0.1), count: .absolute(2),
      share: .relative(0.5))
    #expect(try field("100cost", "105cost", wide) == [])
    #expect(
      try field("100cost", "105.5cost", wide) == [
        "f: x: recorded 100cost, came 105.5cost (+5.5, tolerance 5)"
      ])
    #expect(try field("100rows", "0rows", wide) == [])
    #expect(try field("100B", "101B", wide) == ["f: x: recorded 100B, came 101B (+1, must be the same)"])
    #expect(try field("10ms", "11ms", wide) == [])
    #expect(try field("10ms", "12ms", wide) == ["f: x: recorded 10ms, came 12ms (+20 %, tolerance 10 %)"])
    #expect(try field("5", "7", wide) == [])
    #expect(try field("5", "2", wide) == ["f: x: recorded 5, came 2 (-3, tolerance 2)"])
    #expect(try field("40%", "60%", wide) == [])
    #expect(try field("40%", "64%", wide) == ["f: x: recorded 40%, came 64% (+60 %, tolerance 50 %)"])
  }

  static let words: [Pair] = [
    .init("after 3 steps", "after 12,345.5 steps"), .init("change 7 is done", "change 12 is done"),
    .init("2026-11-26 09:50", "2025-01-02 10:51"), .init("(99.9 % lower)", "(9 % lower)"),
    .init("a  b", "a b "),
    .init("id | ------ |", "id | --- |"), .init("take idx2", "take idx3", "other words"),
    .init("@1 wins", "@2 wins", "other words"),
    .init("%1 wins", "%12 wins", "other words"), .init("$1 = 5", "$2 = 5", "other words"),
    .init("$1 = 5", "$1 = 6"),
    .init("3 steps", "3 Steps", "other words"), .init("1.", "2", "other words"),
    .init("1.5 ms", "2.5 s", "other words"),
    .init("größe2", "größe3", "other words"), .init("→5", "→6"), .init("", "5", "other words"),
    .init("a--b", "a---b", "other words"),
  ]

  @Test(arguments: words)
  func `numbers in sentences are not compared, words are`(pair: Pair) throws {
    let (old, new) = ("\"\(pair.old)\"", "\"\(pair.new)\"")
    let expected = pair.difference.map { "recorded \(old), came \(new) (\($0))" }
    #expect(try field(old, new) == (expected.map { ["f: x: \($0)"] } ?? []))
    #expect(
      try differences(["a", "note hint \(old)"], ["a", "note hint \(new)"])
        == (expected.map { ["note hint: \($0)"] } ?? []))
  }

  @Test func `what is volatile in either is not compared`() throws {
    let plain = ["a", "f:", "  x = 1  # \"r\"", "t: a  b#", "  1  2"]
    let marked = ["a", "f:", "  x~ = 2", "t: a~  b#", "  3  2"]
    #expect(try differences(plain, marked) == [])
    #expect(try differences(marked, plain) == [])
    #expect(
      try differences(plain, plain.map { $0.replacing("\"r\"", with: "\"s\"") }) == [
        "f: x: remark: recorded \"r\", came \"s\" (other words)"
      ])
  }

  @Test func `a row more or less is told once`() throws {
    let three = ["a", "t: n  c#", "  \"a\"  1", "  \"b\"  2", "  \"c\"  3"]
    var two = three
    two.remove(at: 2)
    #expect(try differences(three, two) == ["t row 1: missing: \"a\"  1"])
    #expect(try differences(two, three) == ["t row 1: additional: \"a\"  1"])
    #expect(
      try differences(three, ["a", "t: n  c#"]) == ["t row 1: missing: \"a\"  1 and 2 more lines"])
    #expect(
      try differences(two, ["a", "t: n  c#", "  \"x\"  5", "  \"b\"  2", "  \"c\"  4"]) == [
        "t row 1: additional: \"x\"  5", "t row 2: c: recorded 3, came 4 (+1, must be the same)",
      ])
  }

  @Test func `a new column makes only the head differ`() throws {
    #expect(
      try differences(["a", "t: n  c#  d", "  \"a\"  1  2"], ["a", "t: n  e  d", "  \"a\"  `x`  3"]) == [
        "t: columns: recorded n, c, d, came n, e, d (not the same)",
        "t row 1: d: recorded 2, came 3 (+1, must be the same)",
      ])
  }

  @Test func `rows of a table with a volatile column have no order`() throws {
    let head = ["top", "t: q~  calls~#  text"]
    let old = ["  @1  10  `a`", "  @2  9  `b`", "  @3  8  `c`"]
    let new = ["  @3  3  `c`", "  @1  2  `a`", "  @2  1  `b`"]
    #expect(try differences(head + old, head + new) == [])
    #expect(
      try differences(["top", "t: q  calls#  text"] + old, ["top", "t: q  calls#  text"] + new).isEmpty
        == false)
    #expect(
      try differences(head + old, head + ["  @3  3  `c`", "  @4  3  `d`", "  @1  2  `a`"])
        == ["t row 2: text: recorded `b`, came `d` (not the same)"])
    #expect(try differences(head + old, head + new + ["  @4  1  `d`"]) == ["t row 4: additional: @4  1  `d`"])
    #expect(try differences(head + old, head + [new[0], new[2]]) == ["t row 1: missing: @1  10  `a`"])
    #expect(try differences(head + [old[1], "...", old[0]], head + new) == [])
    #expect(try differences(head + ["..."], head + new) == [])
    #expect(try differences(head + ["~ .*`b`", "..."], head + new) == [])
  }

  @Test func `wildcards stand for any lines and patterns for one`() throws {
    let came = ["a", "f:", "  x = 1", "  y = 2", "note hint \"z\""]
    #expect(try differences(["..."], came) == [])
    #expect(try differences(["a", "..."], came) == [])
    #expect(try differences(["a", "f:", "...", "note hint \"z\""], came) == [])
    #expect(try differences(["...", "  y = 2", "..."], came) == [])
    #expect(try differences(["a", "f:", "  x = 1", "  y = 2", "...", "note hint \"z\"", "..."], came) == [])
    #expect(
      try differences(["a", "...", "  y = 3", "..."], came) == [
        "f: y: recorded 3, came 2 (-1, must be the same)"
      ])
    #expect(try differences(["a", "...", "  q = 3"], came) == ["q: missing: q = 3"])
    #expect(try differences(["a", "f:", "~ x = \\d", "  y = 2", "~ note .*"], came) == [])
    #expect(
      try differences(["a", "f:", "~ x = \\d\\d", "  y = 2", "~ note"], came) == [
        "f: x: recorded ~ x = \\d\\d, came x = 1 (does not match)",
        "note hint: recorded ~ note, came note hint \"z\" (does not match)",
      ])
    #expect(
      try differences(["...", "~ note"], ["a"]) == ["pattern: missing: ~ note"])
    #expect(try differences([], came) == ["report: additional: a and 4 more lines"])
    #expect(try differences(came, []) == ["report: missing: a and 4 more lines"])
  }

  @Test func `rows behind a wildcard are compared by what they are`() throws {
    #expect(
      try differences(
        ["a", "...", "  \"y\"  105rows"], ["a", "t: a  b~", "  1", "  \"y\"  5rows"].filter { $0 != "  1" })
        == [])
    let answer = [
      "sql", "answer rows: a:integer  b:number  c:boolean  d:text", "  1  2.50  t  \"x\"", "tag \"SELECT 1\"",
    ]
    #expect(try differences(["...", "  1  2.50  t  \"x\"", "..."], answer) == [])
    #expect(
      try differences(["...", "  1  2.50  f  \"x\"", "..."], answer) == [
        "rows row 1: c: recorded f, came t (not the same)"
      ])
    #expect(
      try differences(["sql", answer[1], "...", "  1  2.50  t  \"x\"", "tag \"SELECT 1\""], answer) == [])
    #expect(try differences(["...", "  \"a 5\""], ["p", "lines p:", "  \"b\"", "  \"a 6\""]) == [])
  }

  @Test func `a failure is compared by code and words`() throws {
    let old = ["error 42P01 \"relation 5 does not exist\"", "  detail \"d\"", "  hint \"h\""]
    #expect(
      try differences(old, ["error 42P01 \"relation 6 does not exist\"", "  detail \"d\"", "  hint \"h\""])
        == [])
    #expect(
      try differences(old, ["error - \"x\"", "  hint \"i\""]) == [
        "error: SQLSTATE: recorded 42P01, came - (not the same)",
        "error: message: recorded \"relation 5 does not exist\", came \"x\" (other words)",
        "error: detail: missing: detail \"d\"", "error: hint: recorded \"h\", came \"i\" (other words)",
      ])
    #expect(
      try differences(old, ["top"]) == [
        "error: missing: error 42P01 \"relation 5 does not exist\" and 2 more lines",
        "report: additional: top",
      ])
  }

  @Test func `other blocks are compared by their parts`() throws {
    let old = [
      "a", "f \"T\":", "t \"U\" empty \"none\": x", "statement s \"V\" `S`", "lines l:", "  \"x 1\"",
      "answer r: a:text", "  \"x\"", "tag \"SELECT 1\"", "note hint \"n\"",
    ]
    let new = [
      "b", "f \"T2\":", "t empty \"no\": x", "statement s \"W\" `R`", "lines l:", "  \"y 1\"",
      "answer r: a:text", "  \"y\"", "tag \"SELECT 2\"", "note bad \"n\"",
    ]
    #expect(
      try differences(old, new) == [
        "report: recorded a, came b (another kind of report)",
        "f: title: recorded \"T\", came \"T2\" (other words)",
        "t: title: recorded \"U\", came - (other words)",
        "t: empty: recorded \"none\", came \"no\" (other words)",
        "s: title: recorded \"V\", came \"W\" (other words)", "s: sql: recorded `S`, came `R` (not the same)",
        "l line 1: recorded \"x 1\", came \"y 1\" (other words)",
        "r row 1: a: recorded \"x\", came \"y\" (not the same)",
        "r: tag: recorded SELECT 1, came SELECT 2 (not the same)",
        "note bad: weight: recorded hint, came bad (another weight)",
      ])
  }
}
