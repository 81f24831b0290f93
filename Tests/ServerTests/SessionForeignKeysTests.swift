import IndexDesign
import TestSupport
import Testing

@testable import Server

/// What the checks of foreign keys read is in no plan.
@Suite struct SessionForeignKeysTests {
  private static let schema = """
    create table boss(id int primary key, code text unique, note text);
    create table worker(id int primary key, boss_id int references boss, boss_code text references boss(code),
      lead int references worker);
    insert into boss select g, 'c' || g, 'n' from generate_series(1, 1000) g;
    insert into worker select g, 1 + g % 900, 'c' || 1 + g % 900, nullif(g / 10, 0) from generate_series(1, 20000) g;
    create table both_keys(a int, b int, primary key (a, b));
    create table pair(b int, a int, n int, foreign key (a, b) references both_keys);
    analyze;
    """

  private static func words(_ table: String, _ referenced: String) -> String {
    "no plan shows it, but a foreign key makes the server read \(table) for each row of \(referenced) that is deleted or "
      + "gets another key"
  }

  @Test(arguments: [
    ("worker(boss_id)", "delete from boss where id = 990", words("worker", "boss")),
    ("worker(boss_id, id)", "delete from boss", words("worker", "boss")),
    ("worker(boss_code)", "update boss set code = 'x', note = 'y' where id = 990", words("worker", "boss")),
    ("worker(boss_id) where boss_id is not null", "delete from boss where id = 990", words("worker", "boss")),
    ("worker(lead)", "delete from worker where id = 7", words("worker", "worker")),
    ("pair(b)", "delete from both_keys where a = 1", words("pair", "both_keys")),
    (
      "worker(boss_id)", "with gone as (delete from boss where id = 990 returning id) select * from gone",
      words("worker", "boss")
    ),
  ])
  func `of what a foreign key's check reads nothing firm is said`(
    _ design: String, _ statement: String, _ words: String
  ) throws {
    let database = try TestCluster.shared.database()
    try database.script(Self.schema)
    let session = try database.session()
    try session.add(1, design)
    let explanation = try session.explain(PlanQuestion(statement), askingWhy: true)
    let diff = PlanDiff(before: try #require(explanation.baseline), after: explanation.plan)
    let verdict = try session.verdict(on: explanation, diff)
    #expect(verdict.overall == .unknown)
    #expect(verdict.indexUse.fact == "HypoPG cannot tell whether %1 would be used")
    let active = try #require(session.hypotheticals.active.first)
    let how = explanation.words(
      of: active.use(in: explanation.plan), DesignHandle(1), on: active.typed?.table
    ).how
    #expect(how.hasSuffix(words), "\(how)")
  }

  @Test(arguments: [
    ("worker(boss_id)", "update boss set note = 'x' where id = 990"),
    ("worker(boss_id)", "update boss set code = 'x' where id = 990"),
    ("worker(boss_id)", "select * from boss where id = 990"),
    ("worker(boss_id)", "insert into boss values (2000)"),
    ("worker(id, boss_id)", "delete from boss where id = 990"),
    ("worker(boss_id) where id > 5", "delete from boss where id = 990"),
    ("worker using brin (boss_id)", "delete from boss where id = 990"),
    ("pair(n)", "delete from both_keys where a = 1"),
  ])
  func `what no foreign key's check would read is not read`(_ design: String, _ statement: String) throws {
    let database = try TestCluster.shared.database()
    try database.script(Self.schema)
    let session = try database.session()
    try session.add(1, design)
    #expect(try session.explain(PlanQuestion(statement), askingWhy: true).undecidedDesigns == [])
  }

  @Test func `where a real index serves the check another is no question`() throws {
    let database = try TestCluster.shared.database()
    try database.script(Self.schema + "create index on worker(boss_id);")
    let session = try database.session()
    try session.add(1, "worker(boss_id, id)")
    let explanation = try session.explain(PlanQuestion("delete from boss where id = 990"), askingWhy: true)
    #expect(explanation.undecidedDesigns == [])
  }

  @Test func `a gain through a UNIQUE design on duplicates is none`() throws {
    let database = try TestCluster.shared.database()
    try database.script(Self.schema)
    let session = try database.session()
    try session.add(1, "worker(boss_code) unique")
    let explanation = try session.explain(
      PlanQuestion("select * from worker where boss_code = 'c7'"), askingWhy: true)
    let diff = PlanDiff(before: try #require(explanation.baseline), after: explanation.plan)
    let verdict = try session.verdict(on: explanation, diff)
    #expect(verdict.overall == .unknown)
    #expect(
      verdict.sentence.contains(
        ", but %1 is UNIQUE and cannot be built: pg_stats knows 900 values of boss_code in 20,000 rows: "))
  }
}
