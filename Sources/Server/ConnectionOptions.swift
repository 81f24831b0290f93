internal import IndexDesign
internal import Postgres

extension Session {
  /// What was said of its connection beside host, port, user and database, by libpq's keywords: what may be written
  /// down for others. Passwords and keys are left out, and so is every keyword that is not known to be none.
  ///
  /// Source: PostgreSQL manual, "Parameter Key Words".
  public var connectionOptions: [String: String] {
    var options = parameters.values.filter { Self.optionsToWrite.contains($0.key) }
    options["options"] = options["options"].map(Self.knownSettings)
    return options.filter { !$0.value.isEmpty }
  }

  /// Whether something of the options for the server is left out.
  public var leavesOptionsOut: Bool {
    func settings(_ options: String?) -> Int { options?.count { $0 == "=" } ?? 0 }
    return settings(parameters.values["options"]) != settings(connectionOptions["options"])
  }

  /// Of the options for the server those that set what a person may set in the analysis session: any other may hold
  /// anything, as a token for row security.
  ///
  /// Source: PostgreSQL manual, "options" under "Parameter Key Words".
  static func knownSettings(in options: String) -> String {
    var kept: [String] = []
    var isSetting = false
    for word in options.split(whereSeparator: \.isWhitespace) where !options.contains("\\") {
      if word == "-c" {
        isSetting = true
        continue
      }
      let text = isSetting ? word : word.hasPrefix("--") || word.hasPrefix("-c") ? word.dropFirst(2) : ""
      isSetting = false
      guard let end = text.firstIndex(of: "="), !text.hasPrefix("-") else { continue }
      let name = String(text[..<end]).replacing("-", with: "_")
      if AnalysisSetting.isAllowed(name) { kept.append("-c \(name)\(text[end...])") }
    }
    return kept.joined(separator: " ")
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
