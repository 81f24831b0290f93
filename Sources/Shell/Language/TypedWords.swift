/// The words of a command that stand before the cursor, and the one that is being typed.
///
/// All offsets count UTF-8 code units from the beginning of the text.
struct TypedWords {
  /// One word, or one pair of parentheses with all that is in it.
  struct Word: Equatable {
    /// What it is made of.
    enum Kind: Equatable { case word, group, openGroup }

    var kind: Kind
    var text: String
    var range: Range<Int>
    /// The word in small letters, for keywords.
    var lowercased: String { text.lowercased() }
  }

  /// The words that are finished; an open parenthesis is the last one and holds all behind it.
  private(set) var words: [Word] = []
  /// What is typed of the next word; empty behind a blank.
  private(set) var partial = ""
  /// Where that word begins.
  private(set) var partialStart: Int
  /// Whether a closing parenthesis stands directly before the cursor.
  private(set) var isBehindGroup = false

  private let bytes: [UInt8]

  /// Reads `text`, which ends at the cursor, from an offset on.
  init(_ text: String, from offset: Int = 0) {
    bytes = Array(text.utf8)
    partialStart = bytes.count
    var at = min(offset, bytes.count)
    while at < bytes.count {
      if bytes[at].isBlank { at += 1 } else { at = read(from: at) }
    }
    if let last = words.last, last.range.upperBound == bytes.count {
      if last.kind == .word, last.text != ";", last.text != "=" {
        words.removeLast()
        (partial, partialStart) = (last.text, last.range.lowerBound)
      }
      isBehindGroup = last.kind == .group
    }
  }

  /// The same with the word at the cursor taken for a finished one.
  var finished: [Word] {
    partial.isEmpty
      ? words : words + [Word(kind: .word, text: partial, range: partialStart..<bytes.count)]
  }

  private mutating func read(from start: Int) -> Int {
    switch bytes[start] {
    case UInt8(ascii: "("):
      let end = groupEnd(from: start)
      return append(end == nil ? .openGroup : .group, start..<(end ?? bytes.count))
    case UInt8(ascii: ";"), UInt8(ascii: "="): return append(.word, start..<start + 1)
    default: return append(.word, start..<wordEnd(from: start))
    }
  }

  private mutating func append(_ kind: Word.Kind, _ range: Range<Int>) -> Int {
    words.append(Word(kind: kind, text: String(decoding: bytes[range], as: UTF8.self), range: range))
    return range.upperBound
  }

  /// Quotes keep blanks together; `=` ends a name only.
  private func wordEnd(from start: Int) -> Int {
    var at = start
    while at < bytes.count, !bytes[at].isBlank {
      switch bytes[at] {
      case UInt8(ascii: "("), UInt8(ascii: ";"): return max(at, start + 1)
      case UInt8(ascii: "=") where at > start && bytes[start..<at].allSatisfy(\.isNameByte): return at
      case UInt8(ascii: "'"), UInt8(ascii: "\""): at = quoteEnd(from: at)
      default: at += 1
      }
    }
    return at
  }

  private func quoteEnd(from start: Int) -> Int {
    bytes[(start + 1)...].firstIndex(of: bytes[start]).map { $0 + 1 } ?? bytes.count
  }

  private func groupEnd(from start: Int) -> Int? {
    var depth = 0
    var at = start
    while at < bytes.count {
      switch bytes[at] {
      case UInt8(ascii: "("): depth += 1
      case UInt8(ascii: ")"): depth -= 1
      case UInt8(ascii: "'"), UInt8(ascii: "\""):
        at = quoteEnd(from: at)
        continue
      default: break
      }
      at += 1
      if depth == 0 { return at }
    }
    return nil
  }
}

extension UInt8 {
  fileprivate var isBlank: Bool { [0x20, 0x09, 0x0A, 0x0D, 0x0C].contains(self) }
  fileprivate var isNameByte: Bool {
    self == 0x5F || self >= 0x80 || (0x30...0x39).contains(self) || (0x61...0x7A).contains(self | 0x20)
  }
}
