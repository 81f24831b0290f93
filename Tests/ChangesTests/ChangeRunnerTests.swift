import IndexDesign
import Postgres
import TestSupport
import Testing

@testable import Changes
@testable import Server

/// The runner's lock: no plan runs without its own permit, in time and on its own server.
@Suite struct ChangeRunnerTests {
  private let shop: Shop
  private let plan: ChangePlan

  init() throws {
    shop = try Shop()
    plan = try shop.plan(PromotionTests.design, as: PromotionTests.name)
  }

  /// What the runner throws, after which nothing was written down and nothing built.
  private func refusal(
    of plan: ChangePlan, by permit: consuming Permit, at time: Timestamp = Shop.now
  ) throws -> ServerError? {
    let runner = ChangeRunner(on: shop.session, journal: shop.journal, context: Shop.context)
    var refusal: ServerError?
    do throws(ServerError) { _ = try runner.run(plan, by: permit, at: time) } catch { refusal = error }
    #expect(shop.journal.intents.isEmpty)
    #expect(try shop.index(PromotionTests.name) == nil)
    return refusal
  }

  @Test func `a permit of another plan opens nothing`() throws {
    let other = try shop.plan("orders(note)", as: PromotionTests.name)
    #expect(
      try refusal(of: plan, by: Shop.permit(other))
        == ServerError(
          .refused, "cannot promote: the permit is for another plan",
          hint: "promote again: what is shown is then what is confirmed and run"))
  }

  @Test func `an expired permit opens nothing`() throws {
    let later = Timestamp(secondsSinceEpoch: Shop.now.secondsSinceEpoch + 60)
    let error = try refusal(of: plan, by: Shop.permit(plan), at: later)
    #expect(error?.code == .refused)
    #expect(error?.message.hasPrefix("cannot promote: the permit is good from 2023-11-14T22:13:20") == true)
    #expect(error?.hint == "promote again and confirm it anew")
  }

  @Test func `a plan of another server is not run`() throws {
    var elsewhere = plan
    elsewhere.server.systemIdentifier = "7"
    let error = try refusal(of: elsewhere, by: Shop.permit(elsewhere))
    #expect(
      error?.message == "cannot promote: the session is connected to another server or database")
  }

  @Test func `a table that was made anew is another table`() throws {
    try shop.database.script("ALTER TABLE orders RENAME TO old_orders; CREATE TABLE orders (LIKE old_orders)")
    #expect(
      try refusal(of: plan, by: Shop.permit(plan))
        == ServerError(
          .refused, "cannot promote: \"public.orders\" is another table than was planned for",
          hint: "promote again: somebody has made the table anew"))
  }

  @Test func `a table that takes the name while the lock is waited for is not built on`() throws {
    let other = try shop.database.connect()
    _ = try other.script("BEGIN; LOCK TABLE orders IN SHARE ROW EXCLUSIVE MODE")
    shop.onProgress = { progress in
      guard progress.phase == "waiting for a lock on the table" else { return }
      _ = try? other.script(
        "ALTER TABLE orders RENAME TO old_orders; CREATE TABLE orders (LIKE old_orders); COMMIT")
    }
    let done = try shop.run(plan)
    #expect(
      done.error
        == ServerError(
          .refused, "\"public.orders\" is another table than was planned for",
          detail: "Nothing was built or dropped.",
          hint: "look at it and try again: somebody has made the table anew or renamed it meanwhile"))
    #expect(
      try shop.database.execute("SELECT count(*) FROM pg_index WHERE indrelid = 'orders'::regclass").value
        == "0")
  }

  @Test func `a transaction that was opened meanwhile refuses`() throws {
    _ = try shop.session.look("begin;")
    let error = try refusal(of: plan, by: Shop.permit(plan))
    #expect(error?.message == "cannot promote inside an open transaction")
  }

  @Test func `the ending is written before the counters are read, and stays when they cannot be`() throws {
    let pid = shop.session.facts.backendPID
    var hadCounters: Bool?
    shop.journal.onFinish = { [shop] in
      hadCounters = shop.journal.outcomes.values.contains { $0.countersAfter != nil }
      // Whoever asks this backend for counters finds it gone.
      _ = try? shop.database.execute("SELECT pg_terminate_backend($1)", [String(pid)])
    }
    shop.journal.failsToCount = true
    let done = try shop.run(plan)
    #expect(hadCounters == false)
    guard case .built = done.outcome.result else { throw TestProblem(done.outcome.sentence) }
    #expect(done.error == nil && done.outcome.countersAfter == nil)
    // Which of the two comes first, the lost backend or the full disk, the server decides.
    #expect(done.warnings.count == 1)
    #expect(
      done.warnings.allSatisfy {
        $0.hasPrefix("what the server had counted after change 1 is not recorded: ")
      })
    #expect(shop.journal.outcomes[done.number]?.result == done.outcome.result)
  }

  @Test func `Ctrl-C while counters are read stops the command before anything is written down`() throws {
    let (database, interruption) = (shop.database, shop.interruption)
    let holder = try database.connect()
    _ = try holder.query("BEGIN")
    _ = try holder.query("LOCK TABLE orders IN ACCESS EXCLUSIVE MODE")
    let person = OtherThread {
      try database.connect().wait(
        until: "EXISTS (SELECT FROM pg_locks WHERE NOT granted AND relation = 'orders'::regclass "
          + "AND database = (SELECT oid FROM pg_database WHERE datname = current_database()))")
      interruption.ask()
    }
    let error = #expect(throws: ServerError.self) { try shop.run(plan) }
    try person.value()
    #expect(error?.code == .cancelled && shop.journal.intents.isEmpty)
    _ = try holder.query("ROLLBACK")
    let orders = try shop.session.relation(RelationName(name: "orders"))
    #expect(try shop.session.changeCounters(on: orders).tableSizeInBytes != nil)
  }

  @Test func `steps run in order up to the first that does not end as wanted`() throws {
    var plan = try shop.plan("orders(note)", as: "first")
    let second = try shop.plan("orders(customer_id) unique", as: "second")
    let third = try shop.plan("orders(total)", as: "third")
    plan.steps += second.steps + third.steps
    let finished = try ChangeRunner(on: shop.session, journal: shop.journal, context: Shop.context)
      .run(plan, by: try Shop.permit(plan), at: Shop.now)
    #expect(finished.map(\.number) == [ChangeNumber(1), ChangeNumber(2)])
    #expect(finished.map(\.error?.sqlState) == [nil, "23505"])
    #expect(shop.journal.intents.map(\.indexName) == ["first", "second"])
    #expect(try shop.index("first")?.isValid == true)
    #expect(try shop.index("second") == nil && shop.index("third") == nil)
  }
}
