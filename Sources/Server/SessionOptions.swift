internal import Postgres

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

  /// Whether what is sent is kept from the first statement on; see `Session.takeSentStatements`.
  public var keepsSentStatements = false

  /// The defaults, as the manual states them.
  public init() {}

  /// The settings of a new backend, by name. A role's or a database's own defaults give way to them.
  var settings: [(name: String, value: String)] {
    [
      ("application_name", applicationName), ("default_transaction_read_only", "on"),
      ("statement_timeout", statementTimeout), ("lock_timeout", lockTimeout),
      ("idle_in_transaction_session_timeout", idleInTransactionTimeout),
      // As the lexer reads strings.
      ("standard_conforming_strings", "on"),
      // As plans and definitions are read; HypoPG's own switch is "hypo on" and "hypo off".
      ("quote_all_identifiers", "off"), ("hypopg.enabled", "on"),
    ]
  }

  /// Gives the settings to the backend that the client was told of, and to no other: a pooler would hand
  /// them on to whoever gets its backend next, who could then not write any more.
  func step(forSessionOf backendPID: Int32) -> PipelineStep {
    let condition =
      " WHERE pg_catalog.pg_backend_pid() OPERATOR(pg_catalog.=) $\(settings.count * 2 + 1)::pg_catalog.int4"
    return .query(Self.select(settings, isLocal: false) + condition, values + [String(backendPID)])
  }

  /// Gives the settings to the transaction alone; what BEGIN READ ONLY and the client say is not in it.
  var stepForTransaction: PipelineStep {
    let ofSession = ["application_name", "default_transaction_read_only", "hypopg.enabled"]
    let local = settings.filter { !ofSession.contains($0.name) }
    return .query(Self.select(local, isLocal: true), local.flatMap { [$0.name, $0.value] })
  }

  private var values: [String?] { settings.flatMap { [$0.name, $0.value] } }

  private static func select(_ settings: [(name: String, value: String)], isLocal: Bool) -> String {
    Session.mark + "SELECT "
      + settings.indices.map { "pg_catalog.set_config($\($0 * 2 + 1), $\($0 * 2 + 2), \(isLocal))" }
      .joined(separator: ", ")
  }
}
