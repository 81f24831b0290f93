import IndexDesign
import Postgres
import TestSupport
import Testing

@testable import Server

@Suite struct VerificationTests {
  static func statement(_ id: String, calls: Int64, time: Double) -> StatementStatistics {
    StatementStatistics(
      queryID: id, text: "select \(id)", calls: calls, totalTimeInMilliseconds: time,
      meanTimeInMilliseconds: time / Double(calls), rows: calls * 2)
  }

  static let change = ChangeCounters(
    statements: [statement("1", calls: 10, time: 100), statement("2", calls: 5, time: 5)],
    statisticsReset: Timestamp(secondsSinceEpoch: 1))

  @Test func `only what was counted since the change is told`() {
    var now = Self.change
    now.statements = [
      Self.statement("1", calls: 30, time: 110), Self.statement("2", calls: 5, time: 5),
      Self.statement("3", calls: 4, time: 40),
    ]
    let (statements, wereReset) = Verification.statements(since: Self.change, now: now)
    #expect(!wereReset)
    #expect(
      statements == [
        .init(
          queryID: "3", text: "select 3", before: nil,
          since: .init(calls: 4, rows: 8, totalTimeInMilliseconds: 40)),
        .init(
          queryID: "1", text: "select 1",
          before: .init(calls: 10, rows: 20, totalTimeInMilliseconds: 100),
          since: .init(calls: 20, rows: 40, totalTimeInMilliseconds: 10)),
      ])
    #expect(statements[1].before?.meanTimeInMilliseconds == 10)
    #expect(statements[1].since.meanTimeInMilliseconds == 0.5)
  }

  @Test func `a reset is recognised by its time and by counters that fell`() {
    var now = Self.change
    now.statisticsReset = Timestamp(secondsSinceEpoch: 2)
    now.statements = [Self.statement("1", calls: 12, time: 6)]
    let byTime = Verification.statements(since: Self.change, now: now)
    #expect(byTime.wereReset)
    #expect(byTime.statements.map(\.since.calls) == [12])
    now.statisticsReset = Self.change.statisticsReset
    now.statements = [Self.statement("1", calls: 3, time: 6), Self.statement("2", calls: 1, time: 6)]
    #expect(Verification.statements(since: Self.change, now: now).wereReset)
    now.statements = [Self.statement("1", calls: 3, time: 6), Self.statement("2", calls: 7, time: 6)]
    let evicted = Verification.statements(since: Self.change, now: now)
    #expect(!evicted.wereReset)
    #expect(evicted.statements.map(\.since.calls).sorted() == [2, 3])
    #expect(Verification.grown(5, 3) == nil)
    #expect(Verification.grown(nil, 3) == 3)
  }

  static let query = "SELECT * FROM orders WHERE customer_id = $1 ORDER BY created_at DESC LIMIT 50"

  @Test func `after a promotion and some work the numbers are those of the work`() throws {
    let shop = try Shop()
    let work = try shop.database.connect()
    for id in 1...3 { _ = try work.query(Self.query, [String(id)]) }
    var context = Shop.context
    context.queryText = Self.query
    let plan = try shop.session.preparePromotion(
      of: IndexDefinitionParser.parseShortForm("orders(customer_id, created_at desc)").definition,
      name: "by_customer", estimatedSizeInBytes: 1_000_000)
    let done = try Promotion(plan, on: shop.session, journal: shop.journal, context: context).run()
    let record = shop.journal.record(done.number)
    for id in 11...17 { _ = try work.query(Self.query, [String(id)]) }
    _ = try work.query("SELECT pg_stat_force_next_flush()")
    _ = try work.query("SELECT 1")
    let found = try shop.session.verify(record)
    let index = try #require(try shop.index("by_customer"))
    guard case .valid(let standing) = found.standing, standing.objectID == index.objectID else {
      Issue.record("\(found.standing)")
      return
    }
    #expect(found.sizeRatio == Double(standing.sizeInBytes) / 1_000_000)
    #expect(!found.statisticsWereReset)
    let statement = try #require(
      found.statements.first { $0.text.hasPrefix("SELECT * FROM orders WHERE customer_id") })
    #expect(statement.before?.calls == 3 && statement.since.calls == 7)
    #expect(found.indexScans == 7)
    #expect(found.tableSequentialScans == 0)
    #expect(found.planUsesIndex == true)
    #expect(found.plan?.values == .generic)
  }

  @Test func `missing, renamed, invalid and another index are told apart`() throws {
    let shop = try Shop()
    let record = try RollbackTests.promoted(shop)
    let session = shop.session
    try shop.database.script(
      "UPDATE pg_index SET indisvalid = false WHERE indexrelid = '\(RollbackTests.name)'::regclass")
    guard case .invalid = try session.verify(record).standing else { throw TestProblem("not invalid") }
    try shop.database.script("ALTER INDEX \(RollbackTests.name) RENAME TO other")
    guard case .renamed = try session.verify(record).standing else { throw TestProblem("not renamed") }
    try shop.database.script("DROP INDEX other")
    #expect(try session.verify(record).standing == .missing)
    #expect(try session.verify(record).planUsesIndex == nil)
    try shop.database.script("CREATE INDEX \(RollbackTests.name) ON orders (customer_id)")
    guard case .another = try session.verify(record).standing else { throw TestProblem("not another") }
  }

  @Test func `a recorded query that cannot be planned any more is told, not thrown`() throws {
    let shop = try Shop()
    var record = try RollbackTests.promoted(shop)
    record.intent.queryText = "SELECT gone FROM orders"
    let found = try shop.session.verify(record)
    #expect(found.plan == nil)
    #expect(found.planProblem?.message == "column \"gone\" does not exist")
  }
}
