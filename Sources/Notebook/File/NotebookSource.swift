import Glibc
public import Reports

/// The bytes of a notebook's file and where its lines are; nothing of them is ever changed.
public struct NotebookSource: Equatable, Sendable {
  /// The whole file.
  public let bytes: [UInt8]
  /// Where each line begins, and the end of the file behind the last one.
  private let starts: [Int]

  /// Takes a file. A byte order mark may lead, lines end with LF or CRLF, the last one may have no end.
  public init(_ bytes: [UInt8]) {
    self.bytes = bytes
    var starts = [bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0]
    bytes.withUnsafeBytes { buffer in
      guard let base = buffer.baseAddress else { return }
      var at = 0
      while let end = memchr(base + at, 0x0A, buffer.count - at) {
        at = base.distance(to: UnsafeRawPointer(end)) + 1
        starts.append(at)
      }
    }
    if starts.last != bytes.count { starts.append(bytes.count) }
    self.starts = starts
  }

  /// How many lines there are.
  var lineCount: Int { starts.count - 1 }

  /// The bytes of lines with all their ends.
  func bytes(ofLines lines: Range<Int>) -> ArraySlice<UInt8> {
    bytes[starts[lines.lowerBound]..<starts[lines.upperBound]]
  }

  /// The bytes of a line without its end, counted from 0.
  func line(_ index: Int) -> ArraySlice<UInt8> {
    var line = bytes[starts[index]..<starts[index + 1]]
    if line.last == 0x0A { line.removeLast() }
    if line.last == 0x0D { line.removeLast() }
    return line
  }

  /// A line as text, without its end.
  func text(ofLine index: Int) -> String { String(decoding: line(index), as: UTF8.self) }

  /// How lines end here: as the first one does.
  var lineEnd: [UInt8] {
    guard let first = bytes.firstIndex(of: 0x0A) else { return [0x0A] }
    return first > 0 && bytes[first - 1] == 0x0D ? [0x0D, 0x0A] : [0x0A]
  }

  /// The bytes before the first line: a byte order mark, or nothing.
  var mark: ArraySlice<UInt8> { bytes[..<starts[0]] }

  /// The first line that is no text, and why; nil when all are.
  public var problem: (line: Int, failure: Failure)? {
    if let zero = Self.zero(in: bytes) {
      return (
        lineNumber(at: zero), Failure(.script, "a NUL byte", hint: "this is no text file; nothing was run")
      )
    }
    guard String(validating: bytes, as: UTF8.self) == nil else { return nil }
    let broken = (0..<lineCount).first { String(validating: line($0), as: UTF8.self) == nil } ?? 0
    return (
      broken + 1,
      Failure(.script, "this is not UTF-8 text", hint: "save the file as UTF-8; nothing was run")
    )
  }

  private static func zero(in bytes: [UInt8]) -> Int? {
    bytes.withUnsafeBytes { buffer in
      guard let base = buffer.baseAddress, let zero = memchr(base, 0, buffer.count) else { return nil }
      return base.distance(to: UnsafeRawPointer(zero))
    }
  }

  private func lineNumber(at offset: Int) -> Int {
    bytes[..<offset].count { $0 == 0x0A } + 1
  }
}
