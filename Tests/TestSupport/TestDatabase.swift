public import Postgres
import Sandbox

/// A database of its own for one test; dropped, with whoever is connected, when the value goes.
public final class TestDatabase: Sendable {
  /// The database's name.
  public let name: String
  let cluster: Cluster

  init(name: String, cluster: Cluster) {
    self.name = name
    self.cluster = cluster
  }

  deinit {
    // A server that a test has killed took the database with it.
    _ = try? TestCluster.execute(
      "DROP DATABASE IF EXISTS \(name) WITH (FORCE)", on: cluster, database: "postgres")
  }

  /// What libpq needs to connect as the superuser: host, port, dbname, user.
  public var parameters: [String: String] { cluster.parameters(database: name) }

  /// The same as one conninfo string.
  public var conninfo: String { conninfo(user: nil) }

  /// A conninfo string for another role.
  public func conninfo(user: String?) -> String {
    cluster.parameters(database: name, user: user).sorted { $0.key < $1.key }
      .map { "\($0.key)='\($0.value)'" }.joined(separator: " ")
  }

  /// A new connection, as the superuser unless another role is named.
  public func connect(user: String? = nil) throws -> Connection {
    try Connection(ConnectionParameters(cluster.parameters(database: name, user: user)))
  }

  /// Runs one statement as the superuser, on a connection of its own.
  @discardableResult
  public func execute(_ sql: String, _ parameters: [String?] = []) throws -> QueryResult {
    try connect().query(sql, parameters)
  }

  /// Runs a text of several statements as the superuser, on a connection of its own.
  public func script(_ sql: String) throws {
    func run() throws { _ = try connect().script(sql) }
    if ParameterGrants.areChanged(by: sql) { try ParameterGrants.changing(run) } else { try run() }
  }
}
