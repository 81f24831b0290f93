/// How an analysis session behaves towards its server.
public struct SessionOptions: Equatable, Sendable {
  /// The longest that one statement may run; PostgreSQL's syntax for a time.
  public var statementTimeout = "60s"
  /// The longest that a statement waits for a lock.
  public var lockTimeout = "5s"
  /// The longest that a transaction opened with `begin;` may sit idle.
  public var idleInTransactionTimeout = "10min"
  /// How the session names itself in `pg_stat_activity`.
  public var applicationName = "hypo"

  /// The defaults, as the manual states them.
  public init() {}

  /// The settings of a new backend, by name. A role's or a database's own defaults give way to them.
  var settings: [(name: String, value: String)] {
    [
      ("application_name", applicationName), ("default_transaction_read_only", "on"),
      ("statement_timeout", statementTimeout), ("lock_timeout", lockTimeout),
      ("idle_in_transaction_session_timeout", idleInTransactionTimeout),
    ]
  }
}
