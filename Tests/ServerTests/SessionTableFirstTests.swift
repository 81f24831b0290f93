import IndexDesign
import Postgres
import TestSupport
import Testing

@testable import Server

/// Designs that HypoPG offers for a statement's first table alone, on another table of it.
@Suite struct SessionTableFirstTests {
  static let schema = """
    create table c(id int primary key, name text); insert into c select g, 'n' || g from generate_series(1, 5000) g;
    create table o(id int primary key, cid int, st text, em text);
    insert into o select g, g % 5000, (array['open', 'done'])[1 + (g % 50 = 0)::int], 'E' || g
    from generate_series(1, 80000) g;
    analyze;
    """
  static let table = RelationName(schema: "public", name: "o")

  static func session() throws -> (TestDatabase, Session) {
    let database = try TestCluster.shared.database(.extensions)
    try database.script(schema)
    return (database, try database.session())
  }

  @Test(arguments: [
    (
      "o(cid) where st = 'done'",
      "select * from c join o on o.cid = c.id where o.st = 'done' and c.name = 'n50'"
    ),
    (
      "o(cid) where st = 'done'", "select * from c, o where o.cid = c.id and o.st = 'done' and c.name = 'n50'"
    ),
    ("o(lower(em))", "select c.name from c inner join o on o.cid = c.id where lower(o.em) = 'e700'"),
    (
      "o(lower(em))",
      "select count(*) from c left join c d on d.id = c.id + 1 join o on o.cid = c.id where lower(o.em) = 'e700'"
    ),
  ])
  func `where inner joins allow it, the table is put in front, and the cost is that of the real index`(
    design: String, statement: String
  ) throws {
    let (database, session) = try Self.session()
    try session.add(1, design)
    let explanation = try session.explain(PlanQuestion(statement), askingWhy: true)
    #expect(explanation.plan.usedDesigns == [DesignHandle(1)])
    #expect(explanation.tableFirst == Self.table)
    #expect(explanation.statement == statement)
    #expect(explanation.unjudgedDesigns == [])
    #expect(
      explanation.formSentence
        == "planned with o first in FROM, which inner joins allow: for the first table alone HypoPG offers partial "
        + "and expression designs")
    let definition = try session.check(IndexDefinitionParser.parseShortForm(design)).definition
    try database.execute(definition.createStatement(name: "built"))
    let real = try database.session().explain(statement).plan
    #expect(real.usedIndexes.contains(.real("built")))
    let difference = explanation.plan.totalCost.units / real.totalCost.units
    #expect(difference > 0.8 && difference < 1.25)
  }

  @Test func `a statement without values is asked in the same way`() throws {
    let (database, session) = try Self.session()
    try session.add(1, "o(cid) where st = 'done'")
    let explanation = try session.explain(
      PlanQuestion("select * from c join o on o.cid = c.id where o.st = 'done' and c.name = $1 and o.id > $2")
    )
    #expect(explanation.plan.usedDesigns == [DesignHandle(1)])
    #expect(explanation.tableFirst == Self.table)
    withExtendedLifetime(database) {}
  }

  static let further = """
    create view live as select * from o where st = 'done';
    create view picked as select id, cid from live where em > 'E1';
    create view named as select id as number, cid from o where st = 'done';
    create view barred with (security_barrier) as select * from o where st = 'done';
    create view counted as select cid, count(*) as n from o where st = 'done' group by cid;
    create table p(id int, at date, st text) partition by range (at);
    create table p1 partition of p for values from ('2024-01-01') to ('2025-01-01');
    create table p2 partition of p for values from ('2025-01-01') to ('2026-01-01');
    insert into p select g, date '2024-01-01' + g % 700, 's' || g % 50 from generate_series(1, 40000) g;
    analyze p;
    """

  private static let tail = ": for the first table alone HypoPG offers partial and expression designs"

  /// A design, a statement that reads its table in a roundabout way, and how it is asked.
  @Test(arguments: [
    (
      "o(cid) where st = 'done'",
      "select * from c left join o on o.cid = c.id and o.st = 'done' where c.name = 'n50'",
      "o first in FROM and the outer join turned round"
    ),
    (
      "o(lower(em))", "select * from c right join o on o.cid = c.id where lower(o.em) = 'e700'",
      "o first in FROM and the outer join turned round"
    ),
    (
      "o(cid) where st = 'done'", "select * from live where cid = 50",
      "o and the condition of live in the place of that view"
    ),
    (
      "o(cid) where st = 'done'",
      "select c.name, l.em from c join live l on l.cid = c.id where c.name = 'n50' and l.id > 7",
      "o and the condition of live in the place of that view"
    ),
    (
      "o(cid) where st = 'done'", "select count(id) from picked where cid = 50",
      "o and the condition of picked in the place of that view"
    ),
    (
      "p(id) where st = 's3'", "select * from p where id = 53 and st = 's3' and at = '2024-02-23'",
      "p1 in the place of p, of which no other partition is read"
    ),
  ])
  func `what means the table is asked about with the table in its place`(
    design: String, statement: String, way: String
  ) throws {
    let (database, session) = try Self.session()
    try database.script(Self.further)
    try session.add(1, design)
    let definition = try session.check(IndexDefinitionParser.parseShortForm(design)).definition
    let explanation = try session.explain(PlanQuestion(statement), askingWhy: true)
    #expect(explanation.plan.usedDesigns == [DesignHandle(1)])
    #expect(explanation.formSentence == "planned with \(way)\(Self.tail)")
    #expect(explanation.statement == statement && explanation.unjudgedDesigns == [])
    try database.execute(definition.createStatement(name: "built"))
    let real = try database.session().explain(statement).plan
    #expect(real.usedIndexes.contains { "\($0)" == "built" || "\($0)".hasPrefix("p1_") })
    let difference = explanation.plan.totalCost.units / real.totalCost.units
    #expect(difference > 0.8 && difference < 1.25)
  }

  @Test(arguments: [
    ("o(cid) where st = 'done'", "select * from named where cid = 50", UnjudgedDesign.Reason.notFirstTable),
    ("o(cid) where st = 'done'", "select * from barred where cid = 50", .notFirstTable),
    ("o(cid) where st = 'done'", "select * from counted where cid = 50", .notFirstTable),
    ("o(cid) where st = 'done'", "select * from picked where cid = 50", .notFirstTable),
    ("o(cid) where st = 'done'", "select * from c left join live on live.cid = c.id", .notFirstTable),
    ("p(id) where st = 's3'", "select * from p where id = 53 and st = 's3'", .partitions),
  ])
  func `a view that is more than a part of its table, and several partitions, leave it unknown`(
    design: String, statement: String, reason: UnjudgedDesign.Reason
  ) throws {
    let (database, session) = try Self.session()
    try database.script(Self.further)
    try session.add(1, design)
    guard let explanation = try Self.explainedOrRefused(statement, session) else { return }
    #expect(explanation.formSentence == nil)
    #expect(explanation.unjudgedDesigns == [.init(handle: DesignHandle(1), reason: reason)])
    withExtendedLifetime(database) {}
  }

  /// An explanation; nil where such a statement would crash the server, after a look that it is refused.
  static func explainedOrRefused(_ statement: String, _ session: Session) throws -> Explanation? {
    guard session.facts.versionNumber >= CrashGuard.since else {
      return try session.explain(PlanQuestion(statement))
    }
    let error = #expect(throws: ServerError.self) { try session.explain(PlanQuestion(statement)) }
    #expect(error?.message == "planning this with the partial design %1 may crash the server")
    return nil
  }

  @Test(arguments: [
    "with x as (select * from o where st = 'done') select * from x where cid = 50",
    "select * from c where exists (select 1 from o where o.cid = c.id and o.st = 'done') and c.name = 'n50'",
  ])
  func `where they do not, it is unknown`(statement: String) throws {
    let (database, session) = try Self.session()
    try session.add(1, "o(cid) where st = 'done'")
    guard let explanation = try Self.explainedOrRefused(statement, session) else { return }
    #expect(explanation.tableFirst == nil && explanation.formSentence == nil)
    #expect(explanation.unjudgedDesigns == [.init(handle: DesignHandle(1), reason: .notFirstTable)])
    withExtendedLifetime(database) {}
  }

  @Test func `a statement that has the table in front already is asked about as it is`() throws {
    let (database, session) = try Self.session()
    try session.add(1, "o(cid) where st = 'done'")
    let explanation = try session.explain(
      PlanQuestion("select * from o join c on o.cid = c.id where o.st = 'done' and c.name = 'n50'"))
    #expect(explanation.plan.usedDesigns == [DesignHandle(1)] && explanation.tableFirst == nil)
    withExtendedLifetime(database) {}
  }

  @Test func `of a design that is not used even in front it is known why`() throws {
    let (database, session) = try Self.session()
    try session.add(1, "o(lower(em))")
    let explanation = try session.explain(
      PlanQuestion("select * from c join o on o.cid = c.id where o.em = 'E7' and c.name = 'n50'"),
      askingWhy: true)
    #expect(explanation.plan.usedDesigns == [] && explanation.tableFirst == Self.table)
    #expect(explanation.unjudgedDesigns == [])
    #expect(
      explanation.contests[DesignHandle(1)]?.words(rival: "")
        == "cannot serve: no condition, join or order on its table has lower(em)")
    withExtendedLifetime(database) {}
  }

  @Test func `where joins are planned as they are written, nothing is put in front`() throws {
    let (database, session) = try Self.session()
    try session.add(1, "o(cid) where st = 'done'")
    _ = try session.look("SET join_collapse_limit = 1;")
    guard
      let explanation = try Self.explainedOrRefused(
        "select * from c join c d on d.id = c.id join c e on e.id = d.id join o on o.cid = e.id "
          + "where o.st = 'done' and c.name = 'n50'", session)
    else { return }
    #expect(explanation.tableFirst == nil)
    #expect(explanation.unjudgedDesigns.map(\.handle) == [DesignHandle(1)])
    withExtendedLifetime(database) {}
  }

  @Test func `where it may crash the server the statement is asked about only with the table in front`()
    throws
  {
    let (database, session) = try Self.session()
    session.facts.versionNumber = 180_004
    try session.add(1, "o(cid) where st = 'done'")
    let statement = "select * from c join o on o.cid = c.id where o.st = 'done' and c.name = 'n50'"
    let explanation = try session.explain(PlanQuestion(statement))
    #expect(explanation.plan.usedDesigns == [DesignHandle(1)] && explanation.tableFirst == Self.table)
    let error = #expect(throws: ServerError.self) {
      try session.explain(
        PlanQuestion("select * from c where exists (select 1 from o where o.cid = c.id and o.st = 'done')"))
    }
    #expect(error?.message == "planning this with the partial design %1 may crash the server")
    withExtendedLifetime(database) {}
  }
}
