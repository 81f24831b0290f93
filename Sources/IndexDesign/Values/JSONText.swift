/// JSON that is written member by member, so that the same value always gives the same bytes.
public struct JSONText: Sendable {
  /// What was written so far.
  public private(set) var bytes: [UInt8] = []
  private var isFirst = true

  /// The bytes of one object, whose members `write` gives in order.
  public static func object(_ write: (inout JSONText) -> Void) -> [UInt8] {
    var text = JSONText()
    text.bytes.append(UInt8(ascii: "{"))
    write(&text)
    text.bytes.append(UInt8(ascii: "}"))
    return text.bytes
  }

  /// The bytes of a list.
  public static func array(_ elements: [[UInt8]]) -> [UInt8] {
    Array("[".utf8) + elements.joined(separator: ",".utf8) + Array("]".utf8)
  }

  /// Writes a member whose value is JSON already.
  public mutating func member(_ name: String, _ value: [UInt8]) {
    if !isFirst { bytes.append(UInt8(ascii: ",")) }
    isFirst = false
    bytes += Self.quoted(name) + [UInt8(ascii: ":")]
    bytes += value
  }

  /// Writes a text, or null.
  public mutating func member(_ name: String, _ value: String?) {
    member(name, value.map(Self.quoted) ?? Self.null)
  }

  /// Writes a number, or null.
  public mutating func member(_ name: String, _ value: Int64?) {
    member(name, value.map { Array(String($0).utf8) } ?? Self.null)
  }

  /// `null`.
  public static let null = Array("null".utf8)

  /// `true` or `false`.
  public static func bool(_ value: Bool) -> [UInt8] { Array((value ? "true" : "false").utf8) }

  /// A number in its shortest exact form, or null; one that no JSON holds is a string: `"inf"`.
  public static func number(_ value: Double?) -> [UInt8] {
    guard let value else { return null }
    guard value.isFinite else { return quoted("\(value)") }
    return Array((Int64(exactly: value).map { "\($0)" } ?? "\(value)").utf8)
  }

  /// A list of strings and nulls.
  public static func strings(_ values: [String?]) -> [UInt8] { array(values.map { $0.map(quoted) ?? null }) }

  /// A JSON string. Control characters are written out, the C1 ones too: some terminals obey them.
  public static func quoted(_ text: String) -> [UInt8] {
    let isPlain = text.utf8.allSatisfy { $0 >= 0x20 && $0 != 0x22 && $0 != 0x5C && $0 < 0x7F }
    if isPlain { return Array("\"\(text)\"".utf8) }
    var result = [UInt8(ascii: "\"")]
    result.reserveCapacity(text.utf8.count + 2)
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += Array("\\\"".utf8)
      case "\\": result += Array("\\\\".utf8)
      case "\n": result += Array("\\n".utf8)
      case "\r": result += Array("\\r".utf8)
      case "\t": result += Array("\\t".utf8)
      case _ where scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value):
        let digits = String(scalar.value, radix: 16)
        result += Array(("\\u" + String(repeating: "0", count: 4 - digits.count) + digits).utf8)
      default: result += Array(UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
      }
    }
    result.append(UInt8(ascii: "\""))
    return result
  }
}
