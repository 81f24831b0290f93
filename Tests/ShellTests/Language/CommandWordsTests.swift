import Reports
import Testing

@testable import Shell

@Suite struct CommandWordsTests {
  /// What a line is, in a word that can be compared.
  private func kind(_ text: String) throws -> String {
    switch try CommandWords.classify(text) {
    case .command(let type, let offset):
      "\(type.declaration.name)|" + String(decoding: Array(text.utf8)[offset...], as: UTF8.self)
    case .sql: "sql"
    case .psql: "psql"
    }
  }

  @Test(arguments: [
    ("status", "status|"), ("  STATUS ", "status| "), ("top 5", "top| 5"),
    ("hypo add orders(id)", "hypo add| orders(id)"), ("HYPO  List", "hypo list|"),
    ("explain select 1;", "explain| select 1;"), ("show @1", "show| @1"), ("set format", "set| format"),
    ("help select", "help| select"), ("status;", "status|;"),
    ("status;;", "status|;;"), ("hypo list ; ;", "hypo list| ; ;"), ("hypo list;;;", "hypo list|;;;"),
  ])
  func `a command is found by its first words in any case`(text: String, expected: String) throws {
    #expect(try kind(text) == expected)
  }

  @Test(arguments: [
    "select 1;", "SELECT 1", "with x as (select 1) select 1;", "(select 1);", " values (1);", "set x = 1;",
    "show work_mem ; ", "rollback;", "import foreign schema x;", "begin;", "drop table orders;", "select(1);",
  ])
  func `a line that begins with a keyword of PostgreSQL is SQL`(text: String) throws {
    #expect(try kind(text) == "sql")
  }

  @Test(arguments: [
    ("\\q", "quit|"), ("  \\timing on", "\\timing| on"), ("\\c;", "connect|;"), ("\\d orders", "psql"),
    ("\\l+", "psql"), ("exit", "quit|"),
  ])
  func `psql's words for a command are that command, and what describes is psql's`(
    text: String, expected: String
  )
    throws
  {
    #expect(try kind(text) == expected)
  }

  private func failure(_ text: String) -> Failure? {
    do {
      _ = try CommandWords.classify(text)
      return nil
    } catch { return error }
  }

  @Test(arguments: [
    ("drop %1", "this is no statement", "hypo drop %1"),
    ("DROP all", "this is no statement", "hypo drop all"),
    ("reset", "this is no statement", "hypo reset"), ("list", "unknown command \"list\"", "hypo list"),
    ("add orders(id)", "unknown command \"add\"", "hypo add orders(id)"),
    ("off", "unknown command \"off\"", "hypo off"),
  ])
  func `a command without the word of its group is told at once`(text: String, message: String, meant: String)
  {
    #expect(
      failure(text)
        == Failure(
          .script, message, hint: "did you mean \"\(meant)\"?",
          place: .init(text: text, range: 0..<text.prefix { $0 != " " }.utf8.count)))
    #expect(Completeness.of(text) == .complete)
  }

  @Test(arguments: ["drop index i", "reset all", "drop", "reset search_path"])
  func `SQL that begins with a command's second word stays SQL`(text: String) throws {
    #expect(try kind(text) == "sql")
    #expect(Completeness.of(text) == .open(";"))
  }

  @Test(arguments: [
    ("sttus", "status"), ("Stauts now", "status"), ("explian @1", "explain"), ("hlep", "help"),
    ("tpo 5", "top"), ("conect sandbox", "connect"), ("qit", "quit"),
  ])
  func `a mistyped command is told with the one that was meant`(text: String, meant: String) {
    let word = String(text.prefix { $0 != " " })
    #expect(
      failure(text)
        == Failure(
          .script, "unknown command \"\(word)\"", hint: "did you mean \"\(meant)\"?",
          place: .init(text: text, range: 0..<word.utf8.count)))
  }

  @Test func `a word like none is told with where to look`() {
    #expect(
      failure("  xyzzy 1")
        == Failure(
          .script, "unknown command \"xyzzy\"",
          hint: "help lists the commands; SQL begins with a keyword and ends in ;",
          place: .init(text: "  xyzzy 1", range: 2..<7)))
  }

  @Test func `a second word is told apart from the first`() {
    let names = "add, list, drop, reset, on, off"
    #expect(
      failure("hypo") == Failure(.script, "\"hypo\" needs a second word", hint: "one of: \(names)"))
    #expect(
      failure("hypo lst")
        == Failure(
          .script, "unknown command \"hypo lst\"", hint: "did you mean \"hypo list\"?",
          place: .init(text: "hypo lst", range: 5..<8)))
    #expect(
      failure("hypo orders(id)")
        == Failure(
          .script, "unknown command \"hypo orders\"", hint: "one of: \(names)",
          place: .init(text: "hypo orders(id)", range: 5..<11)))
  }

  @Test(arguments: [" ; ", ";;", "; ;"]) func `a lone semicolon is no command`(text: String) {
    #expect(failure(text) == Failure(.script, "there is no command", hint: "help lists them"))
  }

  @Test func `further semicolons at a command's end do nothing`() throws {
    let trial = try CommandTrial.onShop()
    try trial.enter("hypo add orders(status);;")
    for command in ["hypo list", "query", "explain select 1;", "expect role primary"] {
      #expect(trial.screen(after: command + ";;") == trial.screen(after: command), "\(command)")
    }
  }
}
