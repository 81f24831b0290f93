import Foundation
import Glibc
import Postgres
import Programs
import Sandbox

/// A PgBouncer in transaction mode before a test server; stopped when the value goes or the process ends.
public final class TestPooler: Sendable {
  private let folder: String
  private let cluster: Cluster

  /// Starts the pooler.
  ///
  /// - Parameters:
  ///   - server: the server behind it, started when it was not yet.
  ///   - users: the roles that may come through it, besides the server's superuser.
  public init(before server: TestCluster = .shared, users: [String] = []) throws {
    cluster = try server.cluster()
    folder = TestRun.freshPath("pooler")
    let owner = try Cluster.serverUser()
    mkdir(folder, 0o700)
    if let owner { chown(folder, owner.uid, owner.gid) }
    let configuration = """
      [databases]
      * = host=\(cluster.socketFolder) port=\(cluster.port)
      [pgbouncer]
      listen_addr =
      listen_port = 6432
      unix_socket_dir = \(folder)
      auth_type = trust
      auth_file = \(folder)/users.txt
      pool_mode = transaction
      logfile = \(folder)/pgbouncer.log
      pidfile = \(folder)/pgbouncer.pid
      ignore_startup_parameters = extra_float_digits
      """
    let path = "\(folder)/pgbouncer.ini"
    try configuration.write(toFile: path, atomically: false, encoding: .utf8)
    try ([cluster.settings.superuser] + users).map { "\"\($0)\" \"\"\n" }.joined()
      .write(toFile: "\(folder)/users.txt", atomically: false, encoding: .utf8)
    let folder = folder
    TestRun.atEnd { Self.stop(folder) }
    try Program(
      Executables.find("pgbouncer", in: ["/usr/sbin"] + Executables.searchPath), ["-d", "-q", path],
      workingDirectory: folder, identity: owner
    ).run(timeout: Patience.limit)
    // With -d the program returns before its socket listens.
    let address = ConnectionParameters(parameters(database: "postgres"))
    try Patience.wait(for: "the pooler's answer") { (try? Connection(address)) != nil }
  }

  deinit { Self.stop(folder) }

  /// What libpq needs to connect to a database through the pooler, as the server's superuser.
  public func parameters(database: String) -> [String: String] {
    ["host": folder, "port": "6432", "dbname": database, "user": cluster.settings.superuser]
  }

  /// The same through the pooler as one conninfo string.
  public func conninfo(database: String) -> String {
    parameters(database: database).sorted { $0.key < $1.key }
      .map { "\($0.key)='\($0.value)'" }.joined(separator: " ")
  }

  /// The process id that a pooler wrote into its folder; nil when there is none, or it is another program.
  static func processID(in folder: String) -> pid_t? {
    guard let text = try? String(contentsOfFile: "\(folder)/pgbouncer.pid", encoding: .utf8),
      let pid = pid_t(text.trimmingCharacters(in: .whitespacesAndNewlines)),
      (try? String(contentsOfFile: "/proc/\(pid)/comm", encoding: .utf8)) == "pgbouncer\n"
    else { return nil }
    return pid
  }

  private static func stop(_ folder: String) {
    if let pid = processID(in: folder) { kill(pid, SIGTERM) }
  }
}
