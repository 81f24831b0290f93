import IndexDesign
import Postgres
import TestSupport
import Testing

@testable import Changes
@testable import Server

@Suite struct PromotionTests {
  static let design = "orders(customer_id, created_at desc) include (total) where status <> 'new'"
  static let name = "orders_customer_created_at_idx"

  @Test func `a design becomes a valid index and all of it is written down`() throws {
    let shop = try Shop()
    let plan = try shop.plan(Self.design, as: Self.name)
    #expect(
      plan.steps[0].statement
        == "CREATE INDEX CONCURRENTLY IF NOT EXISTS orders_customer_created_at_idx ON public.orders "
        + "(customer_id, created_at DESC) INCLUDE (total) WHERE status <> 'new'")
    #expect(
      plan.steps[0].reverse == "DROP INDEX CONCURRENTLY IF EXISTS public.orders_customer_created_at_idx")
    var isThereAtBegin: Bool?
    shop.journal.onBegin = { [unowned shop] _ in
      do { isThereAtBegin = try shop.index(Self.name) != nil } catch { Issue.record(error) }
    }
    let done = try shop.run(plan)
    let index = try #require(try shop.index(Self.name))
    guard case .built(index.objectID, let size) = done.outcome.result else {
      Issue.record("\(done.outcome.sentence)")
      return
    }
    #expect(isThereAtBegin == false)
    #expect(index.isValid && size > 100_000)
    #expect(done.error == nil)
    #expect(shop.journal.outcomes == [ChangeNumber(1): done.outcome])
    let intent = try #require(shop.journal.intents.first)
    #expect(intent.statement == plan.steps[0].statement && intent.reverse == plan.steps[0].reverse)
    #expect(intent.indexSchema == "public" && intent.indexName == Self.name)
    #expect(intent.tableName == "orders" && intent.ticket == "OPS-7")
    #expect(intent.measuredBefore.counters.tableSequentialScans != nil)
    #expect(done.outcome.countersAfter?.indexScans == 0)
    try shop.database.connect().wait(
      until: "NOT EXISTS (SELECT FROM pg_stat_activity WHERE application_name = 'hypo promote' "
        + "AND datname = current_database())")
  }

  @Test func `role defaults that would stop a build do not`() throws {
    let shop = try Shop(
      user: "hurried",
      setup: """
        CREATE ROLE hurried LOGIN; GRANT CREATE ON SCHEMA public TO hurried; ALTER TABLE orders OWNER TO hurried;
        ALTER ROLE hurried SET default_transaction_read_only = on; ALTER ROLE hurried SET statement_timeout = 1000;
        ALTER ROLE hurried SET lock_timeout = 500; ALTER ROLE hurried SET client_min_messages = error;
        """)
    let other = try shop.oldSnapshot()
    defer { withExtendedLifetime(other) {} }
    // The build waits for longer than the role's time-outs.
    var waitsSince: ContinuousClock.Instant?
    shop.onProgress = { progress in
      guard progress.phase == waitingForSnapshots else { return }
      let start = waitsSince ?? .now
      waitsSince = start
      if start.duration(to: .now) > .milliseconds(1_200) { _ = try? other.query("COMMIT") }
    }
    let done = try shop.run(shop.plan(Self.design, as: Self.name))
    #expect(done.outcome.result.standingIndex == (try shop.index(Self.name))?.objectID)
    #expect((try shop.index(Self.name))?.isValid == true)
    #expect(shop.phases.contains(waitingForSnapshots))
    #expect(done.outcome.durationInSeconds > 1)
  }

  @Test func `Ctrl-C in the wait for an old snapshot leaves nothing behind`() throws {
    let shop = try Shop()
    let other = try shop.oldSnapshot()
    defer { withExtendedLifetime(other) {} }
    let pid = other.backendPID
    var waited: [Int32?] = []
    shop.onProgress = {
      waited += $0.waitsFor.map(\.pid)
      if $0.phase == waitingForSnapshots { shop.interrupt() }
    }
    let done = try shop.run(shop.plan(Self.design, as: Self.name))
    #expect(done.outcome.result == .leftInvalidAndDropped(reason: "cancelled by the person who promoted"))
    #expect(done.error?.code == .cancelled)
    #expect(waited.first == pid)
    #expect(try shop.index(Self.name) == nil)
  }

  @Test func `a unique design on duplicates fails and its invalid index is dropped`() throws {
    let shop = try Shop()
    let done = try shop.run(shop.plan("orders(customer_id) unique", as: "orders_one"))
    guard case .leftInvalidAndDropped(let reason) = done.outcome.result else {
      Issue.record("\(done.outcome.sentence)")
      return
    }
    #expect(reason == "could not create unique index \"orders_one\"")
    #expect(done.error?.sqlState == "23505")
    #expect(done.error?.detail?.hasPrefix("Key (customer_id)=(") == true)
    #expect(try shop.index("orders_one") == nil)
  }

  @Test func `a backend that is ended in the middle leaves nothing behind`() throws {
    let shop = try Shop()
    let other = try shop.oldSnapshot()
    defer { withExtendedLifetime(other) {} }
    shop.onProgress = { progress in
      guard progress.phase == waitingForSnapshots else { return }
      _ = try? shop.database.execute(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_progress_create_index WHERE datname = current_database()"
      )
    }
    let done = try shop.run(shop.plan(Self.design, as: Self.name))
    guard case .leftInvalidAndDropped(let reason) = done.outcome.result else {
      Issue.record("\(done.outcome.sentence)")
      return
    }
    #expect(
      reason == "the connection to the server was lost: terminating connection due to administrator command")
    #expect(try shop.index(Self.name) == nil)
    _ = try other.query("COMMIT")
  }

  @Test func `a leftover that cannot be dropped is told`() throws {
    let shop = try Shop()
    let other = try shop.oldSnapshot()
    defer { withExtendedLifetime(other) {} }
    shop.onProgress = { progress in
      if progress.phase == waitingForSnapshots {
        // From now on the other transaction is in the way of a drop, too.
        _ = try? other.query("SELECT count(*) FROM orders")
        shop.interrupt(in: progress.phase)
      } else if progress.phase == "dropping the invalid index that the build left",
        progress.waitsFor.map(\.pid) == [other.backendPID]
      {
        shop.interrupt(in: progress.phase)
      }
    }
    let done = try shop.run(shop.plan(Self.design, as: Self.name))
    let index = try #require(try shop.index(Self.name))
    #expect(
      done.outcome.result
        == .leftInvalidStaying(
          objectID: index.objectID,
          reason: "cancelled by the person who promoted; it could not be dropped: "
            + "canceling statement due to user request"))
    #expect(
      done.error?.hint
        == "drop it when nobody needs the table: "
        + "DROP INDEX CONCURRENTLY IF EXISTS public.orders_customer_created_at_idx")
  }

  @Test func `an invalid index that came in between is somebody else's and stays`() throws {
    let shop = try Shop()
    let plan = try shop.plan(Self.design, as: Self.name)
    _ = try? shop.database.execute("CREATE UNIQUE INDEX CONCURRENTLY \(Self.name) ON orders (customer_id)")
    let index = try #require(try shop.index(Self.name))
    let done = try shop.run(plan)
    #expect(done.outcome.result == .alreadyThere(objectID: index.objectID, isValid: false))
    #expect((try shop.index(Self.name))?.objectID == index.objectID)
    let refusal = try #require(try shop.plan(Self.design, as: Self.name).refusal)
    #expect(
      refusal.detail
        == "public.orders_customer_created_at_idx is an invalid index with another definition (object id "
        + "\(index.objectID)): CREATE UNIQUE INDEX orders_customer_created_at_idx ON public.orders "
        + "USING btree (customer_id)")
  }

  @Test func `an invalid index that appears while ours waits is not taken for ours`() throws {
    let shop = try Shop()
    let other = try shop.database.connect()
    defer { withExtendedLifetime(other) {} }
    _ = try other.query("BEGIN")
    _ = try other.query("LOCK TABLE orders IN SHARE UPDATE EXCLUSIVE MODE")
    shop.onProgress = { progress in
      guard progress.phase == "waiting for a lock on the table", !progress.waitsFor.isEmpty else { return }
      _ = try? shop.database.execute(
        "CREATE UNIQUE INDEX CONCURRENTLY \(Self.name) ON customers (country)")
      shop.interrupt()
    }
    let done = try shop.run(shop.plan(Self.design, as: Self.name))
    #expect(done.outcome.result == .cancelled)
    #expect((try shop.index(Self.name))?.isValid == false)
  }

  @Test func `an invalid index that appears while the build waits is left alone`() throws {
    let shop = try Shop(setup: "CREATE MATERIALIZED VIEW daily AS SELECT id, total FROM orders")
    let other = try shop.database.connect()
    defer { withExtendedLifetime(other) {} }
    _ = try other.query("BEGIN")
    // PostgreSQL cannot LOCK a materialized view; a comment takes the same lock.
    _ = try other.query("COMMENT ON MATERIALIZED VIEW daily IS 'busy'")
    shop.onProgress = { progress in
      guard progress.waitsFor.map(\.pid) == [other.backendPID] else { return }
      _ = try? shop.database.execute("CREATE UNIQUE INDEX CONCURRENTLY daily_id ON customers (country)")
      shop.interrupt()
    }
    let done = try shop.run(shop.plan("daily(id)", as: "daily_id"))
    let index = try #require(try shop.index("daily_id"))
    #expect(done.outcome.result == .leftInvalidNotOurs(objectID: index.objectID))
    #expect(done.error?.code == .cancelled)
  }

  @Test func `an administrator's cancel is not taken for the person's`() throws {
    let shop = try Shop()
    let other = try shop.oldSnapshot()
    defer { withExtendedLifetime(other) {} }
    shop.onProgress = { progress in
      guard progress.phase == waitingForSnapshots else { return }
      _ = try? shop.database.execute(
        "SELECT pg_cancel_backend(pid) FROM pg_stat_progress_create_index WHERE datname = current_database()")
    }
    let done = try shop.run(shop.plan(Self.design, as: Self.name))
    #expect(
      done.outcome.result
        == .leftInvalidAndDropped(reason: "canceling statement due to user request"))
    #expect(done.error?.code == .statement)
  }

  @Test func `an equal index that came in between is enough`() throws {
    let shop = try Shop()
    let plan = try shop.plan("orders(customer_id)", as: "orders_c")
    try shop.database.script("CREATE INDEX orders_c ON orders (customer_id)")
    let index = try #require(try shop.index("orders_c"))
    #expect(
      try shop.run(plan).outcome.result == .alreadyThere(objectID: index.objectID, isValid: true))
    #expect(try shop.plan("orders(customer_id)", as: "orders_c").refusal == nil)
  }

  @Test func `another index or relation of the name that came in between is told`() throws {
    let shop = try Shop()
    let plan = try shop.plan("orders(customer_id)", as: "orders_c")
    try shop.database.script("CREATE INDEX orders_c ON orders (status)")
    let index = try #require(try shop.index("orders_c"))
    #expect(
      try shop.run(plan).outcome.result
        == .isAnotherIndex(
          objectID: index.objectID,
          definition: "CREATE INDEX orders_c ON public.orders USING btree (status)"))
    try shop.database.script("DROP INDEX orders_c; CREATE VIEW orders_c AS SELECT 1")
    #expect(
      try shop.run(plan).outcome.result.sentence
        == "failed: nothing was built: public.orders_c is a view")
  }

  @Test func `a journal that cannot be written to stops everything`() throws {
    let shop = try Shop()
    shop.journal.failsToBegin = true
    let plan = try shop.plan(Self.design, as: Self.name)
    #expect(
      throws: ServerError(
        .journal, "could not write the change down, so its statement was not run: the disk is full",
        hint: "mend the ledger and try again")
    ) { try shop.run(plan) }
    #expect(try shop.index(Self.name) == nil)
  }

  @Test func `an ending that cannot be written down is told with what is on the server`() throws {
    let shop = try Shop()
    shop.journal.failsToFinish = true
    let plan = try shop.plan(Self.design, as: Self.name)
    let error = #expect(throws: ServerError.self) { try shop.run(plan) }
    let index = try #require(try shop.index(Self.name))
    #expect(error?.message == "could not write down how change 1 ended: the disk is full")
    #expect(
      error?.detail?.hasPrefix(
        "On the server: the index was built and is valid (object id \(index.objectID), ") == true)
    let record = shop.journal.record(ChangeNumber(1))
    #expect(record.state == .started && record.seenIndexObjectID == index.objectID)
    let rollback = try shop.session.planRollback(of: record)
    #expect(rollback.steps.map(\.work) == [.drop(objectID: index.objectID)])
  }

  @Test func `a change is known before it runs, whatever becomes of its ending`() throws {
    let shop = try Shop()
    shop.journal.failsToFinish = true
    var begun: [ChangeNumber] = []
    var isThere: Bool?
    let plan = try shop.plan(Self.design, as: Self.name)
    #expect(throws: ServerError.self) {
      try ChangeRunner(on: shop.session, journal: shop.journal, context: Shop.context).run(
        plan, by: try Shop.permit(plan), at: Shop.now,
        began: { number in
          begun.append(number)
          #expect(shop.journal.intents.map(\.indexName) == [Self.name])
          isThere = (try? shop.index(Self.name)) != nil
        })
    }
    #expect(begun == [ChangeNumber(1)] && isThere == false)
  }

  @Test func `an index that could not be written down while it was built is written down later`() throws {
    let shop = try Shop()
    let other = try shop.oldSnapshot()
    shop.journal.failuresToSee = 2
    shop.onProgress = { [journal = shop.journal] _ in
      if !journal.seenIndexes.isEmpty { _ = try? other.query("ROLLBACK") }
    }
    let done = try shop.run(try shop.plan(Self.design, as: Self.name))
    #expect(try shop.index(Self.name)?.objectID == shop.journal.seenIndexes[done.number])
    #expect(shop.journal.failuresToSee == 0 && done.warnings == [])
  }

  @Test func `a warning names an index that never could be written down`() throws {
    let shop = try Shop()
    let other = try shop.oldSnapshot()
    shop.journal.failuresToSee = .max
    shop.onProgress = { progress in
      if progress.phase == waitingForSnapshots { _ = try? other.query("ROLLBACK") }
    }
    let plan = try shop.plan(Self.design, as: Self.name)
    let done = try shop.run(plan)
    let index = try #require(try shop.index(Self.name)).objectID
    let warning =
      "could not write down which index change 1 was making (object id \(index)): the disk is full"
    #expect(done.warnings == [warning])
    try shop.database.script("DROP INDEX \(Self.name)")
    shop.journal.failsToFinish = true
    let error = #expect(throws: ServerError.self) { try shop.run(plan) }
    let second = try #require(try shop.index(Self.name)).objectID
    #expect(
      error?.detail?.hasSuffix(
        ". could not write down which index change 2 was making (object id \(second)): the disk is full.")
        == true)
  }

  @Test func `a table that stays locked is told with who holds it`() throws {
    let shop = try Shop()
    let other = try shop.database.connect()
    defer { withExtendedLifetime(other) {} }
    _ = try other.query("BEGIN")
    _ = try other.query("LOCK TABLE orders IN SHARE MODE")
    let plan = try shop.plan(Self.design, as: Self.name)
    let done = try shop.run(plan, tableLockTimeout: .milliseconds(600))
    guard case .failed(let failure) = done.outcome.result else {
      Issue.record("\(done.outcome.sentence)")
      return
    }
    #expect(
      failure.message.hasPrefix(
        "could not lock table \"public.orders\" within 600ms: it is held by pid \(other.backendPID) ("))
    #expect(failure.sqlState == "55P03")
    #expect(try shop.index(Self.name) == nil)
  }

  @Test func `a server that crashes in the middle is waited for and cleaned up`() throws {
    let cluster = TestCluster()
    let shop = try Shop(on: cluster)
    let other = try shop.oldSnapshot()
    defer { withExtendedLifetime(other) {} }
    shop.onProgress = { progress in
      if progress.phase == waitingForSnapshots { try? cluster.kill() }
      if progress.phase == "the connection was lost; trying to reach the server" { try? cluster.start() }
    }
    let done = try shop.run(shop.plan(Self.design, as: Self.name))
    guard case .leftInvalidAndDropped(let reason) = done.outcome.result else {
      Issue.record("\(done.outcome.sentence)")
      return
    }
    #expect(reason.hasPrefix("the connection to the server was lost: "))
    #expect(try shop.index(Self.name) == nil)
    #expect(!other.isAlive || other.wasClosedByServer)
  }
}
