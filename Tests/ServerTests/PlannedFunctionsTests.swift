import IndexDesign
import TestSupport
import Testing

@testable import Server

/// What planning runs although nothing is executed.
@Suite struct PlannedFunctionsTests {
  private static let schema = """
    create extension citext;
    create function at_once(int) returns int language plpgsql immutable as
      $$ begin raise exception 'ran while planning'; end $$;
    create function within(int) returns int language plpgsql stable as $$ begin return $1; end $$;
    create function later(int) returns int language plpgsql volatile as $$ begin return $1; end $$;
    create function doubled(int) returns int language sql immutable as 'select $1 * 2';
    create function hidden(int) returns int language sql immutable as 'select doubled(within($1))';
    create function locking(int) returns int language sql immutable as
      'select $1 from (select pg_advisory_lock($1)) l';
    create function same(int, int) returns bool language plpgsql immutable as $$ begin return $1 = $2; end $$;
    create operator === (leftarg = int, rightarg = int, function = same);
    create table plain(id int, word citext);
    create table t(id int, at timestamptz);
    create view v as select * from t where id = within(7);
    create view vv as select * from v;
    create function within_index(int) returns int language plpgsql immutable as $$ begin return $1; end $$;
    create table indexed(id int, a int);
    create index on indexed (within_index(a));
    create table filled(id int default within(7));
    create table checked(id int check (within(id) > 0));
    create table guarded(id int);
    create policy p on guarded using (within(id) = 1);
    """

  private static func session(_ rule: PlannedFunctionRule = .warn) throws -> (Session, TestDatabase) {
    let database = try TestCluster.shared.database()
    try database.script(schema)
    let session = try database.session()
    session.plannedFunctionRule = rule
    return (session, database)
  }

  private static let within = PlannedFunction(signature: "within(integer)", language: "plpgsql")

  @Test(arguments: [
    ("select within(1)", [within]),
    ("select public.within(1)", [within]),
    ("select count(*) from plain where id = (select within(id) from plain limit 1)", [within]),
    ("select * from v", [within]), ("select * from vv where id = 8", [within]),
    ("insert into filled default values", [within]), ("select * from checked", [within]),
    ("select * from guarded", [within]),
    (
      "select * from indexed", [PlannedFunction(signature: "within_index(integer)", language: "plpgsql")]
    ),
    ("select 1 === 2", [PlannedFunction(signature: "same(integer,integer)", language: "plpgsql")]),
    (
      "select hidden(1), within(2)",
      [
        PlannedFunction(
          signature: "hidden(integer)", language: "sql", calls: "within(integer), of language plpgsql"),
        within,
      ]
    ),
    (
      "select locking(1)",
      [PlannedFunction(signature: "locking(integer)", language: "sql", calls: "pg_advisory_lock(bigint)")]
    ),
  ])
  func `what planning can run is found`(_ statement: String, _ functions: [PlannedFunction]) throws {
    let (session, database) = try Self.session()
    defer { withExtendedLifetime(database) {} }
    let found = try session.explain(PlanQuestion(statement), askingWhy: true).plannedFunctions
    #expect(found == PlannedFunctions(functions: functions))
    // Once more: what is not trusted is named each time.
    #expect(try session.explain(PlanQuestion(statement), askingWhy: true).plannedFunctions == found)
    session.plannedFunctionRule = .refuse
    #expect(
      throws: ServerError(
        .refused, found?.sentence ?? "", hint: "set plan_functions warn plans it all the same")
    ) { try session.explain(PlanQuestion(statement)) }
  }

  @Test(arguments: [
    "select later(1)", "select doubled(1)", "select lower(word::text), count(*) from plain group by 1",
    "select * from plain where word = 'a' and word ~ 'b'", "select now() - interval '1 day', random()",
    "select * from t where at > now() and id in (1, 2) order by id", "select elsewhere.within(1)",
  ])
  func `what the server and its extensions bring, SQL of that and what is VOLATILE is not named`(
    _ statement: String
  ) throws {
    let (session, database) = try Self.session(.refuse)
    // A function of the same name that the statement does not mean.
    try database.script(
      """
      create schema elsewhere;
      create function elsewhere.within(int) returns int language sql immutable as 'select $1';
      """)
    #expect(try session.explain(PlanQuestion(statement), askingWhy: true).plannedFunctions == nil)
  }

  @Test func `a refused statement runs nothing`() throws {
    let (session, database) = try Self.session()
    defer { withExtendedLifetime(database) {} }
    let statement = PlanQuestion("select at_once(1)")
    let error = #expect(throws: ServerError.self) { try session.explain(statement) }
    #expect(error?.message == "ran while planning")
    session.plannedFunctionRule = .refuse
    #expect(
      throws: ServerError(
        .refused, "to make a plan the server can run at_once(integer), a function of language plpgsql",
        hint: "set plan_functions warn plans it all the same")
    ) { try session.explain(statement) }
  }

  @Test func `a design's expression and condition count, too`() throws {
    let (session, database) = try Self.session()
    defer { withExtendedLifetime(database) {} }
    let design = try IndexDefinitionParser.parseShortForm("plain(id) where id > within_index(3)").definition
    let active = try session.hypotheticals.add(DesignHandle(1), design)
    #expect(
      active.plannedFunctions?.sentence
        == "to make a plan the server can run within_index(integer), a function of language plpgsql")
    session.plannedFunctionRule = .refuse
    for text in ["plain((within_index(3)))", "plain(id) where at_once(1) = id"] {
      let design = try IndexDefinitionParser.parseShortForm(text).definition
      let error = #expect(throws: ServerError.self) { try session.hypotheticals.add(DesignHandle(2), design) }
      #expect(error?.code == .refused && error?.hint == "set plan_functions warn plans it all the same")
    }
    #expect(session.hypotheticals.active.map(\.handle) == [DesignHandle(1)])
  }

  @Test func `a statement that hypo cannot read is planned, unless such functions are refused`() throws {
    let (session, database) = try Self.session()
    defer { withExtendedLifetime(database) {} }
    #expect(try session.plannedFunctions(in: "select from from") == nil)
    session.plannedFunctionRule = .refuse
    #expect(
      throws: ServerError(
        .refused,
        "hypo cannot read this statement, so that it is unknown which functions the planner would run",
        hint: "set plan_functions warn plans it all the same")
    ) { try session.plannedFunctions(in: "select from from") }
  }

  @Test func `another search path leads to other functions`() throws {
    let (session, database) = try Self.session()
    try database.script(
      "create schema other; create function other.doubled(int) returns int language plpgsql immutable as 'begin return 1; end'"
    )
    for number in 1...2 {
      #expect(
        try session.explain(PlanQuestion("select doubled(\(number))"), askingWhy: true).plannedFunctions
          == nil)
    }
    _ = try session.look("set search_path = other, public;")
    #expect(
      try session.explain(PlanQuestion("select doubled(3)"), askingWhy: true).plannedFunctions?.functions == [
        PlannedFunction(signature: "doubled(integer)", language: "plpgsql")
      ])
  }

  @Test func `many functions are counted`() {
    let functions = (1...5).map { PlannedFunction(signature: "f\($0)()", language: "plperl") }
    #expect(
      PlannedFunctions(functions: functions).sentence
        == "to make a plan the server can run f1(), a function of language plperl; f2(), a function of language"
        + " plperl; f3(), a function of language plperl; and 2 other functions")
  }
}
