/// Sentences are the same when their words are: numbers in them are estimates and counters as a rule.
enum TranscriptWords {
  /// Whether all but the numbers is the same.
  ///
  /// A number is a run of digits with points or commas between; digits within a word (`idx2`) and behind
  /// `@`, `%` and `$` are none. Spaces are as good as one, rules of three dashes and more as good as each other.
  static func areSame(_ first: String, _ second: String) -> Bool {
    if first == second { return true }
    var first = Words(first)
    var second = Words(second)
    while true {
      let part = first.next()
      guard part == second.next() else { return false }
      if part == .end { return true }
    }
  }

  private struct Words {
    enum Part: Equatable { case number, space, rule, byte(UInt8), end }

    private let bytes: [UInt8]
    private var at = 0

    init(_ text: String) { bytes = Array(text.utf8) }

    mutating func next() -> Part {
      guard at < bytes.count else { return .end }
      let start = at
      let byte = bytes[at]
      at += 1
      switch byte {
      case UInt8(ascii: " "), UInt8(ascii: "\t"):
        while at < bytes.count, bytes[at] == UInt8(ascii: " ") || bytes[at] == UInt8(ascii: "\t") { at += 1 }
        // Spaces at the end are no words.
        return at == bytes.count ? .end : .space
      case UInt8(ascii: "-"):
        while at < bytes.count, bytes[at] == UInt8(ascii: "-") { at += 1 }
        if at - start >= 3 { return .rule }
        at = start + 1
      case _ where TranscriptWord.isDigit(byte) && !isWithinWord(start):
        takeNumber()
        return .number
      default: break
      }
      return .byte(byte)
    }

    private mutating func takeNumber() {
      while at < bytes.count {
        let isSeparator = bytes[at] == UInt8(ascii: ".") || bytes[at] == UInt8(ascii: ",")
        guard TranscriptWord.isDigit(bytes[isSeparator && at + 1 < bytes.count ? at + 1 : at]) else { return }
        at += 1
      }
    }

    private func isWithinWord(_ start: Int) -> Bool {
      guard start > 0 else { return false }
      let before = bytes[start - 1]
      switch before {
      case UInt8(ascii: "@"), UInt8(ascii: "%"), UInt8(ascii: "$"): return true
      case 0x80...:
        let text = String(decoding: bytes[..<start], as: UTF8.self)
        return text.unicodeScalars.last?.properties.isAlphabetic == true
      default: return TranscriptWord.isNamePart(before)
      }
    }
  }
}
