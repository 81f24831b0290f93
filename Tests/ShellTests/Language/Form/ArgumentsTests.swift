import IndexDesign
import Notebook
import Reports
import Testing

@testable import Shell

/// What a form reads, and what is said of what it does not read.
@Suite struct ArgumentsTests {
  private func declaration(_ notation: String, _ own: [String: Placeholder]) -> CommandDeclaration {
    CommandDeclaration(
      name: "do", form: Form(notation, own), summary: "", details: "", examples: [], group: .session,
      effects: [])
  }

  private func arguments(_ notation: String, _ typed: String, _ own: [String: Placeholder] = [:])
    throws(Failure)
    -> Arguments
  {
    try Arguments("do " + typed, from: 2, of: declaration(notation, own))
  }

  private func failure(_ notation: String, _ typed: String) -> Failure? {
    do throws(Failure) {
      _ = try arguments(notation, typed)
      return nil
    } catch { return error }
  }

  @Test func `words are found by their placeholder, keywords by themselves`() throws {
    let found = try arguments("[N] [by total|mean] [on TABLE]", "5 ON public.orders by Mean ;")
    #expect(found.word("N") == .init(text: "5", range: 3..<4))
    #expect(found.word("TABLE") == .init(text: "public.orders", range: 8..<21))
    #expect(found.has("mean") && !found.has("total") && found.keyword("by")?.range == 22..<24)
    #expect(found.whole == .init(text: "5 ON public.orders by Mean", range: 3..<29))
    #expect(try found.count("N") == 5)
    #expect(try found.relation()?.name.name == "orders")
  }

  @Test(arguments: [
    ("FILE", "my notes;x.hypo ;", "FILE", "my notes;x.hypo"),
    ("FILE", "my notes;;x.hypo; ;", "FILE", "my notes;;x.hypo"),
    ("NAME = SQL;", "q = select 1;;", "SQL", "select 1"),
    ("NAME = SQL;", "q = select ';', $$;$$ from x; ", "SQL", "select ';', $$;$$ from x"),
    ("SETTING = SQL;", "q=select 1", "SQL", "select 1"),
    ("[@n] [with (VALUE, …)]", "@1 with ($$)$$, ')', (2))", "VALUE", "($$)$$, ')', (2))"),
    ("[%n] [for TICKET]", "%1 for CHG=7", "TICKET", "CHG=7"),
    ("[SETTING [{=|to} VALUE]]", "format = json", "VALUE", "json"),
    ("[SETTING [{=|to} VALUE]]", "format to json", "VALUE", "json"),
    ("[SETTING [{=|to} VALUE]]", "pager less -R;", "VALUE", "less -R"),
    ("N [count C] COMMAND", "5 count 2 show x;", "COMMAND", "show x;"),
    (
      "DESIGN | STATEMENT; | %n", "create index on x (y); select 1", "STATEMENT",
      "create index on x (y); select 1"
    ),
    ("DESIGN | STATEMENT; | %n", "orders(a) where b > 5;", "DESIGN", "orders(a) where b > 5"),
  ])
  func `a placeholder takes as much of the text as it stands for`(
    notation: String, typed: String, placeholder: String, text: String
  ) throws {
    let own = ["VALUE": Placeholder.settingValue]
    #expect(try arguments(notation, typed, own).word(placeholder)?.text == text)
  }

  @Test func `what may be said in another way is read, too`() throws {
    #expect(try arguments("[change N | {N}]", "7").count("N") == 7)
    let options = try arguments(
      "[{[--all] [--replace]} FILE [--all] [--replace] | off]", "--replace --all x.hypo")
    #expect(options.has("--all") && options.has("--replace") && options.word("FILE")?.text == "x.hypo")
    #expect(
      try arguments("[{[(OPTION, …)] [verbose]} @n]", "(settings) @q").leading("@n")?.text == "(settings) ")
    #expect(try arguments("[@n]", "@q").leading("@n") == nil)
  }

  @Test func `a word that stands for just this counts more than a name`() throws {
    #expect(try arguments("@n | plan @n | SETTING", "plan @1").has("plan"))
    #expect(try arguments("[N|TEXT]", "20").word("N")?.text == "20")
    #expect(try arguments("[N|TEXT]", "20 rows").word("TEXT")?.text == "20 rows")
    #expect(
      try arguments("[all | SQL; [with (VALUE, …)]]", "with all as (select 1) table all;").word("SQL")?.text
        == "with all as (select 1) table all")
  }

  static let mismatches:
    [(notation: String, typed: String, message: String, hint: String, place: Range<Int>)] = [
      ("", "now", "unexpected \"now\"", "usage: do", 3..<6),
      ("[N] [by total|mean] [on TABLE]", "5 onn x", "unexpected \"onn\"", "did you mean \"on\"?", 5..<8),
      (
        "[N] [by total|mean] [on TABLE]", "by", "by needs total or mean",
        "usage: do [N] [by total|mean] [on TABLE]", 5..<5
      ),
      ("[by total|mean|rows]", "by cost", "unexpected \"cost\"", "one of: total, mean, rows", 6..<10),
      ("[on TABLE]", "on", "on needs a table", "for example on orders", 5..<5),
      ("FILE", " ;", "do needs a file", "usage: do FILE", 4..<4),
      ("@n | plan @n", "", "do needs a query handle or plan", "usage: do @n | plan @n", 2..<2),
      ("@n | plan @n | SETTING", "plan", "plan needs a query handle", "query lists them", 7..<7),
      ("[all | SQL]", "all x", "unexpected \"x\"", "usage: do [all | SQL]", 7..<8),
      ("N [count C] COMMAND", "5", "do needs a command", "usage: do N [count C] COMMAND", 4..<4),
      ("NAME = SQL;", "q select", "expected = after the name", "usage: do NAME = SQL;", 5..<11),
      ("NAME = SQL;", "q", "expected = after the name", "usage: do NAME = SQL;", 4..<4),
      ("NAME = SQL;", "q = ;", "there is no statement after the =", "usage: do NAME = SQL;", 7..<7),
      (
        "SQL; [with (VALUE, …) | generic]", "select 1; select 2;", "a second statement is not allowed",
        "give one statement at a time; only with (VALUE, …) or generic can follow the ;", 13..<19
      ),
      (
        "NAME = SQL;", "q = select 1; select 2;", "a second statement is not allowed",
        "give one statement at a time",
        17..<23
      ),
      ("%n … | all", "@1", "unexpected \"@1\"", "usage: do %n … | all", 3..<5),
      ("[N]", "x", "the number must be a whole number above 0", "for example 5", 3..<4),
      (
        "@n [with (VALUE, …)]", "@1 with", "with needs a parenthesis", "usage: do @n [with (VALUE, …)]",
        10..<10
      ),
      (
        "DESIGN | STATEMENT; | %n", "%1 x", "unexpected \"x\"",
        "usage: do TABLE(KEYS) [using METHOD] [include (COLUMN, …)] [where CONDITION] [with (PARAMETER, …)] [unique] "
          + "[as NAME] | create [unique] index DEFINITION; | %n", 6..<7
      ),
    ]

  @Test(arguments: mismatches)
  func `what does not fit is told at its place, with what was expected there`(
    notation: String, typed: String, message: String, hint: String, place: Range<Int>
  ) {
    #expect(
      failure(notation, typed)
        == Failure(.script, message, hint: hint, place: .init(text: "do " + typed, range: place)))
  }

  @Test(arguments: [
    ("@n", "@q!", "\"@q!\" is no query handle", "query lists them"),
    ("%n", "%x", "\"%x\" is no design handle", "hypo list shows the handles"),
    ("N", "0", "the number must be a whole number above 0", "for example 5"),
    ("N", "5x", "the number must be a whole number above 0", "for example 5"),
  ])
  func `a word of the right look that is none is told with what lists them`(
    notation: String, typed: String, message: String, hint: String
  ) throws {
    let found = try arguments(notation, typed)
    let failure = caught {
      _ = try found.queryHandle()
      _ = try found.designHandles()
      _ = try found.count("N")
    }
    #expect(
      failure
        == Failure(
          .script, message, hint: hint, place: .init(text: "do " + typed, range: 3..<3 + typed.utf8.count)))
  }
}
