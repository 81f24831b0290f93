import Foundation
import Postgres
import Storage

extension Sandbox {
  /// The path of a file that is there once everything has been made.
  var readyPath: String { "\(directory)/ready" }
  /// A copy of the data directory as it was when everything had been made.
  var firstState: String { "\(directory)/first-state" }

  /// The number of the socket while it is made: a shell that had lost an earlier sandbox would connect again to the
  /// usual one, and find half of the data.
  private static var makingPort: Int { Cluster.defaultPort + 1 }

  var isReady: Bool { folder.isOurs && FileManager.default.fileExists(atPath: readyPath) }

  /// Everything that the data, the planner's statistics and the first counters follow from; the file `ready` holds it.
  ///
  /// Another hypo may make other data, or analyze it in another way: what replays on the one drifts on the other.
  var recipe: String {
    let data = SandboxData(scale: scale)
    var workload = Workload(scale: scale)
    // Round 0 has every statement of the workload.
    let statements = data.steps.map(\.sql) + SandboxData.finish + workload.calls(round: 0).map(\.sql)
    return "\(scale)\n\(statements.joined(separator: "\n"))\n"
  }

  /// Whether there is a sandbox that another hypo made, from other statements than this one would.
  public var isOfAnotherRecipe: Bool {
    isReady && (try? String(contentsOfFile: readyPath, encoding: .utf8)) != recipe
  }

  /// Makes everything from nothing. What an interrupted making left behind goes first.
  func make(_ progress: (SandboxProgress) -> Void) throws(SandboxError) {
    // Nothing is deleted for a sandbox that cannot be made.
    let binaries = try ServerBinaries.find()
    if FileManager.default.fileExists(atPath: directory) {
      if folder.isOurs { try Cluster.removeRemains(in: directory) }
    }
    let cluster = try cluster(binaries: binaries, port: Self.makingPort)
    let data = SandboxData(scale: scale)
    // Shares of the whole, as measured: they only make the bar move evenly.
    let plan: [(title: String, share: Double)] =
      [("cluster", 0.05)] + zip(data.steps.map(\.title), [0.01, 0.01, 0.1, 0.13, 0.12])
      + [("statistics", 0.26), ("workload", 0.27), ("first state kept", 0.05)]
    var part = 0
    var done = 0.0
    func next(_ within: Double = 0) {
      progress(
        SandboxProgress(
          title: plan[part].title, part: part + 1, parts: plan.count,
          fraction: done + plan[part].share * within))
    }
    func finished() {
      done += plan[part].share
      part += 1
    }
    next()
    try checkInterrupt()
    try cluster.create()
    try cluster.start()
    finished()
    try execute("CREATE DATABASE \(SandboxData.database)", on: cluster, database: "postgres")
    let connection = try connect(cluster)
    for step in data.steps {
      next()
      try told { () throws(PostgresError) in _ = try connection.script("BEGIN; \(step.sql) COMMIT") }
      finished()
    }
    next()
    for statement in SandboxData.finish {
      try told { () throws(PostgresError) in _ = try connection.query(statement) }
    }
    try told { () throws(PostgresError) in _ = try connection.query("SELECT pg_stat_statements_reset()") }
    finished()
    _ = try run(Workload(scale: scale), on: cluster, for: nil) { next($0) }
    finished()
    next()
    try cluster.stop()
    try copy(folder.data, to: firstState)
    try write(recipe, to: readyPath)
    progress(SandboxProgress(title: "done", part: plan.count, parts: plan.count, fraction: 1))
  }

  /// Puts the kept copy in the place of the data directory; the server must not run.
  ///
  /// Interrupted anywhere, the next start finds no data directory and does it again.
  func restore() throws(SandboxError) {
    if FileManager.default.fileExists(atPath: folder.data) {
      do throws(StorageError) { try Folder.remove(folder.data) } catch {
        throw SandboxError(.unusableDirectory, error)
      }
    }
    try copy(firstState, to: folder.data)
  }

  /// Copies under another name first, so that a copy that has its name is whole.
  private func copy(_ source: String, to target: String) throws(SandboxError) {
    let unfinished = "\(target).unfinished"
    try? Folder.remove(unfinished)
    try cluster().command(
      "cp", ["--archive", "--reflink=auto", source, unfinished], "could not copy the sandbox's data")
    do throws(StorageError) { try Folder.rename(unfinished, to: target) } catch {
      throw SandboxError(.couldNotMake, error)
    }
  }

  private func write(_ text: String, to path: String) throws(SandboxError) {
    do throws(StorageError) { try ReplacedFile.write(text, to: path) } catch {
      throw SandboxError(.couldNotMake, error)
    }
  }
}
