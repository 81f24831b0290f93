import IndexDesign
import Testing

@Suite struct ExplainRequestTests {
  @Test(
    arguments: [
      (" select 1;", [], "select 1", 1..<9, "SelectStmt"),
      (" (verbose off, settings) select 1", ["verbose off", "settings"], "select 1", 25..<33, "SelectStmt"),
      (" verbose update t set a = 1", ["verbose"], "update t set a = 1", 9..<27, "UpdateStmt"),
      (" (select 1) union (select 2)", [], "(select 1) union (select 2)", 1..<28, "SelectStmt"),
      (" -- x\n table t -- y\n;", [], "table t", 7..<14, "SelectStmt"),
      ("insert into t values (1)", [], "insert into t values (1)", 0..<24, "InsertStmt"),
      ("delete from t", [], "delete from t", 0..<13, "DeleteStmt"),
      (
        "merge into t using s on true when matched then delete", [],
        "merge into t using s on true when matched then delete", 0..<53, "MergeStmt"
      ),
      ("create table x as select 1", [], "create table x as select 1", 0..<26, "CreateTableAsStmt"),
      (
        "create materialized view x as select 1", [], "create materialized view x as select 1", 0..<38,
        "CreateTableAsStmt"
      ),
      ("declare c cursor for select 1", [], "declare c cursor for select 1", 0..<29, "DeclareCursorStmt"),
      ("with a as (select 1) table a", [], "with a as (select 1) table a", 0..<28, "SelectStmt"),
    ] as [(String, [String], String, Range<Int>, String)])
  func `a request is options and one statement`(
    text: String, options: [String], statement: String, range: Range<Int>, kind: String
  ) throws {
    let request = try ExplainRequest.parse(text)
    #expect(request.options.map(\.sql) == options)
    #expect(request.statement == statement)
    #expect(request.statementRange == range)
    #expect(request.kind == kind)
    #expect(request.grammarError == nil)
  }

  @Test(arguments: [
    "analyze select 1", "ANALYSE verbose select 1", "(analyze) select 1", "(verbose, analyze off) select 1",
    "(analyze false) select 1", "(ANALYZE 0) select 1", "analyze", "(timing off, analyse) update t set a = 1",
  ])
  func `analyze is always refused`(text: String) {
    let error = #expect(throws: DesignError.self) { try ExplainRequest.parse(text) }
    #expect(error?.code == .refused)
    #expect(error?.message == "explain never executes a statement, so it does not take ANALYZE")
    #expect(error?.hint == "leave ANALYZE out; real times are for psql, where the statement may run")
  }

  @Test(arguments: [
    (
      "select 1; select 2", DesignError.Code.secondStatement, "only one statement is explained at a time",
      10..<18
    ),
    (" ", .syntax, "there is no statement to explain", 1..<1),
    ("(verbose)", .syntax, "there is no statement to explain", 9..<9),
    ("(format json) select 1", .refused, "FORMAT is not an option here: hypo reads the plan itself", 1..<7),
    ("vacuum t", .refused, "VACUUM has no plan", 0..<6),
    ("cluster t", .refused, "CLUSTER has no plan", 0..<7),
    ("copy t to stdout", .refused, "COPY of a table has no plan: it reads or writes the whole of it", 0..<4),
    ("vacuum t t t", .refused, "VACUUM has no plan", 0..<6),
    ("(verbose) (analyze) select 1", .refused, "ANALYZE has no plan", 11..<18),
    ("selekt 1", .syntax, "syntax error at or near \"selekt\"", 0..<6),
    ("select 'a", .syntax, "unterminated quoted string", 7..<9),
    ("explain select 1", .refused, "EXPLAIN has no plan", 0..<7),
  ])
  func `what cannot be explained is refused at its place`(
    text: String, code: DesignError.Code, message: String, place: Range<Int>
  ) {
    let error = #expect(throws: DesignError.self) { try ExplainRequest.parse(text) }
    #expect(error?.code == code)
    #expect(error?.message == message)
    #expect(error?.position == place)
  }

  @Test func `syntax that the grammar does not know is left to the server`() throws {
    let request = try ExplainRequest.parse(" select * from (select 1);")
    #expect(request.kind == nil)
    #expect(request.statement == "select * from (select 1)")
    #expect(request.grammarError?.message == "subquery in FROM must have an alias")
    #expect(request.grammarError?.position == 15..<16)
  }

  @Test func `options may stand before a handle`() throws {
    let read = try ExplainRequest.parseOptions(" (verbose, usage off) @1 with (42)")
    #expect(read.options.map(\.sql) == ["verbose", "usage off"])
    #expect(read.end == 22)
    #expect(try ExplainRequest.parseOptions(" @1").end == 1)
    #expect(throws: DesignError.self) { try ExplainRequest.parseOptions(" analyze @1") }
  }

  @Test func `plans without costs are refused`() {
    #expect(
      throws: DesignError(
        .refused, "COSTS is not an option here: hypo's plans always have their costs", hint: "leave it out",
        position: 1..<6)
    ) { try ExplainRequest.parse("(costs off) select 1") }
  }
}
