public import Postgres

extension Connection {
  /// Returns when an SQL condition holds.
  public func wait(until condition: String) throws {
    try Patience.wait(for: condition) { try query("SELECT \(condition)").value == "t" }
  }
}

extension TestDatabase {
  /// Returns when pg_stat_activity has a backend of this database for which an SQL condition holds.
  public func wait(for condition: String) throws {
    try connect().wait(
      until: "EXISTS (SELECT FROM pg_stat_activity WHERE datname = current_database() AND \(condition))")
  }

  /// Returns when a backend of this database is in `pg_sleep`.
  public func waitForSleep() throws { try wait(for: "wait_event = 'PgSleep'") }

  /// Ends a backend and returns when it is gone.
  public func terminate(_ pid: Int32) throws {
    let connection = try connect()
    // Before PostgreSQL 14 the server itself cannot be asked to wait for it.
    _ = try connection.query("SELECT pg_terminate_backend($1::int)", [String(pid)])
    try connection.wait(until: "NOT EXISTS (SELECT FROM pg_stat_activity WHERE pid = \(pid))")
  }
}
