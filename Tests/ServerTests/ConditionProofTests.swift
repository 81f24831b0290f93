import IndexDesign
import Postgres
import TestSupport
import Testing

@testable import Server

/// Whether the planner proves a design's condition where it takes another index anyway.
@Suite struct ConditionProofTests {
  private static let schema = """
    create table u(id int primary key, name text, active boolean, kind int, at date);
    insert into u select g, 'n' || g, g % 3 = 0, g % 50, date '2024-01-01' + g % 900 from generate_series(1, 20000) g;
    analyze u;
    """

  @Test(
    arguments: [
      ("active = true", "active is not false", "active"), ("not active", "active is not true", "not active"),
      ("active", "kind = 3 or active", "active"), ("kind = 3", "kind > 2", "kind = 3"),
      ("kind > 10", "kind > $1", "kind > 10"),
      ("kind in (3, 4)", "kind < 5", "(kind = ANY ('{3,4}'::integer[]))"),
      ("name is not null", "name is null or kind = 3", "name is not null"),
      ("at > '2025-01-01'", "at > '2024-12-31'", "(at > '2025-01-01'::date)"),
      // What it proves.
      ("active = true", "active", nil), ("active is true", "active is true", nil),
      ("kind > 10", "kind = 20", nil),
      ("kind in (3, 4)", "kind = 4", nil), ("name is not null", "name > 'n'", nil),
      ("kind = 3 or active", "active and at > '2024-12-31'", nil),
    ] as [(String, String, String?)])
  func `a condition that does not follow is named, and the real index is not taken either`(
    condition: String, asked: String, unproven: String?
  ) throws {
    let database = try TestCluster.shared.database(.extensions)
    try database.script(Self.schema)
    let session = try database.session()
    try session.add(1, "u(name) where \(condition)")
    let statement = "select * from u where id = 5 and (\(asked))"
    let explanation = try session.explain(PlanQuestion(statement), askingWhy: true)
    #expect(explanation.plan.usedIndexes == [.real("u_pkey")])
    let contest = explanation.contests[DesignHandle(1)]
    if let unproven {
      #expect(contest == .cannotServe(.conditionNotImplied(unproven), remedy: nil))
    } else {
      let words = contest?.words(rival: "it") ?? ""
      #expect(words.hasPrefix("beaten by it") || words == "not chosen; what it would cost is not known")
    }
    try database.script(
      "alter table u drop constraint u_pkey; create index built on u(id) where \(condition)")
    let real = try database.session()
    _ = try real.look("SET enable_seqscan = off;")
    let isTaken = try real.explain(PlanQuestion(statement)).plan.usedIndexes.contains(.real("built"))
    #expect(isTaken == (unproven == nil))
  }

  @Test func `where a join takes the other index, and where a design is taken, too`() throws {
    let database = try TestCluster.shared.database(.extensions)
    try database.script(
      Self.schema + "create table c(id int primary key); insert into c values (1); analyze c;")
    let session = try database.session()
    try session.add(1, "u(name) where active")
    let statement = "select * from u join c on c.id = u.id where u.active is not false"
    let explanation = try session.explain(PlanQuestion(statement), askingWhy: true)
    #expect(
      explanation.contests[DesignHandle(1)] == .cannotServe(.conditionNotImplied("active"), remedy: nil))
    #expect(try session.explain(PlanQuestion(statement)).contests == [:])
  }
}
