import Testing

@testable import Notebook

@Suite struct TypedWordsTests {
  @Test(arguments: [
    ("a b", ["a"], "b"), ("a b ", ["a", "b"], ""), ("", [], ""), ("a \"b c", ["a"], "\"b c"),
    ("orders(a, b) w", ["orders", "(a, b)"], "w"), ("orders(a, (b", ["orders", "(a, (b"], ""),
    ("f(')') x", ["f", "(')')"], "x"), ("name = sel", ["name", "="], "sel"),
    ("name=sel", ["name", "="], "sel"),
    ("a >= 3", ["a", ">="], "3"), ("x; y", ["x", ";"], "y"), ("größe ü", ["größe"], "ü"),
  ])
  func `words, groups and what is being typed`(text: String, words: [String], partial: String) {
    let typed = TypedWords(text)
    #expect(typed.words.map(\.text) == words)
    #expect(typed.partial == partial)
    #expect(typed.partialStart == text.utf8.count - partial.utf8.count)
  }

  @Test func `a group that is open is the last word`() {
    let typed = TypedWords("orders(customer_id, ")
    #expect(typed.words.last?.kind == .openGroup)
    #expect(typed.words.last?.range == 6..<20)
    #expect(!typed.isBehindGroup)
    #expect(TypedWords("orders(customer_id)").isBehindGroup)
  }
}
