/// What is left of a statement without its constants: statements of one shape name the same functions, operators and
/// tables, and to see that takes a thousandth of the time that parsing takes.
public enum StatementShape {
  /// The text with `0` for each number and `''` for each string.
  ///
  /// - Returns: nil where that would need more than a glance: with comments, backslashes, dollar quotes and open ends.
  public static func text(of statement: String) -> String? {
    let bytes = Array(statement.utf8)
    var shape: [UInt8] = []
    shape.reserveCapacity(bytes.count)
    var index = 0
    func isNext(_ byte: UInt8) -> Bool { index + 1 < bytes.count && bytes[index + 1] == byte }
    while index < bytes.count {
      let byte = bytes[index]
      switch byte {
      case UInt8(ascii: "\\"): return nil
      case UInt8(ascii: "-") where isNext(byte): return nil
      case UInt8(ascii: "/") where isNext(UInt8(ascii: "*")): return nil
      case UInt8(ascii: "$"):
        guard index + 1 < bytes.count, isDigit(bytes[index + 1]) else { return nil }
        shape.append(byte)
      case UInt8(ascii: "'"), UInt8(ascii: "\""):
        guard let end = bytes[(index + 1)...].firstIndex(of: byte) else { return nil }
        let quoted = bytes[index...end]
        if quoted.contains(UInt8(ascii: "\\")) { return nil }
        shape += byte == UInt8(ascii: "'") ? [byte, byte] : Array(quoted)
        index = end
      case _ where isDigit(byte) && !isWord(shape.last):
        while index + 1 < bytes.count, isDigit(bytes[index + 1]) || isNext(UInt8(ascii: ".")) { index += 1 }
        shape.append(UInt8(ascii: "0"))
      default: shape.append(byte)
      }
      index += 1
    }
    return String(decoding: shape, as: UTF8.self)
  }

  private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }

  /// Whether a digit behind it belongs to a name or a parameter.
  private static func isWord(_ byte: UInt8?) -> Bool {
    guard let byte else { return false }
    return isDigit(byte) || byte >= 0x80 || byte == UInt8(ascii: "_") || byte == UInt8(ascii: "$")
      || (0x41...0x5A).contains(byte & 0xDF)
  }
}
