import Postgres
import TestSupport

/// The orders database that tests of the program look at and leave as it is.
enum Shop {
  private static let made = Result { try make() }

  /// The database, with a view, a foreign table, and a role `shell_stranger` that may read nothing.
  static func database() throws -> TestDatabase { try made.get() }

  /// The program, connected to it.
  static func hypo(user: String? = nil) throws -> HypoProcess { try HypoProcess(database(), user: user) }

  private static func make() throws -> TestDatabase {
    let database = try TestCluster.shared.database(.orders)
    try database.script(
      """
      CREATE VIEW order_view AS SELECT * FROM orders;
      CREATE FOREIGN DATA WRAPPER nowhere; CREATE SERVER elsewhere FOREIGN DATA WRAPPER nowhere;
      CREATE FOREIGN TABLE far_orders (id integer) SERVER elsewhere;
      CREATE ROLE shell_stranger LOGIN;
      """)
    return database
  }
}

extension TestDatabase {
  /// What did not happen in time.
  struct TimeOut: Error { var condition: String }

  /// Returns when a backend of this database is in `pg_sleep`.
  func waitForSleep() throws { try wait(for: "wait_event = 'PgSleep'") }

  /// Returns when pg_stat_activity has a backend of this database for which an SQL condition holds.
  func wait(for condition: String) throws {
    let connection = try connect()
    let deadline = ContinuousClock.now.advanced(by: .seconds(20))
    while ContinuousClock.now < deadline {
      let found = try connection.query(
        "SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND \(condition)")
      if !found.rows.isEmpty { return }
    }
    throw TimeOut(condition: condition)
  }
}
