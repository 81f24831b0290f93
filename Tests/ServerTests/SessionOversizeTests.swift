import IndexDesign
import TestSupport
import Testing

@testable import Server

/// Designs that HypoPG takes for larger than they would be, and those of which there are no statistics.
@Suite struct SessionOversizeTests {
  /// A row takes so much that the whole table costs more than the real index on `kind`, and less than HypoPG's.
  private static let schema = """
    create collation anycase (provider = icu, locale = 'und-u-ks-level2', deterministic = false);
    create table p(a bigint, b int, note text);
    insert into p select g, g % 500, repeat('x', 148) from generate_series(1, 50000) g;
    create table q(a int, b int, note text);
    insert into q select g % 10000, g % 10000 % 100, repeat('x', 70) from generate_series(1, 50000) g;
    create table r(id bigint primary key, k text, kind int, note text);
    insert into r select g, 'k' || g % 10, g % 10, repeat('x', 200) from generate_series(1, 50000) g;
    create table n(id bigint primary key, k text, note text);
    insert into n select g, 'k' || g % 10, repeat('x', 60) from generate_series(1, 50000) g;
    create table o(id int, kind int, amount numeric, word varchar(9), loose text collate anycase, note text);
    insert into o select g, g % 7, g % 7, 'w' || g % 7, 'l' || g % 7, repeat('x', 31) from generate_series(1, 200000) g;
    create table s(m int, k int, w text, pad text);
    insert into s select g * 7919 % 40000, g % 400, 'w' || g % 900, repeat('p', 60) from generate_series(1, 40000) g;
    set default_statistics_target = 1000; analyze;
    """

  private static func database() throws -> TestDatabase {
    let database = try TestCluster.shared.database()
    try database.script(schema)
    try database.execute("vacuum")
    return database
  }

  private static func session(_ database: TestDatabase) throws -> Session {
    let session = try database.session()
    _ = try session.look("set max_parallel_workers_per_gather = 0")
    return session
  }

  private static let statement = "select kind, count(*) from o group by kind"

  private func explanation(_ session: Session, _ statement: String = statement) throws -> Explanation {
    try session.explain(PlanQuestion(statement), askingWhy: true)
  }

  @Test(arguments: ["kind", "word"])
  func `a design that loses by its size only is unknown, and the real index wins`(_ column: String) throws {
    let database = try Self.database()
    let session = try Self.session(database)
    try session.add(1, "o(\(column))")
    let statement = "select \(column), count(*) from o group by \(column)"
    let explanation = try explanation(session, statement)
    let oversized = try #require(explanation.oversizedDesigns.first)
    let use = DesignUse.beaten(by: "Seq Scan on o", cost: .zero)
    let words = explanation.words(of: use, DesignHandle(1), on: RelationName(name: "o")).how
    #expect(
      words.hasPrefix("beaten by Seq Scan on o: would cost ") && words.hasSuffix("; " + oversized.words))
    let diff = PlanDiff(before: try #require(explanation.baseline), after: explanation.plan)
    let verdict = try session.verdict(on: explanation, diff)
    #expect(verdict.overall == .unknown)
    #expect(verdict.indexUse.fact == "HypoPG cannot tell whether %1 would be used")
    try session.hypotheticals.reset()
    try database.script("create index made on o(\(column))")
    let size = try session.value("select pg_relation_size('made')").flatMap(Double.init)
    #expect(abs(Double(oversized.realSizeInBytes) / (size ?? 0) - 1) < 0.1)
    #expect(try session.explain(PlanQuestion(statement)).plan.usedIndexes == [.real("made")])
  }

  @Test(arguments: [
    ("o(kind) include (note)", "what HypoPG adds is too little"),
    ("o(amount)", "numeric values that are equal may look different"),
    ("o(loose)", "so may texts in such a collation"), ("o(id)", "it has many different values"),
    ("o(kind) with (deduplicate_items = off)", "nobody wants it"),
  ])
  func `of others it is not said`(_ design: String, _ why: Comment) throws {
    let database = try Self.database()
    let session = try Self.session(database)
    try session.add(1, design)
    let key = try IndexDefinitionParser.parseShortForm(design).definition.keys[0].sql
    #expect(try explanation(session, "select \(key), count(*) from o group by 1").oversizedDesigns == [], why)
  }

  struct Contest: Sendable {
    let design: String
    let statement: String
    let packing: OversizedDesign.Packing

    init(_ design: String, _ statement: String, _ packing: OversizedDesign.Packing) {
      (self.design, self.statement, self.packing) = (design, statement, packing)
    }
  }

  @Test(arguments: [
    Contest("p(a, b)", "select count(a + b) from p", .entryForEachRow),
    Contest("p(a) include (b)", "select count(a + b) from p", .entryForEachRow),
    Contest("p(a) include (b) unique", "select count(a + b) from p", .entryForEachRow),
    Contest("p(a, b) with (deduplicate_items = off)", "select count(a + b) from p", .entryForEachRow),
    Contest("q(a, b)", "select count(a + b) from q", .atBest),
    Contest("r(k)", "select count(*) from r", .deduplicated),
    Contest("r(upper(k))", "select count(*) from r", .atBest),
    Contest("n(k)", "select count(k) from n", .deduplicated),
  ])
  func `what HypoPG takes for too large to win is unknown, and the real index wins`(_ contest: Contest) throws
  {
    let database = try Self.database()
    let session = try Self.session(database)
    try session.add(1, contest.design)
    let explanation = try explanation(session, contest.statement)
    let diff = PlanDiff(before: try #require(explanation.baseline), after: explanation.plan)
    let verdict = try session.verdict(on: explanation, diff).overall
    // HypoPG 1.4.4 takes some of them for small enough: they are used, as the real index is.
    let wins = session.facts.invalidatesDesigns && explanation.plan.usedDesigns == [DesignHandle(1)]
    let oversized = explanation.oversizedDesigns.first
    #expect(oversized?.packing == (wins ? nil : contest.packing))
    #expect(verdict == (wins ? .better : .unknown))
    try session.hypotheticals.reset()
    try database.script(
      IndexDefinitionParser.parseShortForm(contest.design).definition.createStatement(name: "made"))
    let size = try session.value("select pg_relation_size('made')").flatMap(Double.init) ?? 0
    if let oversized { #expect(abs(Double(oversized.realSizeInBytes) / size - 1) < 0.1) }
    #expect(try session.explain(PlanQuestion(contest.statement)).plan.usedIndexes == [.real("made")])
  }

  /// A B-tree is read as a whole where its first key has no condition, and from the first to the last entry of what the
  /// leading keys bound where a later one has.
  @Test(arguments: [
    ("s(m, k)", "select count(pad) from s where k = 3"), ("s(m, k)", "select count(*) from s where k < 30"),
    ("s(m, k)", "select count(*) from s where m > 9 and k = 3"),
    ("s(m, w, k)", "select count(k) from s where m > 9 and w = 'w7'"),
    ("s(m, k)", "select s.k from s where k in (select k from s x where m = 7)"),
  ])
  func `what a condition on a later key leaves out is read all the same`(
    _ design: String, _ statement: String
  )
    throws
  {
    let database = try Self.database()
    let session = try Self.session(database)
    try session.add(1, design)
    let explanation = try explanation(session, statement)
    let diff = PlanDiff(before: try #require(explanation.baseline), after: explanation.plan)
    let verdict = try session.verdict(on: explanation, diff).overall
    try session.hypotheticals.reset()
    try database.script(IndexDefinitionParser.parseShortForm(design).definition.createStatement(name: "made"))
    let real = try session.explain(PlanQuestion(statement)).plan
    #expect(real.usedIndexes == [.real("made")])
    #expect([.unknown, .better].contains(verdict), "\(explanation.contests)")
  }

  @Test func `a cost that is not known is no verdict where the index that is read is larger`() throws {
    let database = try Self.database()
    let session = try Self.session(database)
    try database.script("create index wide on r(k, id)")
    try session.add(1, "r(k)")
    try session.add(2, "r(k, kind)")
    let use = DesignUse.beaten(by: "Index Only Scan using r_pkey on r", cost: .zero)
    let table = RelationName(name: "r")
    let whole = try explanation(session, "select count(*) from r")
    if !session.facts.invalidatesDesigns || whole.plan.usedDesigns.isEmpty {
      let words = whole.oversizedDesigns.map(\.words)
      #expect(words.count == 2)
      // From PostgreSQL 16 on the planner tells at least what it would cost at most.
      #expect(whole.words(of: use, DesignHandle(2), on: table).how.hasSuffix("; \(words.last ?? "none")"))
    }
    try session.hypotheticals.reset()
    try session.add(3, "r(k, kind)")
    let part = try explanation(session, "select count(*) from r where k >= 'k3'")
    #expect(
      (session.facts.invalidatesDesigns ? part.plan.usedDesigns : []) == [DesignHandle(3)]
        || part.oversizedDesigns.map(\.design) == [DesignHandle(3)])
    for statement in ["select count(id) from r where id > 7", "select count(id) from r"] {
      #expect(try self.explanation(session, statement).oversizedDesigns == [])
    }
  }

  @Test func `CREATE STATISTICS tell how many values columns have together`() throws {
    let database = try Self.database()
    let session = try Self.session(database)
    try database.script("create statistics s (ndistinct) on a, b from q; analyze q")
    try session.add(1, "q(a, b)")
    let explanation = try explanation(session, "select count(a + b) from q")
    #expect(explanation.oversizedDesigns.map(\.packing) == [.deduplicated])
  }

  @Test func `a near tie is unknown where HypoPG takes the design for too large`() throws {
    let database = try Self.database()
    let session = try Self.session(database)
    try session.add(1, "p(a, b)")
    let part = "select count(note) from p where a >= 0"
    let far = try explanation(session, part)
    #expect(far.oversizedDesigns == [])
    let near = try explanation(session, "\(part) union all select count(*) from q x, q y")
    #expect(near.oversizedDesigns.map(\.design) == [DesignHandle(1)])
    #expect(near.contests.count == 1)
  }

  @Test func `a design that loses by more than its size has lost`() throws {
    let database = try Self.database()
    let session = try Self.session(database)
    try session.add(1, "o(kind)")
    let explanation = try explanation(session, "select kind, max(note) from o group by kind")
    #expect(explanation.oversizedDesigns == [])
    #expect(explanation.contests.count == 1)
  }

  @Test func `an expression has no statistics until a real index on it is analysed`() throws {
    let database = try Self.database()
    let session = try Self.session(database)
    try session.add(1, "o(lower(note))")
    try session.add(2, "o((id + kind))")
    try session.add(3, "o(id)")
    try session.add(4, "o((id + 1)) unique")
    let statement = "select * from o where lower(note) = 'x' and id + kind = 3"
    let explanation = try explanation(session, statement)
    #expect(explanation.designsWithoutStatistics == [DesignHandle(1), DesignHandle(2)])
    let end =
      "no statistics until the index is real and its table analysed: the planner takes 0.5 % of the rows for an =, a third "
      + "for < and >, and may be wrong by ten times"
    #expect(explanation.missingExpressions == "the expressions of %1, %2 have \(end)")
    #expect(try self.explanation(session, "select 1").missingExpressions == nil)
    try database.script("create index on o(lower(note)); analyze o")
    let known = try self.explanation(session, statement)
    #expect(known.missingExpressions == "the expression of %2 has \(end)")
    guard session.facts.versionNumber >= 140_000 else { return }
    try database.script("create statistics s on (id + kind) from o")
    #expect(try self.explanation(session, statement).designsWithoutStatistics != [], "it has no data yet")
    try database.script("analyze o")
    #expect(try self.explanation(session, statement).designsWithoutStatistics == [])
  }

  @Test func `a design that another design beats loses to what is as much too large`() throws {
    let database = try TestCluster.shared.database(.orders)
    let session = try database.session()
    try session.add(1, "orders(customer_id)")
    try session.add(2, "orders(customer_id) include (total)")
    let explanation = try explanation(
      session, "select count(*), sum(total), max(created_at) from orders where customer_id = 7")
    // Which of the two is the smaller one is HypoPG's to say.
    let used = try #require(explanation.plan.usedDesigns.first)
    #expect(explanation.plan.usedDesigns.count == 1)
    guard case .lost? = explanation.contests[DesignHandle(used == DesignHandle(1) ? 2 : 1)] else {
      Issue.record("\(explanation.contests)")
      return
    }
    #expect(explanation.oversizedDesigns == [])
  }
}
