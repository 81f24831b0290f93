import Glibc
import Ledger

/// Reads a file, or a pipe, through the check of evidence.
enum EvidenceReading {
  /// What the check has found.
  ///
  /// - Parameter isCancelled: asked before each piece, and ten times a second while a pipe gives nothing.
  /// - Throws: `Failure` when the file cannot be read, or with status `.cancelled`.
  static func finding(of path: String, isCancelled: () -> Bool) throws(Failure) -> EvidenceFinding {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY)
    guard descriptor >= 0 else { throw InputFile.unreadable(path) }
    defer { close(descriptor) }
    var check = EvidenceCheck()
    var piece = [UInt8](repeating: 0, count: 1 << 20)
    while check.fault == nil {
      if isCancelled() { throw Failure(.cancelled, "interrupted while \"\(path)\" was read") }
      var watched = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
      guard poll(&watched, 1, 100) > 0 else { continue }
      let count = read(descriptor, &piece, piece.count)
      if count < 0, errno == EINTR || errno == EAGAIN { continue }
      guard count >= 0 else { throw InputFile.unreadable(path) }
      if count == 0 { break }
      piece.withUnsafeBytes { check.take(UnsafeRawBufferPointer(rebasing: $0[..<count])) }
    }
    return check.finish()
  }
}
