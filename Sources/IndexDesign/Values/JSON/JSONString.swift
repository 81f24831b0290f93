/// Where a string of a document stands, its escapes checked but not resolved.
struct JSONString: Equatable {
  /// The place of what stands between the marks.
  var range: Range<Int>
  /// Whether there are escapes in it.
  var hasEscapes = false

  /// Finds the end of the string that begins at `place` and leaves `place` behind it.
  ///
  /// - Parameter mark: what the string begins and ends with; it may be escaped in it.
  init(
    in bytes: UnsafeBufferPointer<UInt8>, at place: inout Int, mark: UInt8 = UInt8(ascii: "\"")
  ) throws(JSONProblem) {
    guard place < bytes.count, bytes[place] == mark else {
      throw JSONProblem(at: place, expected: "a text in double quotes")
    }
    var at = place + 1
    var hasEscapes = false
    while at < bytes.count, bytes[at] != mark {
      let byte = bytes[at]
      if byte == UInt8(ascii: "\\") {
        hasEscapes = true
        at += try Escape(in: bytes, at: at, mark: mark).length
      } else if byte < 0x20 {
        throw JSONProblem(at: at, expected: "an escape in the place of a control character")
      } else {
        at += 1
      }
    }
    guard at < bytes.count else {
      throw JSONProblem(at: at, expected: "a closing \(Character(UnicodeScalar(mark)))")
    }
    range = place + 1..<at
    self.hasEscapes = hasEscapes
    place = at + 1
  }

  /// The text with its escapes resolved.
  func text(in bytes: UnsafeBufferPointer<UInt8>, mark: UInt8 = UInt8(ascii: "\"")) -> String {
    guard hasEscapes else { return String(decoding: bytes[range], as: UTF8.self) }
    var text: [UInt8] = []
    text.reserveCapacity(range.count)
    var at = range.lowerBound
    while at < range.upperBound {
      if bytes[at] == UInt8(ascii: "\\"), let escape = try? Escape(in: bytes, at: at, mark: mark) {
        text.append(contentsOf: UTF8.encode(escape.scalar) ?? UTF8.encodedReplacementCharacter)
        at += escape.length
      } else {
        text.append(bytes[at])
        at += 1
      }
    }
    return String(decoding: text, as: UTF8.self)
  }

  /// Whether the text is this one, which has no escapes.
  func isEqual(to text: StaticString, in bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    guard range.count == text.utf8CodeUnitCount else { return false }
    for place in 0..<range.count where bytes[range.lowerBound + place] != text.utf8Start[place] {
      return false
    }
    return true
  }
}

/// What stands for one character in a string.
private struct Escape {
  var scalar: UnicodeScalar
  /// How many bytes it takes.
  var length = 2

  /// Reads the escape whose backslash is at `start`.
  init(in bytes: UnsafeBufferPointer<UInt8>, at start: Int, mark: UInt8) throws(JSONProblem) {
    switch start + 1 < bytes.count ? bytes[start + 1] : 0 {
    case mark: scalar = UnicodeScalar(mark)
    case UInt8(ascii: "\\"): scalar = "\\"
    case UInt8(ascii: "/"): scalar = "/"
    case UInt8(ascii: "n"): scalar = "\n"
    case UInt8(ascii: "r"): scalar = "\r"
    case UInt8(ascii: "t"): scalar = "\t"
    case UInt8(ascii: "b"): scalar = "\u{8}"
    case UInt8(ascii: "f"): scalar = "\u{C}"
    case UInt8(ascii: "u"):
      let first = try Self.hexadecimal(bytes, at: start, of: start)
      length = 6
      if let alone = UnicodeScalar(first) {
        scalar = alone
        return
      }
      guard first < 0xDC00, start + 7 < bytes.count, bytes[start + 6] == UInt8(ascii: "\\"),
        bytes[start + 7] == UInt8(ascii: "u")
      else { throw Self.unpaired(start) }
      let second = try Self.hexadecimal(bytes, at: start + 6, of: start)
      guard (0xDC00...0xDFFF).contains(second),
        let pair = UnicodeScalar(0x10000 + ((first & 0x3FF) << 10) + (second & 0x3FF))
      else { throw Self.unpaired(start) }
      scalar = pair
      length = 12
    default: throw JSONProblem(at: start, expected: "an escape of JSON")
    }
  }

  private static func unpaired(_ start: Int) -> JSONProblem {
    JSONProblem(at: start, expected: "a pair of surrogates")
  }

  /// The four digits behind the `\u` at `place`.
  private static func hexadecimal(
    _ bytes: UnsafeBufferPointer<UInt8>, at place: Int, of start: Int
  ) throws(JSONProblem) -> UInt32 {
    var value: UInt32 = 0
    for at in place + 2..<place + 6 {
      let digit = at < bytes.count ? bytes[at] : 0
      switch digit {
      case UInt8(ascii: "0")...UInt8(ascii: "9"): value = value << 4 | UInt32(digit - UInt8(ascii: "0"))
      case UInt8(ascii: "a")...UInt8(ascii: "f"), UInt8(ascii: "A")...UInt8(ascii: "F"):
        value = value << 4 | UInt32((digit | 0x20) - UInt8(ascii: "a") + 10)
      default: throw JSONProblem(at: start, expected: "four hexadecimal digits")
      }
    }
    return value
  }
}
