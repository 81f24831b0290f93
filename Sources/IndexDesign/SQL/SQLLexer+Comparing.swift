extension SQLLexer {
  /// Where a `>` stands outside parentheses, quotes and comments that is no part of another operator: a file may follow.
  public var fileSigns: [Int] {
    var depth = 0
    return tokens.compactMap { token in
      let text = text(of: token.range)
      switch (token.kind, text) {
      case (.punctuation, "("), (.punctuation, "["): depth += 1
      case (.punctuation, ")"), (.punctuation, "]"): depth -= 1
      // What follows without a blank may be the begin of a path: >!x, >/tmp, >~/x.
      case (.operator, _) where depth == 0 && text.first == ">":
        let second = text.dropFirst().first
        return second == nil || second == "!" || second == "/" || second == "~" ? token.range.lowerBound : nil
      default: break
      }
      return nil
    }
  }

  /// What stands in front of a sign to be compared with something: the `s` of `where s > x`; nil for a whole condition,
  /// such as `where s = 1` and `where (s)`.
  ///
  /// - Parameter sign: where the sign stands, outside parentheses, behind a `where`.
  public func operand(before sign: Int) -> String? {
    var operand: [Int]?
    var depth = 0
    for (index, token) in tokens.enumerated() where token.range.lowerBound < sign {
      if isMark(")", at: index) { depth -= 1 }
      if depth == 0 {
        let word = word(at: index)
        let begins = word == "where" || (operand != nil && ["and", "or", "not"].contains(word ?? ""))
        if begins { operand = [] } else { operand?.append(index) }
      }
      if isMark("(", at: index) { depth += 1 }
    }
    guard let operand, let first = operand.first, let last = operand.last else { return nil }
    let isGroup = operand.count == 2 && isMark("(", at: first)
    if isGroup || operand.contains(where: endsOperand) { return nil }
    return text(of: tokens[first].range.lowerBound..<tokens[last].range.upperBound)
  }

  /// Whether a token makes a condition of what stands in front of it, or goes on behind one.
  private func endsOperand(at index: Int) -> Bool {
    if tokens[index].kind == .operator { return !Self.calculating.contains(text(of: tokens[index].range)) }
    return Self.conditionWords.contains(word(at: index) ?? "")
  }

  private static let calculating: Set<String> = [
    "+", "-", "*", "/", "%", "^", "||", "->", "->>", "#>", "#>>", "&", "|", "#", "<<", ">>",
  ]

  private static let conditionWords: Set<String> = [
    "is", "isnull", "notnull", "in", "like", "ilike", "similar", "between", "exists", "true", "false", "as",
    "using",
    "with", "include", "unique", "tablespace", "nulls",
  ]
}
