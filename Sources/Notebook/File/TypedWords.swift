import IndexDesign

/// The words of a command that stand before the cursor, and the one that is being typed.
///
/// All offsets count UTF-8 code units from the beginning of the text.
public struct TypedWords {
  /// One word, or one pair of parentheses with all that is in it.
  public struct Word: Equatable {
    /// What it is made of.
    public enum Kind: Equatable {
      /// A word, or a sign that stands alone.
      case word
      /// Parentheses with all that is in them.
      case group
      /// An opening parenthesis that none closes, with all behind it.
      case openGroup
    }

    /// What it is made of.
    public var kind: Kind
    /// As it was typed.
    public var text: String
    /// Where it stands.
    public var range: Range<Int>
    /// The word in small letters, for keywords.
    public var lowercased: String { text.lowercased() }
  }

  /// The words that are finished; an open parenthesis is the last one and holds all behind it.
  public private(set) var words: [Word] = []
  /// What is typed of the next word; empty behind a blank.
  public private(set) var partial = ""
  /// Where that word begins.
  public private(set) var partialStart: Int
  /// Whether a closing parenthesis stands directly before the cursor.
  public private(set) var isBehindGroup = false

  /// Reads `text`, which ends at the cursor, from an offset on.
  public init(_ text: String, from offset: Int = 0) {
    let bytes = Array(text.utf8)
    partialStart = bytes.count
    end = bytes.count
    let scan = Scan(bytes[...])
    var at = min(offset, bytes.count)
    while at < bytes.count {
      if bytes[at].isBlank {
        at += 1
      } else {
        words.append(scan.word(from: at))
        at = words.last?.range.upperBound ?? bytes.count
      }
    }
    if let last = words.last, last.range.upperBound == bytes.count {
      if last.kind == .word, last.text != ";", last.text != "=" {
        words.removeLast()
        (partial, partialStart) = (last.text, last.range.lowerBound)
      }
      isBehindGroup = last.kind == .group
    }
  }

  private let end: Int

  /// The same with the word at the cursor taken for a finished one.
  public var finished: [Word] {
    partial.isEmpty ? words : words + [Word(kind: .word, text: partial, range: partialStart..<end)]
  }
}

extension TypedWords {
  /// Finds the words of a text, each by where it begins.
  public struct Scan {
    private let bytes: ArraySlice<UInt8>
    private let endsAtEquals: Bool

    /// A text from its beginning to its end, or to a cursor.
    ///
    /// - Parameter endsAtEquals: whether a name ends before a `=`.
    public init(_ bytes: ArraySlice<UInt8>, endsAtEquals: Bool = true) {
      (self.bytes, self.endsAtEquals) = (bytes, endsAtEquals)
    }

    /// The word that begins at an offset.
    public func word(from start: Int) -> Word {
      switch bytes[start] {
      case UInt8(ascii: "("):
        let end = groupEnd(from: start)
        return word(end == nil ? .openGroup : .group, start..<(end ?? bytes.endIndex))
      case UInt8(ascii: ";"), UInt8(ascii: "="): return word(.word, start..<start + 1)
      default: return word(.word, start..<wordEnd(from: start))
      }
    }

    private func word(_ kind: Word.Kind, _ range: Range<Int>) -> Word {
      Word(kind: kind, text: String(decoding: bytes[range], as: UTF8.self), range: range)
    }
  }
}

extension TypedWords.Scan {
  /// Quotes keep blanks together; `=` ends a name only.
  private func wordEnd(from start: Int) -> Int {
    var at = start
    while at < bytes.endIndex, !bytes[at].isBlank {
      switch bytes[at] {
      case UInt8(ascii: "("), UInt8(ascii: ";"): return max(at, start + 1)
      case UInt8(ascii: "=") where endsAtEquals && at > start && bytes[start..<at].allSatisfy(\.isNameByte):
        return at
      case UInt8(ascii: "'"), UInt8(ascii: "\""): at = quoteEnd(from: at)
      default: at += 1
      }
    }
    return at
  }

  private func quoteEnd(from start: Int) -> Int {
    bytes[(start + 1)...].firstIndex(of: bytes[start]).map { $0 + 1 } ?? bytes.endIndex
  }

  /// Behind the parenthesis that closes the one at an offset, by the grammar of SQL; nil when none does.
  private func groupEnd(from start: Int) -> Int? {
    let lexer = SQLLexer(String(decoding: bytes[start...], as: UTF8.self))
    var depth = 0
    for token in lexer.tokens where token.range.count == 1 && token.kind == .punctuation {
      switch lexer.text(of: token.range) {
      case "(": depth += 1
      case ")": depth -= 1
      default: continue
      }
      if depth == 0 { return start + token.range.upperBound }
    }
    return nil
  }
}

extension UInt8 {
  /// A blank, or another sign that only moves on.
  public var isBlank: Bool { [0x20, 0x09, 0x0A, 0x0D, 0x0C].contains(self) }
  fileprivate var isNameByte: Bool {
    self == 0x5F || self >= 0x80 || (0x30...0x39).contains(self) || (0x61...0x7A).contains(self | 0x20)
  }
}
