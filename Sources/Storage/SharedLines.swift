import Glibc

/// A small text file of entries, one a line, that several processes add to at once; only its owner may read it.
///
/// A newline inside an entry is written `\n` and a backslash `\\`. Each entry is added under a lock, and the
/// file is replaced by a shorter one under the same lock.
public struct SharedLines: Sendable {
  /// The file.
  public let path: String
  private let name: String

  /// Names the file, which is made with its first entry; its folder must be there.
  ///
  /// - Parameter name: what messages call it: "the history".
  public init(_ path: String, named name: String) {
    self.path = path
    self.name = "\(name) \"\(path)\""
  }

  /// The entries, oldest first; none when there is no file.
  ///
  /// - Throws: `StorageError` when it cannot be read.
  public func entries() throws(StorageError) -> [String] {
    do throws(SystemReason) {
      return Self.entries(in: try Self.contents(of: try OpenFile(path, O_RDONLY)))
    } catch {
      if error.number == ENOENT { return [] }
      throw StorageError(error, .cannotOpen, "could not read \(name)")
    }
  }

  /// Adds an entry at the end, whole or not at all.
  ///
  /// - Throws: `StorageError` when it cannot be written.
  public func append(_ entry: String) throws(StorageError) {
    do throws(SystemReason) {
      let file = try openLocked()
      let length = Int64(try file.facts().st_size)
      let isCutOff = try Self.lastByte(of: file, length).map { $0 != 0x0A } ?? false
      do throws(SystemReason) {
        // What another process has left in the middle of its line must not swallow this one.
        try file.write(Array((isCutOff ? "\n" : "").utf8) + Self.line(for: entry))
      } catch {
        try? file.truncate(to: length)
        throw error
      }
    } catch {
      throw StorageError(error, .notWritable, "could not write \(name)")
    }
  }

  /// Puts other entries in the place of all that are there, while nobody can add one.
  ///
  /// - Parameter change: gets the entries, oldest first; nil leaves the file as it is.
  /// - Throws: `StorageError`; the file is then as it was.
  public func rewrite(_ change: ([String]) -> [String]?) throws(StorageError) {
    let task = "could not shorten \(name)"
    let file: OpenFile
    let old: [String]
    do throws(SystemReason) {
      file = try openLocked()
      old = Self.entries(in: try Self.contents(of: file))
    } catch {
      throw StorageError(error, .notWritable, task)
    }
    defer { withExtendedLifetime(file) {} }
    guard let entries = change(old) else { return }
    do throws(StorageError) {
      let replacement = try ReplacedFile(path, isPrivate: true)
      try replacement.write(entries.flatMap(Self.line))
      try replacement.finish()
    } catch {
      throw StorageError(
        error.code, "\(task): \(error.message)", hint: error.hint, underlying: error.underlying)
    }
  }

  static func line(for entry: String) -> [UInt8] {
    var line: [UInt8] = []
    for byte in entry.utf8 {
      switch byte {
      case UInt8(ascii: "\\"): line += Array(#"\\"#.utf8)
      case UInt8(ascii: "\n"): line += Array(#"\n"#.utf8)
      default: line.append(byte)
      }
    }
    return line + [0x0A]
  }

  static func entries(in text: [UInt8]) -> [String] {
    text.split(separator: 0x0A).map { line in
      var entry: [UInt8] = []
      var isEscaped = false
      for byte in line {
        if isEscaped {
          entry.append(byte == UInt8(ascii: "n") ? 0x0A : byte)
          isEscaped = false
        } else if byte == UInt8(ascii: "\\") {
          isEscaped = true
        } else {
          entry.append(byte)
        }
      }
      return String(decoding: entry, as: UTF8.self)
    }
  }

  /// Another process may replace the file while this one waits for the lock: then it starts over.
  private func openLocked() throws(SystemReason) -> OpenFile {
    while true {
      let file = try OpenFile(path, O_RDWR | O_CREAT | O_APPEND)
      try file.lock(waits: true)
      let facts = try file.facts()
      guard OpenFile.Identity(of: path) == OpenFile.Identity(facts) else { continue }
      if facts.st_mode & 0o077 != 0 { fchmod(file.descriptor, 0o600) }
      return file
    }
  }

  private static func lastByte(of file: OpenFile, _ length: Int64) throws(SystemReason) -> UInt8? {
    guard length > 0 else { return nil }
    let piece = UnsafeMutableRawBufferPointer.allocate(byteCount: 1, alignment: 1)
    defer { piece.deallocate() }
    return try file.read(into: piece, at: length - 1) == 1 ? piece[0] : nil
  }

  private static func contents(of file: OpenFile) throws(SystemReason) -> [UInt8] {
    var bytes: [UInt8] = []
    try file.read { piece in
      bytes += piece
      return true
    }
    return bytes
  }
}
