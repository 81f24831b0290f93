import Glibc

/// One open file or folder: everything that is written, synced and locked goes through here.
final class OpenFile {
  let descriptor: CInt
  private var isLocked = false

  init(_ path: String, _ flags: CInt, mode: mode_t = 0o600) throws(SystemReason) {
    descriptor = open(path, flags | O_CLOEXEC, mode)
    guard descriptor >= 0 else { throw SystemReason() }
  }

  /// Makes a file that nobody had before, with a path that begins so.
  static func new(beginning path: String) throws(SystemReason) -> (file: OpenFile, path: String) {
    while true {
      let name = "\(path)-\(String(UInt64.random(in: 0 ... .max), radix: 36))"
      do throws(SystemReason) { return (try OpenFile(name, O_RDWR | O_CREAT | O_EXCL), name) } catch {
        if error.number != EEXIST { throw error }
      }
    }
  }

  deinit {
    guard descriptor >= 0 else { return }
    // To close the file is not enough: a child that another thread is just starting has it open, and its lock.
    if isLocked { flock(descriptor, LOCK_UN) }
    close(descriptor)
  }

  /// Which file a path or a descriptor leads to; a deleted and newly made one has another identity.
  struct Identity: Equatable {
    let device: dev_t
    let inode: ino_t

    init(_ facts: stat) { (device, inode) = (facts.st_dev, facts.st_ino) }

    /// Nil when there is nothing at the path.
    init?(of path: String) {
      var facts = stat()
      guard stat(path, &facts) == 0 else { return nil }
      self.init(facts)
    }
  }

  func facts() throws(SystemReason) -> stat {
    var facts = stat()
    guard fstat(descriptor, &facts) == 0 else { throw SystemReason() }
    return facts
  }

  func write(_ bytes: [UInt8]) throws(SystemReason) {
    var written = 0
    while written < bytes.count {
      let count = bytes[written...].withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      if count > 0 { written += count; continue }
      let reason = SystemReason(count == 0 ? EIO : errno)
      if reason.number != EINTR { throw reason }
    }
  }

  /// Reads from a place of the file on; 0 is its end.
  func read(into piece: UnsafeMutableRawBufferPointer, at offset: Int64) throws(SystemReason) -> Int {
    while true {
      let count = pread(descriptor, piece.baseAddress, piece.count, off_t(offset))
      if count >= 0 { return count }
      let reason = SystemReason()
      if reason.number != EINTR { throw reason }
    }
  }

  /// Hands on all that is in the file, from its beginning, until `receive` says false.
  func read(_ receive: (UnsafeRawBufferPointer) -> Bool) throws(SystemReason) {
    let piece = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 20, alignment: 16)
    defer { piece.deallocate() }
    var offset: Int64 = 0
    while true {
      let count = try read(into: piece, at: offset)
      guard count > 0, receive(UnsafeRawBufferPointer(rebasing: piece[..<count])) else { return }
      offset += Int64(count)
    }
  }

  func sync() throws(SystemReason) {
    while fsync(descriptor) != 0 {
      let reason = SystemReason()
      if reason.number != EINTR { throw reason }
    }
  }

  func truncate(to length: Int64) throws(SystemReason) {
    while ftruncate(descriptor, off_t(length)) != 0 {
      let reason = SystemReason()
      if reason.number != EINTR { throw reason }
    }
  }

  /// Locks out all others who ask for the lock.
  ///
  /// - Throws: with `EWOULDBLOCK` when another one has it and `waits` is false.
  func lock(waits: Bool) throws(SystemReason) {
    while flock(descriptor, LOCK_EX | (waits ? 0 : LOCK_NB)) != 0 {
      let reason = SystemReason()
      if reason.number != EINTR { throw reason }
    }
    isLocked = true
  }
}
