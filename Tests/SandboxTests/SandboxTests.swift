import Foundation
import Glibc
import IndexDesign
import Postgres
import TestSupport
import Testing

@testable import Sandbox

/// One sandbox goes through its whole life here; making one is the slow part.
@Suite(.serialized) struct SandboxTests {
  @Test func `a sandbox's life`() throws {
    let folder = try TemporaryFolder()
    let sandbox = Sandbox(directory: "\(folder.path)/hypo/sandbox", scale: .small)
    defer { try? sandbox.remove(force: true) }
    #expect(sandbox.status().state == .absent)

    try start(sandbox)
    try holdsTheData(sandbox)
    try knowsEveryRow(sandbox)
    try ordersQueryLeads(sandbox)
    try workKeepsRowCounts(sandbox)
    try asksBeforeEndingSessions(sandbox)
    try resetRestores(sandbox)
    try resetMakesAnewWhatAnotherHypoMade(sandbox)
    try stopLeavesNothing(sandbox)
    try survivesAKill(sandbox)

    try sandbox.remove()
    #expect(sandbox.status().state == .absent)
    #expect(try FileManager.default.contentsOfDirectory(atPath: "\(folder.path)/hypo") == [])
    try sandbox.remove()
  }

  private func start(_ sandbox: Sandbox) throws {
    var seen: [SandboxProgress] = []
    let parameters = try sandbox.start { seen.append($0) }
    #expect(parameters["dbname"] == "orders")
    #expect(parameters["user"] == "hypo")
    #expect(seen.map(\.fraction) == seen.map(\.fraction).sorted())
    #expect(seen.first?.title == "cluster")
    #expect(seen.last?.fraction == 1)
    let status = sandbox.status()
    #expect(status.state == .running)
    #expect(status.sizeInBytes > 10_000_000)
    try Patience.wait(for: "those who made it to leave") { sandbox.status().sessions == 0 }
    #expect(abs(try #require(status.startedAt).timeIntervalSinceNow) < 60)
    // Nothing is made twice.
    var again: [SandboxProgress] = []
    #expect(try sandbox.start { again.append($0) } == parameters)
    #expect(again == [])
  }

  private func holdsTheData(_ sandbox: Sandbox) throws {
    let scale = sandbox.scale
    #expect(
      try query(
        sandbox,
        """
        SELECT (SELECT count(*) FROM customers), (SELECT count(*) FROM products),
               (SELECT count(*) FROM orders), (SELECT count(*) FROM order_lines)
        """) == [["\(scale.customers)", "\(scale.products)", "\(scale.orders)", "\(scale.orders * 2)"]])
    #expect(
      try query(sandbox, "SELECT extname FROM pg_extension WHERE extname <> 'plpgsql' ORDER BY 1")
        == [["hypopg"], ["pg_stat_statements"]])
    #expect(
      try query(
        sandbox,
        "SELECT conrelid::regclass, count(*) FROM pg_constraint WHERE contype = 'f' GROUP BY 1 ORDER BY 2 DESC"
      )
        == [["order_lines", "2"], ["orders", "1"]])
    #expect(
      try query(
        sandbox,
        """
        SELECT count(*) FROM pg_index i JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = i.indkey[0]
        WHERE i.indrelid = 'orders'::regclass AND a.attname = 'customer_id'
        """) == [["0"]])
    let busiest = try #require(
      Int(try query(sandbox, "SELECT count(*) FROM orders WHERE customer_id = 1")[0][0] ?? ""))
    #expect(busiest > scale.orders / scale.customers * 20)
    #expect(
      try #require(Int(try query(sandbox, "SELECT count(*) FROM orders WHERE customer_id = 42")[0][0] ?? ""))
        > 50)
  }

  /// A sample's shares would differ from those of the table: of 60,000 orders a default sample holds 30,000.
  private func knowsEveryRow(_ sandbox: Sandbox) throws {
    let known = """
      SELECT value, share FROM pg_stats,
        unnest(most_common_vals::text::text[], most_common_freqs) AS common (value, share)
      WHERE tablename = '%1' AND attname = '%2' ORDER BY value
      """
    let counted = """
      SELECT %2::text, (count(*)::float8 / (SELECT count(*) FROM %1))::float4 FROM %1 GROUP BY 1 ORDER BY 1
      """
    for (table, column) in [("orders", "status"), ("order_lines", "quantity")] {
      let queries = [known, counted].map {
        $0.replacing("%1", with: table).replacing("%2", with: column)
      }
      #expect(try query(sandbox, queries[0]) == query(sandbox, queries[1]))
    }
    // The targets are the default ones, and what made ANALYZE read everything is gone.
    #expect(
      try query(
        sandbox,
        """
        SELECT (SELECT max(cardinality(histogram_bounds)) FROM pg_stats WHERE schemaname = 'public'),
               (SELECT count(*) FROM pg_attribute WHERE attrelid = 'orders'::regclass AND attstattarget > 0),
               (SELECT count(*) FROM pg_statistic_ext)
        """) == [["101", "0", "0"]])
  }

  private func ordersQueryLeads(_ sandbox: Sandbox) throws {
    let rows = try query(
      sandbox,
      "SELECT query, calls FROM pg_stat_statements WHERE calls > 1 ORDER BY total_exec_time DESC"
    )
    #expect(rows.count >= 15)
    // It leads by far; a busy machine may hold up another one or two.
    let leading = rows.prefix(3).first {
      $0[0] == "SELECT * FROM orders WHERE customer_id = $1 ORDER BY created_at DESC LIMIT 50"
    }
    #expect(leading?[1] == "\(sandbox.scale.rounds + 1)")
    let verbs = Set(rows.compactMap { $0[0]?.split(separator: " ").first })
    #expect(verbs == ["SELECT", "INSERT", "UPDATE", "DELETE"])
  }

  private func workKeepsRowCounts(_ sandbox: Sandbox) throws {
    let counts = "SELECT (SELECT count(*) FROM orders), (SELECT count(*) FROM order_lines)"
    let before = try query(sandbox, counts)
    #expect(try sandbox.work(for: .milliseconds(200)) > 0)
    #expect(try query(sandbox, counts) == before)
    try Patience.wait(for: "the application to leave") {
      try query(sandbox, "SELECT usename FROM pg_stat_activity WHERE application_name = 'orders-app'") == []
    }
  }

  private func asksBeforeEndingSessions(_ sandbox: Sandbox) throws {
    let other = try connect(sandbox)
    let refusal = SandboxError(
      .othersConnected(1), "1 other session is connected to the sandbox",
      hint: "close them, or say that they may be ended")
    #expect(throws: refusal) { try sandbox.stop() }
    #expect(throws: refusal) { try sandbox.reset() }
    #expect(throws: refusal) { try sandbox.remove() }
    #expect(try other.query("SELECT 1").value == "1")
    try sandbox.stop(ownBackends: [other.backendPID])
    #expect(throws: PostgresError.self) { try other.query("SELECT 1") }
    _ = try sandbox.start()
  }

  private func resetRestores(_ sandbox: Sandbox) throws {
    let statements = "SELECT queryid, calls FROM pg_stat_statements WHERE calls > 1 ORDER BY queryid"
    _ = try query(sandbox, "CREATE INDEX made_by_hand ON orders (customer_id)")
    _ = try query(sandbox, "DROP TABLE order_lines")
    _ = try query(sandbox, "SELECT pg_stat_statements_reset()")
    try sandbox.reset()
    #expect(sandbox.status().state == .running)
    #expect(
      try query(sandbox, "SELECT to_regclass('made_by_hand'), to_regclass('order_lines')") == [
        [nil, "order_lines"]
      ])
    #expect(try query(sandbox, statements).count >= 15)
  }

  private func resetMakesAnewWhatAnotherHypoMade(_ sandbox: Sandbox) throws {
    #expect(!sandbox.status().isOfAnotherRecipe)
    _ = try query(sandbox, "DROP TABLE order_lines")
    try sandbox.stop()
    // Earlier versions wrote only the scale.
    let ready = "\(sandbox.directory)/ready"
    try "\(sandbox.scale)\n".write(toFile: ready, atomically: true, encoding: .utf8)
    try FileManager.default.removeItem(atPath: "\(sandbox.directory)/first-state/pg_hba.conf")
    #expect(try sandbox.start() == sandbox.runningParameters)
    #expect(sandbox.status().isOfAnotherRecipe)
    // A start keeps what a person has made.
    #expect(try query(sandbox, "SELECT to_regclass('order_lines')") == [[nil]])
    var seen: [SandboxProgress] = []
    try sandbox.reset { seen.append($0) }
    #expect(seen.last?.fraction == 1)
    #expect(sandbox.status().state == .running && !sandbox.status().isOfAnotherRecipe)
    #expect(try query(sandbox, "SELECT to_regclass('order_lines')") == [["order_lines"]])
    seen = []
    try sandbox.reset { seen.append($0) }
    #expect(seen == [])
    try resetDoesNotNeedTheServerOfOldData(sandbox)
  }

  private func resetDoesNotNeedTheServerOfOldData(_ sandbox: Sandbox) throws {
    try sandbox.stop()
    // The data of a version that is not installed.
    for folder in ["data", "first-state"] {
      try "8\n".write(
        toFile: "\(sandbox.directory)/\(folder)/PG_VERSION", atomically: true, encoding: .utf8)
    }
    let missing = #expect(throws: SandboxError.self) { try sandbox.reset() }
    #expect(missing?.code == .serverMissing)
    try "\(sandbox.scale)\n".write(
      toFile: "\(sandbox.directory)/ready", atomically: true, encoding: .utf8)
    try sandbox.reset()
    #expect(sandbox.status().state == .stopped && !sandbox.status().isOfAnotherRecipe)
    _ = try sandbox.start()
    #expect(try query(sandbox, "SELECT to_regclass('order_lines')") == [["order_lines"]])
  }

  private func stopLeavesNothing(_ sandbox: Sandbox) throws {
    let status = sandbox.status()
    let pid = try #require(status.processID)
    try sandbox.stop()
    #expect(kill(pid, 0) == -1)
    #expect(!FileManager.default.fileExists(atPath: try #require(status.socketFolder)))
    #expect(!FileManager.default.fileExists(atPath: "\(sandbox.directory).lock"))
    #expect(sandbox.status().state == .stopped)
    #expect(throws: SandboxError(.server, "the sandbox is not running", hint: "start it: hypo sandbox start"))
    {
      try sandbox.work()
    }
  }

  private func survivesAKill(_ sandbox: Sandbox) throws {
    _ = try sandbox.start()
    let pid = try #require(sandbox.status().processID)
    kill(pid, SIGKILL)
    Postmaster.wait(for: pid, atMost: Patience.limit)
    #expect(sandbox.status().state == .stopped)
    _ = try sandbox.start()
    #expect(try query(sandbox, "SELECT count(*) FROM orders") == [["\(sandbox.scale.orders)"]])
    // A reset that was interrupted after it had removed the data.
    try sandbox.stop()
    try FileManager.default.removeItem(atPath: "\(sandbox.directory)/data")
    _ = try sandbox.start()
    #expect(try query(sandbox, "SELECT count(*) FROM orders") == [["\(sandbox.scale.orders)"]])
  }

  @Test func `two starts at once make one sandbox`() async throws {
    let folder = try TemporaryFolder()
    let path = "\(folder.path)/sandbox"
    let tiny = SandboxScale(customers: 100, products: 20, orders: 1000, rounds: 2)
    defer { try? Sandbox(directory: path).remove(force: true) }
    let found = try await withThrowingTaskGroup(of: [String: String].self) { group in
      for _ in 0..<2 { group.addTask { try Sandbox(directory: path, scale: tiny).start() } }
      return try await group.reduce(into: []) { $0.append($1) }
    }
    #expect(found.count == 2)
    #expect(found[0] == found[1])
    #expect(
      try Connection(ConnectionParameters(found[0])).query("SELECT count(*) FROM orders").value == "1000")
  }

  @Test func `a making that was cancelled starts anew`() throws {
    let folder = try TemporaryFolder()
    let path = "\(folder.path)/sandbox"
    let tiny = SandboxScale(customers: 100, products: 20, orders: 1000, rounds: 2)
    // Never readable: only the questions between the steps count here.
    let interrupts = Interrupts(fileDescriptor: -1) { true }
    let cancelled = SandboxError(.cancelled, "cancelled", hint: "the next start begins anew")
    #expect(throws: cancelled) {
      try Sandbox(directory: path, scale: tiny, interrupts: interrupts).start()
    }
    let sandbox = Sandbox(directory: path, scale: tiny)
    #expect(sandbox.status().state != .running)
    _ = try sandbox.start()
    #expect(sandbox.status().state == .running)
    try sandbox.remove()
  }

  @Test func `nobody finds a sandbox while it is made, and a cancelled workload says what stays`() throws {
    let folder = try TemporaryFolder()
    let path = "\(folder.path)/sandbox"
    let tiny = SandboxScale(customers: 100, products: 20, orders: 1000, rounds: 2)
    let sandbox = Sandbox(directory: path, scale: tiny)
    defer { try? sandbox.remove(force: true) }
    let usual = sandbox.runningParameters
    let socket = "\(usual["host"] ?? "")/.s.PGSQL.\(usual["port"] ?? "")"
    var parts: Set<Int> = []
    _ = try sandbox.start { progress in
      parts.insert(progress.part)
      #expect(!FileManager.default.fileExists(atPath: socket), "\(progress.title)")
    }
    #expect(parts.count > 5)
    #expect(FileManager.default.fileExists(atPath: socket))
    let interruption = try Interruption()
    interruption.ask()
    let stopped = Sandbox(
      directory: path, scale: tiny,
      interrupts: Interrupts(fileDescriptor: interruption.descriptor) { interruption.take() })
    let cancelled = SandboxError(
      .cancelled, "cancelled",
      hint: "what has run of the workload stays; sandbox reset puts the first state back")
    #expect(throws: cancelled) { try stopped.work(for: .seconds(60)) }
  }

  @Test func `a folder of somebody else is refused by every operation`() throws {
    let folder = try TemporaryFolder()
    try "mine".write(toFile: "\(folder.path)/letter", atomically: false, encoding: .utf8)
    let sandbox = Sandbox(directory: folder.path)
    let refusal = SandboxError(
      .notOurs, "\(folder.path) was not made by hypo and is left alone",
      detail: "the file made-by-hypo is not in it", hint: "choose another folder, or move this one away")
    #expect(throws: refusal) { _ = try sandbox.start() }
    #expect(throws: refusal) { try sandbox.stop() }
    #expect(throws: refusal) { try sandbox.reset() }
    #expect(throws: refusal) { try sandbox.remove() }
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["letter"])
  }

  @Test func `what needs a sandbox says so when there is none`() throws {
    let folder = try TemporaryFolder()
    let sandbox = Sandbox(directory: "\(folder.path)/none")
    let none = SandboxError(.notMade, "there is no sandbox yet", hint: "make it: hypo sandbox start")
    #expect(throws: none) { try sandbox.reset() }
    #expect(throws: none) { try sandbox.work() }
    try sandbox.stop()
  }

  @Test(arguments: [
    (["XDG_STATE_HOME": "/s", "HOME": "/h"], false, "/s/hypo/sandbox"),
    (["XDG_STATE_HOME": "s", "HOME": "/h"], false, "/h/.local/state/hypo/sandbox"),
    (["HOME": "/h"], false, "/h/.local/state/hypo/sandbox"),
    (["HOME": "/root"], true, "/var/lib/hypo/sandbox"),
    (["XDG_STATE_HOME": "/s"], true, "/s/hypo/sandbox"),
  ])
  func `the default folder follows the state home`(environment: [String: String], isRoot: Bool, path: String)
  {
    #expect(Sandbox.defaultDirectory(environment: environment, isRoot: isRoot) == path)
  }

  private func connect(_ sandbox: Sandbox) throws -> Connection {
    try Connection(ConnectionParameters(sandbox.start()))
  }

  private func query(_ sandbox: Sandbox, _ sql: String) throws -> [[String?]] {
    try connect(sandbox).query(sql).rows
  }
}
