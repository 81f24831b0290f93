/// Reads PostgreSQL's lexical grammar element by element, and can stop at a line's end in the middle of one.
///
/// The only place that knows where a string, a name, a number or a comment ends. It never fails. Strings are
/// read as with `standard_conforming_strings = on`.
/// Source: PostgreSQL manual, "Lexical Structure"; `scan.l`.
struct SQLTokenReader {
  /// What is read in one piece.
  enum Element: Equatable {
    case token(SQLToken)
    case comment(Range<Int>)
  }

  /// A quote or a comment without its end, and what it takes to go on with it in the next line.
  enum Unfinished: Equatable {
    case string(escapes: Bool)
    case quotedIdentifier
    /// The tag with both its `$`.
    case dollarQuote(tag: [UInt8])
    case comment(depth: Int)
  }

  /// What the last element lacks; nil when it has its end.
  private(set) var unfinished: Unfinished?
  /// Whether an `E'…'` has ended with nothing but blanks behind it: a quote in a later line goes on as such.
  private(set) var endsWithEscapes: Bool
  private var goesOnWithEscapes: Bool
  private let bytes: ArraySlice<UInt8>
  private var at: Int

  /// Begins at the first byte.
  ///
  /// - Parameters:
  ///   - unfinished: what the line before has left open; nil when that is nothing.
  ///   - endsWithEscapes: what the reader of the line before says of itself.
  init(_ bytes: ArraySlice<UInt8>, unfinished: Unfinished? = nil, endsWithEscapes: Bool = false) {
    (self.bytes, at, self.unfinished) = (bytes, bytes.startIndex, unfinished)
    (self.endsWithEscapes, goesOnWithEscapes) = (endsWithEscapes, endsWithEscapes)
  }

  /// The next element; nil at the end.
  mutating func next() -> Element? {
    while at < bytes.endIndex, unfinished == nil, bytes[at].isSQLSpace { at += 1 }
    guard at < bytes.endIndex else { return nil }
    let begun = unfinished
    unfinished = nil
    switch begun {
    case nil: return element()
    case .string(let escapes): return string(prefix: nil, escapes: escapes)
    case .quotedIdentifier: return quotedIdentifier(prefix: nil)
    case .dollarQuote(let tag): return dollarQuote(from: at, tag)
    case .comment(let depth): return blockComment(depth: depth)
    }
  }

  private func byte(_ offset: Int) -> UInt8 {
    let place = at + offset
    return place < bytes.endIndex ? bytes[place] : 0
  }

  private mutating func element() -> Element {
    let first = byte(0)
    if first == UInt8(ascii: "-"), byte(1) == first { return lineComment() }
    let escapes = goesOnWithEscapes
    (goesOnWithEscapes, endsWithEscapes) = (false, false)
    switch first {
    case UInt8(ascii: "/") where byte(1) == UInt8(ascii: "*"): return blockComment(depth: 0)
    case UInt8(ascii: "'"): return string(prefix: 0, escapes: escapes)
    case UInt8(ascii: "\""): return quotedIdentifier(prefix: 0)
    case UInt8(ascii: "$"): return dollar()
    case UInt8(ascii: ".") where byte(1).isSQLDigit: return number()
    case _ where first.isSQLDigit: return number()
    case _ where first.isSQLIdentifierStart: return word()
    case _ where first.isSQLOperator: return operatorRun()
    default: return punctuation()
    }
  }

  private func token(_ kind: SQLToken.Kind, from start: Int) -> Element {
    .token(SQLToken(kind: kind, range: start..<at))
  }

  private mutating func lineComment() -> Element {
    let start = at
    while at < bytes.endIndex, !bytes[at].isSQLNewline { at += 1 }
    return .comment(start..<at)
  }

  /// - Parameter depth: how many are open already; 0 at the first sign of one.
  private mutating func blockComment(depth: Int) -> Element {
    let start = at
    var depth = depth
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
    } while depth > 0 && at < bytes.endIndex
    at = min(at, bytes.endIndex)
    if depth > 0 { unfinished = .comment(depth: depth) }
    return .comment(start..<at)
  }

  /// - Parameter prefix: how many bytes come before the quote; nil inside of the string.
  private mutating func string(prefix: Int?, escapes: Bool) -> Element {
    let start = at
    at += prefix.map { $0 + 1 } ?? 0
    while true {
      guard at < bytes.endIndex else {
        unfinished = .string(escapes: escapes)
        break
      }
      if escapes, bytes[at] == UInt8(ascii: "\\") {
        at = min(at + 2, bytes.endIndex)
      } else if bytes[at] != UInt8(ascii: "'") {
        at += 1
      } else if byte(1) == UInt8(ascii: "'") {
        at += 2
      } else if let next = continuation(after: at + 1) {
        at = next + 1
      } else {
        at += 1
        endsWithEscapes = escapes
        break
      }
    }
    return token(.string, from: start)
  }

  /// Two string constants with a line's end between them are one.
  private func continuation(after end: Int) -> Int? {
    var place = end
    var sawNewline = false
    while place < bytes.endIndex {
      if bytes[place].isSQLNewline {
        sawNewline = true
        place += 1
      } else if bytes[place].isSQLSpace {
        place += 1
      } else if bytes[place...].starts(with: [0x2D, 0x2D]) {
        while place < bytes.endIndex, !bytes[place].isSQLNewline { place += 1 }
      } else {
        break
      }
    }
    return sawNewline && place < bytes.endIndex && bytes[place] == UInt8(ascii: "'") ? place : nil
  }

  private mutating func quotedIdentifier(prefix: Int?) -> Element {
    let start = at
    at += prefix.map { $0 + 1 } ?? 0
    while true {
      guard at < bytes.endIndex else {
        unfinished = .quotedIdentifier
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
    return token(.quotedIdentifier, from: start)
  }

  private mutating func dollar() -> Element {
    let start = at
    if byte(1).isSQLDigit {
      at += 1
      while byte(0).isSQLDigit { at += 1 }
      return token(.parameter, from: start)
    }
    var end = at + 1
    if end < bytes.endIndex, bytes[end].isSQLIdentifierStart {
      while end < bytes.endIndex, bytes[end].isSQLIdentifierStart || bytes[end].isSQLDigit { end += 1 }
    }
    guard end < bytes.endIndex, bytes[end] == UInt8(ascii: "$") else {
      at += 1
      return token(.unknown, from: start)
    }
    let tag = Array(bytes[at...end])
    at = end + 1
    return dollarQuote(from: start, tag)
  }

  private mutating func dollarQuote(from start: Int, _ tag: [UInt8]) -> Element {
    while at < bytes.endIndex, !(bytes[at] == tag[0] && bytes[at...].starts(with: tag)) { at += 1 }
    if at < bytes.endIndex { at += tag.count } else { unfinished = .dollarQuote(tag: tag) }
    return token(.dollarString, from: start)
  }

  private mutating func number() -> Element {
    let start = at
    if byte(0) == UInt8(ascii: "0"), [0x78, 0x6F, 0x62].contains(byte(1) | 0x20), byte(2).isSQLHexDigit {
      at += 2
      while byte(0).isSQLHexDigit || byte(0) == UInt8(ascii: "_") { at += 1 }
      return token(.number, from: start)
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
    return token(.number, from: start)
  }

  private mutating func digits() {
    while byte(0).isSQLDigit || (byte(0) == UInt8(ascii: "_") && byte(1).isSQLDigit) { at += 1 }
  }

  private mutating func word() -> Element {
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
    return token(.word, from: start)
  }

  private mutating func operatorRun() -> Element {
    let start = at
    var end = at
    while end < bytes.endIndex, bytes[end].isSQLOperator {
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
    return token(.operator, from: start)
  }

  private mutating func punctuation() -> Element {
    let start = at
    switch (byte(0), byte(1)) {
    case (UInt8(ascii: ":"), UInt8(ascii: ":")), (UInt8(ascii: ":"), UInt8(ascii: "=")),
      (UInt8(ascii: "."), UInt8(ascii: ".")):
      at += 2
    default: at += 1
    }
    let isKnown = [UInt8]("()[],;.:".utf8).contains(bytes[start])
    return token(isKnown ? .punctuation : .unknown, from: start)
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
