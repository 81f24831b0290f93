import Foundation
import Glibc
package import Programs
import Storage

/// A private PostgreSQL cluster in a folder that hypo made, reached over a Unix socket only.
///
/// Every operation is for one process at a time; `Sandbox` takes a lock for that.
public struct Cluster: Sendable {
  /// The number in the socket's name when none is chosen; a folder of its own keeps servers apart.
  public static let defaultPort = 5432

  /// The programs that make and run it.
  public let binaries: ServerBinaries
  /// Its settings.
  public let settings: ClusterSettings
  /// The number in the socket's name.
  public let port: Int
  package let folder: ClusterFolder

  /// Names a cluster; nothing is made or started.
  ///
  /// - Parameters:
  ///   - directory: the absolute path of the cluster's folder.
  ///   - binaries: the server's programs.
  ///   - settings: superuser and server settings.
  ///   - port: the number in the socket's name.
  /// - Throws: `serverMissing` when we are root and the user `postgres` does not exist.
  public init(
    directory: String, binaries: ServerBinaries, settings: ClusterSettings = ClusterSettings(),
    port: Int = Cluster.defaultPort
  ) throws(SandboxError) {
    self.binaries = binaries
    self.settings = settings
    self.port = port
    self.folder = ClusterFolder(path: directory, owner: try Self.serverUser())
  }

  /// The folder that holds everything of the cluster.
  public var directory: String { folder.path }

  /// The folder of the server's socket, which is libpq's `host`.
  public var socketFolder: String { folder.socketFolder(port: port) }

  /// The absolute path of the server's log.
  public var logPath: String { folder.log }

  /// Whether the cluster has been made; true also when it was not made to its end.
  public var exists: Bool { folder.isOurs && FileManager.default.fileExists(atPath: folder.data) }

  /// The server's process id; nil when it is not running.
  public var processID: Int32? { postmaster.processID }

  var postmaster: Postmaster { Postmaster(data: folder.data) }

  /// What libpq needs to connect.
  ///
  /// - Parameters:
  ///   - database: the database's name.
  ///   - user: who connects; the superuser when left out.
  public func parameters(database: String, user: String? = nil) -> [String: String] {
    ["host": socketFolder, "port": "\(port)", "dbname": database, "user": user ?? settings.superuser]
  }

  /// Makes the cluster. One that exists is an error.
  ///
  /// - Throws: `notOurs`, `unusableDirectory`, `couldNotMake`.
  public func create() throws(SandboxError) {
    guard !exists else { throw SandboxError(.couldNotMake, "there is a cluster in \(directory) already") }
    try folder.make()
    try program(
      "initdb", .couldNotMake, "could not make the cluster in \(directory)",
      [
        "--pgdata=\(folder.data)", "--username=\(settings.superuser)", "--auth=trust", "--encoding=UTF8",
        "--locale=C.UTF-8", "--no-sync",
      ], timeout: .seconds(120))
  }

  /// Starts the server and waits until it takes connections; one that runs already is no error.
  ///
  /// What a killed server left behind is cleared away first.
  ///
  /// - Throws: `notMade`, `notOurs`, `unusableDirectory`, `couldNotStart` with the last lines of the log.
  public func start(timeout: Duration = .seconds(60)) throws(SandboxError) {
    if processID != nil { return }
    guard folder.isOurs else { throw folder.notOurs() }
    guard exists else { throw SandboxError(.notMade, "there is no cluster in \(directory)") }
    postmaster.clearRemains(socketFolder: socketFolder)
    try folder.makeSocketFolder(port: port)
    try writeConfiguration()
    try program(
      "pg_ctl", .couldNotStart, "could not start the server in \(directory)",
      [
        "--pgdata=\(folder.data)", "--log=\(folder.log)", "--wait",
        "--timeout=\(timeout.components.seconds)", "start",
      ], timeout: timeout + .seconds(10))
  }

  /// How the server is asked to stop.
  public enum StopMode: Sendable {
    /// Sessions are ended, then everything is written to disk.
    case fast
    /// All at once, as in a crash; the next start recovers.
    case immediate

    /// Source: PostgreSQL manual, "Shutting Down the Server".
    var signal: Int32 { self == .fast ? SIGINT : SIGQUIT }
  }

  /// Stops the server and waits for its end; one that does not run is no error.
  ///
  /// Afterwards no process, socket, lock or socket folder is left.
  ///
  /// - Throws: `couldNotStop`.
  public func stop(_ mode: StopMode = .fast) throws(SandboxError) {
    if let pid = processID {
      kill(pid, mode.signal)
      guard Postmaster.wait(for: pid, atMost: .seconds(60)) else {
        throw SandboxError(
          .couldNotStop, "could not stop the server in \(directory)", detail: lastLogLines(),
          hint: "process \(pid) is still there; its log is \(logPath)")
      }
    }
    postmaster.clearRemains(socketFolder: socketFolder)
    rmdir(socketFolder)
  }

  /// Stops the server and deletes the cluster's folder.
  ///
  /// - Throws: `notOurs` when the folder is not hypo's, `couldNotStop`, `unusableDirectory`.
  public func remove() throws(SandboxError) {
    if exists { try stop(.immediate) }
    try folder.remove()
  }

  /// The last lines of the server's log, or nil when it has none.
  public func lastLogLines(_ count: Int = 8) -> String? {
    guard let text = try? String(contentsOfFile: folder.log, encoding: .utf8), !text.isEmpty else {
      return nil
    }
    return text.split(separator: "\n").suffix(count).joined(separator: "\n")
  }
}

extension Cluster {
  /// Whom the server runs as: `postgres` when we are root, since PostgreSQL refuses root; else nil, we.
  package static func serverUser() throws(SandboxError) -> UserIdentity? {
    guard UserIdentity.isRoot else { return nil }
    do {
      return try UserIdentity.named("postgres")
    } catch {
      throw SandboxError(
        .serverMissing, "could not become the user \"postgres\", as which the server has to run",
        because: error,
        hint: "install the server: apt-get install postgresql; or run hypo as another user than root")
    }
  }

  /// Runs one of PostgreSQL's programs as the server's user, away from PG* variables of ours.
  @discardableResult
  package func program(
    _ name: String, _ code: SandboxError.Code, _ message: String, _ arguments: [String], timeout: Duration
  ) throws(SandboxError) -> String {
    let program = Program(
      binaries.path(name), arguments,
      environment: ["PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8", "HOME": directory, "TZ": "UTC"],
      workingDirectory: directory, identity: folder.owner)
    do {
      return try program.run(timeout: timeout).standardOutput
    } catch {
      var error = error
      // pg_ctl only says "examine the log output".
      if code == .couldNotStart { error.detail = lastLogLines() ?? error.detail }
      throw SandboxError(code, message, because: error)
    }
  }

  /// Runs a program of the system as the server's user.
  func command(_ name: String, _ arguments: [String], _ message: String) throws(SandboxError) {
    do {
      let path = try Executables.find(name, in: ["/usr/bin", "/bin"])
      try Program(path, arguments, workingDirectory: directory, identity: folder.owner).run()
    } catch {
      throw SandboxError(.couldNotMake, message, because: error)
    }
  }

  private func writeConfiguration() throws(SandboxError) {
    let path = "\(folder.data)/hypo.conf"
    let main = "\(folder.data)/postgresql.conf"
    do throws(StorageError) {
      try ReplacedFile.write(settings.text(socketFolder: socketFolder, port: port), to: path)
      let include = "include 'hypo.conf'\n"
      let text = String(decoding: try FileReading.whole(main), as: UTF8.self)
      if !text.hasSuffix(include) { try ReplacedFile.write(text + include, to: main) }
      // A log that nobody rotates: keep what the last run said, forget the years before.
      let size = try? FileManager.default.attributesOfItem(atPath: folder.log)[.size] as? Int
      if (size ?? 0) > 1 << 20 { truncate(folder.log, 0) }
    } catch {
      throw SandboxError(
        .unusableDirectory, "could not write the settings of \(directory)",
        detail: error.message, hint: error.hint)
    }
    try folder.own(path, mode: 0o600)
    try folder.own(main, mode: 0o600)
  }
}

extension Cluster {
  /// Stops whatever server runs in a cluster's folder and deletes the folder, without its programs.
  ///
  /// - Throws: `notOurs` when the folder is not hypo's.
  package static func removeRemains(in directory: String) throws(SandboxError) {
    let folder = ClusterFolder(path: directory, owner: try? serverUser())
    guard folder.isOurs else { throw folder.notOurs() }
    let postmaster = Postmaster(data: folder.data)
    if let pid = postmaster.processID {
      kill(pid, SIGQUIT)
      Postmaster.wait(for: pid, atMost: .seconds(10))
    }
    let socketFolder = folder.socketFolder(port: defaultPort)
    postmaster.clearRemains(socketFolder: socketFolder)
    rmdir(socketFolder)
    try folder.remove()
  }
}
