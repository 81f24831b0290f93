import Terminal
import Testing

@testable import Shell

@Suite struct CompletionsTests {
  private func texts(_ line: String, at cursor: Int? = nil) -> [String] {
    Completions.of(line, cursor ?? line.utf8.count).map(\.text)
  }

  @Test func `the names of commands go on from what was typed`() {
    #expect(texts("hypo ") == ["hypo add", "hypo list", "hypo drop", "hypo reset", "hypo on", "hypo off"])
    #expect(texts("HYPO L") == ["hypo list"])
    #expect(texts("expl") == ["explain"])
    #expect(texts("").count == CommandRegistry.all.count)
  }

  @Test func `help completes the command that it is about`() {
    #expect(texts("help expl") == ["explain"])
    #expect(Completions.of("help expl", 9).map(\.start) == [5])
  }

  @Test func `nothing fits what is no command`() {
    #expect(texts("xyzzy") == [])
    #expect(texts("explain @1") == [])
    #expect(texts("größe") == [])
  }

  @Test func `only what stands before the cursor counts`() {
    #expect(texts("explxyz", at: 4) == ["explain"])
    #expect(texts("expl", at: 99) == ["explain"])
  }
}
