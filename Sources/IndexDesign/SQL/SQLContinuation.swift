/// What is open behind the lines that were read so far, by the lexical grammar alone.
///
/// Says the same as `SQLScan` of all lines together, but reads each line once: a text of many lines is judged
/// after each of them without beginning anew.
public struct SQLContinuation: Sendable, Equatable {
  /// What no partner was found for yet.
  public enum Open: Sendable, Equatable {
    case parenthesis, string, quotedIdentifier, dollarQuote, comment
  }

  private var unfinished: SQLTokenReader.Unfinished?
  private var endsWithEscapes = false
  private var depth = 0
  /// Whether a `;` outside of parentheses, quotes and comments was read.
  public private(set) var hasStatementEnd = false

  /// Nothing was read.
  public init() {}

  /// What is open; a parenthesis only when nothing else is.
  public var open: Open? {
    switch unfinished {
    case .string: .string
    case .quotedIdentifier: .quotedIdentifier
    case .dollarQuote: .dollarQuote
    case .comment: .comment
    case nil: depth > 0 ? .parenthesis : nil
    }
  }

  /// Reads one more line, without its line end.
  public mutating func read(line: ArraySlice<UInt8>) {
    // Most lines of a long text hold nothing that opens, closes or ends anything.
    if unfinished == nil, !endsWithEscapes, !line.holdsMark { return }
    var reader = SQLTokenReader(line, unfinished: unfinished, endsWithEscapes: endsWithEscapes)
    while let element = reader.next() {
      guard case .token(let token) = element, token.kind == .punctuation else { continue }
      switch line[token.range.lowerBound] {
      case UInt8(ascii: "("): depth += 1
      case UInt8(ascii: ")"): depth = max(0, depth - 1)
      case UInt8(ascii: ";"): if depth == 0 { hasStatementEnd = true }
      default: break
      }
    }
    (unfinished, endsWithEscapes) = (reader.unfinished, reader.endsWithEscapes)
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
