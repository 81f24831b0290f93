/// Makes text from anywhere safe to show: nothing in it can command the terminal.
public enum VisibleText {
  /// `text` with control characters written out: `\r`, `\x1B`, `\u202E`.
  ///
  /// Besides C0 and C1 controls these are line separators and the bidirectional overrides, which can make
  /// SQL read as something else. A tab becomes four spaces. A newline stays when `keepingNewlines`, else it
  /// becomes `\n`.
  public static func of(_ text: String, keepingNewlines: Bool = false) -> String {
    if isPlain(text) { return text }
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

  /// Whether every scalar shows as itself in one column: ASCII, and what tables and trees are drawn with.
  ///
  /// Plans are mostly such text, and looking at their characters one by one is what drawing them costs.
  static func isPlain(_ text: String) -> Bool {
    text.utf8.allSatisfy { (0x20...0x7E).contains($0) }
      || text.unicodeScalars.allSatisfy { scalar in
        switch scalar.value {
        case 0x20...0x7E, 0x2013, 0x2014, 0x2026, 0x2192, 0x2212, 0x2500...0x2590, 0x25C0: true
        default: false
        }
      }
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
