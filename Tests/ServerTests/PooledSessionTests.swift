import IndexDesign
import Postgres
import TestSupport
import Testing

@testable import Server

@Suite struct PooledSessionTests {
  private static let settings = """
    SELECT current_setting('default_transaction_read_only'), current_setting('statement_timeout'), \
    current_setting('lock_timeout'), current_setting('idle_in_transaction_session_timeout')
    """

  @Test func `behind a transaction pooler no setting reaches somebody else`() throws {
    let database = try TestCluster.shared.database(.orders)
    let pooler = try TestPooler()
    let application = try Connection(ConnectionParameters(pooler.parameters(database: database.name)))
    let before = try application.query(Self.settings).rows
    let session = try Session(target: pooler.conninfo(database: database.name))
    #expect(session.facts.isBehindPooler)
    #expect(
      try session.value("SELECT current_setting('statement_timeout') || current_setting('lock_timeout')")
        == "1min5s")
    #expect(try session.look("SHOW statement_timeout;").rows == [["1min"]])
    #expect(try application.query(Self.settings).rows == before)
    _ = try application.query("INSERT INTO products SELECT -1, 'x' WHERE false")
    withExtendedLifetime(pooler) {}
  }

  /// An application and a session share the pooler's backends.
  private struct Pooled {
    let database: TestDatabase
    let pooler: TestPooler
    let application: Connection
    let session: Session

    init() throws {
      database = try TestCluster.shared.database(.orders)
      pooler = try TestPooler()
      application = try Connection(ConnectionParameters(pooler.parameters(database: database.name)))
      session = try Session(target: pooler.conninfo(database: database.name))
    }

    /// What the application's next transactions find, in twenty of them.
    func found(_ sql: String) throws -> Set<[String?]> {
      Set(try (0..<20).map { _ in try application.query(sql).rows[0] })
    }
  }

  @Test func `what a person sets lasts in the session and reaches nobody else`() throws {
    let pooled = try Pooled()
    let query = "SELECT current_setting('search_path'), current_setting('statement_timeout')"
    let before = try pooled.found(query)
    #expect(try pooled.session.look("SET search_path = pg_catalog;").commandTag == "SET")
    #expect(try pooled.session.look("SET statement_timeout = '7s';").commandTag == "SET")
    #expect(try pooled.found(query) == before)
    #expect(try pooled.session.look("SHOW search_path;").rows == [["pg_catalog"]])
    #expect(try pooled.session.look("SELECT current_setting('statement_timeout');").rows == [["7s"]])
    #expect(try pooled.session.value("SELECT current_setting('statement_timeout')") == "7s")
    #expect(pooled.session.personalSettings == ["search_path": "pg_catalog"])
    #expect(try pooled.session.look("RESET statement_timeout;").commandTag == "RESET")
    #expect(try pooled.session.look("SET LOCAL search_path = public;").commandTag == "SET")
    #expect(try pooled.session.look("SHOW statement_timeout;").rows == [["1min"]])
    #expect(try pooled.session.look("SHOW search_path;").rows == [["pg_catalog"]])
    #expect(try pooled.found(query) == before)
  }

  @Test func `in a transaction only SET LOCAL passes, and its end takes back what functions have set`() throws
  {
    let pooled = try Pooled()
    try pooled.database.script(
      """
      CREATE FUNCTION sets() RETURNS text LANGUAGE sql VOLATILE AS
        $$ SELECT set_config('work_mem', '3MB', false) $$
      """)
    let query = "SELECT current_setting('work_mem'), current_setting('search_path')"
    let before = try pooled.found(query)
    #expect(try pooled.session.look("SELECT sets();").rows == [["3MB"]])
    #expect(try pooled.session.look("BEGIN;").commandTag == "BEGIN")
    let refusal = DesignError(
      .refused, "a connection pooler is in between: what is set for the session would stay for others",
      hint: "use SET LOCAL in a transaction; outside of one hypo gives what was SET to each transaction",
      position: 0..<3)
    #expect(throws: refusal) { try pooled.session.look("SET search_path = pg_catalog;") }
    #expect(try pooled.session.look("SET LOCAL search_path = pg_catalog;").commandTag == "SET")
    #expect(try pooled.session.look("SELECT public.sets();").rows == [["3MB"]])
    #expect(try pooled.session.look("COMMIT;").commandTag == "COMMIT")
    #expect(try pooled.session.look("SELECT 1;").rows == [["1"]])
    #expect(try pooled.found(query) == before)
  }

  @Test(arguments: [
    ("SELECT set_config('search_path', 'x', false);", "what set_config sets", 7..<17),
    ("SELECT pg_advisory_lock(1);", "a lock of the session", 7..<23),
    ("SELECT pg_catalog.pg_try_advisory_lock_shared(1, 2);", "a lock of the session", 18..<45),
  ])
  func `what would stay on the backend is refused`(text: String, what: String, place: Range<Int>) throws {
    let pooled = try Pooled()
    let error = #expect(throws: DesignError.self) { try pooled.session.look(text) }
    #expect(error?.message == "a connection pooler is in between: \(what) would stay for others")
    #expect(error?.position == place && error?.hint != nil)
    #expect(try pooled.found("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory'") == [["0"]])
  }

  @Test func `a statement that cannot be planned leaves no prepared statement`() throws {
    let pooled = try Pooled()
    #expect(throws: ServerError.self) {
      try pooled.session.explain(PlanQuestion("SELECT id FROM orders WHERE id = $1 AND 1 / 0 = 1"))
    }
    _ = try pooled.session.explain(PlanQuestion("SELECT * FROM orders WHERE id = $1"))
    #expect(
      try pooled.found("SELECT count(*) FROM pg_prepared_statements WHERE name = 'hypo_statement'") == [["0"]]
    )
  }

  @Test func `a pooler that looked direct is noticed when another backend answers`() throws {
    let pooled = try Pooled()
    // As a pooler looks that hands on the process id of the backend that it took first.
    pooled.session.facts.isBehindPooler = false
    pooled.session.facts.backendPID = -1
    #expect(try pooled.session.look("SET work_mem = '5MB';").commandTag == "SET")
    #expect(pooled.session.facts.isBehindPooler)
    let events = pooled.session.takeEvents()
    #expect(events.count == 1 && "\(events)".contains("a connection pooler is in between"))
    #expect(try pooled.found("SELECT current_setting('work_mem')") == [["4MB"]])
    #expect(try pooled.session.look("SHOW work_mem;").rows == [["5MB"]])
  }
}
