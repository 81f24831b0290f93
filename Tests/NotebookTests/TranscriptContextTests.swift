import Testing

@testable import Notebook

@Suite struct TranscriptContextTests {
  @Test(arguments: [
    (TranscriptContext(), []),
    (
      TranscriptContext(
        origin: .init(time: "2026-11-26T09:50:00.000000Z", postgresql: "15.18", hypopg: "1.3.1"),
        statistics: [
          .init(relation: "orders", analyzed: "2026-11-26T09:01:02.000000Z"),
          .init(relation: "Odd \"x\"", analyzed: nil),
        ]),
      [
        "recorded 2026-11-26T09:50:00.000000Z postgresql 15.18 hypopg 1.3.1",
        "statistics orders 2026-11-26T09:01:02.000000Z", "statistics id\"Odd \\\"x\\\"\" -",
      ]
    ),
    (
      TranscriptContext(origin: .init(time: "now", postgresql: "16 (Debian)", hypopg: nil)),
      ["recorded time\"now\" postgresql \"16 (Debian)\""]
    ),
  ])
  func `the context comes back and leaves the record`(context: TranscriptContext, lines: [String]) throws {
    #expect(context.lines == lines)
    let read = try TranscriptContext.reading(lines + ["top", "statements: a"])
    #expect(read.context == context)
    #expect(read.length == lines.count)
  }

  @Test(arguments: [
    (["recorded x"], 0, 9, "a point in time"), (["recorded 2026-11-26T09:50:00Z"], 0, 29, "\" postgresql \""),
    (["recorded 2026-11-26T09:50:00Z postgresql "], 0, 41, "a version"),
    (["recorded 2026-11-26T09:50:00Z postgresql 15 x"], 0, 44, "the end of the line"),
    (["statistics 5 -"], 0, 11, "a relation"), (["statistics orders 5"], 0, 18, "a point in time"),
    (
      ["statistics orders -", "recorded 2026-11-26T09:50:00Z postgresql 15"], 1, 0,
      "recorded only in the first line"
    ),
  ])
  func `a context that cannot be read is told with its place`(
    lines: [String], line: Int, column: Int, what: String
  ) {
    #expect(throws: TranscriptError(line: line, column: column, message: "expected \(what)")) {
      try TranscriptContext.reading(lines)
    }
  }
}
