/// A JSON document in memory, with object members in the order in which they stand.
///
/// The readers of plans and of libpg_query's trees walk many small documents; a value of this
/// kind is read in one pass over the bytes, which a generic decoder cannot do.
public enum JSONValue: Equatable, Sendable {
  /// `null`.
  case null
  /// `true` or `false`.
  case bool(Bool)
  /// A number; integers are exact up to 2^53.
  case number(Double)
  /// A string with its escapes resolved.
  case string(String)
  /// A list.
  case array([JSONValue])
  /// Members in document order; a repeated name keeps both.
  case object([(name: String, value: JSONValue)])

  /// The first member called `name`; nil when this is no object or has no such member.
  public subscript(name: String) -> JSONValue? {
    guard case .object(let members) = self else { return nil }
    return members.first { $0.name == name }?.value
  }

  /// The text of a string; nil for every other kind.
  public var string: String? { if case .string(let text) = self { text } else { nil } }

  /// The value of a number; nil for every other kind.
  public var number: Double? { if case .number(let value) = self { value } else { nil } }

  /// The value of a number without a fraction; nil for every other kind.
  public var integer: Int? { number.flatMap { Int(exactly: $0) } }

  /// The value of a boolean; nil for every other kind.
  public var bool: Bool? { if case .bool(let value) = self { value } else { nil } }

  /// The elements of a list; nil for every other kind.
  public var array: [JSONValue]? { if case .array(let elements) = self { elements } else { nil } }

  /// Compares member by member, in order.
  public static func == (left: JSONValue, right: JSONValue) -> Bool {
    switch (left, right) {
    case (.null, .null): true
    case (.bool(let a), .bool(let b)): a == b
    case (.number(let a), .number(let b)): a == b
    case (.string(let a), .string(let b)): a == b
    case (.array(let a), .array(let b)): a == b
    case (.object(let a), .object(let b)):
      a.count == b.count && zip(a, b).allSatisfy { $0.name == $1.name && $0.value == $1.value }
    default: false
    }
  }

  /// Reads one document.
  ///
  /// - Throws: `DesignError` with code `.malformedDocument` and the byte where reading stopped.
  public init(parsing text: String) throws(DesignError) {
    var reader = JSONReader(text)
    self = try reader.document()
  }
}

/// One pass over the UTF-8 of a document.
private struct JSONReader {
  private let bytes: [UInt8]
  private var at = 0
  private var depth = 0

  init(_ text: String) { bytes = Array(text.utf8) }

  mutating func document() throws(DesignError) -> JSONValue {
    let result = try value()
    skipSpace()
    guard at == bytes.count else { throw failure("text after the end of the document") }
    return result
  }

  private func failure(_ what: String) -> DesignError {
    DesignError(.malformedDocument, "could not read JSON: \(what)", position: at..<min(at + 1, bytes.count))
  }

  private mutating func skipSpace() {
    while at < bytes.count, bytes[at].isJSONSpace { at += 1 }
  }

  private mutating func value() throws(DesignError) -> JSONValue {
    skipSpace()
    guard at < bytes.count else { throw failure("it ends too early") }
    switch bytes[at] {
    case UInt8(ascii: "{"): return try nested(Self.object)
    case UInt8(ascii: "["): return try nested(Self.array)
    case UInt8(ascii: "\""): return .string(try string())
    case UInt8(ascii: "t"): return try word("true", .bool(true))
    case UInt8(ascii: "f"): return try word("false", .bool(false))
    case UInt8(ascii: "n"): return try word("null", .null)
    default: return try number()
    }
  }

  private mutating func nested(
    _ read: (inout JSONReader) throws(DesignError) -> JSONValue
  ) throws(DesignError) -> JSONValue {
    depth += 1
    defer { depth -= 1 }
    // Deeper documents could use up the stack of a thread.
    guard depth < 1000 else { throw failure("nested too deeply") }
    at += 1
    return try read(&self)
  }

  private static func object(_ reader: inout JSONReader) throws(DesignError) -> JSONValue {
    var members: [(name: String, value: JSONValue)] = []
    while !reader.closes(UInt8(ascii: "}")) {
      if !members.isEmpty { try reader.expect(UInt8(ascii: ",")) }
      reader.skipSpace()
      let name = try reader.string()
      try reader.expect(UInt8(ascii: ":"))
      members.append((name, try reader.value()))
    }
    return .object(members)
  }

  private static func array(_ reader: inout JSONReader) throws(DesignError) -> JSONValue {
    var elements: [JSONValue] = []
    while !reader.closes(UInt8(ascii: "]")) {
      if !elements.isEmpty { try reader.expect(UInt8(ascii: ",")) }
      elements.append(try reader.value())
    }
    return .array(elements)
  }

  private mutating func closes(_ byte: UInt8) -> Bool {
    skipSpace()
    guard at < bytes.count, bytes[at] == byte else { return false }
    at += 1
    return true
  }

  private mutating func expect(_ byte: UInt8) throws(DesignError) {
    skipSpace()
    guard at < bytes.count, bytes[at] == byte else {
      throw failure("expected \"\(Character(UnicodeScalar(byte)))\"")
    }
    at += 1
  }

  private mutating func word(_ word: StaticString, _ value: JSONValue) throws(DesignError) -> JSONValue {
    let text = word.withUTF8Buffer { Array($0) }
    guard bytes[at...].starts(with: text) else { throw failure("an unknown word") }
    at += text.count
    return value
  }

  private mutating func number() throws(DesignError) -> JSONValue {
    let start = at
    while at < bytes.count, Self.isNumberByte(bytes[at]) { at += 1 }
    guard let value = Double(String(decoding: bytes[start..<at], as: UTF8.self)) else {
      at = start
      throw failure("an unknown word")
    }
    return .number(value)
  }

  private static func isNumberByte(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "."),
      UInt8(ascii: "e"), UInt8(ascii: "E"):
      true
    default: false
    }
  }

  private mutating func string() throws(DesignError) -> String {
    guard at < bytes.count, bytes[at] == UInt8(ascii: "\"") else { throw failure("expected a string") }
    at += 1
    let start = at
    while at < bytes.count, bytes[at] != UInt8(ascii: "\""), bytes[at] != UInt8(ascii: "\\") { at += 1 }
    if at < bytes.count, bytes[at] == UInt8(ascii: "\"") {
      at += 1
      return String(decoding: bytes[start..<at - 1], as: UTF8.self)
    }
    var text = Array(bytes[start..<at])
    while at < bytes.count, bytes[at] != UInt8(ascii: "\"") {
      if bytes[at] == UInt8(ascii: "\\") {
        try escape(into: &text)
      } else {
        text.append(bytes[at])
        at += 1
      }
    }
    guard at < bytes.count else { throw failure("a string that does not end") }
    at += 1
    return String(decoding: text, as: UTF8.self)
  }

  private mutating func escape(into text: inout [UInt8]) throws(DesignError) {
    at += 1
    guard at < bytes.count else { throw failure("a string that does not end") }
    let byte = bytes[at]
    at += 1
    switch byte {
    case UInt8(ascii: "n"): text.append(0x0A)
    case UInt8(ascii: "t"): text.append(0x09)
    case UInt8(ascii: "r"): text.append(0x0D)
    case UInt8(ascii: "b"): text.append(0x08)
    case UInt8(ascii: "f"): text.append(0x0C)
    case UInt8(ascii: "u"): text.append(contentsOf: String(try unicodeScalar()).utf8)
    default: text.append(byte)
    }
  }

  private mutating func unicodeScalar() throws(DesignError) -> Character {
    let high = try hexadecimal()
    if let scalar = UnicodeScalar(high) { return Character(scalar) }
    guard at + 1 < bytes.count, bytes[at] == UInt8(ascii: "\\"), bytes[at + 1] == UInt8(ascii: "u") else {
      return "\u{FFFD}"
    }
    at += 2
    let low = try hexadecimal()
    let code = 0x10000 + ((high & 0x3FF) << 10) + (low & 0x3FF)
    return UnicodeScalar(code).map { Character($0) } ?? "\u{FFFD}"
  }

  private mutating func hexadecimal() throws(DesignError) -> UInt32 {
    guard at + 4 <= bytes.count,
      let value = UInt32(String(decoding: bytes[at..<at + 4], as: UTF8.self), radix: 16)
    else { throw failure("a broken escape") }
    at += 4
    return value
  }
}

extension UInt8 {
  fileprivate var isJSONSpace: Bool { self == 0x20 || self == 0x0A || self == 0x0D || self == 0x09 }
}
