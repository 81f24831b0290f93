/// One pass over the bytes of a recorded line.
struct TranscriptScanner {
  let bytes: [UInt8]
  /// The line's place among the others, for errors.
  let line: Int
  /// The next byte to be read.
  var at = 0

  init(_ text: String, line: Int) {
    bytes = Array(text.utf8)
    self.line = line
  }

  var isAtEnd: Bool { at >= bytes.count }

  /// The next byte; zero at the end, which no line holds.
  var next: UInt8 { at < bytes.count ? bytes[at] : 0 }

  /// An error at the next byte, or at `place`.
  func expected(_ what: String, at place: Int? = nil) -> TranscriptError {
    TranscriptError(line: line, column: place ?? at, message: "expected \(what)")
  }

  /// Whether `text` comes next, which is passed over then.
  mutating func take(_ text: StaticString) -> Bool {
    let length = text.utf8CodeUnitCount
    guard at + length <= bytes.count else { return false }
    for place in 0..<length where bytes[at + place] != text.utf8Start[place] { return false }
    at += length
    return true
  }

  /// Passes over `text`.
  mutating func require(_ text: StaticString) throws(TranscriptError) {
    guard take(text) else { throw expected("\"\(text)\"") }
  }

  /// Passes over spaces and says how many there were.
  @discardableResult
  mutating func skipSpaces() -> Int {
    let start = at
    while next == UInt8(ascii: " ") { at += 1 }
    return at - start
  }

  /// Passes over the spaces between two parts; false at the end of the line.
  mutating func takeGap() throws(TranscriptError) -> Bool {
    let gap = skipSpaces()
    if isAtEnd { return false }
    guard gap > 0 else { throw expected("a space") }
    return true
  }

  /// Nothing but spaces may follow.
  mutating func end() throws(TranscriptError) {
    skipSpaces()
    guard isAtEnd else { throw expected("the end of the line") }
  }

  /// The text between two places.
  func text(_ range: Range<Int>) -> String {
    bytes.withUnsafeBufferPointer { String(decoding: $0[range], as: UTF8.self) }
  }

  /// A bare word of letters, digits and underscores; nil when none comes next.
  mutating func takeWord() -> Range<Int>? {
    guard TranscriptWord.isNameStart(next) else { return nil }
    let start = at
    while TranscriptWord.isNamePart(next) { at += 1 }
    return start..<at
  }

  /// A name: bare or in double quotes.
  mutating func name() throws(TranscriptError) -> String {
    if next == UInt8(ascii: "\"") { return try string() }
    guard let word = takeWord() else { throw expected("a name") }
    return text(word)
  }

  /// Words with single spaces between, or a text in double quotes.
  mutating func label(_ what: String) throws(TranscriptError) -> String {
    if next == UInt8(ascii: "\"") { return try string() }
    guard let word = takeWord() else { throw expected(what) }
    while at + 1 < bytes.count, next == UInt8(ascii: " "), TranscriptWord.isNameStart(bytes[at + 1]) {
      at += 1
      _ = takeWord()
    }
    return text(word.lowerBound..<at)
  }

  /// A JSON string.
  mutating func string() throws(TranscriptError) -> String {
    guard next == UInt8(ascii: "\"") else { throw expected("a text in double quotes") }
    return try quoted()
  }

  /// SQL between back ticks.
  mutating func sql() throws(TranscriptError) -> String {
    guard next == UInt8(ascii: "`") else { throw expected("SQL between back ticks") }
    return try quoted()
  }

  /// A text up to the mark with which it begins.
  private mutating func quoted() throws(TranscriptError) -> String {
    let mark = next
    at += 1
    let start = at
    while at < bytes.count, bytes[at] != mark, bytes[at] != UInt8(ascii: "\\") { at += 1 }
    if at < bytes.count, bytes[at] == mark {
      at += 1
      return text(start..<at - 1)
    }
    var text = Array(bytes[start..<at])
    while at < bytes.count, bytes[at] != mark {
      if bytes[at] == UInt8(ascii: "\\") {
        try escape(mark, into: &text)
      } else {
        text.append(bytes[at])
        at += 1
      }
    }
    guard at < bytes.count else { throw expected(mark == UInt8(ascii: "`") ? "a closing `" : "a closing \"") }
    at += 1
    return String(decoding: text, as: UTF8.self)
  }

  private mutating func escape(_ mark: UInt8, into text: inout [UInt8]) throws(TranscriptError) {
    let start = at
    at += 1
    let byte = next
    at += 1
    switch byte {
    case mark, UInt8(ascii: "\\"), UInt8(ascii: "/"): text.append(byte)
    case UInt8(ascii: "n"): text.append(0x0A)
    case UInt8(ascii: "r"): text.append(0x0D)
    case UInt8(ascii: "t"): text.append(0x09)
    case UInt8(ascii: "b"): text.append(0x08)
    case UInt8(ascii: "f"): text.append(0x0C)
    case UInt8(ascii: "u"): text.append(contentsOf: String(try scalar(from: start)).utf8)
    default: throw expected("an escape of JSON", at: start)
    }
  }

  /// The character of `\uXXXX`, or of two of them for one beyond U+FFFF.
  private mutating func scalar(from start: Int) throws(TranscriptError) -> UnicodeScalar {
    let first = try hexadecimal(start)
    if let scalar = UnicodeScalar(first) { return scalar }
    guard first < 0xDC00, take("\\u") else { throw expected("a pair of surrogates", at: start) }
    let second = try hexadecimal(start)
    guard (0xDC00...0xDFFF).contains(second),
      let scalar = UnicodeScalar(0x10000 + ((first & 0x3FF) << 10) + (second & 0x3FF))
    else { throw expected("a pair of surrogates", at: start) }
    return scalar
  }

  private mutating func hexadecimal(_ start: Int) throws(TranscriptError) -> UInt32 {
    var value: UInt32 = 0
    for _ in 0..<4 {
      let digit = next
      switch digit {
      case UInt8(ascii: "0")...UInt8(ascii: "9"): value = value << 4 | UInt32(digit - UInt8(ascii: "0"))
      case UInt8(ascii: "a")...UInt8(ascii: "f"), UInt8(ascii: "A")...UInt8(ascii: "F"):
        value = value << 4 | UInt32((digit | 0x20) - UInt8(ascii: "a") + 10)
      default: throw expected("four hexadecimal digits", at: start)
      }
      at += 1
    }
    return value
  }
}
