import IndexDesign
import Postgres
import TestSupport
import Testing

@testable import Server

@Suite struct SessionTests {
  @Test func `a new backend has the session's name and time-outs, whatever its role's defaults are`() throws {
    let database = try TestCluster.shared.database()
    let role = "patient_\(database.name)"
    try database.script("CREATE ROLE \(role) LOGIN; ALTER ROLE \(role) SET statement_timeout = 0")
    defer { try? database.script("DROP ROLE \(role)") }
    var options = SessionOptions()
    options.applicationName = "hypo test"
    for (user, options) in [(nil, SessionOptions()), (role, options)] {
      let session = try database.session(user: user, options: options)
      let rows = try session.connection.query(
        "SELECT name, setting, unit FROM pg_settings WHERE source = 'session' AND name NOT IN ('client_encoding', 'transaction_read_only', 'pg_stat_statements.track') ORDER BY 1"
      ).rows
      #expect(
        rows == [
          ["application_name", options.applicationName, nil], ["default_transaction_read_only", "on", nil],
          ["idle_in_transaction_session_timeout", "600000", "ms"], ["lock_timeout", "5000", "ms"],
          ["quote_all_identifiers", "off", nil], ["standard_conforming_strings", "on", nil],
          ["statement_timeout", "60000", "ms"],
        ])
    }
  }

  @Test func `of several hosts, what connects again connects to the one that answered`() throws {
    let database = try TestCluster.shared.database()
    let session = try Session(
      target: database.conninfo, overrides: ["host": "/nowhere,\(try database.session().address.host)"])
    let again = session.parametersOfThisServer
    #expect(again["host"] == session.address.host)
    #expect(again["port"] == session.address.port)
    #expect(again["hostaddr"] == nil)
  }

  @Test func `a statement that runs too long and one that waits too long end with the server's words`() throws
  {
    let database = try TestCluster.shared.database(.orders)
    var options = SessionOptions()
    options.statementTimeout = "2s"
    options.lockTimeout = "500ms"
    let session = try database.session(options: options)
    #expect(
      throws: ServerError(
        .cancelled, "canceling statement due to statement timeout", sqlState: "57014")
    ) { try session.look("SELECT pg_sleep(10);") }
    let locker = try database.connect()
    _ = try locker.script("BEGIN; LOCK TABLE orders")
    #expect(
      throws: ServerError(
        .statement, "canceling statement due to lock timeout", sqlState: "55P03", position: 21..<27)
    ) { try session.look("SELECT count(*) FROM orders;") }
    #expect(try session.look("SELECT 1;").rows == [["1"]])
  }

  @Test func `Ctrl-C ends what runs and the session goes on`() throws {
    let database = try TestCluster.shared.database()
    let watcher = try database.connect()
    var asked = 0
    // A descriptor that is always readable: the question is asked again and again while something runs.
    let readable = try Interruption()
    readable.ask()
    let interrupts = Interrupts(fileDescriptor: readable.descriptor) {
      let query =
        "SELECT 1 FROM pg_stat_activity WHERE wait_event = 'PgSleep' AND datname = current_database()"
      guard asked == 0, (try? watcher.query(query).value) == "1" else { return false }
      asked += 1
      return true
    }
    let session = try Session(target: database.conninfo, interrupts: interrupts)
    #expect(
      throws: ServerError(.cancelled, "canceling statement due to user request", sqlState: "57014")
    ) { try session.look("SELECT pg_sleep(60);") }
    #expect(asked == 1)
    #expect(try session.look("SELECT 1;").rows == [["1"]])
  }

  @Test func `connection failures come in libpq's words`() throws {
    let server = try TestCluster.shared.database()
    var found: ServerError?
    do {
      _ = try Session(target: server.conninfo, overrides: ["dbname": "nowhere"])
    } catch { found = error }
    let host = try #require(server.parameters["host"])
    let port = try #require(server.parameters["port"])
    #expect(
      found
        == ServerError(
          .connection,
          "connection to server on socket \"\(host)/.s.PGSQL.\(port)\" failed: FATAL:  "
            + "database \"nowhere\" does not exist"))
    do {
      _ = try Session(target: "host='x")
    } catch { found = error }
    #expect(found == ServerError(.connection, "unterminated quoted string in connection info string"))
  }

  // MARK: A lost backend

  @Test func `a lost backend is replaced, with settings and designs, and told once`() throws {
    let database = try TestCluster.shared.database(.orders)
    let session = try database.session()
    try session.add(1, "orders(customer_id, created_at desc)")
    try session.add(2, "orders(status) where status <> 'delivered'")
    _ = try session.look("SET work_mem = '77MB';")
    _ = try session.look("SELECT set_config('enable_seqscan', 'off', false);")
    let before = session.hypotheticals.active
    let oldPID = session.facts.backendPID
    try database.terminate(oldPID)
    #expect(session.takeEvents() == [])
    let plan = try session.explain("SELECT * FROM orders WHERE customer_id = 42")
    #expect(plan.plan.usedDesigns == [DesignHandle(1)])
    #expect(plan.baseline?.usedDesigns == [])
    #expect(session.facts.backendPID != oldPID)
    #expect(
      session.takeEvents() == [
        .reconnected(
          Restoration(
            backendPID: session.facts.backendPID, designs: [DesignHandle(1), DesignHandle(2)],
            settings: ["enable_seqscan", "work_mem"], lost: []))
      ])
    #expect(session.takeEvents() == [])
    #expect(session.hypotheticals.active.map(\.handle) == before.map(\.handle))
    #expect(session.hypotheticals.active.map(\.statement) == before.map(\.statement))
    #expect(try session.value("SELECT current_setting('work_mem')") == "77MB")
    #expect(try session.value("SELECT current_setting('statement_timeout')") == "1min")
    #expect(try session.value("SELECT count(*) FROM hypopg()") == "2")
  }

  @Test func `hypo off stays off and an open transaction is told lost`() throws {
    let database = try TestCluster.shared.database(.orders)
    let session = try database.session()
    try session.add(1, "orders(customer_id)")
    try session.hypotheticals.setEnabled(false)
    _ = try session.look("BEGIN;")
    #expect(session.isInTransaction)
    try database.terminate(session.facts.backendPID)
    #expect(try session.look("SELECT 1;").rows == [["1"]])
    #expect(session.isInTransaction == false)
    #expect(
      session.takeEvents() == [
        .reconnected(
          Restoration(
            backendPID: session.facts.backendPID, designs: [DesignHandle(1)], settings: [],
            lost: ["the open transaction"]))
      ])
    let off = try session.explain("SELECT * FROM orders WHERE customer_id = 42")
    #expect(off.plan.usedDesigns == [] && off.baseline == nil)
    try session.hypotheticals.setEnabled(true)
    let on = try session.explain("SELECT * FROM orders WHERE customer_id = 42")
    #expect(on.plan.usedDesigns == [DesignHandle(1)])
  }

  @Test func `a design whose table is gone is told and crashes nothing`() throws {
    let database = try TestCluster.shared.database(.orders)
    let session = try database.session()
    try session.add(1, "order_lines(quantity)")
    try session.add(2, "orders(customer_id)")
    let other = try database.connect()
    try database.terminate(session.facts.backendPID)
    _ = try other.query("DROP TABLE order_lines")
    #expect(try session.look("SELECT 1;").rows == [["1"]])
    #expect(
      session.takeEvents() == [
        .reconnected(
          Restoration(
            backendPID: session.facts.backendPID, designs: [DesignHandle(2)], settings: [],
            lost: ["%1: relation \"public.order_lines\" does not exist"]))
      ])
    #expect(session.hypotheticals.active.map(\.handle) == [DesignHandle(2)])
    #expect(try other.query("SELECT 1").value == "1", "the server did not restart")
  }

  @Test func `a server that restarts is found again, and until then the error says why`() throws {
    let server = TestCluster(["shared_buffers": "16MB"])
    let database = try server.database(.orders)
    let session = try database.session()
    try session.add(1, "orders(customer_id)")
    _ = try session.look("BEGIN;")
    try server.stop()
    let host = try #require(database.parameters["host"])
    let port = try #require(database.parameters["port"])
    let error = #expect(throws: ServerError.self) { try session.look("SELECT 1;") }
    #expect(error?.code == .connection)
    #expect(
      error?.message == """
        connection to server on socket "\(host)/.s.PGSQL.\(port)" failed: No such file or directory
        \tIs the server running locally and accepting connections on that socket?
        """)
    try server.start()
    let plan = try session.explain("SELECT * FROM orders WHERE customer_id = 42")
    #expect(plan.plan.usedDesigns == [DesignHandle(1)])
    #expect(
      session.takeEvents() == [
        .reconnected(
          Restoration(
            backendPID: session.facts.backendPID, designs: [DesignHandle(1)], settings: [],
            lost: ["the open transaction"]))
      ])
    try server.kill()
    try server.start()
    #expect(try session.look("SELECT 1;").rows == [["1"]])
    #expect(
      session.takeEvents() == [
        .reconnected(Restoration(backendPID: session.facts.backendPID, designs: [DesignHandle(1)]))
      ])
  }

  @Test func `the address is that of the server that answers, also when another one has taken over`() throws {
    let server = TestCluster(["shared_buffers": "16MB"])
    let (first, second) = (try server.parameters(), try TestCluster.shared.parameters())
    func place(_ parameters: [String: String]) -> [String?] { [parameters["host"], parameters["port"]] }
    let both = zip(place(first), place(second)).map { "\($0 ?? ""),\($1 ?? "")" }
    let session = try Session(
      target: "host='\(both[0])' port='\(both[1])' dbname=postgres user='\(first["user"] ?? "")'")
    #expect([session.address.host, session.address.port] == place(first))
    try server.stop()
    #expect(try session.look("SELECT 1;").rows == [["1"]])
    #expect([session.address.host, session.address.port] == place(second))
    let again = session.parametersOfThisServer
    #expect([again["host"], again["port"]] == place(second))
  }

  @Test func `a server that has become a standby is told, and plans there`() throws {
    let database = try TestCluster.shared.database(.orders)
    let session = try database.session()
    session.facts.isInRecovery = true
    try database.terminate(session.facts.backendPID)
    _ = try session.look("SELECT 1;")
    #expect(
      session.takeEvents() == [
        .reconnected(
          Restoration(
            backendPID: session.facts.backendPID, lost: ["the role standby: it is now primary"]))
      ])
  }

  @Test func `a backend that dies under a statement is lost, and the next statement has a new one`() throws {
    let database = try TestCluster.shared.database()
    let session = try database.session()
    #expect(
      throws: ServerError(
        .lost,
        "the connection to the server was lost: terminating connection due to administrator command",
        sqlState: "57P01",
        hint: "the next command connects again and makes the hypothetical indexes again")
    ) { try session.look("SELECT pg_terminate_backend(pg_backend_pid());") }
    #expect(try session.look("SELECT 1;").rows == [["1"]])
    #expect(session.takeEvents() == [.reconnected(Restoration(backendPID: session.facts.backendPID))])
  }

  @Test func `a transaction that sits idle too long is told lost`() throws {
    let database = try TestCluster.shared.database()
    let session = try database.session()
    _ = try session.look("BEGIN;")
    _ = try session.connection.query("SET idle_in_transaction_session_timeout = '100ms'")
    let pid = session.facts.backendPID
    try database.connect().wait(until: "NOT EXISTS (SELECT FROM pg_stat_activity WHERE pid = \(pid))")
    _ = try session.look("SELECT 1;")
    #expect(
      session.takeEvents() == [
        .reconnected(Restoration(backendPID: session.facts.backendPID, lost: ["the open transaction"]))
      ])
  }

  @Test func `close leaves no hypothetical index behind, in a failed transaction too`() throws {
    let database = try TestCluster.shared.database(.orders)
    for words in [[], ["BEGIN;"], ["BEGIN;", "SELECT 1/0;"]] {
      let session = try database.session()
      try session.add(1, "orders(customer_id)")
      for word in words { _ = try? session.look(word) }
      session.close()
      _ = try? session.connection.query("ROLLBACK")
      #expect(try session.connection.query("SELECT count(*) FROM hypopg()").value == "0", "\(words)")
    }
    let lost = try database.session()
    try lost.add(1, "orders(customer_id)")
    try database.terminate(lost.facts.backendPID)
    lost.close()
    #expect(lost.takeEvents() == [], "nothing is connected again only to be left")
  }
}
