public import IndexDesign
internal import Postgres

extension Session {
  /// Which database of which server this session looks at, and as whom, for a record of a change.
  ///
  /// The system identifier stays nil when the role may not read it.
  public func fingerprint() throws(ServerError) -> ServerFingerprint {
    // The address is known without a question; asking makes sure that a lost backend was replaced.
    let user = try read("SELECT current_user").value ?? facts.user
    // Some hosted servers take the function away altogether; then the address has to do.
    let identifier = try? read("SELECT system_identifier::text FROM pg_control_system()").value
    return ServerFingerprint(
      host: address.host, port: Int(address.port) ?? 0, database: facts.database, user: user,
      systemIdentifier: identifier, serverVersion: facts.version, isAurora: facts.isAurora)
  }
}
