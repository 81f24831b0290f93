import Foundation
import Glibc

/// A file that grows line by line; what was appended is in it at once.
final class AppendedFile {
  /// The file.
  let path: String
  private let name: String
  private let descriptor: CInt
  /// The bytes that are in it.
  private var length = 0

  /// Makes the file.
  ///
  /// - Parameter name: the path as it was typed, for messages.
  /// - Throws: `Failure` when it exists and may not be replaced, or cannot be made.
  init(_ path: String, named name: String, replaces: Bool) throws(Failure) {
    (self.path, self.name) = (path, name)
    descriptor = open(path, O_WRONLY | O_CREAT | O_CLOEXEC | O_APPEND | (replaces ? O_TRUNC : O_EXCL), 0o644)
    guard descriptor >= 0 else {
      throw Failure(
        .script, "could not write \"\(name)\": \(errno == EEXIST ? "it exists already" : Self.reason(errno))",
        hint: errno == EEXIST
          ? "record \(name) --replace begins it anew" : "name a file in a folder that you may write to")
    }
  }

  deinit { close(descriptor) }

  /// Adds text at the end, whole or not at all.
  func append(_ text: String) throws(Failure) {
    var bytes = Array(text.utf8)[...]
    while !bytes.isEmpty {
      let count = bytes.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else {
        let number = errno
        ftruncate(descriptor, length)
        throw Failure(
          .script, "could not write \"\(name)\": \(Self.reason(number))",
          hint: "what was recorded before is in it; record off ends the recording")
      }
      bytes = bytes.dropFirst(count)
    }
    length += text.utf8.count
  }

  private static func reason(_ number: CInt) -> String {
    switch number {
    case EACCES, EPERM: "permission denied"
    case ENOSPC, EDQUOT: "the disk is full"
    case EFBIG: "it must not grow further"
    case ENOENT: "there is no such folder"
    case EISDIR: "it is a folder"
    default: String(cString: strerror(number)).lowercased()
    }
  }
}
