import Testing

@testable import Notebook

@Suite struct HeadingSlugsTests {
  private func slugs(_ texts: String...) -> [String] {
    var slugs = HeadingSlugs()
    return texts.map { slugs.slug(for: $0) }
  }

  @Test func `a heading's name is what GitHub makes of it`() {
    #expect(
      slugs("What is slow?", "`explain` & diff", "A – B", "Größe_2 der 注文", "is-used")
        == ["what-is-slow", "explain--diff", "a--b", "größe_2-der-注文", "is-used"])
  }

  @Test func `no name is given twice, not even one that looks numbered`() {
    #expect(slugs("a", "a", "a-1", "a", "A") == ["a", "a-1", "a-1-1", "a-2", "a-3"])
  }

  @Test func `a heading of signs only has a name, too`() {
    #expect(slugs("?!", "", "\"><script>") == ["section", "section-1", "script"])
  }

  @Test func `five thousand equal headings are two look-ups each at most`() {
    var slugs = HeadingSlugs()
    let names = Set((1...5_000).map { _ in slugs.slug(for: "Step") })
    #expect(names.count == 5_000)
    #expect(slugs.lookups < 10_000)
  }
}
