extension SQLLexer {
  /// The last of the keys that commas part, which may be unfinished.
  ///
  /// - Parameter count: how many tokens of the text count.
  /// - Returns: the token with which it begins, and whether a parenthesis inside of it is open.
  public func lastKey(of count: Int) -> (start: Int, isInside: Bool) {
    var (start, depth) = (0, 0)
    for index in 0..<count {
      if isMark("(", at: index) { depth += 1 }
      if isMark(")", at: index) { depth -= 1 }
      if depth == 0, isMark(",", at: index) { start = index + 1 }
    }
    return (start, depth > 0)
  }

  /// The names in a list that is being typed, but for the one at the cursor.
  ///
  /// - Parameters:
  ///   - before: the list up to the cursor, without its parenthesis.
  ///   - after: what stands behind the cursor; what follows the list's end does not count.
  public static func names(inList before: String, and after: String) -> Set<String> {
    func names(_ text: String, dropsLast: Bool, stopsAtEnd: Bool) -> Set<String> {
      let lexer = SQLLexer(text)
      var found: Set<String> = []
      for index in lexer.tokens.indices {
        if stopsAtEnd, lexer.isMark(")", at: index) { break }
        if dropsLast, lexer.tokens[index].range.upperBound == text.utf8.count { continue }
        if let name = lexer.name(at: index) { found.insert(name) }
      }
      return found
    }
    return names(before, dropsLast: true, stopsAtEnd: false)
      .union(names(after, dropsLast: false, stopsAtEnd: true))
  }
}
