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
    let identifier = try ifPossible { () throws(ServerError) in
      try read("SELECT system_identifier::text FROM pg_control_system()").value
    }
    return ServerFingerprint(
      host: address.host, port: Int(address.port) ?? 0, database: facts.database, user: user,
      systemIdentifier: identifier ?? nil, serverVersion: facts.version, isAurora: facts.isAurora)
  }

  /// The refusal to do what a record says on a server that it does not belong to.
  ///
  /// - Parameter command: what is refused, as it is typed.
  package static func otherServer(
    _ command: String, _ planned: ServerFingerprint, _ now: ServerFingerprint
  ) -> ServerError {
    ServerError(
      .refused, "cannot \(command): the session is connected to another server or database",
      detail: "The change belongs to \(planned.words); this is \(now.words).",
      hint: "connect to the server of the change")
  }
}

extension ServerFingerprint {
  var words: String {
    "database \"\(database)\" at \(host):\(port)" + (systemIdentifier.map { ", system \($0)" } ?? "")
  }
}
