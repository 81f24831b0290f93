import Notebook
import Reports
import Testing

@testable import Shell

@Suite struct PsqlLineTests {
  @Test(arguments: [
    "\\d", "\\d+", "\\dt", "\\dS+", "\\di+ orders*", "\\dconfig", "\\drds", "\\l", "\\l+", "\\list", "\\z",
    "\\sf", "\\sf+", "\\sv", "\\h select", "\\help", "\\conninfo", "\\lo_list+", "\\copyright",
  ])
  func `describing commands are psql's`(line: String) {
    #expect(PsqlLine.describes(PsqlLine.name(of: line)))
  }

  @Test(arguments: [
    "\\q", "\\x", "\\d\\!", "\\ef", "\\ev", "\\o", "\\!", "\\copy", "\\d1", "\\d\"a\"", "\\lo_unlink", "\\",
  ])
  func `other commands are not`(line: String) {
    // Before its second backslash the line names \d; the second one is refused with its place.
    #expect(!PsqlLine.describes(PsqlLine.name(of: line)) || line == "\\d\\!")
  }

  @Test(arguments: [
    "\\d orders", "\\dt a|b", "\\d \"a`b\\c\"", "\\d 'it''s'", "\\d 'a\\'`b'", "\\sf f(int, text)",
    "\\dt *.*;",
    "\\d \"a'b\" 'c\"d'", "\\d :'HOST'",
  ])
  func `words and quotes pass as they are`(line: String) throws {
    #expect(try PsqlLine(line).text == line)
    #expect(try PsqlLine(" \t" + line).text == line)
  }

  @Test(arguments: [
    ("\\d `touch x`", 3, "psql would run what is between backticks"),
    ("\\d 'a'`id`", 6, "psql would run what is between backticks"),
    ("\\h `id`", 3, "psql would run what is between backticks"),
    ("\\d foo \\! sh", 7, "a second backslash command is not allowed on one line"),
    ("\\d\\! sh", 2, "a second backslash command is not allowed on one line"),
    ("\\d a \\g |cat", 5, "a second backslash command is not allowed on one line"),
    ("\\d x \\o file", 5, "a second backslash command is not allowed on one line"),
    ("\\d x \\\\ select 1;", 5, "a second backslash command is not allowed on one line"),
    ("\\d 'a\\\\'\\! sh", 8, "a second backslash command is not allowed on one line"),
    ("\\d \"a\\\"\\! sh", 7, "a second backslash command is not allowed on one line"),
    ("\\d |cat", 3, "a result cannot be piped into a program"),
    ("\\d 'open", 3, "the quote is not closed"), ("\\d \"open'", 3, "the quote is not closed"),
    ("\\d 'open\\'", 3, "the quote is not closed"),
  ])
  func `what could run a program is refused at its place`(line: String, at: Int, message: String) {
    let failure = caught { _ = try PsqlLine(line) }
    #expect(failure?.message == message)
    #expect(failure?.place == .init(text: line, range: at..<at + 1))
    #expect(failure?.hint != nil)
  }
}
