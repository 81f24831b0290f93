import Foundation
import IndexDesign

/// Checks an evidence file from its first byte to its last, without ever holding more than a line of it.
///
/// The bytes may come in pieces of any length. After the first fault the rest says nothing and is passed over.
public struct EvidenceCheck {
  /// The first line that was touched; nil as long as none was seen.
  public private(set) var fault: EvidenceFault?

  private(set) var chain = EntryChain()
  private var runs = 0
  private var isEnded = false
  private var firstRecord: [UInt8] = []
  private var lastRecord: [UInt8] = []
  /// The beginning of a line whose end has not come yet.
  private var pending: [UInt8] = []

  /// Nothing was looked at.
  public init() {}

  /// Looks at the next bytes.
  public mutating func take(_ bytes: UnsafeRawBufferPointer) {
    var rest = bytes
    while fault == nil, let start = rest.baseAddress, let end = memchr(start, 0x0A, rest.count) {
      let length = start.distance(to: UnsafeRawPointer(end))
      let line = UnsafeRawBufferPointer(rebasing: rest[..<length])
      if pending.isEmpty {
        look(at: line)
      } else {
        pending += line
        let whole = pending
        pending.removeAll(keepingCapacity: true)
        whole.withUnsafeBytes { look(at: $0) }
      }
      rest = UnsafeRawBufferPointer(rebasing: rest[(length + 1)...])
    }
    guard fault == nil else { return }
    pending += rest
    // Something that is no evidence may have no end.
    if pending.count > 1 << 20, !pending.starts(with: Self.head) { fail(.notEvidence) }
  }

  /// Looks at the next bytes.
  public mutating func take(_ bytes: [UInt8]) { bytes.withUnsafeBytes { take($0) } }

  /// Says what was found; no bytes come behind this.
  public mutating func finish() -> EvidenceFinding {
    if fault == nil, !pending.isEmpty { fail(.cutOff) }
    if fault == nil, chain.lines == 0 { fail(.empty) }
    return EvidenceFinding(
      lines: chain.lines, runs: runs, isEnded: isEnded, lastHash: chain.lastHash,
      first: Self.time(of: firstRecord), last: Self.time(of: lastRecord), fault: fault)
  }

  private mutating func fail(_ kind: EvidenceFault.Kind) {
    fault = EvidenceFault(line: chain.lines + 1, kind: kind)
    pending = []
  }

  private mutating func look(at line: UnsafeRawBufferPointer) {
    if line.last == 0x0D { return fail(.carriageReturn) }
    guard let (digits, record) = Self.parts(of: line) else {
      return fail(JSONReader.isDocument(line) ? .notEvidence : .notJSON)
    }
    let hash = SHA256Digest(of: record)
    guard hash.isWritten(in: digits) else {
      return fail(
        SHA256Digest(hexadecimal: digits).map { .hashDiffers(written: $0, actual: hash) }
          ?? (JSONReader.isDocument(line) ? .notEvidence : .notJSON))
    }
    guard JSONReader.isDocument(record) else { return fail(.notJSON) }
    guard let beginning = RecordBeginning(of: record) else { return fail(.notEvidence) }
    guard beginning.line == chain.lines + 1, chain.lastHash.isWritten(in: beginning.previous) else {
      return fail(.doesNotFollow(claimed: beginning.line))
    }
    chain.accept(hash)
    if beginning.event == .run { runs += 1 }
    isEnded = beginning.event == .end
    if chain.lines == 1 { firstRecord = Array(record) }
    lastRecord.removeAll(keepingCapacity: true)
    lastRecord += record
  }

  private static let head = Array(#"{"sha256":""#.utf8)
  private static let middle = Array(#"","record":"#.utf8)

  /// The digits of the hash and the record behind it; nil when the line has another form.
  private static func parts(
    of line: UnsafeRawBufferPointer
  ) -> (digits: UnsafeRawBufferPointer, record: UnsafeRawBufferPointer)? {
    var reader = ByteReader(line)
    guard line.last == UInt8(ascii: "}"), reader.skip(Self.head), let digits = reader.take(64),
      reader.skip(Self.middle), reader.rest.count > 2
    else { return nil }
    return (digits, UnsafeRawBufferPointer(rebasing: reader.rest.dropLast()))
  }

  /// When a record was written, by whichever of its times is the last.
  private static func time(of record: [UInt8]) -> Timestamp? {
    let value = try? JSONValue(parsing: String(decoding: record, as: UTF8.self))
    return ["finished", "connected", "written", "started"].lazy.compactMap { value?[$0]?.string }.first
      .flatMap { Timestamp($0) }
  }
}

/// What every record begins with.
private struct RecordBeginning {
  enum Event { case run, end, other }

  var line: Int
  /// The digits of the hash of the line before.
  var previous: UnsafeRawBufferPointer
  var event: Event

  private static let line = Array(#"{"line":"#.utf8)
  private static let previous = Array(#","previous":""#.utf8)
  private static let event = Array(#"","event":""#.utf8)
  private static let run = Array(#"run""#.utf8)
  private static let end = Array(#"end""#.utf8)

  /// Nil for a record that begins otherwise.
  init?(of record: UnsafeRawBufferPointer) {
    var reader = ByteReader(record)
    guard reader.skip(Self.line), let line = reader.number(), reader.skip(Self.previous),
      let previous = reader.take(64), reader.skip(Self.event)
    else { return nil }
    self.line = line
    self.previous = previous
    event = reader.skip(Self.run) ? .run : reader.skip(Self.end) ? .end : .other
  }
}

/// Reads bytes that stand at fixed places.
private struct ByteReader {
  private(set) var rest: UnsafeRawBufferPointer

  init(_ bytes: UnsafeRawBufferPointer) { rest = bytes }

  mutating func skip(_ bytes: [UInt8]) -> Bool {
    guard rest.count >= bytes.count, let start = rest.baseAddress, memcmp(start, bytes, bytes.count) == 0
    else { return false }
    return take(bytes.count) != nil
  }

  mutating func take(_ count: Int) -> UnsafeRawBufferPointer? {
    guard rest.count >= count else { return nil }
    defer { rest = UnsafeRawBufferPointer(rebasing: rest[count...]) }
    return UnsafeRawBufferPointer(rebasing: rest[..<count])
  }

  mutating func number() -> Int? {
    let digits = rest.prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
    guard let bytes = take(digits.count) else { return nil }
    return Int(String(decoding: bytes, as: UTF8.self))
  }
}
