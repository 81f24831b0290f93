/// A name of the server as far as it is typed, such as `public.ord` or `"Order Li`.
public struct TypedName: Equatable {
  /// What stands before the last dot, folded or without quotes.
  public var qualifiers: [String] = []
  /// What is typed behind it, without an opening quote.
  public var last = ""
  /// Where that begins, quote and all, in the text that was read.
  public var start = 0

  /// Reads a text that is one name; `offset` is where it begins.
  public init(_ text: String, at offset: Int) {
    let lexer = SQLLexer(text)
    self.init(endOf: lexer, lexer.tokens.count)
    start += offset
  }

  /// Reads the name that ends the text before a place in the tokens, and nothing when a blank ends it.
  ///
  /// `count` tokens are looked at; the text ends behind them. What is left are the tokens before the name.
  public init(endOf lexer: SQLLexer, _ count: Int, textEnd: Int? = nil) {
    var count = count
    self.init(endOf: lexer, &count, textEnd: textEnd)
  }

  /// The same, and `count` becomes the number of tokens before the name.
  public init(endOf lexer: SQLLexer, _ count: inout Int, textEnd: Int? = nil) {
    let end = textEnd ?? lexer.tokens.prefix(count).last?.range.upperBound ?? 0
    start = end
    if count > 0, lexer.tokens[count - 1].range.upperBound == end,
      let name = lexer.name(at: count - 1, isOpen: true)
    {
      last = name
      start = lexer.tokens[count - 1].range.lowerBound
      count -= 1
    }
    var place = start
    while count > 1, lexer.isMark(".", at: count - 1), lexer.tokens[count - 1].range.upperBound == place,
      lexer.tokens[count - 2].range.upperBound == lexer.tokens[count - 1].range.lowerBound,
      let name = lexer.name(at: count - 2)
    {
      qualifiers.insert(name, at: 0)
      place = lexer.tokens[count - 2].range.lowerBound
      count -= 2
    }
  }
}

extension SQLLexer {
  /// The name in a token, folded or without its quotes; nil when it is no name.
  ///
  /// - Parameter isOpen: the name is being typed: letters keep their case, and the closing quote may be missing.
  public func name(at index: Int, isOpen: Bool = false) -> String? {
    guard tokens.indices.contains(index) else { return nil }
    let token = tokens[index]
    let text = text(of: token.range)
    switch token.kind {
    case .word: return isOpen ? text : Identifier.folded(text)
    case .quotedIdentifier:
      var inside = text.dropFirst()
      if open != .quotedIdentifier(at: token.range.lowerBound) { inside = inside.dropLast() }
      return String(inside).replacing("\"\"", with: "\"")
    default: return nil
    }
  }

  /// The keyword or unquoted name in a token, in small letters; nil for anything else.
  public func word(at index: Int) -> String? {
    guard tokens.indices.contains(index), tokens[index].kind == .word else { return nil }
    return Identifier.folded(text(of: tokens[index].range))
  }

  /// Whether a token is this sign.
  public func isMark(_ mark: String, at index: Int) -> Bool {
    guard tokens.indices.contains(index), tokens[index].kind == .punctuation else { return false }
    return text(of: tokens[index].range) == mark
  }

  /// Whether the text ends inside a string, a comment or a dollar quote, where nothing can be completed.
  public var endsInLiteral: Bool {
    switch open {
    case .string, .dollarQuote, .comment: return true
    case .quotedIdentifier, .parenthesis, nil: break
    }
    guard let comment = comments.last, tokens.last.map({ $0.range.upperBound <= comment.lowerBound }) ?? true
    else { return false }
    return text(of: comment).hasPrefix("--")
  }
}
