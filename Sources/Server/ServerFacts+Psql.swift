public import IndexDesign

extension ServerFacts {
  /// The server's major version, such as 15.
  public var majorVersion: Int { versionNumber / 10_000 }

  /// That psql is older than the server, as a sentence without a full stop; nil when it is not, or not known.
  ///
  /// - Parameter version: psql's major version; nil when it is not known.
  public func warning(ofPsql version: Int?) -> String? {
    guard let version, version < majorVersion else { return nil }
    return
      "psql \(version) is older than the server (\(majorVersion)): what it describes can be wrong or fail"
  }

  /// What doctor says of psql; nil when nothing is to be said.
  ///
  /// - Parameters:
  ///   - isThere: whether there is one.
  ///   - version: its major version; nil when it is not known.
  public func finding(ofPsql isThere: Bool, _ version: Int?) -> Finding? {
    let fix = "apt-get install postgresql-client-\(majorVersion) where hypo runs"
    guard isThere else {
      return Finding(
        "psql", .warning, "not found: \\d and the other describing commands are psql's", fix: fix)
    }
    return warning(ofPsql: version).map { Finding("psql", .warning, $0, fix: fix) }
  }
}
