/// Which database of which server a change was made on, and as whom; never a password.
public struct ServerFingerprint: Hashable, Sendable {
  /// The host name, address or socket folder that the session connected to.
  public var host: String
  /// The port that the session connected to.
  public var port: Int
  /// The database's name.
  public var database: String
  /// The database role that the session acts as.
  public var user: String
  /// The cluster's `system_identifier` as text; nil when the role may not read it.
  ///
  /// Source: PostgreSQL manual, `pg_control_system()`.
  public var systemIdentifier: String?
  /// The server's own words for its version: `15.18 (Debian 15.18-0+deb12u1)`.
  public var serverVersion: String
  /// Whether the server is Amazon Aurora.
  public var isAurora: Bool

  /// Makes a fingerprint from its facts.
  public init(
    host: String, port: Int, database: String, user: String, systemIdentifier: String? = nil,
    serverVersion: String, isAurora: Bool = false
  ) {
    self.host = host
    self.port = port
    self.database = database
    self.user = user
    self.systemIdentifier = systemIdentifier
    self.serverVersion = serverVersion
    self.isAurora = isAurora
  }

  /// Whether both name the same database of the same server; role and version may differ.
  ///
  /// The system identifiers decide when both are known, else host and port. A physical copy of a
  /// cluster keeps the identifier: compare the index itself before anything is undone.
  public func matches(_ other: ServerFingerprint) -> Bool {
    guard database == other.database else { return false }
    if let systemIdentifier, let others = other.systemIdentifier { return systemIdentifier == others }
    return host == other.host && port == other.port
  }
}
