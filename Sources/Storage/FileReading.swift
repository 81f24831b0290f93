import Glibc

/// Reads files that other programs or people have written.
public enum FileReading {
  /// The bytes of a small file, and whether only its owner may read it; nil when there is no file.
  ///
  /// - Parameters:
  ///   - name: how messages call it, with its quotes: `the configuration "config"`.
  ///   - limitInBytes: the most that such a file has.
  /// - Throws: `StorageError` when it is larger, is no file, or cannot be read.
  public static func small(
    _ path: String, named name: String, limitInBytes: Int
  ) throws(StorageError) -> (bytes: [UInt8], isPrivate: Bool)? {
    let task = "could not read \(name)"
    var bytes: [UInt8] = []
    let facts: stat
    do throws(SystemReason) {
      let file = try OpenFile(path, O_RDONLY | O_NONBLOCK | O_NOCTTY)
      facts = try file.facts()
      if facts.st_mode & S_IFMT == S_IFREG {
        try file.read { piece in
          bytes += piece
          return bytes.count <= limitInBytes
        }
      }
    } catch {
      if error.number == ENOENT || error.number == ENOTDIR { return nil }
      throw StorageError(error, .other, task)
    }
    guard facts.st_mode & S_IFMT == S_IFREG else { throw StorageError(.notAFile, "\(task): it is no file") }
    guard bytes.count <= limitInBytes else {
      throw StorageError(.other, "\(task): it is larger than \(limitInBytes >> 20) MB")
    }
    return (bytes, facts.st_mode & 0o077 == 0)
  }

  /// All bytes of a file, or of what comes through a pipe.
  ///
  /// - Throws: `StorageError` that says what to do about it, when it cannot be read.
  public static func whole(_ path: String) throws(StorageError) -> [UInt8] {
    var bytes: [UInt8] = []
    _ = try pieces(of: path, while: { true }) { piece in
      bytes += piece
      return true
    }
    return bytes
  }

  /// Hands on the pieces of a file, or of what comes through a pipe, until `receive` says false.
  ///
  /// - Parameter goesOn: asked before each piece, and ten times a second while a pipe gives nothing.
  /// - Returns: whether it was read to its end, or as far as `receive` wanted it.
  /// - Throws: `StorageError` that says what to do about it, when it cannot be read.
  public static func pieces(
    of path: String, while goesOn: () -> Bool, receive: (UnsafeRawBufferPointer) -> Bool
  ) throws(StorageError) -> Bool {
    do throws(SystemReason) {
      let file = try OpenFile(path, O_RDONLY | O_NOCTTY)
      var piece = [UInt8](repeating: 0, count: 1 << 20)
      while goesOn() {
        var watched = pollfd(fd: file.descriptor, events: Int16(POLLIN), revents: 0)
        guard poll(&watched, 1, 100) > 0 else { continue }
        let count = Glibc.read(file.descriptor, &piece, piece.count)
        if count < 0, errno == EINTR || errno == EAGAIN { continue }
        guard count >= 0 else { throw SystemReason() }
        let wantsMore = piece.withUnsafeBytes { receive(UnsafeRawBufferPointer(rebasing: $0[..<count])) }
        if count == 0 || !wantsMore { return true }
      }
      return false
    } catch {
      var failure = StorageError(error, .other, "could not read \"\(path)\"")
      failure.hint = hint(on: error)
      throw failure
    }
  }

  private static func hint(on reason: SystemReason) -> String? {
    switch reason.number {
    case ENOENT, ENOTDIR: "the path counts from the folder in which hypo was started"
    case EISDIR: "name a file in it"
    case EACCES, EPERM: "the user that started hypo needs the right to read it"
    default: nil
    }
  }
}
