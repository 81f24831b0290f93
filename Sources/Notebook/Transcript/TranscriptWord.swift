/// Which texts stand bare in the transcript form.
enum TranscriptWord {
  /// Words with which lines of their own begin; as a name in front they are quoted.
  static let keywords: [String] = [
    "answer", "error", "lines", "note", "plan", "recorded", "statement", "statistics", "tag",
  ]

  /// Whether lines of their own begin with this word.
  static func isKeyword(_ name: String) -> Bool { keywords.contains(name) }

  /// `orders_pkey`: a letter or underscore, then letters, digits and underscores, ASCII only.
  static func isName(_ text: String) -> Bool {
    guard let first = text.utf8.first, isNameStart(first) else { return false }
    return text.utf8.allSatisfy(isNamePart)
  }

  /// `public.orders`: names with dots between, which are no truth value.
  static func isIdentifier(_ text: String) -> Bool {
    var isStart = true
    for byte in text.utf8 {
      if byte == UInt8(ascii: "."), !isStart {
        isStart = true
      } else if isStart ? isNameStart(byte) : isNamePart(byte) {
        isStart = false
      } else {
        return false
      }
    }
    return !isStart && text != "yes" && text != "no"
  }

  /// `Index Cond`: names with single spaces between.
  static func isLabel(_ text: String) -> Bool {
    var isStart = true
    for byte in text.utf8 {
      if byte == UInt8(ascii: " "), !isStart {
        isStart = true
      } else if isStart ? isNameStart(byte) : isNamePart(byte) {
        isStart = false
      } else {
        return false
      }
    }
    return !isStart
  }

  /// `hypo add`: a label that begins with no keyword.
  static func isKind(_ text: String) -> Bool {
    guard isLabel(text) else { return false }
    return !keywords.contains { text == $0 || text.hasPrefix($0 + " ") }
  }

  /// `@1`, `@orders`, `%1`.
  static func isHandle(_ text: String) -> Bool {
    guard let first = text.utf8.first, first == UInt8(ascii: "@") || first == UInt8(ascii: "%") else {
      return false
    }
    return text.utf8.count > 1 && text.utf8.dropFirst().allSatisfy(isNamePart)
  }

  /// The digits of `change 7`; nil for every other text.
  static func changeNumber(_ text: String) -> Substring? {
    guard text.hasPrefix("change ") else { return nil }
    let digits = text.dropFirst("change ".count)
    return !digits.isEmpty && digits.utf8.allSatisfy(isDigit) ? digits : nil
  }

  /// `2026-11-26T09:50:00Z`, with or without a fraction of the second.
  static func isTimestamp(_ text: String) -> Bool {
    timestampLength(Array(text.utf8), from: 0) == text.utf8.count
  }

  /// How many bytes of a point in time stand at `start`; nil when none does.
  static func timestampLength(_ bytes: [UInt8], from start: Int) -> Int? {
    let shape: StaticString = "dddd-dd-ddTdd:dd:dd"
    guard start + shape.utf8CodeUnitCount < bytes.count else { return nil }
    for place in 0..<shape.utf8CodeUnitCount {
      let expected = shape.utf8Start[place]
      let byte = bytes[start + place]
      guard expected == UInt8(ascii: "d") ? isDigit(byte) : byte == expected else { return nil }
    }
    var at = start + shape.utf8CodeUnitCount
    if bytes[at] == UInt8(ascii: ".") {
      let fraction = at + 1
      at = fraction
      while at < bytes.count, isDigit(bytes[at]) { at += 1 }
      guard at > fraction else { return nil }
    }
    return at < bytes.count && bytes[at] == UInt8(ascii: "Z") ? at + 1 - start : nil
  }

  /// `42P01`.
  static func isSQLState(_ text: String) -> Bool {
    text.utf8.count == 5
      && text.utf8.allSatisfy { isDigit($0) || (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0) }
  }

  /// A number in the server's own words: `-1.50`, `1e+20`, `NaN`, `-Infinity`.
  static func isServerNumber(_ text: String) -> Bool {
    let body = text.utf8.first == UInt8(ascii: "-") ? text.utf8.dropFirst() : text.utf8[...]
    guard let first = body.first, isDigit(first) || isLetter(first) else { return false }
    return body.allSatisfy(isServerNumberPart)
  }

  /// Letters, digits, signs and the point.
  static func isServerNumberPart(_ byte: UInt8) -> Bool {
    isDigit(byte) || isLetter(byte) || byte == UInt8(ascii: "+") || byte == UInt8(ascii: "-")
      || byte == UInt8(ascii: ".")
  }

  static func isNameStart(_ byte: UInt8) -> Bool { isLetter(byte) || byte == UInt8(ascii: "_") }

  static func isNamePart(_ byte: UInt8) -> Bool { isNameStart(byte) || isDigit(byte) }

  static func isDigit(_ byte: UInt8) -> Bool { byte &- 0x30 < 10 }

  private static func isLetter(_ byte: UInt8) -> Bool { (byte | 0x20) &- 0x61 < 26 }
}
