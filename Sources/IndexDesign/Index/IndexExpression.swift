/// What the tokens of an index expression say about its form.
enum IndexExpression {
  /// The name of the function when the whole expression is one plain call, which needs no parentheses
  /// around it in `CREATE INDEX`; nil for every other expression.
  static func functionName(of expression: String) -> String? {
    var cursor = TokenCursor(expression)
    guard let first = cursor.current, var name = try? cursor.identifier(first) else { return nil }
    if first.kind == .word, Identifier.reservedWords.contains(name) { return nil }
    cursor.index += 1
    while cursor.accept(mark: ".") {
      guard let next = cursor.current, let part = try? cursor.identifier(next) else { return nil }
      name = part
      cursor.index += 1
    }
    guard cursor.isMark("("), (try? cursor.balanced()) != nil, cursor.current == nil else { return nil }
    return notPlainCalls.contains(name) && first.kind == .word ? nil : name
  }

  /// `(…)` behind these words makes no call that an index key may be without parentheses.
  private static let notPlainCalls: Set<String> = ["exists", "row", "values", "interval"]

  /// The expression without its comments and the blanks around it.
  static func cleaned(_ text: String) -> String {
    let lexer = SQLLexer(text)
    guard let first = lexer.tokens.first, let last = lexer.tokens.last else { return "" }
    var result = ""
    var place = first.range.lowerBound
    for comment in lexer.comments
    where comment.lowerBound > place && comment.upperBound < last.range.upperBound {
      if lexer.tokens.contains(where: { $0.range.contains(comment.lowerBound) }) { continue }
      result += lexer.text(of: place..<comment.lowerBound) + " "
      place = comment.upperBound
    }
    return result + lexer.text(of: place..<last.range.upperBound)
  }
}
