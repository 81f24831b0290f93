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
    case .plain: depth > 0 ? .parenthesis : nil
    }
  }

  /// Reads one more line, without its line end.
  public mutating func read(line: ArraySlice<UInt8>) {
    line.withUnsafeBufferPointer { bytes in
      var at = 0
      while at < bytes.count { at = part(bytes, at) }
    }
    if resumption == .onThisLine { resumption = .behindLineEnd }
  }

  /// Reads up to where something else begins; returns that place.
  private mutating func part(_ line: UnsafeBufferPointer<UInt8>, _ at: Int) -> Int {
    switch mode {
    case .plain: plain(line, at)
    case .string(let escapes): string(line, at, escapes)
    case .quotedIdentifier: closing(UInt8(ascii: "\""), line, at)
    case .dollarQuote(let tag): dollarQuote(line, at, tag)
    case .comment(let depth): comment(line, at, depth)
    }
  }

  private mutating func plain(_ line: UnsafeBufferPointer<UInt8>, _ start: Int) -> Int {
    var at = start
    while at < line.count {
      let next = at + 1 < line.count ? line[at + 1] : 0
      switch line[at] {
      case UInt8(ascii: "'"):
        let goesOn = resumption == .behindLineEnd && Self.isBlank(line, start..<at)
        mode = .string(escapes: goesOn || Self.isEscaping(line, at))
        resumption = .none
        return at + 1
      case UInt8(ascii: "\""):
        mode = .quotedIdentifier
        resumption = .none
        return at + 1
      case UInt8(ascii: "-") where next == UInt8(ascii: "-"):
        if !Self.isBlank(line, start..<at) { resumption = .none }
        return line.count
      case UInt8(ascii: "/") where next == UInt8(ascii: "*"):
        mode = .comment(depth: 1)
        resumption = .none
        return at + 2
      case UInt8(ascii: "$"):
        if !Self.isInWord(line, at), let end = tagEnd(line, at) {
          mode = .dollarQuote(tag: Array(line[at...end]))
          resumption = .none
          return end + 1
        }
      case UInt8(ascii: "("): depth += 1
      case UInt8(ascii: ")"): depth = max(0, depth - 1)
      case UInt8(ascii: ";"): if depth == 0 { hasStatementEnd = true }
      default: break
      }
      at += 1
    }
    if resumption != .none, !Self.isBlank(line, start..<at) { resumption = .none }
    return at
  }

  private static func isBlank(_ line: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) -> Bool {
    line[range].allSatisfy(\.isSQLSpace)
  }

  /// Whether the quote at a place has an `E` in front of it that is a word of its own.
  private static func isEscaping(_ line: UnsafeBufferPointer<UInt8>, _ at: Int) -> Bool {
    at > 0 && line[at - 1] | 0x20 == UInt8(ascii: "e") && !isInWord(line, at - 1)
  }

  /// Whether a word goes on at a place: a letter stands before, with nothing between that ends a word.
  private static func isInWord(_ line: UnsafeBufferPointer<UInt8>, _ at: Int) -> Bool {
    var before = at - 1
    while before >= 0, line[before].isWordPart {
      if line[before].isWordStart { return true }
      before -= 1
    }
    return false
  }

  private mutating func string(_ line: UnsafeBufferPointer<UInt8>, _ start: Int, _ escapes: Bool) -> Int {
    var at = start
    while at < line.count {
      if escapes, line[at] == UInt8(ascii: "\\") {
        at += 2
      } else if line[at] == UInt8(ascii: "'") {
        at = closing(UInt8(ascii: "'"), line, at)
        if mode == .plain {
          if escapes { resumption = .onThisLine }
          return at
        }
      } else {
        at += 1
      }
    }
    return line.count
  }

  private mutating func closing(_ quote: UInt8, _ line: UnsafeBufferPointer<UInt8>, _ start: Int) -> Int {
    guard let at = line[start...].firstIndex(of: quote) else { return line.count }
    if at + 1 < line.count, line[at + 1] == quote { return at + 2 }
    mode = .plain
    return at + 1
  }

  private mutating func comment(_ line: UnsafeBufferPointer<UInt8>, _ start: Int, _ depth: Int) -> Int {
    var at = start
    while at + 1 < line.count {
      switch (line[at], line[at + 1]) {
      case (UInt8(ascii: "/"), UInt8(ascii: "*")):
        mode = .comment(depth: depth + 1)
        return at + 2
      case (UInt8(ascii: "*"), UInt8(ascii: "/")):
        mode = depth > 1 ? .comment(depth: depth - 1) : .plain
        return at + 2
      default: at += 1
      }
    }
    return line.count
  }

  /// Where the tag of a dollar quote ends that begins at a place; nil when none begins there.
  private func tagEnd(_ line: UnsafeBufferPointer<UInt8>, _ at: Int) -> Int? {
    var end = at + 1
    if end < line.count, line[end].isWordStart {
      while end < line.count, line[end].isWordPart, line[end] != UInt8(ascii: "$") { end += 1 }
    }
    return end < line.count && line[end] == UInt8(ascii: "$") ? end : nil
  }

  private mutating func dollarQuote(_ line: UnsafeBufferPointer<UInt8>, _ start: Int, _ tag: [UInt8]) -> Int {
    var at = start
    while let found = line[at...].firstIndex(of: UInt8(ascii: "$")) {
      if line[found...].starts(with: tag) {
        mode = .plain
        return found + tag.count
      }
      at = found + 1
    }
    return line.count
  }
}

extension UInt8 {
  /// A letter, `_` or a byte of another script.
  fileprivate var isWordStart: Bool { (0x61...0x7A).contains(self | 0x20) || self == 0x5F || self >= 0x80 }
  /// What may follow in a word.
  fileprivate var isWordPart: Bool {
    isWordStart || (0x30...0x39).contains(self) || self == UInt8(ascii: "$")
  }
}
