/// The server settings of a private cluster that differ from use to use.
public struct ClusterSettings: Equatable, Sendable {
  /// The superuser, who may connect without a password over the private socket.
  public var superuser: String
  /// Server settings by name, written as they stand; they come after, and so win over, the fixed ones.
  public var extra: [String: String]

  /// Makes settings from their parts.
  public init(superuser: String = "hypo", extra: [String: String] = [:]) {
    self.superuser = superuser
    self.extra = extra
  }

  /// The text of the configuration file.
  ///
  /// - Parameters:
  ///   - socketFolder: the only place where the server listens.
  ///   - port: the number in the socket's name.
  func text(socketFolder: String, port: Int) -> String {
    var lines = [
      "# Written by hypo at every start; changes made here are lost.",
      "listen_addresses = ''",
      "port = \(port)",
      // A list by its type: the inner quotes keep a comma in the path from ending the item.
      "unix_socket_directories = \(Self.quoted("\"\(socketFolder)\""))",
      "unix_socket_permissions = 0700",
      "shared_preload_libraries = 'pg_stat_statements'",
      "max_connections = 60",
      "shared_buffers = '128MB'",
      "max_wal_size = '2GB'",
      "track_io_timing = on",
      "jit = off",
      "timezone = 'UTC'",
      "log_timezone = 'UTC'",
      "lc_messages = 'C'",
      "# Statistics change only when somebody asks, so that estimates are the same from run to run.",
      "autovacuum = off",
    ]
    lines += extra.sorted { $0.key < $1.key }.map { "\($0.key) = \(Self.quoted($0.value))" }
    return lines.joined(separator: "\n") + "\n"
  }

  private static func quoted(_ value: String) -> String {
    "'\(value.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "''"))'"
  }
}
