extension JSONWriter {
  /// Writes text between two marks with JSON's escapes.
  ///
  /// - Parameter mark: what stands before and behind it, and is escaped in it.
  public static func append(
    _ text: String, to bytes: inout [UInt8], style: Style = .compact, mark: UInt8 = UInt8(ascii: "\"")
  ) {
    bytes.append(mark)
    var text = text
    let isPlain = text.withUTF8 { utf8 in
      for byte in utf8
      where byte < 0x20 || byte == mark || byte == 0x5C || byte == 0x7F || style.hides(lead: byte) {
        return false
      }
      bytes.append(contentsOf: utf8)
      return true
    }
    if !isPlain {
      for scalar in text.unicodeScalars { append(scalar, to: &bytes, style, mark) }
    }
    bytes.append(mark)
  }

  private static func append(_ scalar: UnicodeScalar, to bytes: inout [UInt8], _ style: Style, _ mark: UInt8)
  {
    switch scalar {
    case "\n": bytes += "\\n".utf8
    case "\r": bytes += "\\r".utf8
    case "\t": bytes += "\\t".utf8
    case "\\": bytes += "\\\\".utf8
    case UnicodeScalar(mark): bytes += [UInt8(ascii: "\\"), mark]
    case _ where style.hides(scalar):
      let digits = String(scalar.value, radix: 16)
      bytes += ("\\u" + String(repeating: "0", count: 4 - digits.count) + digits).utf8
    default: bytes.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
    }
  }
}

extension JSONWriter.Style {
  /// Whether a character beyond ASCII that is escaped may begin with this byte.
  fileprivate func hides(lead byte: UInt8) -> Bool {
    byte == 0xC2 || (self == .reviewed && (byte == 0xD8 || byte == 0xE2 || byte == 0xEF))
  }

  /// Whether a character is escaped: controls, because some terminals obey them, the C1 ones too; in files that people
  /// review also line separators, marks of writing direction and the byte order mark.
  fileprivate func hides(_ scalar: UnicodeScalar) -> Bool {
    switch scalar.value {
    case 0..<0x20, 0x7F...0x9F: true
    case 0x061C, 0x200E...0x200F, 0x2028...0x202E, 0x2066...0x2069, 0xFEFF: self == .reviewed
    default: false
    }
  }
}
