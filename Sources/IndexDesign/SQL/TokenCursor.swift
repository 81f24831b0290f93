/// A place in a list of tokens, for the small recursive-descent readers of this module.
struct TokenCursor {
  let lexer: SQLLexer
  var index = 0

  init(_ text: String) { lexer = SQLLexer(text) }

  /// The token that is read next; nil at the end.
  var current: SQLToken? { peek(0) }

  /// The range of the next token, or the empty one at the end of the text.
  var here: Range<Int> { current?.range ?? lexer.bytes.count..<lexer.bytes.count }

  /// Just behind the token that was read last.
  var lastEnd: Int { index > 0 ? lexer.tokens[index - 1].range.upperBound : 0 }

  func peek(_ distance: Int) -> SQLToken? {
    let place = index + distance
    return lexer.tokens.indices.contains(place) ? lexer.tokens[place] : nil
  }

  func text(of range: Range<Int>) -> String { lexer.text(of: range) }

  /// The folded word `distance` tokens ahead; nil when something else stands there.
  func word(_ distance: Int = 0) -> String? {
    guard let token = peek(distance), token.kind == .word else { return nil }
    return Identifier.folded(text(of: token.range))
  }

  func isMark(_ mark: String, _ distance: Int = 0) -> Bool {
    guard let token = peek(distance), token.kind == .punctuation || token.kind == .operator else {
      return false
    }
    return text(of: token.range) == mark
  }

  mutating func accept(word expected: String...) -> Bool {
    for (distance, word) in expected.enumerated() where self.word(distance) != word { return false }
    index += expected.count
    return true
  }

  mutating func accept(mark: String) -> Bool {
    guard isMark(mark) else { return false }
    index += 1
    return true
  }

  /// PostgreSQL's own words for a text that stops making sense at the next token.
  func unexpected(expecting what: String? = nil, hint: String? = nil) -> DesignError {
    if let open = lexer.open, current.map({ $0.range.upperBound == lexer.bytes.count }) ?? true {
      return Self.unterminated(open, in: lexer)
    }
    let place =
      current.map { "at or near \"\(text(of: $0.range))\"" } ?? "at end of input"
    return DesignError(
      .syntax, "syntax error \(place)" + (what.map { ": \($0) is expected" } ?? ""), hint: hint,
      position: here)
  }

  static func unterminated(_ open: OpenConstruct, in lexer: SQLLexer) -> DesignError {
    let what =
      switch open {
      case .parenthesis: "parenthesis"
      case .string: "quoted string"
      case .quotedIdentifier: "quoted identifier"
      case .dollarQuote: "dollar-quoted string"
      case .comment: "/* comment"
      }
    return DesignError(
      .syntax, "unterminated \(what)", hint: "close it", position: open.offset..<lexer.bytes.count)
  }

  /// Reads over a parenthesis and everything up to its partner.
  ///
  /// - Returns: what stands between the two.
  mutating func balanced(hint: String? = nil) throws(DesignError) -> Range<Int> {
    let opening = here
    guard accept(mark: "(") else { throw unexpected(expecting: "\"(\"", hint: hint) }
    var depth = 1
    while let token = current {
      if isMark("(") { depth += 1 }
      if isMark(")") { depth -= 1 }
      index += 1
      if depth == 0 { return opening.upperBound..<token.range.lowerBound }
    }
    if let open = lexer.open { throw Self.unterminated(open, in: lexer) }
    throw DesignError(.syntax, "this parenthesis is not closed", hint: hint ?? "add \")\"", position: opening)
  }

  /// Reads a name, folded or without its quotes.
  mutating func name(what: String, hint: String? = nil) throws(DesignError) -> String {
    guard let token = current else { throw unexpected(expecting: what, hint: hint) }
    guard let name = try identifier(token) else { throw unexpected(expecting: what, hint: hint) }
    if token.kind == .word, Identifier.isForbiddenUnquoted(name) {
      throw DesignError(
        .syntax, "\"\(name)\" is a reserved word and \(what) is expected",
        hint: "as a name it needs double quotes: \"\(name)\"", position: token.range)
    }
    index += 1
    return name
  }

  /// Reads `name` or `schema.name`.
  mutating func relationName(what: String, hint: String? = nil) throws(DesignError) -> RelationName {
    let start = here.lowerBound
    let first = try name(what: what, hint: hint)
    guard accept(mark: ".") else { return RelationName(schema: nil, name: first) }
    let second = try name(what: what, hint: hint)
    if isMark(".") {
      index += 1
      if current != nil { index += 1 }
      throw DesignError(
        .syntax, "a name has at most two parts", hint: "write NAME or SCHEMA.NAME", position: start..<lastEnd)
    }
    return RelationName(schema: first, name: second)
  }

  /// The name in a token; nil when the token is no name.
  func identifier(_ token: SQLToken) throws(DesignError) -> String? {
    switch token.kind {
    case .word: return Identifier.folded(text(of: token.range))
    case .quotedIdentifier: return try unquoted(token)
    default: return nil
    }
  }

  /// By bytes: a combining mark may follow a quote, and the two are one character to Swift.
  private func unquoted(_ token: SQLToken) throws(DesignError) -> String {
    let start = token.range.lowerBound
    if lexer.open == .quotedIdentifier(at: start) {
      throw Self.unterminated(.quotedIdentifier(at: start), in: lexer)
    }
    let quote = UInt8(ascii: "\"")
    if lexer.bytes[start] != quote {
      throw DesignError(
        .syntax, "names with Unicode escapes are not read here", hint: "write the characters themselves",
        position: token.range)
    }
    var name: [UInt8] = []
    var place = start + 1
    while place < token.range.upperBound - 1 {
      name.append(lexer.bytes[place])
      place += lexer.bytes[place] == quote ? 2 : 1
    }
    if name.isEmpty { throw DesignError(.syntax, "zero-length delimited identifier", position: token.range) }
    return String(decoding: name, as: UTF8.self)
  }
}
