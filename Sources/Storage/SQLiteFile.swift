public import GRDB
import Glibc

/// One SQLite file that several processes share, with its tables and their history.
///
/// Nothing is opened before it is needed, and reading makes neither file nor folder. What was written is on
/// disk when `write` returns.
///
/// Source: SQLite manual, "Write-Ahead Logging" and "PRAGMA synchronous".
public final class SQLiteFile {
  /// The file.
  public let path: String
  private let name: String
  private let migrator: DatabaseMigrator
  private var opened: (queue: DatabaseQueue, file: OpenFile.Identity?)?

  /// Names the file, which is opened or made when it is first needed.
  ///
  /// - Parameters:
  ///   - name: what messages call it: "the ledger".
  ///   - migrator: the steps from nothing to the tables of today. One that was released is never edited; each
  ///     is one transaction. A file with a step that is not among them was made by a newer hypo.
  public init(path: String, named name: String, migrator: DatabaseMigrator) {
    self.path = path
    self.name = "\(name) \"\(path)\""
    self.migrator = migrator
  }

  /// Reads from one state of the file; nil when there is no file yet.
  ///
  /// - Parameter what: what is read, for the message: "changes".
  /// - Throws: `StorageError` for what SQLite and the system refuse, and what `body` throws.
  public func read<T>(_ what: String, _ body: (Database) throws -> T) throws -> T? {
    try worded("could not read \(what) from \(name)") { try connection(creating: false)?.read(body) }
  }

  /// Writes in one transaction that is on disk when this returns; makes the file when there is none.
  ///
  /// - Parameter what: what is written, for the message.
  /// - Throws: `StorageError` for what SQLite and the system refuse, and what `body` throws; then nothing of it
  ///   was written.
  public func write<T>(_ what: String, _ body: (Database) throws -> T) throws -> T {
    try worded("could not write \(what) to \(name)") {
      guard let queue = try connection(creating: true) else {
        throw StorageError(.cannotOpen, "could not make \(name)")
      }
      return try queue.write(body)
    }
  }

  private func worded<T>(_ task: String, _ body: () throws -> T) throws -> T {
    do { return try body() } catch let error as DatabaseError {
      throw StorageError(error, task, path: path)
    }
  }

  private func connection(creating: Bool) throws -> DatabaseQueue? {
    // What is written to a file that was deleted meanwhile would be lost with the session.
    if let opened, opened.file != nil, opened.file == OpenFile.Identity(of: path) { return opened.queue }
    opened = nil
    if creating { try create() }
    guard let identity = OpenFile.Identity(of: path) else { return nil }
    let queue = try whileLocked {
      let queue = try DatabaseQueue(path: path, configuration: Self.configuration)
      try bringUpToDate(queue)
      return queue
    }
    // SQLite syncs the contents; that the name of a new file lasts is for whoever makes it.
    if creating {
      do throws(SystemReason) { try Folder.sync(Folder.of(path)) } catch {
        throw StorageError(error, .cannotOpen, "could not make \(name)")
      }
    }
    opened = (queue, identity)
    return queue
  }

  /// Makes the folders that are missing (0700) and an empty file (0600) when there is none.
  ///
  /// SQLite would let the mask decide; its -wal and -shm files then take over the mode of this one.
  private func create() throws(StorageError) {
    try Folder.make(Folder.of(path))
    do throws(SystemReason) { _ = try OpenFile(path, O_CREAT | O_EXCL | O_WRONLY) } catch {
      if error.number != EEXIST { throw StorageError(error, .cannotOpen, "could not make \(name)") }
    }
  }

  /// Runs `body` while no other process opens or lays out the same file.
  ///
  /// The lock is on the folder: to close a descriptor of the database file itself would give up
  /// every lock that SQLite holds on it in this process.
  private func whileLocked<T>(_ body: () throws -> T) throws -> T {
    let folder: OpenFile
    do throws(SystemReason) {
      folder = try OpenFile(Folder.of(path), O_RDONLY | O_DIRECTORY)
      try folder.lock(waits: true)
    } catch {
      throw StorageError(error, .cannotOpen, "could not lock the folder \"\(Folder.of(path))\"")
    }
    defer { withExtendedLifetime(folder) {} }
    return try body()
  }

  private func bringUpToDate(_ queue: DatabaseQueue) throws {
    guard try queue.read(migrator.hasBeenSuperseded) == false else {
      throw StorageError(
        .newer, "cannot use \(name): it was made by a newer hypo", hint: "upgrade hypo")
    }
    guard try queue.read(migrator.hasCompletedMigrations) == false else { return }
    guard try queue.read(migrator.appliedIdentifiers).isEmpty == false else {
      return try migrator.migrate(queue)
    }
    try leaveSharing(queue)
    try migrator.migrate(queue)
    try queue.inDatabase { try $0.execute(sql: "PRAGMA journal_mode = WAL") }
  }

  /// An older program that has the file open could not go on in tables that are changed under it: what it is just
  /// doing would be lost.
  ///
  /// Source: SQLite manual, "Write-Ahead Logging": only the last connection can leave that mode.
  private func leaveSharing(_ queue: DatabaseQueue) throws {
    let mode = try queue.inDatabase { db in
      try db.execute(sql: "PRAGMA busy_timeout = 0")
      defer { try? db.execute(sql: "PRAGMA busy_timeout = 10000") }
      do { return try String.fetchOne(db, sql: "PRAGMA journal_mode = DELETE") } catch let error
        as DatabaseError
        where [.SQLITE_BUSY, .SQLITE_LOCKED].contains(error.resultCode)
      { return nil }
    }
    guard mode == "delete" else {
      throw StorageError(
        .busy, "cannot use \(name): it has an older form, and an older hypo has it open",
        hint: "leave that hypo when its work has ended, and try again")
    }
  }

  private static var configuration: Configuration {
    var configuration = Configuration()
    configuration.busyMode = .timeout(10)
    // GRDB's own journal mode setting would add `synchronous = NORMAL`, under which a commit
    // may be lost with the machine.
    configuration.prepareDatabase { db in
      try db.execute(sql: "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL")
    }
    return configuration
  }
}

extension StorageError {
  /// What SQLite refused while `task` ("could not …") was tried on the file at `path`.
  init(_ error: DatabaseError, _ task: String, path: String) {
    let (code, reason, hint): (Code, String, String?) =
      switch error.resultCode {
      case .SQLITE_FULL: (.diskFull, "the disk is full", "free some space on the disk of \"\(path)\"")
      case .SQLITE_READONLY, .SQLITE_PERM: (.notWritable, "it cannot be written", nil)
      case .SQLITE_CANTOPEN: (.cannotOpen, "it cannot be opened", nil)
      case .SQLITE_BUSY, .SQLITE_LOCKED:
        (.busy, "another session holds it", "try again; if it stays so, look for a hypo that hangs")
      case .SQLITE_NOTADB, .SQLITE_CORRUPT: (.damaged, "the file is damaged or of another kind", nil)
      case .SQLITE_IOERR: (.other, "the disk reports an error", "look at the disk of \"\(path)\"")
      default: (.other, error.message ?? "SQLite reports \(error.resultCode)", nil)
      }
    self.init(code, "\(task): \(reason)", hint: hint, underlying: error.message)
  }
}
