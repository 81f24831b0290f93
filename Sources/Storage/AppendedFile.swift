import Glibc

/// A file that one process at a time adds to, whole pieces only; what is in it is never written again.
///
/// Source: open(2), `O_APPEND`; flock(2); fsync(2), which wants the folder too before a name is safe.
public final class AppendedFile {
  /// What becomes of a file that is there already.
  public enum Beginning: Sendable {
    /// What is added follows what is there.
    case continued
    /// It is an error.
    case new
    /// What is there goes away.
    case replaced
  }

  /// The file.
  public let path: String
  private let name: String
  private let file: OpenFile
  /// How many bytes the file held when it was opened, and how many were added since.
  public private(set) var length: Int64 = 0
  private var isTorn = false

  /// Opens the file, or makes it in a folder that is there, and locks out all others.
  ///
  /// - Parameters:
  ///   - name: how messages call the file, with its quotes: `the evidence "e.jsonl"`; nil is the quoted path.
  ///   - mode: who may use a file that is made, before the user's mask.
  /// - Throws: `StorageError` with code `.busy` when another process, or this one, has it open, `.exists`, and
  ///   others when the operating system refuses.
  public init(
    _ path: String, named name: String? = nil, _ beginning: Beginning, mode: UInt32 = 0o600
  ) throws(StorageError) {
    (self.path, self.name) = (path, name ?? "\"\(path)\"")
    let flags = O_RDWR | O_APPEND | O_CREAT | O_NONBLOCK | O_NOCTTY | (beginning == .new ? O_EXCL : 0)
    do throws(SystemReason) { file = try OpenFile(path, flags, mode: mode_t(mode)) } catch {
      let task = "could not \(beginning == .continued ? "open" : "write") \(self.name)"
      // The file is made when it is missing, so what is missing is its folder.
      if error.number == ENOENT { throw StorageError(.noFolder, "\(task): there is no such folder") }
      throw StorageError(error, error.number == EEXIST ? .exists : .cannotOpen, task)
    }
    do throws(SystemReason) {
      try file.lock(waits: false)
      var facts = try file.facts()
      if beginning == .replaced, facts.st_size > 0 {
        try file.truncate(to: 0)
        facts = try file.facts()
      }
      length = Int64(facts.st_size)
      if length == 0 { try Folder.sync(Folder.of(path)) }
    } catch {
      guard error.number == EWOULDBLOCK else {
        throw StorageError(error, .notWritable, "could not lock \(self.name)")
      }
      throw StorageError(.busy, "could not lock \(self.name): another process writes to it")
    }
  }

  /// Whether it is a file, and no device, pipe or folder.
  public var isRegular: Bool { (try? file.facts()).map { $0.st_mode & S_IFMT == S_IFREG } ?? false }

  /// Hands on all that is in the file, from its beginning, until `receive` says false.
  ///
  /// - Throws: `StorageError`.
  public func read(_ receive: (UnsafeRawBufferPointer) -> Bool) throws(StorageError) {
    do throws(SystemReason) { try file.read(receive) } catch {
      throw StorageError(error, .other, "could not read \(name)")
    }
  }

  /// Adds `bytes`, which are on disk when this returns.
  ///
  /// - Throws: `StorageError`; the file is then as it was before, unless the next call says `.torn`. With code
  ///   `.moved` or `.touched` when the file is no longer the one that only this process has written to.
  public func append(_ bytes: [UInt8]) throws(StorageError) {
    try checkThatItIsOurs()
    do throws(SystemReason) {
      try file.write(bytes)
      try file.sync()
    } catch {
      // The lock is held and only this process has added anything: nothing of another is taken away.
      do throws(SystemReason) { try file.truncate(to: length) } catch { isTorn = true }
      throw StorageError(error, .notWritable, "could not write \(name)")
    }
    length += Int64(bytes.count)
  }

  /// Adds text.
  ///
  /// - Throws: as for bytes.
  public func append(_ text: String) throws(StorageError) { try append(Array(text.utf8)) }

  /// The lock holds back only those who ask for it.
  private func checkThatItIsOurs() throws(StorageError) {
    let task = "could not write \(name)"
    if isTorn {
      throw StorageError(.torn, "\(task): what was added before was only written in part")
    }
    let opened: stat
    do throws(SystemReason) { opened = try file.facts() } catch {
      throw StorageError(error, .notWritable, task)
    }
    guard OpenFile.Identity(of: path) == OpenFile.Identity(opened) else {
      throw StorageError(.moved, "\(task): the file was moved or deleted meanwhile")
    }
    guard opened.st_mode & S_IFMT != S_IFREG || Int64(opened.st_size) == length else {
      throw StorageError(.touched, "\(task): another program has written to it meanwhile")
    }
  }
}
