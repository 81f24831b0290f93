import Reports
import Testing

@testable import Shell

/// The rules of continuation: a command is one line, SQL runs to its semicolon.
@Suite struct CompletenessTests {
  @Test(arguments: [
    "", "   ", "# (a comment", "status", "top 5 by total", "hypo add orders(customer_id, created_at desc)",
    "help", "explain", "explain @1", "explain @1 with (42)", "explain with (42)", "explain WITH (1, 'a')",
    "explain generic", "diff", "diff with (42)", "query", "query recent", "set", "set format json",
    "show @1", "show format", "rollback", "rollback change 7", "expect plan @1 has \"Index Scan\"", "\\q",
    "\\i it's", "quit", "sttus", "run it", "commit;", "select 1;", "select ';' ;", "SELECT 1; -- done",
    "explain > x.svg", "diff > x.svg", "diff all", "diff all > x.md", "diff select 1; with (2)",
    "explain select 1;", "explain select $1; with (42)", "query q = select 1;", "begin;", "set work_mem = 1;",
    "show work_mem;", "(select 1) union (select 2);", "hypo add create index on orders (id);",
    "select $$ ; ( ' $$;", "select /* ; ( */ 1;",
  ])
  func `a whole command can be run`(text: String) {
    #expect(Completeness.of(text) == .complete)
  }

  @Test(arguments: [
    ("hypo add orders(customer_id,", "("), ("explain @1 with (42", "("), ("explain @1 with ('a", "'"),
    ("expect plan @1 has \"Index", "\""), ("select 1", ";"), ("SELECT 1", ";"), ("begin", ";"),
    ("create table x (", "("), ("select 'abc", "'"), ("select 'it''s", "'"), ("select \"a", "\""),
    ("select $$a", "$"), ("select $tag$ ; $$", "$"), ("select 1 /* ;", "*"), ("select ';'", ";"),
    ("select (1", "("), ("select 1 -- ;", ";"), ("explain select 1", ";"),
    ("explain (verbose) select 1", ";"), ("diff select 1", ";"), ("diff with x as (select 1)", ";"),
    ("explain with x as (select 1) select 1", ";"), ("explain select $1; with (42", "("),
    ("query q = select 1", ";"), ("query q =", ";"), ("hypo add create index on orders (id)", ";"),
    ("HYPO ADD CREATE INDEX ON orders (id", "("), ("(select 1)", ";"), ("with x as (select 1)", ";"),
    ("top 5 \\", "\\"), ("explain @1 \\", "\\"), ("select 1; \\", "\\"), ("values (1)", ";"),
  ])
  func `an unfinished command says what is open`(text: String, symbol: String) {
    #expect(Completeness.of(text) == .open(symbol))
  }

  @Test func `the words of both languages are one line, which a semicolon makes SQL`() {
    for word in CommandWords.both { #expect(Completeness.of("\(word) x") == .complete) }
  }

  @Test func `a continuation backslash is taken out and the line end is kept`() {
    #expect(Completeness.joined(["top 5 \\", "by total"]) == "top 5 \nby total")
    #expect(Completeness.joined(["select 1", "from x;"]) == "select 1\nfrom x;")
    #expect(Completeness.joined(["top \\"]) == "top \\")
  }

  @Test func `a pasted block is whole when its last command is`() {
    #expect(Completeness.ofBlock("top 1\nhypo list\nselect 1;") == .complete)
    #expect(Completeness.ofBlock("top 1\nselect 1") == .open(";"))
    #expect(Completeness.ofBlock("hypo add orders(\n  id") == .open("("))
    #expect(Completeness.ofBlock("select 1;\nselect 2;\n") == .complete)
  }
}
