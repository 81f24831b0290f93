public import Glibc

/// Why the operating system refused something: the one place where its numbers become words.
///
/// Source: errno(3).
public struct SystemReason: Error, Equatable, Sendable {
  /// The number, such as `ENOSPC`.
  public let number: CInt

  /// Takes the number of the call that has just failed, before another one can change it.
  public init(_ number: CInt = errno) { self.number = number }

  /// The reason, lower case and without a full stop, to stand after "could not …: ".
  public var words: String {
    switch number {
    case EACCES, EPERM: "permission denied"
    case ENOSPC, EDQUOT: "the disk is full"
    case EROFS: "the file system is read-only"
    case EFBIG: "it must not grow further"
    case EIO: "the disk reports an error"
    case ENOENT: "there is no such file or folder"
    case EISDIR: "it is a folder"
    case ENOTDIR: "a part of its path is no folder"
    case EEXIST: "it exists already"
    default: original.prefix(1).lowercased() + original.dropFirst()
    }
  }

  /// The reason in the system's own words.
  public var original: String { String(cString: strerror(number)) }

  /// Whether more space would help.
  public var isFullDisk: Bool { number == ENOSPC || number == EDQUOT }
}
