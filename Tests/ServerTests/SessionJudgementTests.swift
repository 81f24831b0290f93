import IndexDesign
import TestSupport
import Testing

@testable import Server

/// Verdicts on designs, beside what the real index gives.
@Suite struct SessionJudgementTests {
  private static let schema = """
    create table facts(id int, owner int, note text);
    insert into facts select g, (g * 7919) % 50000, repeat('x', 20) from generate_series(1, 200000) g;
    create table owners(id int, kind int);
    insert into owners select g, g % 100 from generate_series(1, 50000) g;
    create table wide(id int, key text);
    insert into wide select g, 'key ' || g from generate_series(1, 20000) g;
    set default_statistics_target = 1000; analyze;
    create extension pageinspect;
    """

  private static func database() throws -> TestDatabase {
    let database = try TestCluster.shared.database()
    try database.script(schema)
    try database.execute("vacuum")
    return database
  }

  private func verdict(_ session: Session, _ statement: String) throws -> PlanVerdict {
    let explanation = try session.explain(PlanQuestion(statement))
    let diff = PlanDiff(before: try #require(explanation.baseline), after: explanation.plan)
    return try session.verdict(on: explanation, diff)
  }

  @Test(arguments: [
    "facts(owner)", "owners(id)", "wide(key, id)", "wide(id) include (key)", "facts(note, owner, id)",
  ])
  func `a hypothetical tree is about as high as the real one`(_ design: String) throws {
    let database = try Self.database()
    let session = try database.session()
    let tree = try #require(try session.add(1, design).tree)
    let definition = try IndexDefinitionParser.parseShortForm(design).definition
    try database.script(definition.createStatement(name: "made"))
    let height = try session.value("select fastlevel from bt_metap('made')")
    #expect(Double(tree.height) == height.flatMap(Double.init))
    #expect(tree.operatorCost == 0.0025)
  }

  @Test func `what is left out is what the real index costs more`() throws {
    let database = try Self.database()
    let session = try database.session()
    try session.add(1, "owners(id)")
    let statement = "select * from facts f join owners o on o.id = f.owner where f.id < 2000"
    let settings = "set enable_hashjoin = off; set enable_mergejoin = off; set enable_bitmapscan = off;"
    for setting in settings.split(separator: ";") { _ = try session.value(String(setting)) }
    let explanation = try session.explain(PlanQuestion(statement))
    let descents = try #require(explanation.descents.shares.first)
    #expect(descents.design == DesignHandle(1) && descents.times > 100)
    #expect(abs(descents.cost.units - descents.times * 0.25) < 0.001)
    try session.hypotheticals.reset()
    try database.script("create index made on owners(id)")
    let real = try session.explain(PlanQuestion(statement)).plan.totalCost.units
    let without = abs(explanation.plan.totalCost.units / real - 1)
    let with = abs((explanation.plan.totalCost + explanation.descents.total).units / real - 1)
    #expect(with < without)
  }

  @Test func `a design is better only where the real index is used`() throws {
    let database = try Self.database()
    let (session, real) = (try database.session(), try database.session())
    try session.add(1, "facts(owner)")
    let statement = "select * from owners o join facts f on f.owner = o.id where o.kind < 12"
    let costs = stride(from: 0.1, through: 4, by: 0.1).map { String($0) }
    let verdicts = try costs.map { cost in
      _ = try session.value("set random_page_cost = \(cost)")
      return try verdict(session, statement).overall
    }
    try database.script("create index made on facts(owner)")
    let uses = try costs.map { cost in
      _ = try real.value("set random_page_cost = \(cost)")
      return try real.explain(PlanQuestion(statement)).plan.usedIndexes.contains(.real("made"))
    }
    let pairs = zip(verdicts, uses)
    #expect(!pairs.contains { $0 == .better && !$1 })
    #expect(pairs.contains { $0 == .unknown && !$1 }, "what would be better without the descents")
    #expect(pairs.contains { $0 == .better && $1 })
  }

  @Test func `the cost of an operator is the one that the plan was made with`() throws {
    let database = try Self.database()
    let session = try database.session()
    try session.add(1, "owners(id)")
    _ = try session.look("set cpu_operator_cost = 0.1")
    let descents = try session.explain(PlanQuestion("select * from owners where id = 5")).descents
    #expect(descents.shares == [.init(design: DesignHandle(1), times: 1, cost: PlannerCost(10))])
  }

  @Test func `a subplan in the filter of a join descends as often as the join has rows for it`() throws {
    let database = try Self.database()
    let (session, real) = (try database.session(), try database.session())
    try session.add(1, "facts(owner)")
    let statement =
      "select f.id from owners o join facts f on f.owner = o.id and f.id > "
      + "(select avg(x.id) from facts x where x.owner = o.id) where o.kind = 3"
    let judged = try verdict(session, statement)
    #expect(judged.overall == .better && !judged.sentence.contains("descents"))
    let explanation = try session.explain(PlanQuestion(statement))
    try database.script("create index made on facts(owner)")
    let whole = (explanation.plan.totalCost + explanation.descents.total).units
    #expect(abs(whole / (try real.explain(PlanQuestion(statement)).plan.totalCost.units) - 1) < 0.05)
  }

  @Test func `what the planner counts of a way that it does not take is no gain`() throws {
    let database = try Self.database()
    let session = try database.session()
    try session.add(1, "facts(owner)")
    let statement =
      "select o.id from owners o where o.kind > 98 or exists (select 1 from facts f where f.owner = o.id and f.id < 10)"
    let judged = try verdict(session, statement)
    let explanation = try session.explain(PlanQuestion(statement))
    // 13 shows both ways and chooses when it runs.
    guard TestServer.majorVersion >= 14 else {
      #expect(judged.overall == .unknown)
      return
    }
    #expect(
      explanation.plan.usedDesigns == [] && explanation.plan.totalCost != explanation.baseline?.totalCost)
    #expect(judged.overall == .unchanged)
    #expect(judged.cost.outcome == .stop)
    #expect(
      judged.sentence.hasSuffix(
        ", but the plan stays as it is and reads no design: the planner counts a way for a subplan that it does not take, "
          + "holds costs within 1 % for the same, a UNIQUE design changes an estimate, or statistics changed in between"
      ))
  }
}
