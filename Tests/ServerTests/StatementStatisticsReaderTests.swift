import IndexDesign
import Postgres
import TestSupport
import Testing

@testable import Server

@Suite struct StatementStatisticsReaderTests {
  static func texts(_ session: Session, on table: String? = nil) throws -> Set<String> {
    let relation = try table.map { try session.relation(RelationName(name: $0)) }
    return Set(
      try session.statementRanking(by: .calls, limit: 1_000, on: relation).statements.map(\.statement.text))
  }

  @Test func `hypo's own statements never appear and the application's do`() throws {
    let database = try TestCluster.shared.database(.orders)
    let session = try database.session()
    try session.add(1, "orders(customer_id)")
    _ = try session.prerequisites()
    _ = try session.explain("SELECT count(*) FROM customers")
    _ = try session.explainGeneric("SELECT count(*) FROM customers WHERE id = $1", parameterCount: 1)
    _ = try session.statementRanking(by: .total, limit: 10)
    session.close()
    let application = try database.connect()
    _ = try application.query("SELECT total FROM orders WHERE id = 7")
    let found = try Self.texts(session)
    #expect(found.contains("SELECT total FROM orders WHERE id = $1"))
    #expect(
      found.filter { $0.contains("hypo") || $0.lowercased().hasPrefix("explain") }.allSatisfy {
        // What made the database, once for all tests.
        $0.hasPrefix("CREATE")
      }, "\(found)")
    #expect(!found.contains { $0.contains("customers WHERE id") || $0.contains("count(*) FROM customers") })
  }

  @Test func `a statement that hypo explained before it first ran has its own text`() throws {
    let database = try TestCluster.shared.database(.orders)
    let session = try database.session()
    _ = try session.explain("SELECT status FROM orders WHERE customer_id = 7 LIMIT 3")
    _ = try session.explain("UPDATE orders SET status = 'x' WHERE id = -4")
    _ = try session.explainGeneric(
      "SELECT note FROM orders WHERE customer_id = $1 LIMIT 50", parameterCount: 1)
    #expect(try Self.texts(session).filter { $0.contains("orders") && !$0.hasPrefix("CREATE") } == [])
    let application = try database.connect()
    _ = try application.query("SELECT status FROM orders WHERE customer_id = 8 LIMIT 3")
    _ = try application.query("UPDATE orders SET status = 'x' WHERE id = -5")
    _ = try application.query("SELECT note FROM orders WHERE customer_id = $1 LIMIT 50", ["1"])
    let found = try Self.texts(session).filter { $0.contains("orders") && !$0.hasPrefix("CREATE") }
    #expect(
      found == [
        "SELECT status FROM orders WHERE customer_id = $1 LIMIT $2",
        "UPDATE orders SET status = $1 WHERE id = $2",
        "SELECT note FROM orders WHERE customer_id = $1 LIMIT $2",
      ])
  }

  @Test func `statements that read only system catalogs by their schema are left out`() throws {
    let database = try TestCluster.shared.database(.orders)
    let session = try database.session()
    let application = try database.connect()
    for number in 1...3 {
      for _ in 0..<100 {
        _ = try application.query(
          "SELECT \(number == 1 ? "oid" : "relname, \(number)") FROM pg_catalog.pg_class LIMIT 1")
      }
    }
    _ = try application.query("SELECT (SELECT count(*) FROM pg_catalog.pg_am) FROM orders LIMIT 1")
    _ = try application.query("SELECT (SELECT count(*) FROM pg_catalog.pg_am) FROM orders LIMIT 1")
    let ranking = try session.statementRanking(by: .calls, limit: 1)
    #expect(ranking.statements.count == 1)
    let found = try Self.texts(session)
    #expect(!found.contains { $0.contains("pg_catalog.pg_class") }, "\(found)")
    #expect(found.contains { $0.contains("pg_catalog.pg_am") }, "\(found)")
  }

  @Test(arguments: [
    ("SELECT c.oid FROM pg_catalog.pg_class c, pg_catalog.pg_am", true),
    ("WITH a AS (SELECT 1 FROM pg_catalog.pg_am) SELECT * FROM a", true),
    ("SELECT 1 FROM pg_catalog.pg_class c, orders", false), ("SELECT pg_catalog.now()", false),
    ("SELECT 1 FROM pg_class", false), ("SELECT 1 FROM pg_catalog.", false),
  ])
  func `what reads only catalogs is told by its relations`(text: String, isLeftOut: Bool) {
    #expect(Session.readsOnlyCatalogs(text) == isLeftOut)
  }

  @Test func `another database's statements are left out, and a table's are picked out`() throws {
    let database = try TestCluster.shared.database(.orders)
    let other = try TestCluster.shared.database(.orders)
    _ = try other.execute("SELECT sku FROM products WHERE id = 1")
    _ = try database.execute("SELECT name FROM products WHERE id = 1")
    _ = try database.execute("SELECT 'products' FROM orders WHERE id = 1")
    _ = try database.execute("WITH products AS (SELECT 1) SELECT * FROM products, orders WHERE id = 2")
    try database.script("CREATE TABLE \"my\"\"Table\" (id int)")
    _ = try database.execute("SELECT id FROM \"my\"\"Table\"")
    let session = try database.session()
    #expect(try Self.texts(session).contains("SELECT sku FROM products WHERE id = $1") == false)
    #expect(try Self.texts(session, on: "products") == ["SELECT name FROM products WHERE id = $1"])
    #expect(try Self.texts(session, on: "my\"Table").contains("SELECT id FROM \"my\"\"Table\""))
    #expect(
      try session.statements(on: session.relation(RelationName(name: "products"))).map(\.text) == [
        "SELECT name FROM products WHERE id = $1"
      ])
  }

  @Test func `only what has a plan or runs one is ranked, whatever stands in front of its keyword`() throws {
    let database = try TestCluster.shared.database(.orders)
    let session = try database.session()
    let before = try Self.texts(session)
    let application = try database.connect()
    func counted(_ before: String, _ constants: String, _ since: String? = nil) -> String {
      TestServer.counted(before, from16: constants, from18: since)
    }
    for statement in [
      "/* page: cart */ SELECT 1", "-- a report\nSELECT 2, 2", "(SELECT 3, 3, 3) LIMIT 1", "VALUES (4)",
      "/* a * b ** */ /* c */ TABLE customers", "WITH five AS (SELECT 5) SELECT * FROM five",
      "EXPLAIN SELECT 6 FROM orders", "ANALYZE orders", "-- select\nVACUUM customers",
      "CREATE TABLE selected AS SELECT 7",
      "/* a */ CREATE UNLOGGED TABLE listed (a, b) WITH (fillfactor = 70) AS VALUES (1, 2)",
      "CREATE TABLE made (a int, b int GENERATED ALWAYS AS (a + 1) STORED)",
      "CREATE TABLE as_such (a text DEFAULT 'as')",
      "CREATE VIEW seen AS SELECT 8", "CREATE MATERIALIZED VIEW held AS SELECT 9",
      "REFRESH MATERIALIZED VIEW held", "COPY(SELECT 10) TO '/dev/null'", "COPY customers TO '/dev/null'",
      "BEGIN", "DECLARE c CURSOR FOR SELECT 11", "FETCH ALL FROM c", "MOVE 0 IN c", "COMMIT",
      "PREPARE p (int) AS SELECT $1 + 12", "EXECUTE p (1)",
    ] { _ = try application.query(statement) }
    #expect(
      try Self.texts(session).filter { !before.contains($0) }.sorted()
        == [
          "(SELECT $1, $2, $3) LIMIT $4",
          counted("-- a report\nSELECT $1, $2", "-- a report\nSELECT $1, $2", "SELECT $1, $2"),
          counted(
            "/* a * b ** */ /* c */ TABLE customers", "/* a * b ** */ /* c */ TABLE customers",
            "TABLE customers"),
          counted(
            "/* a */ CREATE UNLOGGED TABLE listed (a, b) WITH (fillfactor = 70) AS VALUES (1, 2)",
            "/* a */ CREATE UNLOGGED TABLE listed (a, b) WITH (fillfactor = 70) AS VALUES ($1, $2)",
            "CREATE UNLOGGED TABLE listed (a, b) WITH (fillfactor = 70) AS VALUES ($1, $2)"),
          counted("/* page: cart */ SELECT $1", "/* page: cart */ SELECT $1", "SELECT $1"),
          "COPY(SELECT 10) TO '…'",
          "CREATE MATERIALIZED VIEW held AS SELECT \(counted("9", "$1"))",
          "CREATE TABLE selected AS SELECT \(counted("7", "$1"))",
          "DECLARE c CURSOR FOR SELECT \(counted("11", "$1"))", "FETCH ALL FROM c", "MOVE 0 IN c",
          "PREPARE p (int) AS SELECT $1 + $2",
          "REFRESH MATERIALIZED VIEW held", "VALUES ($1)",
          "WITH five AS (SELECT $1) SELECT * FROM five",
        ].sorted())
  }

  @Test func `what is left out is counted, with its share of the time`() throws {
    let database = try TestCluster.shared.database(.orders)
    try database.script(
      "SELECT pg_stat_statements_reset(0, (SELECT oid FROM pg_database WHERE datname = current_database()), 0)"
    )
    let session = try database.session()
    let application = try database.connect()
    _ = try application.query("DO $$ BEGIN PERFORM pg_sleep(0.5); END $$")
    _ = try application.query("SET work_mem = '5MB'")
    _ = try application.query("SELECT oid FROM pg_catalog.pg_class LIMIT 1")
    _ = try session.explain("SELECT 1 FROM orders")
    let first = try session.statementRanking(by: .calls, limit: 10)
    #expect(
      first.statements.map(\.statement.text) == [
        "SELECT pg_stat_statements_reset(0, (SELECT oid FROM pg_database WHERE datname = current_database()), 0)"
      ])
    #expect(first.leftOut.withoutPlan == 2 && first.leftOut.onCatalogs == 1)
    #expect((first.leftOut.shareOfTime ?? 0) > 0.5)
    #expect(first.leftOut.words.hasPrefix("2 without a plan, 1 on system catalogs alone; "))
    #expect(StatementRanking.LeftOut().words == "nothing")
  }

  @Test func `an empty ranking says why`() {
    var ranking = StatementRanking(statements: [], hiddenStatements: 0, since: nil)
    #expect(
      ranking.reasonForNothing(on: nil) == "pg_stat_statements has counted nothing in this database yet")
    ranking.leftOut.withoutPlan = 1
    #expect(ranking.reasonForNothing(on: nil) == "none of the counted statements has a plan")
    ranking.hiddenStatements = 2
    #expect(
      ranking.reasonForNothing(on: nil) == "none of the counted statements that the role may see has a plan")
  }

  @Test func `each ranking orders by its own counter and names its share`() throws {
    let database = try TestCluster.shared.database(.orders)
    let application = try database.connect()
    for _ in 0..<5 { _ = try application.query("SELECT 'often'") }
    _ = try application.query("SELECT * FROM order_lines")
    _ = try application.query("SELECT pg_sleep(4)")
    _ = try application.query("UPDATE orders SET total = total + 1")
    _ = try application.query("SET work_mem = '64kB'")
    _ = try application.query(
      "SELECT count(*) FROM (SELECT * FROM order_lines ORDER BY price, quantity OFFSET 0) s")
    let session = try database.session()
    for (ranking, text) in [
      (WorkloadRanking.mean, "SELECT pg_sleep($1)"), (.calls, "SELECT $1"),
      (.rows, "SELECT * FROM order_lines"),
      (.writes, "UPDATE orders SET total = total + $1"), (.wal, "UPDATE orders SET total = total + $1"),
      (.temp, "SELECT count(*) FROM (SELECT * FROM order_lines ORDER BY price, quantity OFFSET $1) s"),
    ] {
      let found = try session.statementRanking(by: ranking, limit: 1).statements
      #expect(found.map(\.statement.text) == [text], "\(ranking)")
      let first = try #require(found.first)
      #expect(first.value == ranking.value(of: first.statement))
      if ranking.isAdditive { #expect((first.share ?? -1) > 0 && (first.share ?? 2) <= 1) }
      if ranking == .calls { #expect(first.statement.calls == 5 && first.statement.rows == 5) }
    }
    let all = try session.statementRanking(by: .total, limit: 100)
    #expect(all.statements.map(\.value) == all.statements.map(\.value).sorted(by: >))
    // Since when they count is known from PostgreSQL 14 on.
    #expect(try (all.since != nil) == (session.value("SELECT to_regclass('pg_stat_statements_info')") != nil))
    #expect(all.hiddenStatements == 0)
  }

  @Test func `statements that a role may not see are counted`() throws {
    let database = try TestCluster.shared.database(.orders)
    let role = "narrow_\(database.name)"
    try database.script("CREATE ROLE \(role) LOGIN")
    defer { try? database.script("DROP ROLE \(role)") }
    _ = try database.execute("SELECT total FROM orders WHERE id = 7")
    _ = try database.connect(user: role).query("SELECT 'mine'")
    let session = try database.session(user: role)
    let found = try session.statementRanking(by: .calls, limit: 100)
    #expect(found.statements.map(\.statement.text) == ["SELECT $1"])
    #expect(found.hiddenStatements > 0)
  }

  @Test func `without the extension the error says what to do`() throws {
    let database = try TestCluster.shared.database(.empty)
    try database.script("CREATE TABLE t (a int)")
    let session = try database.session()
    #expect(
      throws: ServerError(
        .missingPrerequisite, "pg_stat_statements is not installed in database \"\(database.name)\"",
        hint: "doctor says what is missing, setup installs it")
    ) { try session.statementRanking(by: .total, limit: 5) }
    #expect(try session.statements(on: session.relation(RelationName(name: "t"))) == [])
  }

  @Test func `an extension that an upgrade of the server left behind is read as far as it goes`() throws {
    let database = try TestCluster.shared.database(.empty)
    try database.script(
      "CREATE TABLE t (a int); CREATE EXTENSION pg_stat_statements VERSION '1.8'; SELECT a FROM t")
    let session = try database.session()
    let ranking = try session.statementRanking(by: .calls, limit: 100)
    #expect(ranking.statements.contains { $0.statement.text == "SELECT a FROM t" })
    #expect(ranking.since == nil)
    #expect(try session.changeCounters(on: session.relation(RelationName(name: "t"))).statisticsReset == nil)
  }

  @Test func `an extension that is too old is told with what to do`() throws {
    let database = try TestCluster.shared.database(.empty)
    try database.script("CREATE EXTENSION pg_stat_statements VERSION '1.7'; CREATE TABLE t (a int)")
    let session = try database.session()
    let error = #expect(throws: ServerError.self) { try session.statementRanking(by: .total, limit: 1) }
    #expect(
      error
        == ServerError(
          .missingPrerequisite,
          "pg_stat_statements 1.7 in database \"\(database.name)\" is too old: hypo reads 1.8 and later",
          hint: "ALTER EXTENSION pg_stat_statements UPDATE"))
    #expect(
      try PrerequisitesTests.lines(session.prerequisites()).contains(
        "pg_stat_statements | failed | version 1.7; hypo reads 1.8 and later | "
          + "ALTER EXTENSION pg_stat_statements UPDATE"))
  }

  @Test func `statements that can hold a password are in no ranking`() throws {
    let database = try TestCluster.shared.database(.orders)
    let role = "secret_\(database.name)"
    try database.script(
      """
      CREATE ROLE \(role) PASSWORD 'one two'; ALTER USER \(role) PASSWORD 'one two';
      CREATE FOREIGN DATA WRAPPER f; CREATE SERVER s FOREIGN DATA WRAPPER f;
      CREATE USER MAPPING FOR \(role) SERVER s OPTIONS (password 'one two'); DROP USER MAPPING FOR \(role) SERVER s;
      DROP ROLE \(role)
      """)
    #expect(try !Self.texts(database.session()).contains { $0.contains("one two") })
  }
}
