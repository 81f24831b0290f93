import IndexDesign
import Postgres
import TestSupport
import Testing

@testable import Changes
@testable import Server

@Suite struct RollbackTests {
  static let name = "orders_customer_id_idx"

  /// A shop with a promoted index, and the record of that.
  static func promoted(_ shop: Shop) throws -> ChangeRecord {
    let done = try shop.run(shop.plan("orders(customer_id)", as: name))
    guard case .built = done.outcome.result else { throw TestProblem(done.outcome.sentence) }
    return shop.journal.record(done.number)
  }

  @Test func `the recorded index is dropped, seen to be gone, and that is written down`() throws {
    let shop = try Shop()
    let record = try Self.promoted(shop)
    let plan = try shop.session.planRollback(of: record)
    #expect(plan.steps[0].statement == "DROP INDEX CONCURRENTLY IF EXISTS public.orders_customer_id_idx")
    #expect(plan.steps[0].reverse == record.intent.statement)
    let index = try #require(try shop.index(Self.name))
    #expect(plan.steps.map(\.work) == [.drop(objectID: index.objectID)])
    #expect(plan.confirmationWord == Self.name)
    let done = try shop.run(plan)
    #expect(done.outcome.result == .dropped)
    #expect(done.error == nil)
    #expect(try shop.index(Self.name) == nil)
    let undone = shop.journal.record(done.number)
    #expect(undone.undone == record.number)
    #expect(undone.intent.indexObjectID == index.objectID)
    #expect(
      undone.intent.statement == plan.steps[0].statement && undone.intent.reverse == plan.steps[0].reverse)
    #expect(shop.journal.outcomes[done.number] == done.outcome)
  }

  @Test func `a record that hypo would not have written is refused, and what it says is shown`() throws {
    let shop = try Shop()
    let record = try Self.promoted(shop)
    let hint =
      "somebody has changed the ledger: compare it with a copy, look at the index, and drop it with psql "
      + "if it has to go"
    func refusal(_ change: (inout ChangeIntent) -> Void) -> ServerError? {
      var forged = record
      change(&forged.intent)
      do throws(ServerError) { _ = try shop.session.planRollback(of: forged) } catch { return error }
      return nil
    }
    #expect(
      refusal { $0.reverse = "DROP TABLE public.orders" }
        == ServerError(
          .refused, "cannot roll back change 1: its recorded reverse is not what hypo would run",
          detail: "The ledger says: DROP TABLE public.orders; "
            + "hypo would run: DROP INDEX CONCURRENTLY IF EXISTS public.orders_customer_id_idx", hint: hint))
    #expect(
      refusal { $0.statement += "; DROP TABLE orders" }
        == ServerError(
          .refused, "cannot roll back change 1: its recorded statement is not what hypo would run",
          detail: "The ledger says: \(record.intent.statement); DROP TABLE orders; "
            + "hypo would run: \(record.intent.statement)", hint: hint))
    #expect(
      refusal { $0.definition = "DROP TABLE orders" }?.message
        == "cannot roll back change 1: its recorded definition is no CREATE INDEX: "
        + "syntax error at or near \"DROP\": CREATE INDEX is expected")
    let names = "cannot roll back change 1: its recorded names are not those of its recorded definition"
    #expect(refusal { $0.indexName = "orders_pkey" }?.message == names)
    #expect(
      refusal { ($0.indexSchema, $0.tableSchema) = ("pg_catalog", "pg_catalog") }?.message == names)
    #expect(refusal { $0.indexSchema = "other" }?.message == names)
    #expect(
      refusal { $0.tableName = "customers" }
        == ServerError(
          .refused, names,
          detail: "The ledger says: index public.orders_customer_id_idx on public.customers, and: "
            + record.intent.definition, hint: hint))
    #expect(try shop.index(Self.name)?.isValid == true)
    #expect(try shop.database.execute("SELECT count(*) > 0 FROM orders").value == "t")
  }

  @Test func `a statement that an earlier hypo has worded otherwise is the same`() throws {
    let shop = try Shop()
    var record = try Self.promoted(shop)
    record.intent.statement =
      "create index concurrently orders_customer_id_idx on public.orders using btree (customer_id)"
    record.intent.definition = "create index on orders (customer_id)"
    let plan = try shop.session.planRollback(of: record)
    #expect(
      plan.reverses
        == "CREATE INDEX CONCURRENTLY IF NOT EXISTS orders_customer_id_idx ON public.orders (customer_id);")
  }

  @Test func `an index that is gone is an ending of its own`() throws {
    let shop = try Shop()
    let record = try Self.promoted(shop)
    try shop.database.script("DROP INDEX \(Self.name)")
    let plan = try shop.session.planRollback(of: record)
    #expect(plan.steps.map(\.work) == [.note(.wasNotThere)])
    #expect(plan.findings == [Finding("on the server", .warning, "it is not there")])
    #expect(try shop.run(plan).outcome.result == .wasNotThere)
  }

  @Test func `another index of the name stays`() throws {
    let shop = try Shop()
    let record = try Self.promoted(shop)
    let plan = try shop.session.planRollback(of: record)
    // It takes the place between the plan and the run.
    try shop.database.script("DROP INDEX \(Self.name); CREATE INDEX \(Self.name) ON orders (customer_id)")
    let other = try #require(try shop.index(Self.name))
    #expect(
      try shop.run(plan).outcome.result
        == .isAnotherIndex(
          objectID: other.objectID,
          definition: "CREATE INDEX orders_customer_id_idx ON public.orders USING btree (customer_id)"))
    #expect((try shop.index(Self.name))?.objectID == other.objectID)
  }

  @Test func `a renamed index is refused with its new name`() throws {
    let shop = try Shop()
    let record = try Self.promoted(shop)
    try shop.database.script("ALTER INDEX \(Self.name) RENAME TO better")
    #expect(
      throws: ServerError(
        .refused, "cannot roll back change 1: its index is now called public.better",
        hint: "rename it back: ALTER INDEX public.better RENAME TO orders_customer_id_idx")
    ) { try shop.session.planRollback(of: record) }
  }

  /// Rolls the change of a new shop back after something was done to its index or table.
  private static func afterMaintenance(
    _ sql: [String], isOfEarlierHypo: Bool = false
  ) throws -> (shop: Shop, plan: ChangePlan, done: FinishedChange) {
    let shop = try Shop()
    var record = try promoted(shop)
    if isOfEarlierHypo { record.intent.tableObjectID = nil }
    for statement in sql { try shop.database.script(statement) }
    let plan = try shop.session.planRollback(of: record)
    return (shop, plan, try shop.run(plan))
  }

  @Test(arguments: [false, true])
  func `an index that REINDEX CONCURRENTLY has built anew is still the recorded one`(isOfEarlierHypo: Bool)
    throws
  {
    let (shop, plan, done) = try Self.afterMaintenance(
      ["REINDEX INDEX CONCURRENTLY \(Self.name)"], isOfEarlierHypo: isOfEarlierHypo)
    let finding = try #require(plan.findings.first)
    #expect(finding.outcome == .warning)
    #expect(
      finding.fact.hasPrefix(
        "it was built anew since, as REINDEX CONCURRENTLY does: name and definition are the recorded ones, "
          + "the object id is "))
    #expect(done.outcome.result == .dropped)
    #expect(try shop.index(Self.name) == nil)
  }

  @Test(arguments: [
    (
      ["ALTER TABLE orders RENAME TO sales"], "public.orders_customer_id_idx",
      "its table is now called public.sales"
    ),
    (
      ["CREATE SCHEMA stock", "ALTER TABLE orders SET SCHEMA stock"], "stock.orders_customer_id_idx",
      "its table is now called stock.orders"
    ),
  ])
  func `a renamed table, or one in another schema, is a way back, too`(
    sql: [String], name: String, finding: String
  ) throws {
    let (shop, plan, done) = try Self.afterMaintenance(sql)
    #expect(plan.findings == [Finding("on the server", .warning, finding)])
    #expect(plan.steps[0].statement == "DROP INDEX CONCURRENTLY IF EXISTS \(name)")
    #expect(done.outcome.result == .dropped)
    #expect(try shop.index(name) == nil)
    let undone = shop.journal.record(done.number)
    #expect(
      undone.intent.reverse.hasPrefix("CREATE INDEX CONCURRENTLY IF NOT EXISTS orders_customer_id_idx ON "))
    #expect(undone.intent.reverse == plan.steps[0].reverse)
  }

  @Test func `a renamed schema is a way back, too`() throws {
    let shop = try Shop(setup: "CREATE SCHEMA stock; ALTER TABLE orders SET SCHEMA stock")
    let done = try shop.run(shop.plan("stock.orders(customer_id)", as: Self.name))
    try shop.database.script("ALTER SCHEMA stock RENAME TO \"Old Shop\"")
    let plan = try shop.session.planRollback(of: shop.journal.record(done.number))
    #expect(
      plan.findings
        == [Finding("on the server", .warning, "its table is now called \"Old Shop\".orders")])
    #expect(
      plan.statements == "DROP INDEX CONCURRENTLY IF EXISTS \"Old Shop\".orders_customer_id_idx;")
    #expect(try shop.run(plan).outcome.result == .dropped)
  }

  @Test func `a table that was renamed and whose index was built anew is known by its object id`() throws {
    let sql = [
      "ALTER TABLE orders RENAME TO sales", "CREATE SCHEMA stock", "ALTER TABLE sales SET SCHEMA stock",
      "REINDEX INDEX CONCURRENTLY stock.\(Self.name)",
    ]
    let (_, plan, done) = try Self.afterMaintenance(sql)
    #expect(plan.findings[0].fact.hasSuffix("; its table is now called stock.sales"))
    #expect(done.outcome.result == .dropped)
    #expect(throws: ServerError.self) { try Self.afterMaintenance(sql, isOfEarlierHypo: true) }
  }

  @Test func `the same index of a table that was made anew is another one`() throws {
    let shop = try Shop()
    let record = try Self.promoted(shop)
    try shop.database.script(
      "DROP TABLE orders CASCADE; CREATE TABLE orders (customer_id bigint); "
        + "CREATE INDEX \(Self.name) ON orders (customer_id)")
    let plan = try shop.session.planRollback(of: record)
    guard case .note(.isAnotherIndex) = plan.steps[0].work else { throw TestProblem("\(plan.steps[0].work)") }
    _ = try shop.run(plan)
    #expect(try shop.index(Self.name)?.isValid == true)
  }

  @Test func `a drop that is cancelled half-way leaves an invalid index, which a second one drops`() throws {
    let shop = try Shop()
    let record = try Self.promoted(shop)
    let index = try #require(try shop.index(Self.name))
    let other = try shop.database.connect()
    defer { withExtendedLifetime(other) {} }
    _ = try other.query("BEGIN")
    _ = try other.query("SELECT count(*) FROM orders")
    shop.onProgress = { progress in
      let isInvalid = ((try? shop.index(Self.name)) ?? nil)?.isValid == false
      if progress.phase == "dropping the index", isInvalid { shop.interrupt() }
    }
    let done = try shop.run(shop.session.planRollback(of: record))
    #expect(
      done.outcome.result
        == .leftInvalidStaying(
          objectID: index.objectID,
          reason: "the drop was stopped half-way: cancelled by the person who rolled back"))
    #expect(done.error?.code == .cancelled)
    #expect(done.error?.hint == "roll back again: an invalid index costs writes and helps no query")
    _ = try other.query("COMMIT")
    #expect(try shop.run(shop.session.planRollback(of: record)).outcome.result == .dropped)
    #expect(try shop.index(Self.name) == nil)
  }

  @Test func `a build that was cut off is undone when its index was seen`() throws {
    let shop = try Shop()
    var record = try Self.promoted(shop)
    let index = try #require(try shop.index(Self.name))
    record.outcome = nil
    record.seenIndexObjectID = index.objectID
    let done = try shop.run(shop.session.planRollback(of: record))
    #expect(done.outcome.result == .dropped)
    #expect(try shop.index(Self.name) == nil)
    #expect(shop.journal.record(done.number).intent.indexObjectID == index.objectID)
  }

  @Test func `a build that was cut off before its index was seen is left to a person`() throws {
    let shop = try Shop()
    var record = try Self.promoted(shop)
    record.outcome = ChangeOutcome(.interrupted(reason: "the cable"), durationInSeconds: 1)
    record.seenIndexObjectID = nil
    #expect(
      throws: ServerError(
        .refused, "cannot roll back change 1: it is interrupted: look at the server",
        hint: "changes lists those that can be rolled back")
    ) { try shop.session.planRollback(of: record) }
    #expect((try shop.index(Self.name))?.isValid == true)
  }

  @Test func `a build that still runs is not undone, and its index is known by then`() throws {
    let shop = try Shop()
    let other = try shop.database.connect()
    defer { withExtendedLifetime(other) {} }
    _ = try other.query("BEGIN ISOLATION LEVEL REPEATABLE READ")
    _ = try other.query("SELECT count(*) FROM customers")
    let second = try Session(target: shop.database.conninfo(user: nil))
    var refusal: ServerError?
    shop.onProgress = { [unowned shop] progress in
      guard refusal == nil, progress.phase == "waiting for transactions with an old snapshot" else { return }
      do throws(ServerError) {
        _ = try second.planRollback(of: shop.journal.record(ChangeNumber(1)))
      } catch {
        refusal = error
      }
      shop.interrupt()
    }
    let done = try shop.run(shop.plan("orders(customer_id)", as: Self.name))
    #expect(done.error?.code == .cancelled)
    #expect(refusal?.code == .refused)
    #expect(
      refusal?.message.hasPrefix("cannot roll back change 1: its build still runs (backend ") == true)
    #expect(shop.journal.seenIndexes[done.number] != nil)
    #expect(try shop.index(Self.name) == nil)
  }

  @Test func `a locked table is told and the index stays`() throws {
    let shop = try Shop()
    let record = try Self.promoted(shop)
    let other = try shop.database.connect()
    defer { withExtendedLifetime(other) {} }
    _ = try other.query("BEGIN")
    _ = try other.query("LOCK TABLE orders IN SHARE MODE")
    let done = try shop.run(
      try shop.session.planRollback(of: record), tableLockTimeout: .milliseconds(400))
    #expect(
      done.error?.message.hasPrefix(
        "could not lock table \"public.orders\" within 400ms: it is held by pid \(other.backendPID) (")
        == true)
    #expect((try shop.index(Self.name))?.isValid == true)
  }

  @Test func `an index that a constraint needs stays, with the server's words`() throws {
    let shop = try Shop()
    let done = try shop.run(shop.plan("customers(id) unique", as: "customers_id_twin"))
    try shop.database.script(
      "ALTER TABLE customers ADD CONSTRAINT customers_id_twin UNIQUE USING INDEX customers_id_twin")
    let record = shop.journal.record(done.number)
    let failed = try shop.run(shop.session.planRollback(of: record))
    #expect(failed.error?.sqlState == "2BP01")
    #expect((try shop.index("customers_id_twin"))?.isValid == true)
  }

  @Test func `a journal that cannot be written to stops the drop`() throws {
    let shop = try Shop()
    let plan = try shop.session.planRollback(of: Self.promoted(shop))
    shop.journal.failsToBegin = true
    let error = #expect(throws: ServerError.self) { try shop.run(plan) }
    #expect(
      error?.message == "could not write the change down, so its statement was not run: the disk is full")
    #expect((try shop.index(Self.name))?.isValid == true)
  }

  @Test func `what left no index, another database and another role are refused`() throws {
    let shop = try Shop(setup: "CREATE ROLE passer_by LOGIN")
    var record = try Self.promoted(shop)
    record.rolledBackBy = ChangeNumber(9)
    #expect(
      throws: ServerError(
        .refused, "cannot roll back change 1: it is rolled back by change 9",
        hint: "changes lists those that can be rolled back")
    ) { try shop.session.planRollback(of: record) }
    record.rolledBackBy = nil
    let stranger = try Session(target: shop.database.conninfo(user: "passer_by"))
    let error = #expect(throws: ServerError.self) { try stranger.planRollback(of: record) }
    #expect(
      error?.message == "cannot roll back change 1: role \"passer_by\" does not own \"public.orders\"")
    record.intent.server.database = "elsewhere"
    let other = #expect(throws: ServerError.self) { try shop.session.planRollback(of: record) }
    #expect(
      other?.message == "cannot roll back: the session is connected to another server or database")
  }

  @Test func `another index that takes the name while the table is waited for stays`() throws {
    let shop = try Shop()
    let record = try Self.promoted(shop)
    let plan = try shop.session.planRollback(of: record)
    let other = try shop.database.connect()
    _ = try other.script("BEGIN; LOCK TABLE orders IN SHARE ROW EXCLUSIVE MODE")
    var isDone = false
    shop.onProgress = { _ in
      // A second time it would wait for the rollback, on the rollback's own thread.
      guard !isDone else { return }
      isDone = true
      _ = try? other.script(
        "DROP INDEX \(Self.name); CREATE INDEX \(Self.name) ON orders (status); COMMIT")
    }
    let done = try shop.run(plan)
    let standing = try #require(try shop.index(Self.name))
    #expect(
      done.outcome.result
        == .isAnotherIndex(
          objectID: standing.objectID,
          definition: "CREATE INDEX orders_customer_id_idx ON public.orders USING btree (status)"))
  }

  @Test func `an index that goes while the table is waited for was not there`() throws {
    let shop = try Shop()
    let record = try Self.promoted(shop)
    let plan = try shop.session.planRollback(of: record)
    let other = try shop.database.connect()
    _ = try other.script("BEGIN; LOCK TABLE orders IN SHARE ROW EXCLUSIVE MODE")
    shop.onProgress = { _ in _ = try? other.script("DROP INDEX \(Self.name); COMMIT") }
    #expect(try shop.run(plan).outcome.result == .wasNotThere)
  }

  @Test func `nothing is changed through a pooler`() throws {
    let shop = try Shop()
    let record = try RollbackTests.promoted(shop)
    let pooler = try TestPooler()
    let session = try Session(target: pooler.conninfo(database: shop.database.name))
    let error = #expect(throws: ServerError.self) { try session.planRollback(of: record) }
    #expect(
      error
        == ServerError(
          .refused, "cannot roll back through a connection pooler",
          detail: "through a pooler the settings of the change may reach another backend",
          hint: "connect to the server itself, not to the pooler"))
    #expect(try shop.index(RollbackTests.name)?.isValid == true)
    withExtendedLifetime(pooler) {}
  }
}
