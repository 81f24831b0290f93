/// One pass over a JSON document, which says whether it is one and takes out the blanks between its parts.
///
/// Stricter than a reader of plans need be: what is kept for years shall be read by any program. Source: RFC 8259.
public struct JSONScan {
  private let bytes: UnsafeRawBufferPointer
  private var at = 0
  private var depth = 0
  private var kept: [UInt8]?

  private init(_ bytes: UnsafeRawBufferPointer, keeps: Bool) {
    self.bytes = bytes
    kept = keeps ? [] : nil
  }

  /// Whether `bytes` are one JSON document.
  public static func isDocument(_ bytes: UnsafeRawBufferPointer) -> Bool {
    var scan = JSONScan(bytes, keeps: false)
    return scan.document()
  }

  /// The document on one line, all its values byte for byte; nil when it is none.
  public static func compacted(_ text: String) -> [UInt8]? {
    Array(text.utf8).withUnsafeBytes { bytes in
      var scan = JSONScan(bytes, keeps: true)
      return scan.document() ? scan.kept : nil
    }
  }

  private mutating func document() -> Bool {
    guard value() else { return false }
    skipBlanks()
    return at == bytes.count && String(validating: bytes, as: UTF8.self) != nil
  }

  private mutating func value() -> Bool {
    skipBlanks()
    guard at < bytes.count else { return false }
    switch bytes[at] {
    case UInt8(ascii: "{"): return list(closedBy: UInt8(ascii: "}"), isObject: true)
    case UInt8(ascii: "["): return list(closedBy: UInt8(ascii: "]"), isObject: false)
    case UInt8(ascii: "\""): return string()
    case UInt8(ascii: "t"): return word("true")
    case UInt8(ascii: "f"): return word("false")
    case UInt8(ascii: "n"): return word("null")
    default: return number()
    }
  }

  private mutating func list(closedBy end: UInt8, isObject: Bool) -> Bool {
    depth += 1
    defer { depth -= 1 }
    // Deeper documents could use up the stack of a thread.
    guard depth < 500, take(bytes[at]) else { return false }
    if take(end) { return true }
    repeat {
      if isObject {
        skipBlanks()
        guard string(), take(UInt8(ascii: ":")) else { return false }
      }
      guard value() else { return false }
    } while take(UInt8(ascii: ","))
    return take(end)
  }

  private mutating func string() -> Bool {
    let start = at
    guard at < bytes.count, bytes[at] == UInt8(ascii: "\"") else { return false }
    at += 1
    while at < bytes.count {
      let byte = bytes[at]
      at += 1
      if byte == UInt8(ascii: "\"") { return keep(from: start) }
      if byte < 0x20 || (byte == UInt8(ascii: "\\") && !escape()) { return false }
    }
    return false
  }

  private mutating func escape() -> Bool {
    guard at < bytes.count else { return false }
    at += 1
    switch bytes[at - 1] {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"), UInt8(ascii: "b"), UInt8(ascii: "f"),
      UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "t"):
      return true
    case UInt8(ascii: "u"):
      guard at + 4 <= bytes.count else { return false }
      at += 4
      return bytes[at - 4..<at].allSatisfy { Character(UnicodeScalar($0)).isHexDigit }
    default: return false
    }
  }

  private mutating func number() -> Bool {
    let start = at
    if at < bytes.count, bytes[at] == UInt8(ascii: "-") { at += 1 }
    let whole = digits()
    guard whole > 0, whole == 1 || bytes[at - whole] != UInt8(ascii: "0") else { return false }
    if at < bytes.count, bytes[at] == UInt8(ascii: ".") {
      at += 1
      guard digits() > 0 else { return false }
    }
    if at < bytes.count, bytes[at] | 0x20 == UInt8(ascii: "e") {
      at += 1
      if at < bytes.count, [UInt8(ascii: "+"), UInt8(ascii: "-")].contains(bytes[at]) { at += 1 }
      guard digits() > 0 else { return false }
    }
    return keep(from: start)
  }

  private mutating func digits() -> Int {
    let start = at
    while at < bytes.count, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(bytes[at]) { at += 1 }
    return at - start
  }

  private mutating func word(_ word: StaticString) -> Bool {
    let start = at
    guard word.withUTF8Buffer({ bytes[at...].starts(with: $0) }) else { return false }
    at += word.utf8CodeUnitCount
    return keep(from: start)
  }

  /// Goes over a mark of punctuation and the blanks before it, if it is the next.
  private mutating func take(_ mark: UInt8) -> Bool {
    skipBlanks()
    guard at < bytes.count, bytes[at] == mark else { return false }
    at += 1
    return keep(from: at - 1)
  }

  private mutating func skipBlanks() {
    while at < bytes.count {
      let byte = bytes[at]
      guard byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 else { return }
      at += 1
    }
  }

  private mutating func keep(from start: Int) -> Bool {
    kept?.append(contentsOf: bytes[start..<at])
    return true
  }
}
