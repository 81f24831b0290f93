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

  /// Whether what stands in front of a sign is compared with something, rather than a whole condition: `where s` of
  /// `where s > x`, and neither `where s = 1` nor `where (s)`.
  ///
  /// - Parameter sign: where the sign stands, outside parentheses, behind a `where`.
  public func holdsOperand(before sign: Int) -> Bool {
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
    guard let operand, let first = operand.first else { return false }
    let isGroup = operand.count == 2 && isMark("(", at: first)
    return !isGroup && !operand.contains(where: endsOperand)
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
