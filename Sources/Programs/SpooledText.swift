import Glibc

/// Text that is put aside in a file without a name until a program reads it; it is gone with this object.
public final class SpooledText {
  let file: NamelessFile

  /// An empty text.
  ///
  /// - Throws: `ProgramError` when there is no place for it.
  public init() throws(ProgramError) { file = try NamelessFile() }

  /// Adds text at the end.
  ///
  /// - Throws: `ProgramError` when it could not be written, such as on a full disk.
  public func append(_ text: String) throws(ProgramError) {
    var text = text
    var problem: CInt = 0
    text.withUTF8 { bytes in
      var rest = UnsafeRawBufferPointer(bytes)
      while !rest.isEmpty {
        let count = write(file.descriptor, rest.baseAddress, rest.count)
        if count < 0, errno == EINTR { continue }
        guard count > 0 else {
          problem = errno
          return
        }
        rest = UnsafeRawBufferPointer(rebasing: rest.dropFirst(count))
      }
    }
    guard problem != 0 else { return }
    throw ProgramError(
      .notStarted, "could not keep the text in a temporary file", detail: String(cString: strerror(problem)))
  }

  /// Gives all of it in pieces of whole characters, from the start.
  public func read(_ receive: (String) -> Void) {
    lseek(file.descriptor, 0, SEEK_SET)
    var rest: [UInt8] = []
    var piece = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = Glibc.read(file.descriptor, &piece, piece.count)
      guard count > 0 else { break }
      rest += piece[..<count]
      // A character may be cut by the end of a piece, a line may not.
      guard let end = rest.lastIndex(of: 0x0A) else { continue }
      receive(String(decoding: rest[...end], as: UTF8.self))
      rest.removeFirst(end + 1)
    }
    if !rest.isEmpty { receive(String(decoding: rest, as: UTF8.self)) }
  }
}

extension Program {
  /// Runs the program on this process's own standard output and error with a spooled text as its input, and
  /// waits for its end: for pagers, which may leave before they have read all of it.
  ///
  /// - Returns: how it ended.
  /// - Throws: `ProgramError` when it could not be started.
  @discardableResult
  public func runOnTerminal(input: SpooledText) throws(ProgramError) -> ProgramStatus {
    lseek(input.file.descriptor, 0, SEEK_SET)
    return try start((input.file.descriptor, STDOUT_FILENO, STDERR_FILENO)).wait()
  }
}
