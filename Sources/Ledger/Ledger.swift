import Foundation
import GRDB
public import IndexDesign

/// The records that outlive a session, in one SQLite file that several shells share.
///
/// Nothing is opened before it is needed, and reading makes neither file nor folder. What was
/// written stays: the tables refuse to be rewritten.
///
/// Source: SQLite manual, "Write-Ahead Logging" and "PRAGMA synchronous".
public final class Ledger {
  /// The file.
  public let path: String
  let clock: () -> Timestamp
  private let file: LedgerFile
  private var opened: (queue: DatabaseQueue, file: LedgerFile.Identity?)?

  /// Names the file, which is opened or made when it is first needed.
  ///
  /// - Parameter clock: The time that records are stamped with.
  public init(path: String, clock: @escaping () -> Timestamp = Ledger.systemTime) {
    self.path = path
    self.clock = clock
    file = LedgerFile(path: path)
  }

  /// `${XDG_STATE_HOME:-~/.local/state}/hypo/ledger.sqlite`.
  ///
  /// A relative `XDG_STATE_HOME` is passed over, as its specification demands.
  ///
  /// - Throws: `LedgerError` with code `.noPlace` when `HOME` is missing too.
  ///
  /// Source: XDG Base Directory Specification.
  public static func defaultPath(environment: [String: String]) throws(LedgerError) -> String {
    try folder(of: "the ledger", environment: environment) + "/ledger.sqlite"
  }

  /// Where the records of all sessions are: `${XDG_STATE_HOME:-~/.local/state}/hypo`.
  static func folder(of what: String, environment: [String: String]) throws(LedgerError) -> String {
    if let state = environment["XDG_STATE_HOME"], state.hasPrefix("/") { return "\(state)/hypo" }
    guard let home = environment["HOME"], !home.isEmpty else {
      throw LedgerError(
        .noPlace, "could not find a place for \(what): neither XDG_STATE_HOME nor HOME is set",
        hint: "set XDG_STATE_HOME to a folder of yours")
    }
    return "\(home)/.local/state/hypo"
  }

  /// The time of the system's clock.
  public static func systemTime() -> Timestamp {
    var now = timespec()
    clock_gettime(CLOCK_REALTIME, &now)
    return Timestamp(microsecondsSinceEpoch: Int64(now.tv_sec) * 1_000_000 + Int64(now.tv_nsec) / 1000)
  }

  /// Reads; `absent` when there is no ledger yet.
  func read<T>(
    _ what: String, absent: T, _ body: (Database) throws -> T
  ) throws(LedgerError) -> T {
    do {
      guard let queue = try connection(creating: false) else { return absent }
      return try queue.read(body)
    } catch {
      throw LedgerError(error, while: "could not read \(what) from the ledger \"\(path)\"", path: path)
    }
  }

  /// Writes in one transaction that is on disk when this returns.
  func write<T>(_ what: String, _ body: (Database) throws -> T) throws(LedgerError) -> T {
    do {
      guard let queue = try connection(creating: true) else {
        throw LedgerError(
          .cannotOpen, "could not make the ledger \"\(path)\"", hint: LedgerError.writableHint)
      }
      return try queue.write(body)
    } catch {
      throw LedgerError(error, while: "could not write \(what) to the ledger \"\(path)\"", path: path)
    }
  }

  private func connection(creating: Bool) throws -> DatabaseQueue? {
    // A record written to a file that was deleted meanwhile would be lost with the session.
    if let opened, opened.file != nil, opened.file == file.identity { return opened.queue }
    opened = nil
    if creating { try file.create() }
    guard let identity = file.identity else { return nil }
    let queue = try file.whileLocked {
      let queue = try DatabaseQueue(path: path, configuration: Self.configuration)
      try bringUpToDate(queue)
      return queue
    }
    opened = (queue, identity)
    return queue
  }

  private func bringUpToDate(_ queue: DatabaseQueue) throws {
    let migrator = LedgerSchema.migrator
    guard try queue.read(migrator.hasBeenSuperseded) == false else {
      throw LedgerError(
        .newer, "cannot use the ledger \"\(path)\": it was made by a newer hypo", hint: "upgrade hypo")
    }
    guard try queue.read(migrator.hasCompletedMigrations) == false else { return }
    try migrator.migrate(queue)
    file.keepName()
  }

  private static var configuration: Configuration {
    var configuration = Configuration()
    configuration.label = "ledger"
    configuration.busyMode = .timeout(10)
    // GRDB's own journal mode setting would add `synchronous = NORMAL`, under which a commit
    // may be lost with the machine.
    configuration.prepareDatabase { db in
      try db.execute(sql: "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL")
    }
    return configuration
  }
}
