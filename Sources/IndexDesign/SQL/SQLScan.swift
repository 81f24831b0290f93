/// What the lexical grammar alone says of a text: where its first statement ends and what is open.
public struct SQLScan: Sendable {
  /// Just behind the first `;` outside parentheses, quotes and comments; nil when there is none.
  public let firstStatementEnd: Int?
  /// What is open at the end of the text; nil when it could end here. A parenthesis counts only
  /// inside the last statement.
  public let open: OpenConstruct?
  /// Whether there is nothing but blanks and comments.
  public let isBlank: Bool
  /// Where the first thing other than blanks, comments and `;` behind the first `;` starts;
  /// nil when there is no second statement.
  public let secondStatementOffset: Int?

  /// Reads the whole of `text`.
  public init(_ text: String) {
    let lexer = SQLLexer(text)
    var parentheses: [Int] = []
    var end: Int?
    var second: Int?
    for token in lexer.tokens {
      let isMark = token.kind == .punctuation && token.range.count == 1
      let mark = isMark ? lexer.bytes[token.range.lowerBound] : 0
      if end != nil, second == nil, mark != UInt8(ascii: ";") { second = token.range.lowerBound }
      switch mark {
      case UInt8(ascii: "("): parentheses.append(token.range.lowerBound)
      case UInt8(ascii: ")"): _ = parentheses.popLast()
      case UInt8(ascii: ";") where parentheses.isEmpty && end == nil: end = token.range.upperBound
      default: break
      }
    }
    firstStatementEnd = end
    secondStatementOffset = second
    open = lexer.open ?? parentheses.last.map { .parenthesis(at: $0) }
    isBlank = lexer.tokens.isEmpty
  }
}
