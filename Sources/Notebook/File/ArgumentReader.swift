import IndexDesign
public import Reports

/// Reads the words of one command from left to right and knows where each stood.
///
/// Ranges are UTF-8 offsets into `text`, the whole command as it was typed.
public struct ArgumentReader: Sendable {
  /// The command as it was typed.
  public let text: String
  private let bytes: [UInt8]
  /// Where the next word is looked for.
  public private(set) var offset: Int

  /// A word and where it stood.
  public struct Word: Equatable, Sendable {
    /// As it was typed, its quotes included.
    public var text: String
    /// Where in the command.
    public var range: Range<Int>
    /// A word at a place.
    public init(text: String, range: Range<Int>) {
      self.text = text
      self.range = range
    }

    /// The word in lower case, for keywords.
    public var lowercased: String { text.lowercased() }
  }

  /// Begins behind the command's name; a final semicolon is not part of the arguments.
  public init(_ text: String, from offset: Int = 0) {
    self.text = text
    bytes = Array(text.utf8)
    self.offset = offset
  }

  /// The next word without taking it; nil at the end.
  public var next: Word? {
    var copy = self
    return copy.word()
  }

  /// Whether nothing but blanks and a semicolon is left.
  public var isAtEnd: Bool { next == nil }

  /// What is left, as it was typed, and where it begins.
  public var rest: Word {
    var start = offset
    while start < bytes.count, bytes[start].isBlank { start += 1 }
    var end = bytes.count
    while end > start, bytes[end - 1].isBlank { end -= 1 }
    return Word(text: String(decoding: bytes[start..<end], as: UTF8.self), range: start..<end)
  }

  /// Takes everything that is left.
  public mutating func takeRest() -> Word {
    defer { offset = bytes.count }
    return rest
  }

  /// Takes the next word; quotes keep blanks together, a parenthesis ends a word.
  public mutating func word() -> Word? {
    let word = scanWord()
    if let word { offset = word.range.upperBound }
    return word
  }

  /// Takes the next word up to the `=` in it, for `NAME=VALUE` without blanks.
  public mutating func name() -> Word? {
    guard var word = scanWord() else { return nil }
    if let end = word.text.utf8.firstIndex(of: UInt8(ascii: "=")), end > word.text.startIndex {
      word.text = String(word.text[..<end])
      word.range = word.range.lowerBound..<word.range.lowerBound + word.text.utf8.count
    }
    offset = word.range.upperBound
    return word
  }

  /// Takes a sign such as `=` when the text goes on with it, whatever follows.
  public mutating func take(sign: Character) -> Bool {
    guard let word = next, word.text.first == sign else { return false }
    offset = word.range.lowerBound + sign.utf8.count
    return true
  }

  private func scanWord() -> Word? {
    var start = offset
    while start < bytes.count, bytes[start].isBlank { start += 1 }
    guard start < bytes.count, !(bytes[start] == UInt8(ascii: ";") && isEnd(after: start)) else {
      return nil
    }
    var end = start
    var quote: UInt8?
    while end < bytes.count {
      let byte = bytes[end]
      if let open = quote {
        if byte == open { quote = nil }
      } else if byte == UInt8(ascii: "'") || byte == UInt8(ascii: "\"") {
        quote = byte
      } else if byte.isBlank || byte == UInt8(ascii: "(")
        || (byte == UInt8(ascii: ";") && isEnd(after: end))
      {
        break
      }
      end += 1
    }
    if end == start { end += 1 }
    return Word(text: String(decoding: bytes[start..<end], as: UTF8.self), range: start..<end)
  }

  /// Whether nothing but blanks and further semicolons follow.
  private func isEnd(after index: Int) -> Bool {
    bytes[(index + 1)...].allSatisfy { $0.isBlank || $0 == UInt8(ascii: ";") }
  }

  /// Takes the next word when it is the given keyword.
  public mutating func take(_ keyword: String) -> Bool {
    guard let word = next, word.lowercased == keyword else { return false }
    offset = word.range.upperBound
    return true
  }

  /// An error at a word.
  public func failure(_ message: String, at word: Word?, hint: String? = nil) -> Failure {
    let end = rest.range.lowerBound
    return Failure(
      .script, message, hint: hint, place: .init(text: text, range: word?.range ?? end..<end))
  }

  /// Complains when something is left.
  public func expectEnd(_ synopsis: String) throws(Failure) {
    if let word = next { throw unexpected(word, synopsis) }
  }

  /// An error at a word that does not belong there, with the nearest keyword of the synopsis or all of it.
  public func unexpected(_ word: Word, _ synopsis: String) -> Failure {
    let keywords = synopsis.split { !$0.isLetter }.map(String.init).filter {
      $0.count > 1 && $0 == $0.lowercased()
    }
    let near = NearName.closest(to: word.lowercased, among: keywords.filter { $0 != word.lowercased })
    return failure(
      "unexpected \"\(word.text)\"", at: word,
      hint: near.map { "did you mean \"\($0)\"?" } ?? "usage: \(synopsis)")
  }
}
