import IndexDesign
import Postgres
import TestSupport
import Testing

@testable import Server

/// Plans that differ although no design is used in them, because many relations are joined by chance.
@Suite struct SessionGEQOTests {
  /// Thirteen tables, one more than `geqo_threshold`.
  private static let tables = (1...13).map { number in
    """
    create table t\(number) as select x id, x % \(number * 7 % 50 + 2) a, x % \(number * 13 % 90 + 3) b
    from generate_series(1, \(number * 150)) x;
    """
  }

  private static let statement =
    "select count(*) from " + (1...13).map { "t\($0)" }.joined(separator: ", ") + " where "
    + (1...12).map { "t\($0).id = t\($0 + 1).a" }.joined(separator: " and ") + " and t3.b = 1"

  private static func database() throws -> TestDatabase {
    let database = try TestCluster.shared.database()
    try database.script(tables.joined() + "analyze;")
    return database
  }

  private static func costs(
    _ session: Session
  ) throws -> (without: Double, with: Double, usesDesign: Bool) {
    func cost() throws -> (Double, usesDesign: Bool) {
      let text = try #require(try session.value("EXPLAIN (FORMAT JSON) \(statement)"))
      return (try PlanSummary(explainJSON: text).totalCost.units, text.contains("btree_"))
    }
    try session.hypotheticals.setEnabled(false)
    let without = try cost()
    try session.hypotheticals.setEnabled(true)
    let with = try cost()
    _ = try session.look("SET geqo = off;")
    let best = try cost()
    _ = try session.look("RESET geqo;")
    return (without.0, with.0, with.usesDesign || best.usesDesign)
  }

  @Test func `a design that is not used is not blamed for another order of joins`() throws {
    let database = try Self.database()
    var tried: [String] = []
    for design in (3...12).map({ "t\($0)(id)" }) + ["t9(id, a)"] {
      let session = try database.session()
      try session.add(1, design)
      let asked = try Self.costs(session)
      // Which of them GEQO takes or is led astray by is chance, and another one on each version.
      guard !asked.usesDesign, asked.without != asked.with else { continue }
      tried.append(design)
      let explanation = try session.explain(Self.statement)
      #expect(explanation.unexplained == .plannedWithoutGEQO, "\(design)")
      #expect(explanation.plan.usedDesigns.isEmpty)
      #expect(explanation.baseline == explanation.plan)
      #expect(explanation.plan.totalCost.units < min(asked.without, asked.with))
      #expect(try explanation.document.plan() == explanation.plan)
      #expect(try explanation.baselineDocument?.plan() == explanation.plan)
    }
    #expect(tried.count >= 2, "GEQO has to choose two plans for this test to mean something: \(tried)")
  }

  @Test func `what a used design changes is told apart from what GEQO does`() throws {
    let database = try Self.database()
    var told: [UnexplainedDifference?] = []
    for design in (2...13).map({ "t\($0)(id)" }) {
      let session = try database.session()
      try session.add(1, design)
      let explanation = try session.explain(Self.statement)
      guard !explanation.plan.usedDesigns.isEmpty else { continue }
      told.append(explanation.unexplained)
      _ = try session.look("SET geqo = off;")
      let best = try session.explain(Self.statement)
      #expect(best.unexplained == nil)
      #expect(PlanVerdict.costsEqual(explanation.plan, best.plan), "\(design)")
      let (baseline, bestBaseline) = (try #require(explanation.baseline), try #require(best.baseline))
      #expect(PlanVerdict.costsEqual(baseline, bestBaseline), "\(design)")
    }
    #expect(told.contains(.comparedWithoutGEQO), "GEQO has to have a part for this test to mean something")
    #expect(told.allSatisfy { $0 == nil || $0 == .comparedWithoutGEQO })
  }

  @Test func `a plan that keeps its shape is not asked for again`() throws {
    let database = try Self.database()
    let session = try database.session()
    try session.add(1, "t13(b)")
    #expect(try session.explain("select * from t1, t2 where t1.id = t2.a").unexplained == nil)
    try session.add(2, "t13(id)")
    let used = try session.explain("select * from t13 where id = 7")
    #expect(used.unexplained == nil && used.plan.usedDesigns == [DesignHandle(2)])
    withExtendedLifetime(database) {}
  }

  @Test func `what a unique design changes without being used is said to remain`() throws {
    let database = try Self.database()
    let session = try database.session()
    try session.add(1, "t13(a) unique")
    let explanation = try session.explain("select t12.* from t12 left join t13 on t13.a = t12.id")
    #expect(explanation.unexplained == .remains)
    #expect(explanation.plan.nodes.map(\.title) == ["Seq Scan on t12"])
    withExtendedLifetime(database) {}
  }

  @Test func `a person who stops planning without GEQO stops the command`() throws {
    let database = try Self.database()
    let interruption = try Interruption()
    let session = try Session(target: database.conninfo, interrupts: interruption.interrupts)
    var explanation = try session.explain("select * from t1, t2 where t1.id = t2.a")
    explanation.baseline = try session.explain("select * from t1, t2 where t1.id = t2.b order by 1").plan
    let sleeping = Session.Planning(steps: [.query("SELECT pg_sleep(600)")], answer: 0, behind: 0)
    interruption.ask()
    let error = #expect(throws: ServerError.self) { try session.settled(explanation, by: [], sleeping) }
    #expect(error?.code == .cancelled)
    #expect(try session.value("SELECT 1") == "1")
  }
}
