import Foundation
import Glibc
public import struct IndexDesign.Interrupts
import Postgres
import Programs
import Storage

/// The private server with the `orders` data and a workload that has really run.
///
/// Several processes may use one sandbox at once: whoever starts, stops, resets or removes it holds a lock.
public struct Sandbox {
  /// The absolute path of the folder that holds all of it.
  public let directory: String
  /// How much data it is made with.
  public let scale: SandboxScale
  let interrupts: Interrupts?

  /// Names a sandbox; nothing is made or started.
  ///
  /// - Parameters:
  ///   - directory: its folder; the default one when left out.
  ///   - scale: how much data it is made with.
  ///   - interrupts: what ends a long operation early; nil never does.
  public init(
    directory: String = Sandbox.defaultDirectory(), scale: SandboxScale = .full,
    interrupts: Interrupts? = nil
  ) {
    self.directory = directory
    self.scale = scale
    self.interrupts = interrupts
  }

  /// `$XDG_STATE_HOME/hypo/sandbox`, else `~/.local/state/hypo/sandbox`, and for root, whose home the
  /// server may not enter, `/var/lib/hypo/sandbox`.
  public static func defaultDirectory() -> String {
    defaultDirectory(environment: ProcessInfo.processInfo.environment, isRoot: UserIdentity.isRoot)
  }

  static func defaultDirectory(environment: [String: String], isRoot: Bool) -> String {
    if let state = StateFolder.named(in: environment) { return "\(state)/sandbox" }
    if isRoot { return "/var/lib/hypo/sandbox" }
    var environment = environment
    environment["HOME"] = environment["HOME"] ?? UserIdentity.current?.home
    return ((try? StateFolder(environment: environment).path) ?? "/tmp/.local/state/hypo") + "/sandbox"
  }

  /// Makes the sandbox when there is none, starts its server when it does not run.
  ///
  /// - Parameter progress: called as often as there is something new to show.
  /// - Returns: what libpq needs to connect as the superuser `hypo`: host, port, dbname, user.
  /// - Throws: `SandboxError`. After `cancelled` the next start begins anew.
  public func start(
    progress: (SandboxProgress) -> Void = { _ in }
  ) throws(SandboxError) -> [String: String] {
    // The common case asks only the files: neither programs nor a connection, which cost milliseconds.
    if isReady, Postmaster(data: folder.data).isAccepting { return runningParameters }
    let lock = try self.lock()
    defer { withExtendedLifetime(lock) {} }
    try checkNotForeign()
    if !isReady {
      try make(progress)
    } else if !FileManager.default.fileExists(atPath: folder.data) {
      // A reset was interrupted.
      try restore()
    }
    let cluster = try cluster()
    try cluster.start()
    return runningParameters
  }

  /// Stops the server and keeps the data; one that does not run is no error.
  ///
  /// - Parameters:
  ///   - force: whether to end other people's sessions.
  ///   - ownBackends: process ids of backends that do not count as other people's.
  /// - Throws: `othersConnected` when sessions are there and `force` is false; `SandboxError`.
  public func stop(force: Bool = false, ownBackends: Set<Int32> = []) throws(SandboxError) {
    guard FileManager.default.fileExists(atPath: directory) else { return }
    let lock = try self.lock()
    defer { withExtendedLifetime(lock) {} }
    try checkNotForeign()
    guard exists else { return }
    let cluster = try cluster()
    try checkAlone(cluster, force, ownBackends)
    try cluster.stop()
  }

  /// Puts the first state back: data, roles, settings and the counters of the first workload.
  ///
  /// One that another hypo made from other statements is made anew, so that the first state is this hypo's. The server
  /// runs afterwards if it ran before. The other parameters and errors are those of `stop`.
  ///
  /// - Parameter progress: called as often as there is something new to show of a making.
  public func reset(
    force: Bool = false, ownBackends: Set<Int32> = [], progress: (SandboxProgress) -> Void = { _ in }
  ) throws(SandboxError) {
    let lock = try self.lock()
    defer { withExtendedLifetime(lock) {} }
    try checkNotForeign()
    guard isReady else { throw notMade() }
    let wasRunning = Postmaster(data: folder.data).processID != nil
    if isOfAnotherRecipe {
      // Data that is deleted does not need the server that wrote it, which may be uninstalled by now.
      if let cluster = try? cluster() { try checkAlone(cluster, force, ownBackends) }
      try make(progress)
    } else {
      let cluster = try cluster()
      try checkAlone(cluster, force, ownBackends)
      try cluster.stop(.immediate)
      try restore()
    }
    if wasRunning { try cluster().start() }
  }

  /// Stops the server and deletes everything; a sandbox that is absent is no error.
  ///
  /// Parameters and errors are those of `stop`.
  public func remove(force: Bool = false, ownBackends: Set<Int32> = []) throws(SandboxError) {
    guard FileManager.default.fileExists(atPath: directory) else { return }
    let lock = try self.lock()
    defer { withExtendedLifetime(lock) {} }
    try checkNotForeign()
    if exists, let cluster = try? cluster() { try checkAlone(cluster, force, ownBackends) }
    try Cluster.removeRemains(in: directory)
  }

  /// What is known of the sandbox without starting it. Never waits for another process.
  public func status() -> SandboxStatus {
    let cluster = exists ? try? cluster() : nil
    let pid = Postmaster(data: folder.data).processID
    let state: SandboxStatus.State =
      pid != nil && isReady ? .running : isReady ? .stopped : folder.isOurs ? .unfinished : .absent
    var status = SandboxStatus(
      state: state, directory: directory, sizeInBytes: size(), serverVersion: cluster?.binaries.version,
      isOfAnotherRecipe: isOfAnotherRecipe)
    guard state == .running, let cluster else { return status }
    status.processID = pid
    status.socketFolder = cluster.socketFolder
    status.startedAt = cluster.postmaster.startedAt
    status.sessions = try? sessions(cluster, ownBackends: [])
    return status
  }

  /// Runs the application's workload on the running sandbox.
  ///
  /// - Parameters:
  ///   - duration: how long; nil means as many rounds as the first time.
  ///   - progress: called after each round.
  /// - Returns: how many statements have run.
  /// - Throws: `notMade`, `server`, `cancelled`.
  @discardableResult
  public func work(
    for duration: Duration? = nil, progress: (SandboxProgress) -> Void = { _ in }
  ) throws(SandboxError) -> Int {
    guard isReady else { throw notMade() }
    let cluster = try cluster()
    guard cluster.processID != nil else {
      throw SandboxError(.server, "the sandbox is not running", hint: "start it: hypo sandbox start")
    }
    do {
      return try run(Workload(scale: scale), on: cluster, for: duration) { part in
        progress(SandboxProgress(title: "workload", part: 1, parts: 1, fraction: part))
      }
    } catch {
      guard error.code == .cancelled else { throw error }
      throw SandboxError(
        .cancelled, "cancelled",
        hint: "what has run of the workload stays; sandbox reset puts the first state back")
    }
  }
}
