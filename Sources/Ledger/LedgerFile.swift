import Foundation

/// The ledger's place on disk, and the parts of it that SQLite would make readable to others.
struct LedgerFile {
  let path: String

  var folder: String {
    let parts = path.split(separator: "/", omittingEmptySubsequences: true).dropLast()
    return (path.hasPrefix("/") ? "/" : parts.isEmpty ? "." : "") + parts.joined(separator: "/")
  }

  /// Which file stands at the path now; nil when none does.
  var identity: Identity? {
    var facts = stat()
    return stat(path, &facts) == 0 ? Identity(device: facts.st_dev, inode: facts.st_ino) : nil
  }

  /// A file's identity, which a deleted and newly made one does not share.
  struct Identity: Equatable {
    var device: dev_t
    var inode: ino_t
  }

  /// Makes the folders that are missing (0700) and an empty file (0600) when there is none.
  func create() throws(LedgerError) {
    try Self.makeFolder(folder)
    // Made by hand and not by SQLite, because SQLite would let the umask decide; its -wal and
    // -shm files then take over the mode of this one.
    let descriptor = open(path, O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else {
      if errno == EEXIST { return }
      throw Self.failure("could not make the ledger \"\(path)\"")
    }
    close(descriptor)
  }

  /// Runs `body` while no other session opens or lays out the same ledger.
  ///
  /// The lock is on the folder: to close a descriptor of the database file itself would give up
  /// every lock that SQLite holds on it in this process.
  func whileLocked<T>(_ body: () throws -> T) throws -> T {
    let descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { throw Self.failure("could not open the folder \"\(folder)\"") }
    defer { close(descriptor) }
    while flock(descriptor, LOCK_EX) != 0 {
      guard errno == EINTR else { throw Self.failure("could not lock the folder \"\(folder)\"") }
    }
    return try body()
  }

  /// Sees to it that a new file's name outlives the machine; its contents are SQLite's own care.
  func keepName() {
    let descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { return }
    fsync(descriptor)
    close(descriptor)
  }

  static func makeFolder(_ folder: String) throws(LedgerError) {
    guard mkdir(folder, 0o700) != 0, errno != EEXIST else { return }
    let parent = LedgerFile(path: folder).folder
    guard errno == ENOENT, parent != folder else {
      throw failure("could not make the folder \"\(folder)\"")
    }
    try makeFolder(parent)
    guard mkdir(folder, 0o700) != 0, errno != EEXIST else { return }
    throw failure("could not make the folder \"\(folder)\"")
  }

  private static func failure(_ task: String) -> LedgerError {
    LedgerError(errno: errno, .cannotOpen, task, hint: LedgerError.writableHint)
  }
}
