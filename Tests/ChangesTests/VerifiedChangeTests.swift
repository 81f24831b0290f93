import IndexDesign
import Postgres
import TestSupport
import Testing

@testable import Changes
@testable import Server

/// A change and its verification, one after the other.
@Suite struct VerifiedChangeTests {
  static let query = "SELECT * FROM orders WHERE customer_id = $1 ORDER BY created_at DESC LIMIT 50"

  @Test func `after a promotion and some work the numbers are those of the work`() throws {
    let shop = try Shop()
    var work: Connection? = try shop.database.connect()
    for id in 1...3 { _ = try work?.query(Self.query, [String(id)]) }
    var context = Shop.context
    context.query = RecordedQuery(text: Self.query)
    let plan = try shop.session.planPromotion(
      of: IndexDefinitionParser.parseShortForm("orders(customer_id, created_at desc)").definition,
      name: "by_customer", estimatedSizeInBytes: 1_000_000)
    let done = try shop.run(plan, context: context)
    let record = shop.journal.record(done.number)
    for id in 11...17 { _ = try work?.query(Self.query, [String(id)]) }
    // A backend gives its counters away when it ends.
    work = nil
    try shop.database.connect().wait(
      until: "idx_scan = 7 FROM pg_stat_user_indexes WHERE indexrelname = 'by_customer'")
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
    // Before 15 the build's own two may be counted after it has ended.
    let scans = try #require(found.tableSequentialScans)
    #expect(TestServer.majorVersion >= 15 ? scans == 0 : scans <= 2)
    #expect(found.planUsesIndex == true)
    #expect(found.plan?.values == .generic(highest: 1))
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
    try shop.database.script("CREATE INDEX \(RollbackTests.name) ON orders (status)")
    guard case .another = try session.verify(record).standing else { throw TestProblem("not another") }
  }

  @Test func `maintenance leaves it the recorded index`() throws {
    let shop = try Shop()
    let record = try RollbackTests.promoted(shop)
    try shop.database.script("REINDEX INDEX CONCURRENTLY \(RollbackTests.name)")
    guard case .maintained = try shop.session.verify(record).standing else {
      throw TestProblem("not maintained")
    }
    try shop.database.script("ALTER TABLE orders RENAME TO sales")
    guard case .maintained = try shop.session.verify(record).standing else {
      throw TestProblem("not maintained")
    }
    try shop.database.script("CREATE SCHEMA stock; ALTER TABLE sales SET SCHEMA stock")
    guard case .renamed = try shop.session.verify(record).standing else { throw TestProblem("not renamed") }
  }

  @Test func `what another instance has counted is not compared`() throws {
    let shop = try Shop()
    let work = try shop.database.connect()
    _ = try work.query(Self.query, ["1"])
    var record = try RollbackTests.promoted(shop)
    _ = try work.query(Self.query, ["1"])
    let own = try #require(record.outcome?.countersAfter?.instance)
    #expect(own.started != nil && own.isInRecovery == false && own.name == nil)
    #expect(try shop.session.verify(record).obstacleToComparing == nil)
    #expect(try shop.session.verify(record).statements.isEmpty == false)
    record.outcome?.countersAfter?.instance = ServerInstance(name: nil, isInRecovery: true)
    let found = try shop.session.verify(record)
    #expect(found.obstacleToComparing == "they were counted on the standby, and this is the primary")
    #expect(found.statements == [] && found.indexScans == nil && found.tableSequentialScans == nil)
  }

  @Test(arguments: [
    "SELECT 1; DROP TABLE orders", "DROP TABLE orders", "ANALYZE orders",
    "DELETE FROM orders RETURNING id; COMMIT",
    "SELECT $1; DROP TABLE orders", "(ANALYZE) DELETE FROM orders",
  ])
  func `a recorded query is planned as one statement or not at all`(text: String) throws {
    let shop = try Shop()
    var record = try RollbackTests.promoted(shop)
    record.intent.query = RecordedQuery(text: text)
    let found = try shop.session.verify(record)
    #expect(found.plan == nil && found.planProblem != nil)
    #expect(try shop.database.execute("SELECT count(*) > 0 FROM orders").value == "t")
  }

  @Test func `a recorded query that cannot be planned any more is told, not thrown`() throws {
    let shop = try Shop()
    var record = try RollbackTests.promoted(shop)
    record.intent.query = RecordedQuery(text: "SELECT gone FROM orders")
    let found = try shop.session.verify(record)
    #expect(found.plan == nil)
    #expect(found.planProblem?.message == "column \"gone\" does not exist")
  }
}
