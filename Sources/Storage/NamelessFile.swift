import Glibc

/// A file without a name: what a program reads from or writes to. It is gone when nobody has it open.
///
/// A pipe would have to be served while the program runs; a file waits.
public final class NamelessFile {
  /// The open file, for a program to read from or to write to.
  public var descriptor: CInt { file.descriptor }

  private let file: OpenFile

  /// Makes an empty file in `/tmp`.
  ///
  /// - Throws: `StorageError` when there is no place for it.
  public init() throws(StorageError) {
    let path: String
    do throws(SystemReason) { (file, path) = try OpenFile.new(beginning: "/tmp/hypo") } catch {
      throw StorageError(error, .notWritable, "could not make a temporary file")
    }
    unlink(path)
  }

  /// Makes a file with a text in it, read from its start.
  ///
  /// - Throws: `StorageError` when there is no place for it.
  public convenience init(_ text: String) throws(StorageError) {
    try self.init()
    try append(text)
    rewind()
  }

  /// Adds text where the last reader or writer has stopped, which is the end as a rule.
  ///
  /// - Throws: `StorageError` when it could not be written, such as on a full disk.
  public func append(_ text: String) throws(StorageError) {
    do throws(SystemReason) { try file.write(Array(text.utf8)) } catch {
      throw StorageError(error, .notWritable, "could not keep the text in a temporary file")
    }
  }

  /// Lets whoever reads the descriptor next begin at the start.
  public func rewind() { lseek(descriptor, 0, SEEK_SET) }

  /// How many bytes are in it.
  public var count: Int { (try? file.facts()).map { Int($0.st_size) } ?? 0 }

  /// All of it, bytes that are not UTF-8 replaced.
  public func text() -> String {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(count)
    try? file.read { piece in
      bytes += piece
      return true
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Gives all of it in pieces of whole lines, from the start.
  public func read(_ receive: (String) -> Void) {
    var rest: [UInt8] = []
    try? file.read { piece in
      // A character may be cut by the end of a piece, a line may not.
      guard let end = piece.lastIndex(of: 0x0A) else {
        rest += piece
        return true
      }
      receive(String(decoding: rest + piece[...end], as: UTF8.self))
      rest = Array(piece[(end + 1)...])
      return true
    }
    if !rest.isEmpty { receive(String(decoding: rest, as: UTF8.self)) }
  }
}
