extension SQLLexer {
  /// Whether a token is a parameter, or a function of one, or an operator beside one.
  func touchesParameter(at index: Int) -> Bool {
    if isParameter(index) { return true }
    if tokens[index].kind == .operator {
      var (before, after) = (index - 1, index + 1)
      while isMark(")", at: before) { before -= 1 }
      while isMark("(", at: after) { after += 1 }
      return isParameter(before) || isParameter(after)
    }
    var opening = index + 1
    while isMark(".", at: opening) { opening += 2 }
    return isMark("(", at: opening) && groupHoldsParameter(from: opening)
  }

  /// Whether a parameter stands in the parentheses around a token, or just beside it where there are none.
  func isBesideParameter(_ index: Int) -> Bool {
    var (opening, depth) = (index, 0)
    while opening >= 0 {
      if isMark(")", at: opening) { depth += 1 }
      if isMark("(", at: opening) {
        if depth == 0 { return groupHoldsParameter(from: opening) }
        depth -= 1
      }
      opening -= 1
    }
    return (index - 2...index + 2).contains(where: isParameter)
  }

  private func isParameter(_ index: Int) -> Bool {
    tokens.indices.contains(index) && tokens[index].kind == .parameter
  }

  private func groupHoldsParameter(from opening: Int) -> Bool {
    var depth = 0
    for index in opening..<tokens.count {
      if isMark("(", at: index) { depth += 1 }
      if isMark(")", at: index) { depth -= 1 }
      if depth == 0 { return false }
      if isParameter(index) { return true }
    }
    return false
  }
}
