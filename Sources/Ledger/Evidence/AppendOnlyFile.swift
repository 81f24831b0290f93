import Foundation

/// A file that one process at a time adds to, whole pieces only; what stands in it is never written again.
///
/// Source: open(2), `O_APPEND`; flock(2); fsync(2), which wants the folder too before a name is safe.
final class AppendOnlyFile {
  let path: String
  private let descriptor: CInt
  /// What the file held when it was opened, and what was added since.
  private(set) var length: Int64 = 0
  private var isTorn = false

  /// Opens the file, or makes it (0600) with the folders that are missing (0700), and locks out all others.
  ///
  /// - Throws: `LedgerError` with code `.busy` when another process, or this one, has it open.
  init(_ path: String) throws(LedgerError) {
    self.path = path
    let folder = LedgerFile(path: path).folder
    do { try LedgerFile.makeFolder(folder) } catch {
      var error = error
      error.hint = error.code == .diskFull ? error.hint : Self.hint
      throw error
    }
    descriptor = open(path, O_RDWR | O_APPEND | O_CREAT | O_CLOEXEC | O_NONBLOCK, 0o600)
    guard descriptor >= 0 else {
      throw LedgerError(errno: errno, .cannotOpen, "could not open the evidence \"\(path)\"", hint: Self.hint)
    }
    while flock(descriptor, LOCK_EX | LOCK_NB) != 0 {
      if errno == EINTR { continue }
      let isTaken = errno == EWOULDBLOCK
      throw isTaken
        ? LedgerError(
          .busy, "could not lock the evidence \"\(path)\": another run writes to it",
          hint: "wait until it has ended, or name another file")
        : LedgerError(errno: errno, .other, "could not lock the evidence \"\(path)\"", hint: Self.hint)
    }
    length = Int64(status(of: descriptor)?.st_size ?? 0)
    if length == 0 { LedgerFile(path: path).keepName() }
  }

  deinit { if descriptor >= 0 { close(descriptor) } }

  /// Whether it is a file, and no device, pipe or folder.
  var isRegular: Bool { status(of: descriptor).map { $0.st_mode & S_IFMT == S_IFREG } ?? false }

  /// Hands on all that stands in the file, from its beginning, until `receive` says false.
  func read(_ receive: (UnsafeRawBufferPointer) -> Bool) throws(LedgerError) {
    var piece = [UInt8](repeating: 0, count: 1 << 20)
    var offset: off_t = 0
    while true {
      let count = pread(descriptor, &piece, piece.count, offset)
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else {
        throw LedgerError(errno: errno, .other, "could not read the evidence \"\(path)\"", hint: Self.hint)
      }
      let wantsMore = piece.withUnsafeBytes { receive(UnsafeRawBufferPointer(rebasing: $0[..<count])) }
      if count == 0 || !wantsMore { return }
      offset += off_t(count)
    }
  }

  /// Adds `bytes`, which are on disk when this returns. When it throws the file is as it was before.
  func append(_ bytes: [UInt8]) throws(LedgerError) {
    try checkThatItIsOurs()
    do throws(LedgerError) {
      try write(bytes)
      guard fsync(descriptor) == 0 else { throw failedToWrite() }
    } catch {
      // The lock is held and only this process has added anything: nothing of another is taken away.
      if ftruncate(descriptor, off_t(length)) != 0 { isTorn = true }
      throw error
    }
    length += Int64(bytes.count)
  }

  private func write(_ bytes: [UInt8]) throws(LedgerError) {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Foundation.write(descriptor, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { throw failedToWrite() }
      rest = rest.dropFirst(count)
    }
  }

  /// The lock holds back only those who ask for it.
  private func checkThatItIsOurs() throws(LedgerError) {
    func refusal(_ reason: String, _ hint: String) -> LedgerError {
      LedgerError(.other, "could not write the evidence \"\(path)\": \(reason)", hint: hint)
    }
    guard !isTorn else {
      throw refusal("the line before was only written in part", "begin another run with another file")
    }
    guard let opened = status(of: descriptor) else { throw failedToWrite() }
    var named = stat()
    guard stat(path, &named) == 0, named.st_ino == opened.st_ino, named.st_dev == opened.st_dev else {
      throw refusal(
        "the file was moved or deleted meanwhile", "put it back, or begin another run with another file")
    }
    guard opened.st_mode & S_IFMT != S_IFREG || Int64(opened.st_size) == length else {
      throw refusal(
        "another program has written to it meanwhile",
        "keep it as it is, see who did, and begin another run with another file")
    }
  }

  private func status(of descriptor: CInt) -> stat? {
    var facts = stat()
    return fstat(descriptor, &facts) == 0 ? facts : nil
  }

  private func failedToWrite() -> LedgerError {
    LedgerError(
      errno: errno, .notWritable, "could not write the evidence \"\(path)\"",
      hint: "look at the disk of that file, or begin another run with another file")
  }

  static let hint = "make the file and its folder writable, or name another file"
}
