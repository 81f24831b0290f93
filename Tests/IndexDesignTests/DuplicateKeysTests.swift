import IndexDesign
import Testing

@Suite struct DuplicateKeysTests {
  @Test func `fewer values than rows are duplicates`() {
    #expect(
      DuplicateKeys([("a", 4, 0)], rows: 40_000)
        == DuplicateKeys(columns: ["a"], values: 4, rows: 40_000))
    #expect(DuplicateKeys([("a", 40_000, 0)], rows: 40_000) == nil)
    #expect(DuplicateKeys([("a", 39_900, 0)], rows: 40_000) == nil, "an estimate may be off by a little")
    #expect(DuplicateKeys([("a", 10_000, 0.75)], rows: 40_000) == nil, "NULLs are no duplicates")
    #expect(DuplicateKeys([("a", 5_000, 0.75)], rows: 40_000)?.rows == 10_000)
    #expect(DuplicateKeys([("a", 4, 0)], rows: 0) == nil)
    #expect(DuplicateKeys([("a", 0, 1)], rows: 40_000) == nil)
  }

  @Test func `several keys are duplicates only where even all of their pairs are too few`() {
    #expect(DuplicateKeys([("a", 4, 0), ("b", 700, 0)], rows: 40_000)?.values == 2_800)
    #expect(DuplicateKeys([("a", 400, 0), ("b", 700, 0)], rows: 40_000) == nil)
  }
}
