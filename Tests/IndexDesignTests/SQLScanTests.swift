import IndexDesign
import Testing

@Suite struct SQLScanTests {
  @Test(
    arguments: [
      ("select 1", nil), ("select 1; with (42)", 9), ("select ';' ; x", 12), ("select (1;2); x", 13),
      ("-- ;\nselect 1;", 14), ("select $$;$$;", 13), ("select \";\";", 11), ("é;", 3), ("", nil),
    ] as [(String, Int?)])
  func `the first statement ends behind its own semicolon`(text: String, end: Int?) {
    #expect(SQLScan(text).firstStatementEnd == end)
  }

  @Test(
    arguments: [
      ("select 1;", nil), ("select 1; -- that is all", nil), ("select 1;;", nil), ("a; b", 3),
      ("a; /* x */ b;", 11),
      ("a", nil),
    ] as [(String, Int?)])
  func `a second statement is anything but blanks behind the first`(text: String, second: Int?) {
    #expect(SQLScan(text).secondStatementOffset == second)
  }

  @Test(
    arguments: [
      ("hypo add t(a", OpenConstruct.parenthesis(at: 10)), ("f((a)", .parenthesis(at: 1)),
      ("f((a", .parenthesis(at: 2)),
      ("f('(", .string(at: 2)), ("f(a)", nil), ("f(')')", nil), ("select 1)", nil),
    ] as [(String, OpenConstruct?)])
  func `what is open is told`(text: String, open: OpenConstruct?) {
    #expect(SQLScan(text).open == open)
  }

  @Test func `blanks and comments are blank`() {
    #expect(SQLScan(" \n-- a\n/* b */").isBlank)
    #expect(!SQLScan(";").isBlank)
  }
}
