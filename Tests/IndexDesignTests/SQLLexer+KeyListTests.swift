import IndexDesign
import Testing

@Suite struct SQLLexerKeyListTests {
  @Test(arguments: [
    ("", 0, false), ("a", 0, false), ("a, b desc", 2, false), ("a, lower(b, ", 2, true),
    ("f(a, b), c", 7, false), ("a,", 2, false),
  ])
  func `the last key begins behind a comma of the list itself`(text: String, start: Int, isInside: Bool) {
    let lexer = SQLLexer(text)
    let key = lexer.lastKey(of: lexer.tokens.count)
    #expect(key.start == start && key.isInside == isInside)
  }

  @Test(
    arguments: [
      ("", "", []), ("a, b", "", ["a"]), ("a, b ", "", ["a", "b"]), ("a, ", ", c) where d = 1", ["a", "c"]),
      ("\"A b\", ", "", ["A b"]),
    ] as [(String, String, Set<String>)])
  func `names on both sides of the cursor are taken, the one at it is not`(
    before: String, after: String, names: Set<String>
  ) {
    #expect(SQLLexer.names(inList: before, and: after) == names)
  }
}
