import Glibc
import IndexDesign
import Postgres
import TestSupport
import Testing

@testable import Server

@Suite struct WhatIfPlannerLossTests {
  /// Planning `ending()` ends the backend that plans it, as a crash would.
  static let ending = """
    CREATE FUNCTION ending() RETURNS int IMMUTABLE LANGUAGE sql AS
      $$SELECT pg_terminate_backend(pg_backend_pid())::int$$;
    CREATE FUNCTION sleeping() RETURNS int IMMUTABLE LANGUAGE sql AS $$SELECT 1 FROM pg_sleep(600)$$
    """

  static func requests(_ count: Int) throws -> [CostRequest] {
    try (0..<count).map {
      try WhatIfPlannerTests.request(
        "SELECT * FROM orders WHERE customer_id = \($0)", "orders(customer_id)", "orders(total)")
    }
  }

  @Test func `a backend that was lost between two batches is replaced, and its designs are made again`()
    throws
  {
    let (database, session) = try ExplainerTests.orders()
    let planner = try WhatIfPlanner(beside: session)
    let requests = try Self.requests(6)
    let first = try planner.answers(to: Array(requests[..<3]))
    let pid = planner.crew.backends[0].session.facts.backendPID
    try database.terminate(pid)
    let second = try planner.answers(to: requests)
    #expect(Array(second[..<3]) == first)
    #expect(second.allSatisfy { (try? $0.get().usedDesigns) == [0] })
    #expect(planner.planCount == 6)
    #expect(planner.crew.backends[0].session.facts.backendPID != pid)
  }

  @Test(arguments: [1, 2])
  func `what ends its backend is tried once more, and all others are planned`(connections: Int) throws {
    let (database, session) = try ExplainerTests.orders()
    try database.script(Self.ending)
    let planner = try WhatIfPlanner(beside: session, connections: connections)
    var requests = try Self.requests(120)
    let fatal = try WhatIfPlannerTests.request(
      "SELECT * FROM orders WHERE id = ending()", "orders(customer_id)")
    requests.insert(fatal, at: 50)
    var answers = try planner.answers(to: requests)
    #expect(
      answers.remove(at: 50).failure
        == PlanningFailure(
          "the connection to the server was lost: terminating connection due to administrator command",
          sqlState: "57P01"))
    #expect(answers.allSatisfy { (try? $0.get().usedDesigns) == [0] })
    #expect(session.takeEvents() == [])
  }

  @Test func `an interrupt ends a batch, and the next one is answered`() throws {
    let (database, _) = try ExplainerTests.orders()
    try database.script(Self.ending)
    var ends: [CInt] = [0, 0]
    pipe(&ends)
    let (reading, writing) = (ends[0], ends[1])
    defer { for end in ends { close(end) } }
    var interrupts = Interrupts(fileDescriptor: reading) {
      var byte: UInt8 = 0
      return read(reading, &byte, 1) == 1
    }
    var isAsked = false
    interrupts.whileWaiting = {
      let sleepers = try? database.execute(
        "SELECT 1 FROM pg_stat_activity WHERE wait_event = 'PgSleep' AND datname = current_database()")
      guard !isAsked, sleepers?.value == "1" else { return }
      isAsked = true
      _ = write(writing, "x", 1)
    }
    let session = try Session(target: database.conninfo, interrupts: interrupts)
    let planner = try WhatIfPlanner(beside: session, connections: 2)
    let requests = try Self.requests(40)
    let slow = try WhatIfPlannerTests.request("SELECT * FROM orders WHERE id = sleeping()")
    let error = #expect(throws: ServerError.self) { try planner.answers(to: [slow] + requests) }
    #expect(error?.code == .cancelled)
    #expect(error?.message == "cancelled after \(NumberText.counted(Int64(planner.planCount), "plan"))")
    #expect(try planner.answers(to: requests).allSatisfy { (try? $0.get().usedDesigns) == [0] })
    #expect(try session.value("SELECT 1") == "1")
  }

  @Test func `a server that cannot be reached any more ends the batch with the reason`() throws {
    let cluster = TestCluster()
    let database = try cluster.database(.orders)
    let planner = try WhatIfPlanner(beside: database.session())
    try cluster.stop()
    let error = #expect(throws: ServerError.self) { try planner.answers(to: Self.requests(2)) }
    #expect(error?.code == .connection)
    try cluster.start()
    #expect(try planner.answers(to: Self.requests(2)).allSatisfy { $0.failure == nil })
  }

  @Test func `without HypoPG, and behind a pooler, there is no planner`() throws {
    let database = try TestCluster.shared.database(.empty)
    let session = try database.session()
    #expect(
      throws: ServerError(
        .missingPrerequisite, "HypoPG is not installed in database \"\(database.name)\"",
        hint: "doctor says what is missing, setup installs it")
    ) { try WhatIfPlanner(beside: session) }
    let shop = try TestCluster.shared.database(.orders)
    let pooler = try TestPooler()
    let pooled = try Session(target: pooler.conninfo(database: shop.name))
    #expect(throws: ServerError.self) { try WhatIfPlanner(beside: pooled) }
    withExtendedLifetime(pooler) {}
  }
}

extension CostAnswer {
  /// The failure; nil for a plan.
  var failure: PlanningFailure? { if case .failure(let failure) = self { failure } else { nil } }
}
