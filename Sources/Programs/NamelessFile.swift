import Glibc

/// A file without a name: what a program reads from or writes to. It is gone when nobody has it open.
///
/// A pipe would have to be served while the program runs; a file waits.
final class NamelessFile {
  let descriptor: CInt

  /// Makes an empty file.
  init() throws(ProgramError) {
    let path = "/tmp/hypo-\(getpid())-\(String(UInt64.random(in: 0 ... .max), radix: 36))"
    descriptor = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else {
      throw ProgramError(
        .notStarted, "could not make a temporary file", detail: String(cString: strerror(errno)))
    }
    unlink(path)
  }

  /// Makes a file with a text in it, read from its start.
  convenience init(_ text: String) throws(ProgramError) {
    try self.init()
    var bytes = Array(text.utf8)[...]
    while !bytes.isEmpty {
      let count = bytes.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
      guard count > 0 else {
        throw ProgramError(
          .notStarted, "could not fill a temporary file", detail: String(cString: strerror(errno)))
      }
      bytes = bytes.dropFirst(count)
    }
    lseek(descriptor, 0, SEEK_SET)
  }

  deinit { close(descriptor) }

  /// How many bytes are in it.
  var count: Int {
    var facts = stat()
    return fstat(descriptor, &facts) == 0 ? Int(facts.st_size) : 0
  }

  /// All of it, bytes that are not UTF-8 replaced.
  func text() -> String {
    let size = count
    let bytes = [UInt8](unsafeUninitializedCapacity: size) { buffer, filled in
      while filled < size {
        let got = pread(descriptor, buffer.baseAddress.map { $0 + filled }, size - filled, off_t(filled))
        if got <= 0 { break }
        filled += got
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
