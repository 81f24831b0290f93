import IndexDesign
import Postgres
import TestSupport
import Testing

@testable import Changes
@testable import Server

/// Two hypos that change one table at once.
@Suite struct TableTurnTests {
  private static let waiting = "waiting for another change of the table"

  /// What a hypo plans before either of two has begun.
  private static func plan(_ shortForm: String, as name: String, on database: TestDatabase) throws
    -> ChangePlan
  {
    try database.session().planPromotion(
      of: IndexDefinitionParser.parseShortForm(shortForm).definition, name: name)
  }

  /// Another hypo: runs a plan and calls `onWait` when it waits for its turn.
  private static func run(
    _ plan: ChangePlan, on database: TestDatabase, timeout: Duration = .seconds(30),
    onWait: @escaping @Sendable (BuildProgress) -> Void = { _ in }
  ) -> OtherThread<FinishedChange> {
    OtherThread {
      let runner = ChangeRunner(
        on: try database.session(), journal: MemoryJournal(), context: Shop.context,
        tableLockTimeout: timeout)
      let finished = try runner.run(
        plan, by: try Shop.permit(plan), at: Shop.now,
        progress: { progress in
          if progress.phase == Self.waiting { onWait(progress) }
        })
      return try #require(finished.first)
    }
  }

  /// A build that waits for an old snapshot, and the connection that keeps it.
  private static func heldBuild(
    _ plan: ChangePlan, on database: TestDatabase
  ) throws -> (build: OtherThread<FinishedChange>, snapshot: Connection) {
    let snapshot = try database.connect()
    _ = try snapshot.script("BEGIN ISOLATION LEVEL REPEATABLE READ; SELECT 1")
    let build = run(plan, on: database)
    try database.connect().wait(
      until: "EXISTS (SELECT FROM pg_stat_progress_create_index WHERE phase = 'waiting for old snapshots' "
        + "AND datname = current_database())")
    return (build, snapshot)
  }

  /// Runs two plans at once; the first goes on only when the second was seen to wait for its turn.
  private static func both(
    _ first: ChangePlan, _ second: ChangePlan, on database: TestDatabase
  ) throws -> [ChangeOutcome.Result] {
    let (build, snapshot) = try heldBuild(first, on: database)
    let pid = String(snapshot.backendPID)
    let rival = run(second, on: database) { _ in
      _ = try? database.execute("SELECT pg_terminate_backend($1::int)", [pid])
    }
    let results = [try build.value().outcome.result, try rival.value().outcome.result]
    return withExtendedLifetime(snapshot) { results }
  }

  private static func isValid(_ name: String, _ database: TestDatabase) throws -> Bool {
    try database.execute("SELECT indisvalid FROM pg_index WHERE indexrelid = to_regclass($1)", [name]).value
      == "t"
  }

  @Test func `two builds on one table come one after the other, and both indexes are valid`() throws {
    let database = try TestCluster.shared.database(.orders)
    let results = try Self.both(
      Self.plan("orders(customer_id)", as: "first_idx", on: database),
      Self.plan("orders(total)", as: "second_idx", on: database), on: database)
    for result in results {
      guard case .built = result else {
        Issue.record("\(result.sentence)")
        continue
      }
    }
    #expect(try Self.isValid("first_idx", database) && Self.isValid("second_idx", database))
  }

  @Test func `three builds on one table come one after the other, and who waits sees who has the turn`()
    throws
  {
    let database = try TestCluster.shared.database(.orders)
    let plans = try [("orders(total)", "second_idx"), ("orders(status)", "third_idx")].map {
      try Self.plan($0.0, as: $0.1, on: database)
    }
    let (build, snapshot) = try Self.heldBuild(
      Self.plan("orders(customer_id)", as: "first_idx", on: database), on: database)
    let pid = String(snapshot.backendPID)
    let holder = try database.execute(
      "SELECT pid FROM pg_stat_progress_create_index WHERE datname = current_database()"
    ).value
    let start = "\(Self.waiting), waits for pid \(holder ?? "-") (hypo, hypo promote), for "
    let rivals = plans.map { plan in
      Self.run(plan, on: database, timeout: .seconds(300)) { progress in
        // The first goes on when both wait: each hypo has two connections.
        guard progress.line.hasPrefix(start) else { return }
        _ = try? database.execute(
          """
          SELECT pg_terminate_backend($1::int) WHERE 6 <= (SELECT count(*) FROM pg_stat_activity \
          WHERE application_name = 'hypo promote' AND datname = current_database())
          """, [pid])
      }
    }
    for change in [build] + rivals {
      let result = try change.value().outcome.result
      guard case .built = result else {
        Issue.record("\(result.sentence)")
        continue
      }
    }
    for name in ["first_idx", "second_idx", "third_idx"] { #expect(try Self.isValid(name, database)) }
    withExtendedLifetime(snapshot) {}
  }

  @Test func `the same index from two shells is built once`() throws {
    let database = try TestCluster.shared.database(.orders)
    let plan = try Self.plan("orders(customer_id)", as: "one_idx", on: database)
    let results = try Self.both(plan, plan, on: database)
    guard case .built(let objectID, _) = results[0] else {
      Issue.record("\(results[0].sentence)")
      return
    }
    #expect(results[1] == .alreadyThere(objectID: objectID, isValid: true))
  }

  @Test func `a materialized view, which has no LOCK, is no way into a deadlock`() throws {
    let database = try TestCluster.shared.database(.orders)
    try database.script("CREATE MATERIALIZED VIEW daily AS SELECT id, total FROM orders")
    _ = try Self.both(
      Self.plan("daily(id)", as: "daily_id", on: database),
      Self.plan("daily(total)", as: "daily_total", on: database), on: database)
    #expect(try Self.isValid("daily_id", database) && Self.isValid("daily_total", database))
  }

  @Test func `who waits too long is told who has the turn, and has changed nothing`() throws {
    let database = try TestCluster.shared.database(.orders)
    let second = try Self.plan("orders(total)", as: "second_idx", on: database)
    let (first, snapshot) = try Self.heldBuild(
      Self.plan("orders(customer_id)", as: "first_idx", on: database), on: database)
    let finished = try Self.run(second, on: database, timeout: .milliseconds(300)).value()
    let holder = try database.execute(
      "SELECT pid FROM pg_stat_progress_create_index WHERE datname = current_database()"
    ).value
    let error = try #require(finished.error)
    #expect(
      error.message.hasPrefix(
        "could not change table \"public.orders\" within 300ms: another change of hypo has its turn, "
          + "pid \(holder ?? "-") (hypo, hypo promote), since 20"))
    #expect(
      error.message.contains(#/Z \([0-9]+ s\): /#)
        && error.message.hasSuffix(
          " s): CREATE INDEX CONCURRENTLY IF NOT EXISTS first_idx ON public.orders (customer_id)")
    )
    #expect(error.sqlState == "55P03")
    #expect(error.detail == "Nothing was built or dropped.")
    #expect(error.hint == "let the other change end and try again")
    #expect(
      try database.execute("SELECT to_regclass('second_idx')").value == nil)
    _ = try snapshot.query("COMMIT")
    guard case .built = try first.value().outcome.result else {
      Issue.record("the first was not built")
      return
    }
  }

  @Test func `Ctrl-C ends the wait`() throws {
    let shop = try Shop()
    let plan = try shop.plan(PromotionTests.design, as: PromotionTests.name)
    let other = try ChangeConnection(shop.database.session(), name: "hypo promote")
    let table = try #require(plan.steps[0].table)
    try TableTurn(of: table, other, ChangeWatch(other, table: table.objectID) { _ in })
      .take(atMost: .zero) { _ in }
    shop.onProgress = { progress in
      if progress.phase == Self.waiting { shop.interrupt() }
    }
    let done = try shop.run(plan)
    #expect(done.outcome.result == .cancelled)
    #expect(done.error?.message == "cancelled by the person who promoted")
    #expect(shop.phases == [Self.waiting])
  }

  @Test func `who waits holds no snapshot`() throws {
    let shop = try Shop()
    let plan = try shop.plan(PromotionTests.design, as: PromotionTests.name)
    let other = try ChangeConnection(shop.database.session(), name: "hypo promote")
    let table = try #require(plan.steps[0].table)
    try TableTurn(of: table, other, ChangeWatch(other, table: table.objectID) { _ in })
      .take(atMost: .zero) { _ in }
    var snapshots: [String?] = []
    shop.onProgress = { progress in
      guard progress.phase == Self.waiting else { return }
      let rows = try? shop.database.execute(
        """
        SELECT state, backend_xmin, backend_xid FROM pg_stat_activity \
        WHERE application_name = 'hypo promote' AND datname = current_database()
        """)
      snapshots = rows?.rows.map { "\($0[0] ?? "-") \($0[1] ?? "-") \($0[2] ?? "-")" } ?? []
      shop.interrupt()
    }
    _ = try shop.run(plan)
    // Two of each hypo: one that changes and one that looks on.
    #expect(snapshots == [String](repeating: "idle - -", count: 4))
  }

  @Test func `changes of other tables and of other databases do not wait`() throws {
    let shop = try Shop()
    let elsewhere = try Shop()
    let other = try ChangeConnection(elsewhere.session, name: "hypo promote")
    let table = try #require(try shop.plan("orders(note)").steps[0].table)
    try TableTurn(of: table, other, ChangeWatch(other, table: table.objectID) { _ in })
      .take(atMost: .zero) { _ in }
    let neighbour = try ChangeConnection(shop.database.session(), name: "hypo promote")
    let customers = try #require(try shop.plan("customers(name)").steps[0].table)
    try TableTurn(of: customers, neighbour, ChangeWatch(neighbour, table: customers.objectID) { _ in })
      .take(atMost: .zero) { _ in }
    guard case .built = try shop.run(shop.plan("orders(note)", as: "note_idx")).outcome.result else {
      Issue.record("the index was not built")
      return
    }
    #expect(!shop.phases.contains(Self.waiting))
  }

  @Test func `the key is the documented one, and goes with the connection`() throws {
    let shop = try Shop()
    var keys: [[String?]] = []
    let query = "SELECT classid, objid, objsubid FROM pg_locks WHERE locktype = 'advisory'"
    let other = try shop.oldSnapshot()
    shop.onProgress = { progress in
      guard progress.phase == waitingForSnapshots else { return }
      keys = ((try? shop.database.execute(query)) ?? nil)?.rows ?? []
      _ = try? other.query("COMMIT")
    }
    _ = try shop.run(shop.plan(PromotionTests.design, as: PromotionTests.name))
    let orders = try shop.database.execute("SELECT 'orders'::regclass::oid").value
    #expect(keys.contains(["2719168269", orders, "2"]), "\(keys)")
  }
}
