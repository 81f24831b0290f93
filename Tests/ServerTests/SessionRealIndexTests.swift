import IndexDesign
import TestSupport
import Testing

@testable import Server

/// What is said of a design, beside what the real index does: the same, or that it is not known.
@Suite struct SessionRealIndexTests {
  private static let schema = """
    create table part(kind int, code int, id int, note text);
    insert into part select g % 7, g % 300, g, repeat('x', 24) from generate_series(1, 100000) g;
    create table cut(kind int, id int, note text) partition by range (id);
    create table cut_1 partition of cut for values from (0) to (50000);
    create table cut_2 partition of cut for values from (50000) to (100001);
    insert into cut select g % 7, g, repeat('x', 60) from generate_series(1, 100000) g;
    create table beside(a int, b int, w text, pad text);
    insert into beside select g % 20, g, 'w' || g % 1000, repeat('q', 40) from generate_series(1, 60000) g;
    create index beside_w on beside(w);
    create table few(st text, n int, id int, pad text);
    insert into few select 's' || g % 4, g % 5, g, repeat('p', 70) from generate_series(1, 40000) g;
    create table ranges(id int, pad text); insert into ranges select g, repeat('x', 30) from generate_series(1, 10000) g;
    create table made(nul int, ok bool, pad text);
    insert into made select case when g % 10 = 0 then g end, g % 30 <> 0, repeat('x', 200) from generate_series(1, 60000) g;
    create table fold(id int, v varchar(30), pad text);
    insert into fold select g, 'v' || g % 500, repeat('x', 200) from generate_series(1, 60000) g;
    set default_statistics_target = 1000; analyze;
    """

  private static func database() throws -> TestDatabase {
    let database = try TestCluster.shared.database()
    try database.script(schema)
    try database.execute("vacuum")
    return database
  }

  private func judged(
    _ session: Session, _ statement: String
  ) throws -> (explanation: Explanation, verdict: PlanVerdict) {
    let explanation = try session.explain(PlanQuestion(statement), askingWhy: true)
    let diff = PlanDiff(before: try #require(explanation.baseline), after: explanation.plan)
    return (explanation, try session.verdict(on: explanation, diff))
  }

  private func real(_ design: String, _ statement: String, _ database: TestDatabase) throws -> ExecutionPlan {
    let definition = try IndexDefinitionParser.parseShortForm(design).definition
    try database.script(definition.createStatement(name: "built") + "; analyze \(definition.table.sql)")
    let session = try database.session()
    for setting in Self.settings { _ = try session.look(setting) }
    return try session.explain(PlanQuestion(statement)).plan
  }

  private static let settings = ["set max_parallel_workers_per_gather = 0"]

  struct Case: Sendable {
    let design: String
    let statement: String
    /// What the words of the design end with.
    var ending: String?

    init(_ design: String, _ statement: String, _ ending: String? = nil) {
      (self.design, self.statement, self.ending) = (design, statement, ending)
    }
  }

  @Test(arguments: [
    Case("part(kind) where id > 0", "select count(kind) from part where id > 0", " and may win"),
    Case("part(code) where id > 7", "select code, count(*) from part where id > 7 group by code"),
    Case("cut(kind)", "select kind, count(*) from cut group by kind"),
    Case("beside(a, (b + 1))", "select * from beside where a = 17 and w = 'w17'"),
    Case("beside(a, b)", "select * from beside where a = 17 and w > 'w17' and w < 'w18'"),
    Case(
      "ranges using brin (id) with (pages_per_range = 1)", "select * from ranges where id = 77",
      "; it is planned as if pages_per_range were 128, and the real one may win"),
    Case("made((nul is not null))", "select * from made where nul is not null"),
  ])
  func `a design is not firmly useless where the real index is used`(_ trial: Case) throws {
    let database = try Self.database()
    let session = try database.session()
    for setting in Self.settings { _ = try session.look(setting) }
    try session.add(1, trial.design)
    let (explanation, verdict) = try judged(session, trial.statement)
    try session.hypotheticals.reset()
    let plan = try real(trial.design, trial.statement, database)
    let isUsed = plan.nodes.contains {
      $0.index.map { "\($0)".contains("built") || "\($0)".contains("_idx") } ?? false
    }
    #expect(isUsed && plan.totalCost < (explanation.baseline?.totalCost ?? .zero))
    #expect([.unknown, .better].contains(verdict.overall), "\(explanation.contests)")
    guard let ending = trial.ending else { return }
    let use = DesignUse.beaten(by: "it", cost: .zero)
    let words = explanation.words(of: use, DesignHandle(1), on: nil).how
    #expect(words.hasSuffix(ending), "\(words)")
  }

  @Test(arguments: [("few using hash (st)", "st = 's1'", false), ("few using hash (n)", "n = 3", true)])
  func `a hash index of few values is a gain only where its overflow pages leave one`(
    _ design: String, _ condition: String, _ isGain: Bool
  ) throws {
    let database = try Self.database()
    let session = try database.session()
    for setting in Self.settings { _ = try session.look(setting) }
    guard (try? session.add(1, design)) != nil else {
      #expect(TestServer.majorVersion == 13, "HypoPG before 1.3 has no hash")
      return
    }
    let statement = "select * from few where \(condition)"
    let verdict = try judged(session, statement).verdict
    #expect((verdict.overall == .better) == isGain, "\(verdict.sentence)")
    try session.hypotheticals.reset()
    #expect(try real(design, statement, database).usedIndexes.isEmpty != isGain)
  }

  @Test func `a gain through a hash index of many values is one`() throws {
    let database = try Self.database()
    let session = try database.session()
    guard (try? session.add(1, "few using hash (id)")) != nil else { return }
    #expect(try judged(session, "select * from few where id = 77").verdict.overall == .better)
  }

  @Test func `a condition is simplified beside another design as it is alone`() throws {
    let database = try Self.database()
    let session = try database.session()
    try session.add(1, "fold(v)")
    try session.add(2, "fold(id) where v in ('v1', 'v2')")
    #expect(session.hypotheticals.active.map(\.isFolded) == [false, true])
    try session.hypotheticals.drop(DesignHandle(1))
    #expect(
      try judged(session, "select * from fold where v in ('v1', 'v2')").verdict.overall == .better)
  }

  @Test(arguments: [
    ("beside(b, a)", "select * from beside where w = 'w17'", true),
    ("beside(b, a)", "select count(*) from beside where w = 'w17' and a = 3", true),
    ("beside(b, a)", "select * from beside where w = 'w17' and b > 9", false),
  ])
  func `what would have to be read as a whole stays firmly beaten by what costs less`(
    _ design: String, _ statement: String, _ isFirm: Bool
  ) throws {
    let database = try Self.database()
    let session = try database.session()
    for setting in Self.settings { _ = try session.look(setting) }
    try session.add(1, design)
    let (explanation, verdict) = try judged(session, statement)
    #expect(explanation.plan.usedDesigns == [])
    #expect(verdict.overall == (isFirm ? .unchanged : .unknown), "\(explanation.contests)")
  }

  @Test func `what is looked up by a page of the index and one of the table stays firmly so`() throws {
    let database = try Self.database()
    try database.script("create unique index few_id on few(id)")
    let session = try database.session()
    try session.add(1, "few(st, n)")
    let (explanation, verdict) = try judged(session, "select * from few where id = 5 and st = 's1'")
    #expect(explanation.plan.usedIndexes == [.real("few_id")])
    #expect(verdict.overall == .unchanged, "\(explanation.contests)")
  }
}
