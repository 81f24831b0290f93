/// Makes text from anywhere safe to show: nothing in it can command the terminal.
public enum VisibleText {
  /// `text` with control characters written out: `\r`, `\x1B`, `\u202E`.
  ///
  /// Besides C0 and C1 controls these are line separators and the bidirectional overrides, which can make
  /// SQL read as something else. A tab becomes four spaces. A newline stays when `keepingNewlines`, else it
  /// becomes `\n`.
  public static func of(_ text: String, keepingNewlines: Bool = false) -> String {
    if plainWidth(of: text) != nil { return text }
    var visible = String.UnicodeScalarView()
    var previousWasReturn = false
    for scalar in text.unicodeScalars {
      if previousWasReturn, !(scalar == "\n" && keepingNewlines) {
        visible.append(contentsOf: #"\r"#.unicodeScalars)
      }
      previousWasReturn = scalar == "\r"
      if previousWasReturn { continue }
      if scalar == "\n", keepingNewlines {
        visible.append(scalar)
      } else if let escape = escape(of: scalar) {
        visible.append(contentsOf: escape.unicodeScalars)
      } else {
        visible.append(scalar)
      }
    }
    if previousWasReturn { visible.append(contentsOf: #"\r"#.unicodeScalars) }
    return String(visible)
  }

  /// The columns of a text whose scalars all show as themselves, each in a place of its own: ASCII, the letters of
  /// most languages, and what tables and trees are drawn with. nil when its characters have to be looked at.
  ///
  /// Most text is so, and looking at characters one by one is what drawing it costs.
  static func plainWidth(of text: String) -> Int? {
    if text.isPrintableASCII { return text.utf8.count }
    var width = 0
    for scalar in text.unicodeScalars {
      switch scalar.value {
      case 0x20...0x7E: width += 1
      // Latin, Greek and Cyrillic without the soft hyphen and combining marks; dashes and quotes.
      case 0xA1...0xAC, 0xAE...0x2FF, 0x391...0x3A1, 0x3A3...0x3FF, 0x400...0x482, 0x48A...0x52F: width += 1
      case 0x2010...0x2027, 0x20AC, 0x2192, 0x2212, 0x2500...0x2590, 0x25C0: width += 1
      // Kana, Chinese and Korean, without marks that join the letter before.
      case 0x3041...0x3096, 0x30A1...0x30FF, 0x4E00...0x9FFF, 0xAC00...0xD7A3: width += 2
      default: return nil
      }
    }
    return width
  }

  private static func escape(of scalar: Unicode.Scalar) -> String? {
    switch scalar.value {
    case 0x09: "    "
    case 0x0A: #"\n"#
    case 0x00...0x1F, 0x7F: #"\x"# + hexadecimal(scalar.value, digits: 2)
    case 0x80...0x9F, 0x061C, 0x200E, 0x200F, 0x2028...0x202E, 0x2066...0x2069, 0xFEFF:
      #"\u"# + hexadecimal(scalar.value, digits: 4)
    default: nil
    }
  }

  private static func hexadecimal(_ value: UInt32, digits: Int) -> String {
    let text = String(value, radix: 16, uppercase: true)
    return String(repeating: "0", count: max(0, digits - text.count)) + text
  }
}

extension String {
  /// Whether each byte of it is a printable character of ASCII.
  fileprivate var isPrintableASCII: Bool {
    let answer = utf8.withContiguousStorageIfAvailable { bytes in
      for byte in bytes where byte &- 0x20 > 0x5E { return false }
      return true
    }
    return answer ?? utf8.allSatisfy { (0x20...0x7E).contains($0) }
  }
}
