// The planner simplifies ("folds") a statement's conditions before it looks for indexes, and the expressions and
// the condition of a real index likewise: `deleted = false` becomes `NOT deleted`, `price > 990` on a numeric column
// `price > '990'::numeric`, and a function of language SQL its body. HypoPG compares them as they were parsed.
extension IndexDefinition {
  /// Whether an expression or a condition is a part of it.
  public var hasExpressionOrCondition: Bool {
    predicate != nil || keys.contains { $0.term.expression != nil }
  }

  /// The expressions of the keys and then the condition, as far as the server's own text of them says all.
  ///
  /// A text with COLLATE is left out: the server's text of a simplified expression does not name collations.
  public var foldableParts: [String] {
    (keys.compactMap(\.term.expression) + (predicate.map { [$0] } ?? [])).filter(Self.isFoldable)
  }

  /// The same index with its parts as the server has simplified them.
  ///
  /// - Parameter texts: one for each of `foldableParts`, in their order. A condition that is always true is dropped;
  ///   one that never is stays as it was typed.
  public func folded(to texts: [String]) -> IndexDefinition {
    var texts = texts[...]
    var copy = self
    for index in keys.indices {
      guard let expression = keys[index].term.expression, Self.isFoldable(expression),
        let text = texts.popFirst()
      else { continue }
      copy.keys[index].term = .expression(text)
    }
    guard let predicate, Self.isFoldable(predicate), let text = texts.popFirst() else { return copy }
    switch text {
    case "true": copy.predicate = nil
    case "false", "NULL::boolean": break
    default: copy.predicate = text
    }
    return copy
  }

  private static func isFoldable(_ text: String) -> Bool {
    let lexer = SQLLexer(text)
    return !lexer.tokens.indices.contains { lexer.word(at: $0) == "collate" }
  }

  /// Every name that is a part of it, columns, functions and operator classes alike, as the catalog has them.
  public var names: [String] {
    let lexer = SQLLexer(createStatement())
    return lexer.tokens.indices.compactMap { lexer.name(at: $0) }
  }

  /// A statement that this index serves if it serves any: its own condition, and its first expression compared with
  /// any value `$1`.
  public var servedStatement: String {
    let expression = keys.compactMap(\.term.expression).first
    let conditions = [predicate.map { "(\($0)\n)" }, expression.map { "(\($0)\n) = $1" }].compactMap(\.self)
    return "SELECT 1 FROM \(table.sql) WHERE " + conditions.joined(separator: " AND ")
  }
}

extension SQLLexer {
  /// Whether two texts have the same tokens but for parentheses and the case of words without quotes.
  public func saysTheSame(as other: SQLLexer) -> Bool {
    func words(_ lexer: SQLLexer) -> [String] {
      lexer.tokens.indices.compactMap { index in
        if lexer.isMark("(", at: index) || lexer.isMark(")", at: index) { return nil }
        return lexer.word(at: index) ?? lexer.text(of: lexer.tokens[index].range)
      }
    }
    return words(self) == words(other)
  }
}

extension IndexKey.Term {
  /// The text of an expression; nil for a column.
  public var expression: String? { if case .expression(let text) = self { text } else { nil } }
}
