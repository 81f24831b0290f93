import Testing

@testable import Reports

@Suite struct StatementFoldingTests {
  @Test func `a statement breaks at spaces outside quotes and comments`() {
    #expect(
      StatementFolding.lines(of: "select 'a b' -- c d", within: 9) == ["select", "    'a b'", "    -- c d"])
    #expect(
      StatementFolding.lines(of: "/* a b */ 'c d' e", within: 9) == ["/* a b */", "    'c d'", "    e"])
  }

  @Test func `a long list keeps each of its values`() {
    let list = "select * from t where a in (" + (1...20_000).map(String.init).joined(separator: ", ") + ")"
    let lines = StatementFolding.lines(of: list, within: 80)
    #expect(lines.map { String($0.drop { $0 == " " }) }.joined(separator: " ") == list)
    #expect(lines.allSatisfy { $0.count <= 80 })
  }
}
