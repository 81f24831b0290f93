/// The one reader of JSON: it goes over the bytes of a document once and gives its parts one after the other.
///
/// It keeps to the letter of the standard, because what hypo keeps for years shall be read by any program: control
/// characters have to be escaped, surrogates to come in pairs, numbers to be numbers, so that no `NaN` is one. A name
/// that an object repeats is a part like each other; what it means is for those to say who read the document.
///
/// Source: RFC 8259.
public struct JSONReader {
  /// How many lists and objects may be nested: more could use up the stack of a thread that walks the document.
  public static let depthLimit = 1000

  /// A part of a document.
  enum Token: Equatable {
    case beginObject, endObject, beginArray, endArray
    /// The name of a member; the member's value is the next part.
    case name(JSONString)
    case string(JSONString)
    /// The place of its digits.
    case number(Range<Int>)
    case bool(Bool)
    case null
    /// Nothing but blanks is left.
    case end
  }

  /// What may come next.
  private enum Expectation { case value, firstPart, nextPart, end }

  let bytes: UnsafeBufferPointer<UInt8>
  /// The place of the next byte.
  private(set) var at: Int
  /// The marks that close what is open, from the outside in.
  private var open: [UInt8] = []
  private var expectation = Expectation.value
  private let depthLimit: Int

  /// Reads from `place` on. The bytes have to live as long as the reader.
  init(_ bytes: UnsafeBufferPointer<UInt8>, from place: Int = 0, depthLimit: Int = Self.depthLimit) {
    self.bytes = bytes
    at = place
    self.depthLimit = depthLimit
  }

  /// The next part.
  mutating func next() throws(JSONProblem) -> Token {
    skipBlanks()
    switch expectation {
    case .value: return try value()
    case .firstPart:
      if let end = closing() { return end }
      return try part()
    case .nextPart:
      if let end = closing() { return end }
      guard take(UInt8(ascii: ",")) else {
        throw expected("\",\" or \"\(Character(UnicodeScalar(open.last ?? 0)))\"")
      }
      skipBlanks()
      return try part()
    case .end:
      guard at == bytes.count else { throw expected("the end of the document") }
      return .end
    }
  }

  private func expected(_ what: String) -> JSONProblem { JSONProblem(at: at, expected: what) }

  private mutating func skipBlanks() {
    while at < bytes.count, bytes[at].isJSONBlank { at += 1 }
  }

  private mutating func take(_ mark: UInt8) -> Bool {
    guard at < bytes.count, bytes[at] == mark else { return false }
    at += 1
    return true
  }

  /// The end of the innermost list or object, if it comes next.
  private mutating func closing() -> Token? {
    guard let mark = open.last, take(mark) else { return nil }
    open.removeLast()
    expectation = open.isEmpty ? .end : .nextPart
    return mark == UInt8(ascii: "}") ? .endObject : .endArray
  }

  private mutating func part() throws(JSONProblem) -> Token {
    guard open.last == UInt8(ascii: "}") else { return try value() }
    let name = try JSONString(in: bytes, at: &at)
    skipBlanks()
    guard take(UInt8(ascii: ":")) else { throw expected("\":\"") }
    expectation = .value
    return .name(name)
  }

  private mutating func value() throws(JSONProblem) -> Token {
    guard at < bytes.count else { throw expected("a value of JSON") }
    switch bytes[at] {
    case UInt8(ascii: "{"): return try opening(.beginObject, UInt8(ascii: "}"))
    case UInt8(ascii: "["): return try opening(.beginArray, UInt8(ascii: "]"))
    case UInt8(ascii: "\""): return ended(.string(try JSONString(in: bytes, at: &at)))
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return ended(.number(try number()))
    default:
      if take("true") { return ended(.bool(true)) }
      if take("false") { return ended(.bool(false)) }
      if take("null") { return ended(.null) }
      throw expected("a value of JSON")
    }
  }

  private mutating func opening(_ token: Token, _ mark: UInt8) throws(JSONProblem) -> Token {
    guard open.count < depthLimit else { throw expected("a value that is nested less deeply") }
    at += 1
    open.append(mark)
    expectation = .firstPart
    return token
  }

  private mutating func ended(_ token: Token) -> Token {
    expectation = open.isEmpty ? .end : .nextPart
    return token
  }

  private mutating func take(_ word: StaticString) -> Bool {
    let length = word.utf8CodeUnitCount
    guard at + length <= bytes.count else { return false }
    for place in 0..<length where bytes[at + place] != word.utf8Start[place] { return false }
    at += length
    return true
  }

  private mutating func number() throws(JSONProblem) -> Range<Int> {
    let start = at
    guard let length = Self.numberLength(bytes, from: at) else { throw expected("a value of JSON") }
    at += length
    return start..<at
  }

  /// How many bytes the number at `start` has; nil when none stands there.
  static func numberLength(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> Int? {
    var at = start
    func digits() -> Bool {
      let first = at
      while at < bytes.count, bytes[at] &- 0x30 < 10 { at += 1 }
      return at > first
    }
    if at < bytes.count, bytes[at] == UInt8(ascii: "-") { at += 1 }
    if at < bytes.count, bytes[at] == UInt8(ascii: "0") {
      at += 1
    } else {
      guard digits() else { return nil }
    }
    if at < bytes.count, bytes[at] == UInt8(ascii: ".") {
      at += 1
      guard digits() else { return nil }
    }
    if at < bytes.count, bytes[at] | 0x20 == UInt8(ascii: "e") {
      at += 1
      if at < bytes.count, bytes[at] == UInt8(ascii: "+") || bytes[at] == UInt8(ascii: "-") { at += 1 }
      guard digits() else { return nil }
    }
    return at - start
  }
}

extension UInt8 {
  /// Whether it is one of the four blanks that may stand between the parts of a document.
  var isJSONBlank: Bool { self == 0x20 || self == 0x0A || self == 0x0D || self == 0x09 }
}
