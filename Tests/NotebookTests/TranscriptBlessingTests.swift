import Reports
import Testing

@testable import Notebook

/// What is recorded anew where wildcards stand.
@Suite struct TranscriptBlessingTests {
  private static let head = "rows: number~  name"

  private func table(_ rows: (Int64, String)...) -> Report {
    Report(
      "list",
      [
        .table(
          .init(
            name: "rows", columns: [.init("number", isVolatile: true), .init("name")],
            rows: rows.map { [.integer($0.0), .identifier($0.1)] }))
      ])
  }

  private func blessed(_ recorded: [String], _ report: Report, grows: Bool) throws -> [String] {
    let transcript = try Transcript(reading: ["list", Self.head] + recorded)
    let lines = TranscriptBlessing(transcript, TranscriptComparison(), grows: grows).lines(of: [
      .report(report)
    ])
    // Whatever is recorded anew has not drifted.
    try #expect(
      TranscriptComparison().differences(
        recorded: Transcript(reading: lines), came: [.report(report)]) == [], "\(lines)")
    #expect(lines.prefix(2) == ["list", Self.head])
    return Array(lines.dropFirst(2))
  }

  @Test func `a list that grows keeps its newest rows in front of the wildcard`() throws {
    let old = ["  3  c", "  2  b", "  1  a", "..."]
    #expect(
      try blessed(old, table((5, "e"), (4, "d"), (3, "c")), grows: true)
        == ["  5  e", "  4  d", "  3  c", "..."])
    #expect(
      try blessed(old, table((9, "i"), (8, "h"), (7, "g")), grows: true)
        == ["  9  i", "  8  h", "  7  g", "..."])
    // The same names under other numbers: the order is that in which they came.
    #expect(
      try blessed(old, table((6, "a"), (5, "b"), (4, "c")), grows: true)
        == ["  6  a", "  5  b", "  4  c", "..."])
    #expect(
      try blessed(old, table((6, "a"), (5, "x"), (4, "c"), (3, "c")), grows: true)
        == ["  6  a", "  5  x", "  4  c", "..."])
    #expect(try blessed(old, table((9, "i")), grows: true) == ["  9  i", "..."])
    #expect(try blessed(old, table(), grows: true) == ["..."])
  }

  @Test func `a wildcard that stands for all rows stays alone`() throws {
    #expect(try blessed(["..."], table((2, "b"), (1, "a")), grows: true) == ["..."])
    #expect(try blessed(["..."], table(), grows: true) == ["..."])
  }

  @Test func `lines on both sides of a wildcard give way to what came first and last`() throws {
    #expect(
      try blessed(["  1  a", "...", "  9  z"], table((1, "b"), (2, "c"), (3, "d")), grows: true)
        == ["  1  b", "...", "  3  d"])
    #expect(
      try blessed(["  1  a", "...", "  9  z"], table((1, "b")), grows: true) == ["  1  b", "..."])
    #expect(
      try blessed(["...", "  9  z"], table((1, "b"), (2, "c")), grows: true) == ["...", "  2  c"])
  }

  @Test func `a list without an order keeps the rows that a person has left in it`() throws {
    #expect(
      try blessed(["  1  a", "..."], table((1, "b"), (2, "a"), (3, "c")), grows: false) == ["  2  a", "..."])
  }
}
