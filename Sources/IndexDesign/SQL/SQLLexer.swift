/// Splits text into the tokens of PostgreSQL's lexical grammar, as `SQLTokenReader` has them; never fails.
public struct SQLLexer: Sendable {
  /// The tokens in order, without blanks and comments.
  public private(set) var tokens: [SQLToken] = []
  /// The comments in order; each ends before its line's end or behind its `*/`.
  public private(set) var comments: [Range<Int>] = []
  /// The quote or comment that has no end; nil when there is none. Parentheses are not looked at here.
  public private(set) var open: OpenConstruct?

  let bytes: [UInt8]

  /// Reads the whole of `text`.
  public init(_ text: String) {
    bytes = Array(text.utf8)
    var reader = SQLTokenReader(bytes[...])
    var start = 0
    while let element = reader.next() {
      switch element {
      case .token(let token):
        tokens.append(token)
        start = token.range.lowerBound
      case .comment(let range):
        comments.append(range)
        start = range.lowerBound
      }
    }
    open = reader.unfinished.map { OpenConstruct($0, at: start) }
  }

  /// The text of a range of what was given.
  public func text(of range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }
}

extension OpenConstruct {
  /// What is not finished, and where it begins.
  fileprivate init(_ unfinished: SQLTokenReader.Unfinished, at start: Int) {
    switch unfinished {
    case .string: self = .string(at: start)
    case .quotedIdentifier: self = .quotedIdentifier(at: start)
    case .dollarQuote(let tag):
      self = .dollarQuote(tag: String(decoding: tag.dropFirst().dropLast(), as: UTF8.self), at: start)
    case .comment: self = .comment(at: start)
    }
  }
}
