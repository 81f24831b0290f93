import Foundation
import IndexDesign
import Postgres
import Sandbox
import TestSupport
import Testing

@testable import Server

/// scripts/roles.sql: its role can do everything but change something.
@Suite struct LeastPrivilegeTests {
  /// Runs the script as the server's superuser and returns what it printed.
  static func runScript(_ database: TestDatabase, role: String, schemas: String = "public") throws -> String {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let process = Process()
    process.executableURL = URL(filePath: try TestCluster.shared.cluster().binaries.path("psql"))
    process.arguments = [
      "-X", "-q", "-d", database.conninfo, "-v", "role=\(role)", "-v", "schemas=\(schemas)", "-f",
      root.appending(path: "scripts/roles.sql").path,
    ]
    let output = Pipe()
    process.standardOutput = output
    process.standardError = output
    return try ParameterGrants.changing {
      try process.run()
      let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
      process.waitUntilExit()
      #expect(process.terminationStatus == 0, "\(text)")
      return text
    }
  }

  /// As it is from PostgreSQL 15 on; before, the script would tell of it.
  static let noneForPublic = "REVOKE CREATE ON SCHEMA public FROM PUBLIC"

  static func withRole(_ body: (TestDatabase, String) throws -> Void) throws {
    let database = try TestCluster.shared.database(.orders)
    let role = "Reader of \(database.name)"
    try database.script(noneForPublic)
    #expect(try runScript(database, role: role) == "")
    #expect(try runScript(database, role: role) == "", "it can be run again")
    defer { try? database.script("DROP OWNED BY \"\(role)\"; DROP ROLE \"\(role)\"") }
    try body(database, role)
  }

  @Test func `the role does everything that looks`() throws {
    try Self.withRole { database, role in
      _ = try database.execute("SELECT total FROM orders WHERE id = 7")
      let session = try database.session(user: role)
      #expect(session.facts.user == role && session.facts.isSuperuser == false)
      #expect(try session.prerequisites().filter { $0.outcome != .ok } == [])
      let ranking = try session.statementRanking(by: .calls, limit: 100)
      #expect(ranking.hiddenStatements == 0)
      #expect(ranking.statements.map(\.statement.text).contains("SELECT total FROM orders WHERE id = $1"))
      let orders = try session.relation(RelationName(name: "orders"))
      #expect(orders.isOwned == false && orders.sizeInBytes > 0)
      #expect(try session.statements(on: orders).isEmpty == false)
      #expect(try session.indexes(of: orders).count == 2)
      #expect(try session.index(RelationName(name: "orders_pkey")) != nil)
      try session.add(1, "orders(customer_id, created_at desc)")
      let text = "SELECT * FROM orders WHERE customer_id = "
      #expect(try session.explain(text + "42").plan.usedDesigns == [DesignHandle(1)])
      #expect(
        try session.explainGeneric(text + "$1", parameterCount: 1).plan.usedDesigns == [DesignHandle(1)])
      #expect(try session.look("SELECT count(*) FROM orders;").rows == [["20000"]])
      _ = try session.look("SET work_mem = '8MB';")
      try database.terminate(session.facts.backendPID)
      #expect(try session.explain(text + "42").plan.usedDesigns == [DesignHandle(1)])
      #expect(try session.fingerprint().user == role)
      try session.hypotheticals.drop(DesignHandle(1))
      try session.hypotheticals.reset()
      session.close()
    }
  }

  @Test func `the role can write nowhere, not even when it switches read only off`() throws {
    try Self.withRole { database, role in
      let connection = try database.connect(user: role)
      #expect(try connection.query("SHOW default_transaction_read_only").value == "on")
      _ = try connection.query("SET default_transaction_read_only = off")
      // Who may what is worded anew in version after version; the SQLSTATE stays.
      for sql in [
        "CREATE INDEX CONCURRENTLY IF NOT EXISTS i ON orders (customer_id)",
        "DROP INDEX CONCURRENTLY IF EXISTS orders_created_at_idx",
        "REINDEX TABLE orders",
        "CREATE TABLE t (a int)",
        "CREATE SCHEMA s",
        "INSERT INTO products VALUES (0, '', '', '', 0, 0)",
        "UPDATE orders SET total = 0",
        "DELETE FROM orders",
        "TRUNCATE orders",
        "CREATE ROLE other",
        "CREATE DATABASE other",
        "COPY orders TO PROGRAM 'true'",
        "SELECT pg_stat_statements_reset()",
        "CREATE EXTENSION bloom",
      ] {
        let error = #expect(throws: PostgresError.self, "\(sql)") { try connection.query(sql) }
        #expect(error?.sqlState == "42501", "\(sql)")
      }
    }
  }

  @Test func `a schema that PUBLIC may write into is told`() throws {
    let database = try TestCluster.shared.database(.empty)
    let role = "noted_\(database.name)"
    try database.script(
      "\(Self.noneForPublic); CREATE SCHEMA \"Open\"; GRANT CREATE ON SCHEMA \"Open\" TO PUBLIC; CREATE TABLE \"Open\".t AS SELECT 1 AS a"
    )
    defer { try? database.script("DROP OWNED BY \(role); DROP ROLE \(role)") }
    #expect(
      try Self.runScript(database, role: role, schemas: "public, Open")
        == "note: PUBLIC may create objects in schema \"Open\"; to stop it: REVOKE CREATE ON SCHEMA \"Open\" "
        + "FROM PUBLIC\n")
    #expect(try database.connect(user: role).query("SELECT a FROM \"Open\".t").value == "1")
    try database.script("CREATE TABLE \"Open\".later AS SELECT 2 AS a")
    #expect(try database.connect(user: role).query("SELECT a FROM \"Open\".later").value == "2")
  }
}
