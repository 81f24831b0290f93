import Testing

@testable import Terminal

@Suite struct GhostTests {
  @Test(arguments: [
    ("", 20, nil), (" table", 6, " table"), (" table", 5, nil), ("0123456789", 8, "0123456…"),
    ("0123456789", 7, nil), ("表 größe", 8, "表 größe"), ("表表表表表", 8, "表表表…"), ("a\n  b", 8, "a …"),
    ("\nb", 8, " …"), ("a\tb\u{1B}", 20, "a    b\\x1B"),
  ])
  func `it is shown on one row or not at all`(text: String, room: Int, picture: String?) {
    #expect(Ghost(text, room: room)?.picture == picture)
  }

  @Test(arguments: [
    ("one two", "one"), ("  one two", "  one"), ("one", "one"), ("\n one", "\n one"), (" ", " "),
  ])
  func `the first word comes with the blanks before it`(text: String, word: String) {
    #expect(Ghost(text, room: 20)?.firstWord == word)
  }

  @Test(arguments: [
    ("select", " 2"), ("select 1", "\nfrom t"), ("sel", "ect 2"), ("elect", nil), ("select 2", nil),
    ("Größe", nil), ("größ", "e"),
  ])
  func `the newest entry that goes on is taken`(line: String, rest: String?) {
    let entries = ["größe", "select 0", "select 1\nfrom t", "select 2"]
    #expect(Ghost.continuation(of: line, in: entries) == rest)
  }
}
