internal import Postgres

extension Session {
  /// What was said of its connection beside host, port, user and database, by libpq's keywords: what may be written
  /// down for others. Passwords and keys are left out, and so is every keyword that is not known to be none.
  ///
  /// Source: PostgreSQL manual, "Parameter Key Words".
  public var connectionOptions: [String: String] {
    parameters.values.filter { Self.optionsToWrite.contains($0.key) && !$0.value.isEmpty }
  }

  /// A file is named, never its content.
  private static let optionsToWrite: Set<String> = [
    "application_name", "channel_binding", "client_encoding", "connect_timeout", "gssdelegation",
    "gssencmode",
    "gsslib", "krbsrvname", "max_protocol_version", "min_protocol_version", "options", "passfile",
    "require_auth",
    "requirepeer", "service", "servicefile", "ssl_max_protocol_version", "ssl_min_protocol_version",
    "sslcert", "sslcertmode", "sslcompression", "sslcrl", "sslcrldir", "sslkey", "sslmode", "sslnegotiation",
    "sslrootcert", "sslsni", "target_session_attrs",
  ]
}
