/// The parts of `CREATE INDEX` that the short form and the statement have in common.
extension TokenCursor {
  /// Reads `(key, …)`.
  mutating func indexKeys(
    hint: String
  ) throws(DesignError) -> (keys: [IndexKey], ranges: [ParsedIndexDefinition.KeyRanges]) {
    try openList(of: "an index key", hint: hint)
    var keys: [IndexKey] = []
    var ranges: [ParsedIndexDefinition.KeyRanges] = []
    repeat {
      let (key, range) = try indexKey(hint: hint)
      keys.append(key)
      ranges.append(range)
    } while accept(mark: ",")
    try closeList(hint: hint)
    return (keys, ranges)
  }

  /// Reads `(column, …)` behind INCLUDE.
  mutating func includedColumns() throws(DesignError) -> (names: [String], ranges: [Range<Int>]) {
    let hint = "write include (COLUMN, …)"
    try openList(of: "a column", hint: hint)
    var names: [String] = []
    var ranges: [Range<Int>] = []
    repeat {
      ranges.append(here)
      names.append(try name(what: "a column", hint: hint))
    } while accept(mark: ",")
    try closeList(hint: hint)
    return (names, ranges)
  }

  /// Reads `(name = value, …)` behind WITH or behind an operator class.
  mutating func parameters(hint: String) throws(DesignError) -> [StorageParameter] {
    try openList(of: "a parameter", hint: hint)
    var parameters: [StorageParameter] = []
    repeat {
      guard let token = current, var name = try identifier(token) else {
        throw unexpected(expecting: "a parameter's name", hint: hint)
      }
      index += 1
      if accept(mark: ".") {
        guard let second = current, let part = try identifier(second) else {
          throw unexpected(expecting: "a parameter's name", hint: hint)
        }
        index += 1
        name += "." + part
      }
      parameters.append(StorageParameter(name: name, value: try parameterValue(hint: hint)))
    } while accept(mark: ",")
    try closeList(hint: hint)
    return parameters
  }

  private mutating func parameterValue(hint: String) throws(DesignError) -> String? {
    guard accept(mark: "=") else { return nil }
    let start = here.lowerBound
    let first = index
    while current != nil, !isMark(","), !isMark(")"), !isMark(";"), !isMark("(") { index += 1 }
    guard index > first else { throw unexpected(expecting: "a value", hint: hint) }
    return IndexExpression.cleaned(text(of: start..<lastEnd))
  }

  private mutating func openList(of what: String, hint: String) throws(DesignError) {
    var ahead = self
    _ = try ahead.balanced(hint: hint)
    index += 1
    if isMark(")") { throw unexpected(expecting: what, hint: hint) }
  }

  private mutating func closeList(hint: String) throws(DesignError) {
    guard accept(mark: ")") else { throw unexpected(expecting: "\",\" or \")\"", hint: hint) }
  }

  private mutating func indexKey(
    hint: String
  ) throws(DesignError) -> (IndexKey, ParsedIndexDefinition.KeyRanges) {
    let start = here.lowerBound
    var (term, termRange) = try keyTerm(hint: hint)
    if case .expression(let text) = term {
      term = .expression(IndexExpression.cleaned(text))
    }
    var key = IndexKey(term)
    var ranges = ParsedIndexDefinition.KeyRanges(whole: termRange, term: termRange)
    if accept(word: "collate") {
      let place = here.lowerBound
      key.collation = try relationName(what: "a collation", hint: "write collate \"C\", for example")
      ranges.collation = place..<lastEnd
    }
    if startsOperatorClass {
      let place = here.lowerBound
      key.operatorClass = try relationName(what: "an operator class", hint: hint)
      ranges.operatorClass = place..<lastEnd
      if isMark("(") {
        key.operatorClassParameters = try parameters(hint: "write OPERATOR_CLASS(NAME = VALUE, …)")
      }
    }
    try readOrder(into: &key)
    ranges.whole = start..<lastEnd
    if !isMark(","), !isMark(")") { throw misplacedInKey(from: start, hint: hint) }
    return (key, ranges)
  }

  private mutating func readOrder(into key: inout IndexKey) throws(DesignError) {
    if accept(word: "desc") { key.isDescending = true } else { _ = accept(word: "asc") }
    if accept(word: "nulls") {
      if accept(word: "first") {
        key.nullsFirst = true
      } else if accept(word: "last") {
        key.nullsFirst = false
      } else {
        throw unexpected(expecting: "first or last", hint: "write nulls first or nulls last")
      }
    }
  }

  private var startsOperatorClass: Bool {
    guard let token = current, token.kind == .word || token.kind == .quotedIdentifier else { return false }
    switch word() {
    case "asc", "desc": return false
    case "nulls": return word(1) != "first" && word(1) != "last"
    default: return true
    }
  }

  /// A column, a call or an expression in parentheses, which alone need none around them.
  private mutating func keyTerm(hint: String) throws(DesignError) -> (IndexKey.Term, Range<Int>) {
    if isMark("(") {
      let inner = try balanced(hint: hint)
      let range = trimmed(inner)
      guard !range.isEmpty else {
        throw DesignError(
          .syntax, "an expression is expected between the parentheses", hint: hint,
          position: inner.lowerBound - 1..<inner.upperBound + 1)
      }
      return (.expression(text(of: range)), range)
    }
    let start = here.lowerBound
    guard let token = current, let first = try identifier(token) else {
      throw unexpected(expecting: "a column or an expression", hint: hint)
    }
    var ahead = self
    ahead.index += 1
    while ahead.accept(mark: ".") { ahead.index += 1 }
    if ahead.isMark("(") {
      _ = try ahead.balanced(hint: hint)
      self = ahead
      return (.expression(text(of: start..<lastEnd)), start..<lastEnd)
    }
    if isMark(".", 1) {
      throw DesignError(
        .syntax, "a key is a column of the index's own table, without the table's name",
        hint: "write only the column's name", position: start..<ahead.lastEnd)
    }
    _ = try name(what: "a column", hint: hint)
    return (.column(first), start..<lastEnd)
  }

  /// What stands behind a key often shows that the key is an expression without its parentheses.
  private func misplacedInKey(from start: Int, hint: String) -> DesignError {
    guard current?.kind == .operator || isMark("::") || isMark("[") else {
      return unexpected(expecting: "\",\" or \")\"", hint: hint)
    }
    var ahead = self
    while ahead.current != nil, !ahead.isMark(","), !ahead.isMark(")") {
      if ahead.isMark("("), (try? ahead.balanced()) != nil { continue }
      ahead.index += 1
    }
    return unexpected(hint: "an expression needs its own parentheses: (\(text(of: start..<ahead.lastEnd)))")
  }

  /// A range without the blanks and comments at its two ends.
  func trimmed(_ range: Range<Int>) -> Range<Int> {
    let inside = lexer.tokens.filter { range.contains($0.range.lowerBound) }
    guard let first = inside.first, let last = inside.last else { return range.lowerBound..<range.lowerBound }
    return first.range.lowerBound..<last.range.upperBound
  }
}
