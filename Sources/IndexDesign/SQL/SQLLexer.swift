/// Splits text into the tokens of PostgreSQL's lexical grammar; never fails.
///
/// Strings are read as with `standard_conforming_strings = on`.
/// Source: PostgreSQL manual, "Lexical Structure"; `scan.l`.
public struct SQLLexer: Sendable {
  /// The tokens in order, without blanks and comments.
  public private(set) var tokens: [SQLToken] = []
  /// The comments in order; each ends before its line's end or behind its `*/`.
  public private(set) var comments: [Range<Int>] = []
  /// The quote or comment that has no end; nil when there is none. Parentheses are not looked at here.
  public private(set) var open: OpenConstruct?

  let bytes: [UInt8]
  private var at = 0

  /// Reads the whole of `text`.
  public init(_ text: String) {
    bytes = Array(text.utf8)
    while at < bytes.count { step() }
  }

  /// The text of a range of what was given.
  public func text(of range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }

  private func byte(_ offset: Int) -> UInt8 {
    let place = at + offset
    return place < bytes.count ? bytes[place] : 0
  }

  private mutating func step() {
    let first = byte(0)
    if first.isSQLSpace {
      at += 1
    } else if first == UInt8(ascii: "-"), byte(1) == UInt8(ascii: "-") {
      lineComment()
    } else if first == UInt8(ascii: "/"), byte(1) == UInt8(ascii: "*") {
      blockComment()
    } else if first == UInt8(ascii: "'") {
      string(prefix: 0, escapes: false)
    } else if first == UInt8(ascii: "\"") {
      quotedIdentifier(prefix: 0)
    } else if first == UInt8(ascii: "$") {
      dollar()
    } else if first.isSQLDigit || (first == UInt8(ascii: ".") && byte(1).isSQLDigit) {
      number()
    } else if first.isSQLIdentifierStart {
      word()
    } else if first.isSQLOperator {
      operatorRun()
    } else {
      punctuation()
    }
  }

  private mutating func append(_ kind: SQLToken.Kind, from start: Int) {
    tokens.append(SQLToken(kind: kind, range: start..<at))
  }

  private mutating func lineComment() {
    let start = at
    while at < bytes.count, !bytes[at].isSQLNewline { at += 1 }
    comments.append(start..<at)
  }

  private mutating func blockComment() {
    let start = at
    var depth = 0
    repeat {
      if byte(0) == UInt8(ascii: "/"), byte(1) == UInt8(ascii: "*") {
        depth += 1
        at += 2
      } else if byte(0) == UInt8(ascii: "*"), byte(1) == UInt8(ascii: "/") {
        depth -= 1
        at += 2
      } else {
        at += 1
      }
    } while depth > 0 && at < bytes.count
    at = min(at, bytes.count)
    if depth > 0 { open = .comment(at: start) }
    comments.append(start..<at)
  }

  private mutating func string(prefix: Int, escapes: Bool) {
    let start = at
    at += prefix + 1
    while true {
      guard at < bytes.count else {
        open = .string(at: start)
        break
      }
      if escapes, bytes[at] == UInt8(ascii: "\\") {
        at = min(at + 2, bytes.count)
      } else if bytes[at] != UInt8(ascii: "'") {
        at += 1
      } else if byte(1) == UInt8(ascii: "'") {
        at += 2
      } else if let next = continuation(after: at + 1) {
        at = next + 1
      } else {
        at += 1
        break
      }
    }
    append(.string, from: start)
  }

  /// Two string constants with a line's end between them are one.
  private func continuation(after end: Int) -> Int? {
    var place = end
    var sawNewline = false
    while place < bytes.count {
      if bytes[place].isSQLNewline {
        sawNewline = true
        place += 1
      } else if bytes[place].isSQLSpace {
        place += 1
      } else if bytes[place...].starts(with: [0x2D, 0x2D]) {
        while place < bytes.count, !bytes[place].isSQLNewline { place += 1 }
      } else {
        break
      }
    }
    return sawNewline && place < bytes.count && bytes[place] == UInt8(ascii: "'") ? place : nil
  }

  private mutating func quotedIdentifier(prefix: Int) {
    let start = at
    at += prefix + 1
    while true {
      guard at < bytes.count else {
        open = .quotedIdentifier(at: start)
        break
      }
      if bytes[at] != UInt8(ascii: "\"") {
        at += 1
      } else if byte(1) == UInt8(ascii: "\"") {
        at += 2
      } else {
        at += 1
        break
      }
    }
    append(.quotedIdentifier, from: start)
  }

  private mutating func dollar() {
    let start = at
    if byte(1).isSQLDigit {
      at += 1
      while byte(0).isSQLDigit { at += 1 }
      return append(.parameter, from: start)
    }
    var end = at + 1
    if end < bytes.count, bytes[end].isSQLIdentifierStart {
      while end < bytes.count, bytes[end].isSQLIdentifierStart || bytes[end].isSQLDigit { end += 1 }
    }
    guard end < bytes.count, bytes[end] == UInt8(ascii: "$") else {
      at += 1
      return append(.unknown, from: start)
    }
    let tag = Array(bytes[at...end])
    at = end + 1
    while at < bytes.count, !(bytes[at] == tag[0] && bytes[at...].starts(with: tag)) { at += 1 }
    if at < bytes.count {
      at += tag.count
    } else {
      open = .dollarQuote(tag: String(decoding: tag.dropFirst().dropLast(), as: UTF8.self), at: start)
    }
    append(.dollarString, from: start)
  }

  private mutating func number() {
    let start = at
    if byte(0) == UInt8(ascii: "0"), [0x78, 0x6F, 0x62].contains(byte(1) | 0x20), byte(2).isSQLHexDigit {
      at += 2
      while byte(0).isSQLHexDigit || byte(0) == UInt8(ascii: "_") { at += 1 }
      return append(.number, from: start)
    }
    digits()
    if byte(0) == UInt8(ascii: "."), byte(1) != UInt8(ascii: ".") {
      at += 1
      digits()
    }
    if byte(0) | 0x20 == UInt8(ascii: "e") {
      let sign = byte(1) == UInt8(ascii: "+") || byte(1) == UInt8(ascii: "-") ? 1 : 0
      if byte(1 + sign).isSQLDigit {
        at += 1 + sign
        digits()
      }
    }
    append(.number, from: start)
  }

  private mutating func digits() {
    while byte(0).isSQLDigit || (byte(0) == UInt8(ascii: "_") && byte(1).isSQLDigit) { at += 1 }
  }

  private mutating func word() {
    let quote = byte(1)
    switch byte(0) | 0x20 {
    case UInt8(ascii: "e") where quote == UInt8(ascii: "'"): return string(prefix: 1, escapes: true)
    case UInt8(ascii: "b"), UInt8(ascii: "x"), UInt8(ascii: "n"):
      if quote == UInt8(ascii: "'") { return string(prefix: 1, escapes: false) }
    case UInt8(ascii: "u") where quote == UInt8(ascii: "&"):
      if byte(2) == UInt8(ascii: "'") { return string(prefix: 2, escapes: false) }
      if byte(2) == UInt8(ascii: "\"") { return quotedIdentifier(prefix: 2) }
    default: break
    }
    let start = at
    while byte(0).isSQLIdentifierStart || byte(0).isSQLDigit || byte(0) == UInt8(ascii: "$") { at += 1 }
    append(.word, from: start)
  }

  private mutating func operatorRun() {
    let start = at
    var end = at
    while end < bytes.count, bytes[end].isSQLOperator {
      if end > start, bytes[end...].starts(with: [0x2D, 0x2D]) || bytes[end...].starts(with: [0x2F, 0x2A]) {
        break
      }
      end += 1
    }
    // A trailing sign belongs to what follows, unless a character that SQL itself does not use is there.
    if !bytes[start..<end].contains(where: { [UInt8]("~!@#^&|`?%".utf8).contains($0) }) {
      while end - start > 1, bytes[end - 1] == UInt8(ascii: "+") || bytes[end - 1] == UInt8(ascii: "-") {
        end -= 1
      }
    }
    at = end
    append(.operator, from: start)
  }

  private mutating func punctuation() {
    let start = at
    switch (byte(0), byte(1)) {
    case (UInt8(ascii: ":"), UInt8(ascii: ":")), (UInt8(ascii: ":"), UInt8(ascii: "=")),
      (UInt8(ascii: "."), UInt8(ascii: ".")):
      at += 2
    default: at += 1
    }
    let isKnown = [UInt8]("()[],;.:".utf8).contains(bytes[start])
    append(isKnown ? .punctuation : .unknown, from: start)
  }
}

extension UInt8 {
  fileprivate var isSQLNewline: Bool { self == 0x0A || self == 0x0D }
  /// Whether PostgreSQL's scanner skips it: blank, tab, line feed, carriage return, form feed, vertical tab.
  var isSQLSpace: Bool { self == 0x20 || (0x09...0x0D).contains(self) }
  fileprivate var isSQLDigit: Bool { (0x30...0x39).contains(self) }
  fileprivate var isSQLHexDigit: Bool { isSQLDigit || (0x61...0x66).contains(self | 0x20) }
  fileprivate var isSQLIdentifierStart: Bool {
    (0x61...0x7A).contains(self | 0x20) && self < 0x80 || self == 0x5F || self >= 0x80
  }
  fileprivate var isSQLOperator: Bool {
    switch self {
    case 0x7E, 0x21, 0x40, 0x23, 0x5E, 0x26, 0x7C, 0x60, 0x3F, 0x2B, 0x2D, 0x2A, 0x2F, 0x25, 0x3C, 0x3E,
      0x3D:
      true
    default: false
    }
  }
}
