/// What is open behind the lines that were read so far, by the lexical grammar alone.
///
/// Says the same as `SQLScan` of all lines together, but reads each line once: a text of many lines is judged
/// after each of them without beginning anew.
public struct SQLContinuation: Sendable, Equatable {
  /// What no partner was found for yet.
  public enum Open: Sendable, Equatable {
    case parenthesis, string, quotedIdentifier, dollarQuote, comment
  }

  private enum Mode: Equatable {
    case plain
    case word
    case string(escapes: Bool)
    case quotedIdentifier
    case dollarQuote(tag: [UInt8])
    case comment(depth: Int)
  }

  /// An `E'…'` that has ended goes on as such when a later line begins with a quote.
  private enum Resumption { case none, onThisLine, behindLineEnd }

  private var mode = Mode.plain
  private var depth = 0
  /// Whether a `;` outside of parentheses, quotes and comments was read.
  public private(set) var hasStatementEnd = false
  private var resumption = Resumption.none

  /// Nothing was read.
  public init() {}

  /// What is open; a parenthesis only when nothing else is.
  public var open: Open? {
    switch mode {
    case .string: .string
    case .quotedIdentifier: .quotedIdentifier
    case .dollarQuote: .dollarQuote
    case .comment: .comment
    case .plain, .word: depth > 0 ? .parenthesis : nil
    }
  }

  /// Reads one more line, without its line end.
  public mutating func read(line: ArraySlice<UInt8>) {
    // Most lines of a long text hold nothing that opens, closes or ends anything.
    if mode == .plain, resumption == .none, !line.holdsMark { return }
    var at = line.startIndex
    while at < line.endIndex { at = step(line, at) }
    if mode == .word { mode = .plain }
    if resumption == .onThisLine { resumption = .behindLineEnd }
  }

  /// Takes what stands at a place; returns the next one.
  private mutating func step(_ line: ArraySlice<UInt8>, _ at: Int) -> Int {
    switch mode {
    case .plain, .word: plain(line, at)
    case .string(let escapes): string(line, at, escapes)
    case .quotedIdentifier: closing(UInt8(ascii: "\""), line, at)
    case .dollarQuote(let tag): dollarQuote(line, at, tag)
    case .comment(let depth): comment(line, at, depth)
    }
  }

  private mutating func plain(_ line: ArraySlice<UInt8>, _ at: Int) -> Int {
    let byte = line[at]
    let next = at + 1 < line.endIndex ? line[at + 1] : 0
    let isInWord = mode == .word
    mode = .plain
    if byte.isSQLSpace { return at + 1 }
    if byte == UInt8(ascii: "-"), next == byte { return line.endIndex }
    if byte == UInt8(ascii: "'") {
      mode = .string(escapes: resumption == .behindLineEnd)
      return at + 1
    }
    resumption = .none
    switch byte {
    case UInt8(ascii: "/") where next == UInt8(ascii: "*"):
      mode = .comment(depth: 1)
      return at + 2
    case UInt8(ascii: "\""): mode = .quotedIdentifier
    case UInt8(ascii: "$") where !isInWord: return dollar(line, at)
    case UInt8(ascii: "$"): mode = .word
    case UInt8(ascii: "("): depth += 1
    case UInt8(ascii: ")"): depth = max(0, depth - 1)
    case UInt8(ascii: ";"): if depth == 0 { hasStatementEnd = true }
    case UInt8(ascii: "e"), UInt8(ascii: "E"):
      if !isInWord, next == UInt8(ascii: "'") {
        mode = .string(escapes: true)
        return at + 2
      }
      mode = .word
    default: if byte.isWordByte(inWord: isInWord) { mode = .word }
    }
    return at + 1
  }

  private mutating func string(_ line: ArraySlice<UInt8>, _ at: Int, _ escapes: Bool) -> Int {
    if escapes, line[at] == UInt8(ascii: "\\") { return min(at + 2, line.endIndex) }
    let next = closing(UInt8(ascii: "'"), line, at)
    if mode == .plain, escapes { resumption = .onThisLine }
    return next
  }

  private mutating func closing(_ quote: UInt8, _ line: ArraySlice<UInt8>, _ at: Int) -> Int {
    guard line[at] == quote else { return at + 1 }
    if at + 1 < line.endIndex, line[at + 1] == quote { return at + 2 }
    mode = .plain
    return at + 1
  }

  private mutating func comment(_ line: ArraySlice<UInt8>, _ at: Int, _ depth: Int) -> Int {
    let next = at + 1 < line.endIndex ? line[at + 1] : 0
    if line[at] == UInt8(ascii: "/"), next == UInt8(ascii: "*") {
      mode = .comment(depth: depth + 1)
      return at + 2
    }
    guard line[at] == UInt8(ascii: "*"), next == UInt8(ascii: "/") else { return at + 1 }
    mode = depth > 1 ? .comment(depth: depth - 1) : .plain
    return at + 2
  }

  private mutating func dollar(_ line: ArraySlice<UInt8>, _ at: Int) -> Int {
    var end = at + 1
    while end < line.endIndex, line[end].isWordByte(inWord: end > at + 1) { end += 1 }
    guard end < line.endIndex, line[end] == UInt8(ascii: "$") else { return at + 1 }
    mode = .dollarQuote(tag: Array(line[at...end]))
    return end + 1
  }

  private mutating func dollarQuote(_ line: ArraySlice<UInt8>, _ at: Int, _ tag: [UInt8]) -> Int {
    guard line[at] == UInt8(ascii: "$"), line[at...].starts(with: tag) else { return at + 1 }
    mode = .plain
    return at + tag.count
  }
}

extension UInt8 {
  /// A letter, `_` or a byte of another script; a digit only inside a word.
  fileprivate func isWordByte(inWord: Bool) -> Bool {
    (0x61...0x7A).contains(self | 0x20) || self == 0x5F || self >= 0x80
      || (inWord && (0x30...0x39).contains(self))
  }
}

extension ArraySlice<UInt8> {
  /// Whether a byte is there that a quote, a comment, a parenthesis or the end of a statement can begin with.
  fileprivate var holdsMark: Bool {
    withUnsafeBufferPointer { bytes in
      bytes.contains { byte in
        switch byte {
        case 0x22, 0x24, 0x27, 0x28, 0x29, 0x2D, 0x2F, 0x3B: true
        default: false
        }
      }
    }
  }
}
