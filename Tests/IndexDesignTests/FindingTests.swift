import IndexDesign
import Testing

@Suite struct FindingTests {
  @Test func `outcomes are written in the words that transcripts and scripts read`() {
    #expect(
      Finding.Outcome.allCases.map(\.rawValue) == [
        "ok", "warning", "failed", "not applicable", "check yourself",
      ])
  }

  @Test func `a finding without a limit, reason, fix and command has none of them`() {
    let finding = Finding("role", .ok, "primary")
    #expect(
      finding
        == Finding("role", .ok, "primary", threshold: nil, reason: nil, fix: nil, command: nil))
    #expect(finding.fact == "primary" && finding.threshold == nil && finding.command == nil)
  }
}
