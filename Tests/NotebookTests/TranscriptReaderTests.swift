import IndexDesign
import Reports
import Testing

@testable import Notebook

@Suite struct TranscriptReaderTests {
  @Test func `thousands of hostile results come back as they were, to the byte`() throws {
    var reports = RandomReports(seed: 4)
    for _ in 0..<2_000 {
      let results = [reports.result(), reports.result()]
      let lines = results.flatMap { TranscriptForm.lines(of: $0) }
      #expect(lines.allSatisfy { !$0.utf8.contains(0x0A) && !$0.utf8.contains(0x0D) })
      let read = try Transcript(reading: lines).results
      try #require(read == results)
      // Equal texts may differ in their bytes, as é and e with an accent do.
      let again = read.flatMap { TranscriptForm.lines(of: $0) }
      try #require(again.joined(separator: "\n").utf8.elementsEqual(lines.joined(separator: "\n").utf8))
    }
  }

  @Test func `lines are what their results say they are`() throws {
    var reports = RandomReports(seed: 5)
    for _ in 0..<500 {
      let result = reports.result()
      try #require(
        try TranscriptReader.lines(TranscriptForm.lines(of: result)) == TranscriptLine.lines(of: result))
    }
  }

  @Test func `no result is none`() throws {
    #expect(try Transcript(reading: []).results == [])
    #expect(try Transcript(reading: ["quit"]).results == [.report(Report("quit"))])
  }

  @Test func `spaces between values, escapes and signs may be other than they are written`() throws {
    let lines = [
      "a", "t: x#   y", "  1.50e+1cost     \"\\/\\b\\f\\ud83e\\uddA9\"", "  007  [not applicable]  ", "f:",
      "  x~   =   -   #  \"r\"".replacing("#  ", with: "# "),
    ]
    let table = Report.Table(
      name: "t", columns: [.init("x", isNumber: true), .init("y")],
      rows: [[.cost(.init(15)), .text("/\u{8}\u{C}🦩")], [.integer(7), .outcome(.notApplicable)]])
    let fields = Report.Fields(
      name: "f", values: [.init("x", .missing, remark: "r", isVolatile: true)])
    #expect(
      try Transcript(reading: lines).results == [.report(Report("a", [.table(table), .fields(fields)]))])
  }

  @Test func `lines behind a wildcard are read by their own form`() throws {
    let lines = [
      "...", "  calls = 5rows  # \"r\"", "  @1  2", "  Seq Scan  cost=0..1 rows=1 width=4",
      "    Filter: `a`", "    Cache Key = \"b\"", "    -> Sort  cost=0..1 rows=1 width=4",
      "  setting a = \"b\"",
      "  hint \"h\"", "~ Seq.*", "tag \"SELECT 1\"", "answer r: a:integer  b:text", "...", "  1  \"x\"",
      "tag \"t\"",
    ]
    func step(_ type: String) -> PlanNode {
      var node = PlanNode(nodeType: type)
      node.totalCost = .init(1)
      node.planRows = 1
      node.planWidth = 4
      return node
    }
    #expect(
      try TranscriptReader.lines(lines) == [
        .wildcard, .field(.init("calls", .rows(5), remark: "r")), .row([.handle("@1"), .integer(2)]),
        .step(step("Seq Scan"), depth: 0), .stepFact(.condition(.init(label: "Filter", text: "a")), depth: 0),
        .stepFact(.extra(.init(name: "Cache Key", value: .string("b"))), depth: 0),
        .step(step("Sort"), depth: 1), .setting(.init(name: "a", value: "b")), .hint("h"), .pattern("Seq.*"),
        .tag("SELECT 1"),
        .answer(name: "r", columns: [.init(name: "a", kind: .integer), .init(name: "b", kind: .text)]),
        .wildcard, .answerRow([.value("1", isNumber: true), .value("x", isNumber: false)]), .tag("t"),
      ])
  }

  @Test func `a transcript parts its circumstances from its results and knows of wildcards`() throws {
    let origin = "recorded 2026-11-26T09:50:00.000000Z postgresql 15.18"
    let transcript = try Transcript(reading: [origin, "top", "..."])
    #expect(transcript.context.lines == [origin])
    #expect(transcript.text == ["top", "..."])
    #expect(transcript.hasWildcards)
    #expect(transcript.results == [.report(Report("top"))])
    #expect(try !Transcript(reading: [origin, "top"]).hasWildcards)
  }

  @Test func `a line that cannot be read is counted from the circumstances on`() {
    let origin = "recorded 2026-11-26T09:50:00.000000Z postgresql 15.18"
    #expect {
      try Transcript(reading: [origin, "top", "  \u{7}"])
    } throws: { ($0 as? TranscriptError)?.line == 2 }
  }
}
