import IndexDesign
import Postgres
import TestSupport
import Testing

@testable import Server

@Suite struct SessionRawSQLTests {
  /// A way around the rule, what the rule says, and what the server says when the rule is not asked.
  struct Attempt {
    var sql: String
    var refusal: String
    /// The server's message inside the session's read-only transaction; nil when it would have done it.
    var server: String?

    init(_ sql: String, _ refusal: String, server: String?) {
      (self.sql, self.refusal, self.server) = (sql, refusal, server)
    }
  }

  static func readOnly(_ word: String) -> String { "cannot execute \(word) in a read-only transaction" }
  static func inBlock(_ word: String) -> String { "\(word) cannot run inside a transaction block" }
  static func notSent(_ word: String) -> String { "\(word) is not sent from the analysis session" }
  static let tooLate = "transaction read-write mode must be set before any query"

  /// Only the rule stops those without a message of the server.
  static let attempts: [Attempt] = [
    Attempt("REINDEX TABLE orders", notSent("REINDEX"), server: nil),
    Attempt("CLUSTER customers USING customers_pkey", notSent("CLUSTER"), server: nil),
    Attempt("VACUUM FULL orders", notSent("VACUUM"), server: inBlock("VACUUM")),
    Attempt("ANALYZE orders", notSent("ANALYZE"), server: nil),
    Attempt("CHECKPOINT", notSent("CHECKPOINT"), server: nil),
    Attempt("COPY products TO PROGRAM 'cat > /dev/null'", notSent("COPY"), server: nil),
    Attempt("COPY products FROM PROGRAM 'true'", notSent("COPY"), server: readOnly("COPY FROM")),
    Attempt("CALL write()", notSent("CALL"), server: readOnly("INSERT")),
    Attempt("DO $$BEGIN DELETE FROM products; END$$", notSent("DO"), server: readOnly("DELETE")),
    Attempt(
      "SELECT set_config('transaction_read_only', 'off', false)",
      "set_config may only name a planner or display setting, as a constant", server: tooLate),
    Attempt(
      "SELECT set_config('default_transaction_read_only', 'off', false)",
      "set_config may only name a planner or display setting, as a constant", server: nil),
    Attempt(
      "SELECT pg_catalog.\"set_config\"(n, 'off', false) FROM (VALUES ('default_transaction_read_only')) v(n)",
      "set_config may only name a planner or display setting, as a constant", server: nil),
    Attempt(
      "SET transaction_read_only = off", "\"transaction_read_only\" cannot be set in the analysis session",
      server: tooLate),
    Attempt(
      "SET SESSION CHARACTERISTICS AS TRANSACTION READ WRITE",
      "these characteristics cannot be set in the analysis session", server: nil),
    Attempt(
      "SET TRANSACTION READ WRITE", "these characteristics cannot be set in the analysis session",
      server: tooLate),
    Attempt("SET ROLE pg_monitor", "\"role\" cannot be set in the analysis session", server: nil),
    Attempt(
      "RESET ALL", "RESET ALL would also reset what keeps this session safe", server: nil),
    Attempt("DISCARD ALL", notSent("DISCARD"), server: inBlock("DISCARD ALL")),
    Attempt(
      "SELECT 1; DROP TABLE orders", "only one statement is sent at a time",
      server: "cannot insert multiple commands into a prepared statement"),
    Attempt(
      "WITH gone AS (DELETE FROM order_lines RETURNING *) SELECT count(*) FROM gone",
      "this query holds DELETE, and raw SQL is for looking", server: readOnly("SELECT")),
    Attempt(
      "SELECT * FROM orders FOR UPDATE",
      "FOR UPDATE and FOR SHARE lock rows, and raw SQL is for looking", server: readOnly("SELECT FOR UPDATE")),
    Attempt(
      "SELECT 1 AS n INTO fresh", "SELECT INTO makes a table, and raw SQL is for looking",
      server: readOnly("SELECT INTO")),
    Attempt(
      "SELECT lo_create(0)", "lo_create writes, and raw SQL is for looking",
      server: TestServer.majorVersion < 16 ? nil : readOnly("lo_create()")),
    Attempt(
      "SELECT query_to_xml('SELECT 1', false, false, '')",
      "query_to_xml runs SQL that is in a string, which cannot be judged", server: nil),
    Attempt(
      "SELECT hypopg_reset()", "hypopg_reset would change hypothetical indexes without hypo's knowledge",
      server: nil),
    Attempt(
      "SELECT pg_stat_reset()", "pg_stat_reset resets what others measure, and raw SQL is for looking",
      server: nil),
    Attempt(
      "SELECT pg_notify('c', 'p')", "pg_notify sends a message to others, and raw SQL is for looking",
      server: nil),
    Attempt("PREPARE p AS DELETE FROM orders", notSent("PREPARE"), server: nil),
    Attempt(
      "PREPARE TRANSACTION 'left'",
      "two-phase transactions are not taken: every transaction of the analysis session is read only",
      server: "prepared transactions are disabled"),
    Attempt("EXPLAIN ANALYZE DELETE FROM orders", notSent("EXPLAIN"), server: readOnly("DELETE")),
    Attempt(
      "BEGIN READ WRITE",
      "READ WRITE is not taken: every transaction of the analysis session is read only",
      server: tooLate),
    Attempt("LOCK TABLE orders", notSent("LOCK"), server: nil),
    Attempt("UPDATE orders SET total = 0", notSent("UPDATE"), server: readOnly("UPDATE")),
    Attempt("TRUNCATE orders CASCADE", notSent("TRUNCATE"), server: readOnly("TRUNCATE TABLE")),
  ]

  static func database() throws -> TestDatabase {
    let database = try TestCluster.shared.database(.orders)
    try database.script(
      """
      CREATE PROCEDURE write() LANGUAGE sql AS 'INSERT INTO products VALUES (0, '''', '''', '''', 0, 0)';
      CREATE FUNCTION writes() RETURNS int LANGUAGE sql VOLATILE AS
        'INSERT INTO products VALUES (-1, '''', '''', '''', 0, 0) RETURNING 1';
      """)
    return database
  }

  static func state(of database: TestDatabase) throws -> [[String?]] {
    try database.execute(
      """
      SELECT (SELECT string_agg(relname || relfilenode, ',' ORDER BY relname) FROM pg_class
              WHERE relnamespace = 'public'::regnamespace),
        (SELECT count(*) FROM orders), (SELECT count(*) FROM order_lines), (SELECT count(*) FROM products),
        (SELECT count(*) FROM pg_largeobject_metadata)
      """
    ).rows
  }

  @Test func `every way around the rule is refused before the server hears of it`() throws {
    let database = try Self.database()
    let session = try database.session()
    let before = try Self.state(of: database)
    for attempt in Self.attempts {
      let error = #expect(throws: DesignError.self, "\(attempt.sql)") { try session.look(attempt.sql + ";") }
      #expect(error?.message == attempt.refusal, "\(attempt.sql)")
      #expect(error?.hint != nil, "\(attempt.sql)")
    }
    #expect(try Self.state(of: database) == before)
    #expect(session.takeEvents() == [])
  }

  @Test func `without the rule the server would stop some of them and not others`() throws {
    let database = try Self.database()
    for attempt in Self.attempts {
      let session = try database.session()
      _ = try session.connection.query("BEGIN READ ONLY")
      _ = try session.connection.query("SELECT 1")
      var message: String?
      do { _ = try session.connection.query(attempt.sql) } catch { message = error.message }
      #expect(message == attempt.server, "\(attempt.sql)")
      _ = try? session.connection.query("ROLLBACK")
    }
  }

  @Test func `a function that writes fails inside a SELECT`() throws {
    let database = try Self.database()
    let session = try database.session()
    for text in ["SELECT writes();", "WITH w AS (SELECT writes()) SELECT * FROM w;"] {
      let error = #expect(throws: ServerError.self) { try session.look(text) }
      #expect(error == ServerError(.statement, Self.readOnly("INSERT"), sqlState: "25006"))
    }
    _ = try session.look("begin;")
    let error = #expect(throws: ServerError.self) { try session.look("SELECT writes();") }
    #expect(error?.sqlState == "25006")
    #expect(try database.execute("SELECT count(*) FROM products WHERE id < 1").value == "0")
  }

  @Test func `a typed transaction is read only to its end`() throws {
    let database = try Self.database()
    let session = try database.session()
    for begin in ["begin;", "START TRANSACTION ISOLATION LEVEL REPEATABLE READ;", "BEGIN READ ONLY;"] {
      _ = try session.look(begin)
      #expect(session.isInTransaction)
      #expect(try session.look("SHOW transaction_read_only;").rows == [["on"]])
      #expect(throws: DesignError.self) { try session.look("UPDATE orders SET total = 0;") }
      #expect(throws: DesignError.self) { try session.look("SET transaction_read_only = off;") }
      _ = try session.look("savepoint s;")
      #expect(throws: ServerError.self) { try session.look("SELECT 1/0;") }
      _ = try session.look("rollback to s;")
      #expect(try session.look("SELECT 1;").rows == [["1"]])
      _ = try session.look("commit;")
      #expect(session.isInTransaction == false)
    }
    #expect(throws: DesignError.self) { try session.look("begin; delete from orders;") }
    #expect(session.isInTransaction == false)
  }

  @Test func `a text that the parser cannot read is judged by its words and then by the server`() throws {
    let database = try TestCluster.shared.database()
    let session = try database.session()
    let error = #expect(throws: ServerError.self) { try session.look("SELECT 1 FROM FROM;") }
    #expect(
      error
        == ServerError(
          .statement, "syntax error at or near \"FROM\"", sqlState: "42601", position: 14..<18))
    let refused = #expect(throws: DesignError.self) {
      try session.look("SELECT * FROM JSON_TABLE('[]', '$' COLUMNS (a int)), x WHERE (delete from t);")
    }
    #expect(refused?.message == "this query holds DELETE, and raw SQL is for looking")
  }

  @Test func `a failed transaction stays the person's, whatever hypo asks meanwhile`() throws {
    let database = try TestCluster.shared.database(.orders)
    let session = try database.session()
    _ = try session.look("begin;")
    #expect(throws: ServerError.self) { try session.look("SELECT 1/0;") }
    let error = #expect(throws: ServerError.self) { try session.explain("SELECT * FROM orders") }
    #expect(
      error
        == ServerError(
          .statement, "current transaction is aborted, commands ignored until end of transaction block",
          sqlState: "25P02", hint: "end the failed transaction: rollback;"))
    #expect(session.isInTransaction)
    #expect(try session.look("rollback;").commandTag == "ROLLBACK")
    #expect(session.isInTransaction == false)
    #expect(session.takeEvents() == [])
  }

  @Test func `hypo's own questions leave an open transaction as it was`() throws {
    let database = try TestCluster.shared.database(.orders)
    let session = try database.session()
    try session.add(1, "orders(customer_id)")
    _ = try session.look("begin;")
    _ = try session.explain("SELECT * FROM orders WHERE customer_id = 1")
    _ = try session.explainGeneric("SELECT * FROM orders WHERE customer_id = $1", parameterCount: 1)
    #expect(try session.look("SHOW plan_cache_mode;").rows == [["auto"]])
    #expect(try session.look("SHOW hypopg.enabled;").rows == [["on"]])
    #expect(throws: ServerError.self) { try session.explain("SELECT nothing FROM orders") }
    #expect(throws: ServerError.self) { try session.explainGeneric("SELECT $1 / nothing", parameterCount: 1) }
    #expect(session.isInTransaction)
    #expect(try session.look("SHOW plan_cache_mode;").rows == [["auto"]])
    #expect(try session.look("SHOW hypopg.enabled;").rows == [["on"]])
    #expect(try session.look("commit;").commandTag == "COMMIT")
  }

  @Test func `warnings are told, in and out of a transaction`() throws {
    let database = try TestCluster.shared.database()
    let session = try database.session()
    _ = try session.look("commit;")
    let none = Session.Event.notice(severity: "WARNING", message: "there is no transaction in progress")
    #expect(session.takeEvents() == [none])
    _ = try session.look("begin;")
    _ = try session.look("begin;")
    let already = Session.Event.notice(
      severity: "WARNING", message: "there is already a transaction in progress")
    #expect(session.takeEvents() == [already])
    try database.script(
      "CREATE FUNCTION says() RETURNS int LANGUAGE plpgsql AS 'BEGIN RAISE NOTICE ''hello''; RETURN 1; END'")
    _ = try session.look("SELECT says();")
    _ = try session.look("commit;")
    _ = try session.look("SELECT says();")
    let hello = Session.Event.notice(severity: "NOTICE", message: "hello")
    #expect(session.takeEvents() == [hello, hello])
  }

  @Test func `SET of hypopg.enabled counts as hypo off and on`() throws {
    let database = try TestCluster.shared.database(.orders)
    let session = try database.session()
    try session.add(1, "orders(customer_id)")
    _ = try session.look("SET hypopg.enabled = off;")
    #expect(session.hypotheticals.isEnabled == false)
    #expect(try session.explain("SELECT * FROM orders WHERE customer_id = 1").baseline == nil)
    _ = try session.look("RESET hypopg.enabled;")
    #expect(session.hypotheticals.isEnabled)
    _ = try session.look("begin;")
    _ = try session.look("SET hypopg.enabled = off;")
    #expect(session.hypotheticals.isEnabled == false)
    _ = try session.look("rollback;")
    #expect(session.hypotheticals.isEnabled)
  }

  @Test func `rows come with the kinds of their columns`() throws {
    let database = try TestCluster.shared.database()
    let rows = try database.session().look(
      "SELECT 1::int2 AS a, 2::int8 AS b, 1.5 AS c, 1::float4 AS d, true AS e, 'x' AS f, NULL::oid AS g, now()::date AS h;"
    )
    #expect(rows.columns.map(\.name) == ["a", "b", "c", "d", "e", "f", "g", "h"])
    #expect(
      rows.columns.map(\.kind) == [
        .integer, .integer, .number, .number, .boolean, .text, .integer, .text,
      ])
    #expect(rows.rows[0].prefix(7) == ["1", "2", "1.5", "1", "t", "x", nil])
    #expect(rows.commandTag == "SELECT 1")
  }

  @Test func `a backslash means itself, whatever the database's default is`() throws {
    let database = try TestCluster.shared.database(.orders)
    try database.execute("ALTER DATABASE \(database.name) SET standard_conforming_strings = off")
    #expect(try database.session().look(#"SELECT 'a\b';"#).rows == [[#"a\b"#]])
  }

  private struct Enough: Error, Equatable {}

  @Test func `who wants no more rows leaves an open transaction as it was`() throws {
    let database = try TestCluster.shared.database(.orders)
    let session = try database.session()
    _ = try session.look("begin;")
    for _ in 1...2 {
      #expect(throws: Enough()) {
        try session.look("select * from generate_series(1, 1000000);") { _, _ in throw Enough() }
      }
      #expect(session.isInTransaction)
      #expect(try session.look("select 1;").rows == [["1"]])
    }
    #expect(try session.look("commit;").commandTag == "COMMIT")
  }

  @Test func `the time that is waited for the server goes up`() throws {
    let database = try TestCluster.shared.database(.extensions)
    let session = try database.session()
    let before = session.timeWaitedForServer
    _ = try session.look("select pg_sleep(0.2);")
    #expect(session.timeWaitedForServer - before > .milliseconds(190))
  }
}
