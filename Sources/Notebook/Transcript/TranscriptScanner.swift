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
}
