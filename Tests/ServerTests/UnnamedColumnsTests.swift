import IndexDesign
import Postgres
import TestSupport
import Testing

@testable import Server

/// Designs that need columns which a statement does not name, on tables for which HypoPG does not offer them.
@Suite struct UnnamedColumnsTests {
  private static let window =
    "select * from (select id, cid, row_number() over (partition by cid order by id) n from o) t where n = 1"
  private static let exists =
    "select c.name from c where exists (select 1 from o where o.cid = c.id) and c.name = 'n50'"
  private static let twice = "select a.id from o a join o b on b.cid = a.id where a.cid = 7"

  @Test(arguments: [
    ("o(lower(em))", window, "em"), ("o(lower(em), (st || em)) include (st)", window, "em or st"),
    ("o(cid) where st = 'done'", window, "st"), ("o(cid) where st = 'done'", exists, "st"),
    ("o(cid) where cid > 5 and st is not null", exists, "st"),
    ("o(id) where st = 'done' or em like 'E%'", exists, "st or em"),
    ("o(cid) where st = 'done'", twice, "st"),
    ("o((em || st))", "with x as (select id, cid from o where cid = 5) select count(*) from x", "em or st"),
    ("o(upper(em))", "with x as (select id, cid from o) select * from x where cid > 4990", "em"),
    ("o(id) where st = 'done'", "select id from o where cid = 5 union all select id from c", "st"),
    ("o(id) where em is null", "select * from o a, o b where a.cid = b.id and b.cid = 7 order by a.id", "em"),
  ])
  func `it is known that such a design cannot serve, and the real index is not used`(
    design: String, statement: String, columns: String
  ) throws {
    let (database, session) = try SessionTableFirstTests.session()
    try session.add(1, design)
    let explanation = try session.explain(PlanQuestion(statement), askingWhy: true)
    #expect(explanation.plan.usedDesigns == [] && explanation.unjudgedDesigns == [])
    #expect(
      explanation.contests[DesignHandle(1)]?.words(rival: "")
        == "cannot serve: no condition, join or order has \(columns)")
    let definition = try session.check(IndexDefinitionParser.parseShortForm(design)).definition
    try database.execute(definition.createStatement(name: "built"))
    let real = try database.session()
    #expect(try !real.explain(statement).plan.usedIndexes.contains(.real("built")))
    _ = try real.look("SET enable_seqscan = off;")
    #expect(try !real.explain(statement).plan.usedIndexes.contains(.real("built")))
  }

  @Test func `it is known of a statement without values, too`() throws {
    let (database, session) = try SessionTableFirstTests.session()
    try session.add(1, "o(cid) where st = 'done'")
    let explanation = try session.explain(
      PlanQuestion("select a.id from o a join o b on b.cid = a.id where a.cid = $1"), askingWhy: true)
    #expect(explanation.unjudgedDesigns == [])
    #expect(explanation.contests[DesignHandle(1)] == .cannotServe(.columnsNotNamed(["st"]), remedy: nil))
    withExtendedLifetime(database) {}
  }

  private static let further = """
    create view seen as select id, cid from o where st = 'done';
    create table s(id int, cid int, st text); alter table s enable row level security;
    create policy own on s using (st = 'done');
    """

  @Test(arguments: [
    // What is counted may be counted in a smaller index.
    ("o(lower(em))", "select count(*) from (select cid from o) t"),
    ("o(lower(em))", "select a.id from o a cross join o b where a.cid = 7"),
    ("o(lower(em)) include (cid)", "with x as (select id from o where cid = 5) select count(*) from x"),
    ("o(lower(em))", "select count(*) from (select 1 as cid from o) t where cid = 1"),
    // Columns that come in without their names.
    ("o(cid) where st = 'done'", "select t.cid from (select * from o) t where t.cid = 5"),
    ("o(cid) where st = 'done'", "select c.id from c join o as x(a, b, s, e) on x.b = c.id where s = 'done'"),
    ("o(cid) where st = 'done'", "select c.id from c natural join o where cid = 5"),
    (
      "o(cid) where st = 'done'",
      "select c.id from c where exists (select from o where o.cid = c.id and o is not null)"
    ),
    ("o((em || ''))", "select * from o a, o b where a.cid = 7 and b.cid = 8 order by 4"),
    ("o(cid) where st = 'done'", "select a.cid from seen a, seen b where a.id = b.id"),
    ("s(cid) where st = 'done'", "select a.cid from s a, s b where a.id = b.id"),
    // What may follow without them.
    ("o(id) where st = 'done' or cid = 5", "select a.id from o a join o b on b.id = a.id where a.cid = 5"),
    (
      "o(cid, lower(em))", "select a.id from o a join o b on b.id = a.id where a.cid = 5 order by lower(b.st)"
    ),
  ])
  func `where they may come in without their names or may not matter, it stays unknown`(
    design: String, statement: String
  ) throws {
    let (database, session) = try SessionTableFirstTests.session()
    try database.script(Self.further)
    try session.add(1, design)
    // Only a condition can crash the server.
    let mayCrash = design.contains(" where ")
    let explanation: Explanation? =
      try mayCrash
      ? SessionTableFirstTests.explainedOrRefused(statement, session)
      : session.explain(PlanQuestion(statement), askingWhy: true)
    guard let explanation else { return }
    #expect(explanation.unnamedColumns == [:])
    #expect(explanation.unjudgedDesigns == [.init(handle: DesignHandle(1), reason: .notFirstTable)])
    withExtendedLifetime(database) {}
  }

  @Test func `where it may crash the server, a statement without the columns is planned without the design`()
    throws
  {
    let (database, session) = try SessionTableFirstTests.session()
    try database.script("create schema s2; create table s2.o(id int);")
    session.facts.versionNumber = 180_004
    try session.add(1, "o(cid) where st = 'done'")
    let explanation = try session.explain(PlanQuestion(Self.exists), askingWhy: true)
    #expect(explanation.plan == explanation.baseline && explanation.designs == [DesignHandle(1)])
    #expect(explanation.contests == [DesignHandle(1): .cannotServe(.columnsNotNamed(["st"]), remedy: nil)])
    // Why another one is not used is not asked, with this one beside it.
    try session.add(3, "s2.o(id)")
    #expect(try session.explain(PlanQuestion(Self.exists), askingWhy: true).contests == explanation.contests)
    // Another design may change the plan, and HypoPG cannot leave out one alone.
    try session.add(2, "o(cid)")
    let error = #expect(throws: ServerError.self) { try session.explain(Self.exists) }
    #expect(error?.message == "planning this with the partial design %1 may crash the server")
    withExtendedLifetime(database) {}
  }

  @Test func `the what-if planner leaves them out and does not call them unknown`() throws {
    let (database, session) = try SessionTableFirstTests.session()
    let planner = try WhatIfPlanner(beside: session)
    planner.crew.backends[0].session.facts.versionNumber = 180_004
    let answers = try planner.answers(to: [
      WhatIfPlannerTests.request(Self.exists, "o(cid) where st = 'done'"),
      WhatIfPlannerTests.request(Self.window, "o(lower(em))"),
      WhatIfPlannerTests.request(
        "select a.id from o a join o b on b.id = a.cid where a.st = 'done'",
        "o(cid) where st = 'done'"),
    ])
    for answer in answers.prefix(2) {
      #expect(try answer.get().usedDesigns == [] && answer.get().unofferedDesigns == [])
    }
    #expect(answers[2].failure?.design == 0)
    withExtendedLifetime(database) {}
  }
}
