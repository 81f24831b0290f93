import Testing

@testable import Reports

@Suite struct PlanFiguresTests {
  @Test(
    arguments: [
      (0, ""), (0.001, ""), (0.01, "▏"), (1 / 16, "▌"), (0.125, "█"), (0.5, "████"), (0.99, "███████▉"),
      (1, "████████"), (2, "████████"), (-1, ""),
    ] as [(Double, String)])
  func `a bar has eight steps a character`(share: Double, bar: String) {
    #expect(PlanFigures.bar(share) == bar)
  }

  @Test func `shares are whole per cent, and nothing below a half`() {
    #expect([0, 0.004, 0.005, 0.1, 0.999].map(PlanFigures.percent) == ["", "", "  1 %", " 10 %", "100 %"])
  }
}
