import Foundation
import struct IndexDesign.Interrupts
import Postgres
import Programs
import Storage

extension Sandbox {
  var folder: ClusterFolder { ClusterFolder(path: directory, owner: try? Cluster.serverUser()) }

  /// Whether there is a data directory of ours, finished or not.
  var exists: Bool { folder.isOurs && FileManager.default.fileExists(atPath: folder.data) }

  /// The cluster with the server programs of the version that wrote its data, or with the given ones.
  ///
  /// - Parameter port: the number in its socket's name.
  func cluster(
    binaries: ServerBinaries? = nil, port: Int = Cluster.defaultPort
  ) throws(SandboxError) -> Cluster {
    var found = binaries
    if found == nil {
      let versions = ["\(folder.data)/PG_VERSION", "\(firstState)/PG_VERSION"]
      let text = versions.lazy.compactMap { try? String(contentsOfFile: $0, encoding: .utf8) }.first
      found = try ServerBinaries.find(
        majorVersion: text.flatMap { Int($0.trimmingCharacters(in: .whitespacesAndNewlines)) })
    }
    guard let found else { throw notMade() }
    let settings = ClusterSettings(extra: [
      // The data can be made again; a killed server loses nothing, only a machine that loses power may.
      "fsync": "off", "full_page_writes": "off", "wal_level": "minimal", "max_wal_senders": "0",
      "min_wal_size": "32MB", "wal_recycle": "off", "maintenance_work_mem": "256MB",
    ])
    return try Cluster(directory: directory, binaries: found, settings: settings, port: port)
  }

  /// What libpq needs to connect to the server once it runs.
  var runningParameters: [String: String] {
    let settings = ClusterSettings()
    return [
      "host": folder.socketFolder(port: Cluster.defaultPort), "port": "\(Cluster.defaultPort)",
      "dbname": SandboxData.database, "user": settings.superuser,
    ]
  }

  /// Takes the lock of this sandbox.
  func lock() throws(SandboxError) -> LockFile {
    let parent = URL(filePath: directory).deletingLastPathComponent().path
    do throws(StorageError) { try Folder.make(parent, mode: 0o777) } catch {
      throw SandboxError(.unusableDirectory, error)
    }
    let end = ContinuousClock.now + .seconds(180)
    var interrupted = false
    do throws(StorageError) {
      return try LockFile("\(directory).lock") {
        interrupted = interrupts?.take() ?? false
        return !interrupted && ContinuousClock.now < end
      }
    } catch {
      if interrupted { throw Self.cancelled }
      throw error.code == .busy
        ? SandboxError(
          .busy, "another hypo works on this sandbox", hint: "wait until it is done, then try again")
        : SandboxError(.unusableDirectory, error)
    }
  }

  /// A connection of the sandbox's own, whose statements do not show up in pg_stat_statements.
  func connect(_ cluster: Cluster, database: String = SandboxData.database) throws(SandboxError) -> Connection
  {
    var parameters = cluster.parameters(database: database)
    parameters["application_name"] = "hypo sandbox"
    // From its start on: a SET would be counted itself.
    parameters["options"] = "-c pg_stat_statements.track=none"
    return try told { () throws(PostgresError) in
      try Connection(ConnectionParameters(parameters), interrupts: interrupts)
    }
  }

  @discardableResult
  func execute(_ sql: String, on cluster: Cluster, database: String) throws(SandboxError) -> QueryResult {
    let connection = try connect(cluster, database: database)
    return try told { () throws(PostgresError) in try connection.query(sql) }
  }

  /// How many client sessions there are besides our own.
  func sessions(_ cluster: Cluster, ownBackends: Set<Int32>) throws(SandboxError) -> Int {
    let result = try execute(
      "SELECT pid FROM pg_stat_activity WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()",
      on: cluster, database: "postgres")
    return result.rows.count { row in !ownBackends.contains(row[0].flatMap { Int32($0) } ?? 0) }
  }

  func checkAlone(_ cluster: Cluster, _ force: Bool, _ ownBackends: Set<Int32>) throws(SandboxError) {
    // Of one that is not finished nobody but its making knows.
    guard !force, isReady, cluster.processID != nil else { return }
    // The server lists whoever has just left, such as our own work, for a moment longer.
    let latest = ContinuousClock.now + .seconds(1)
    var others = try sessions(cluster, ownBackends: ownBackends)
    while others > 0, ContinuousClock.now < latest {
      usleep(20_000)
      try checkInterrupt()
      others = try sessions(cluster, ownBackends: ownBackends)
    }
    guard others == 0 else {
      throw SandboxError(
        .othersConnected(others),
        "\(others) other \(others == 1 ? "session is" : "sessions are") connected to the sandbox",
        hint: "close them, or say that they may be ended")
    }
  }

  func checkNotForeign() throws(SandboxError) {
    let contents = (try? FileManager.default.contentsOfDirectory(atPath: directory)) ?? []
    if !contents.isEmpty, !folder.isOurs { throw folder.notOurs() }
  }

  func checkInterrupt() throws(SandboxError) {
    if let interrupts, interrupts.take() { throw Self.cancelled }
  }

  func notMade() -> SandboxError {
    SandboxError(.notMade, "there is no sandbox yet", hint: "make it: hypo sandbox start")
  }

  static let cancelled = SandboxError(.cancelled, "cancelled", hint: "the next start begins anew")

  /// Tells a failure of the server as the sandbox's own.
  func told<Value>(_ work: () throws(PostgresError) -> Value) throws(SandboxError) -> Value {
    do {
      return try work()
    } catch {
      // 57014 is query_canceled: the server's answer to our own cancel request.
      if error.code == .interrupted || error.sqlState == "57014" { throw Self.cancelled }
      throw SandboxError(
        .server, "the sandbox's server refused: \(error.message)", detail: error.detail, hint: error.hint)
    }
  }

  /// How much disk the folder takes, in bytes.
  func size() -> Int {
    guard
      let files = FileManager.default.enumerator(
        at: URL(filePath: directory), includingPropertiesForKeys: [.fileSizeKey])
    else { return 0 }
    var sum = 0
    while let file = files.nextObject() as? URL {
      sum += (try? file.resourceValues(forKeys: [.fileSizeKey]).fileSize) ?? 0
    }
    return sum
  }
}
