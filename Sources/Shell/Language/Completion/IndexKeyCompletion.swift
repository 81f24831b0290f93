import IndexDesign
import Reports
import Server

/// What may come between the parentheses of an index's keys.
struct IndexKeyCompletion {
  /// The text from the parenthesis to the cursor, and where it begins in the line.
  let before: String
  let offset: Int
  /// What stands behind the cursor.
  let after: String
  let sources: NameSources?
  let table: CatalogNames.Entry?
  let accessMethod: String

  /// Columns at the beginning of a key; behind one its operator classes and its order.
  func offers() -> [CompletionOffer] {
    let lexer = SQLLexer(before)
    if lexer.endsInLiteral { return [] }
    var count = lexer.tokens.count
    let typed = TypedName(endOf: lexer, &count, textEnd: before.utf8.count)
    let key = currentKey(lexer, count)
    let candidates = key.isInside ? columns(without: []) : candidates(lexer, key.start..<count)
    return candidates.map { CompletionOffer(candidate: $0, typed: typed.last, start: offset + typed.start) }
  }

  /// Where the key begins that is being typed, and whether a parenthesis of its own is open.
  private func currentKey(_ lexer: SQLLexer, _ count: Int) -> (start: Int, isInside: Bool) {
    var (start, depth) = (0, 0)
    for index in 0..<count {
      if lexer.isMark("(", at: index) { depth += 1 }
      if lexer.isMark(")", at: index) { depth -= 1 }
      if depth == 0, lexer.isMark(",", at: index) { start = index + 1 }
    }
    return (start, depth > 0)
  }

  private func candidates(_ lexer: SQLLexer, _ key: Range<Int>) -> [CompletionCandidate] {
    guard let first = key.first else { return columns(without: Self.columns(in: before, and: after)) }
    let words = key.dropFirst().compactMap { lexer.word(at: $0) }
    if words.last == "nulls" { return ["first", "last"].map { .word($0, suffix: "") } }
    if words.contains("nulls") || words.last == "collate" { return [] }
    let hasOrder = words.contains("asc") || words.contains("desc")
    var found = words.isEmpty ? operatorClasses(of: lexer.name(at: first)) : []
    guard accessMethod == "btree" else { return found }
    if !hasOrder { found += ["asc", "desc"].map { .word($0, suffix: "") } }
    return found + ["nulls first", "nulls last"].map { .word($0, suffix: "") }
  }

  private func columns(without typed: Set<String>) -> [CompletionCandidate] {
    guard let sources, let table else { return [] }
    return sources.keyColumns(of: table, without: typed)
  }

  private func operatorClasses(of column: String?) -> [CompletionCandidate] {
    guard let sources, let table,
      let column = sources.names.columns(of: table).first(where: { $0.name == column })
    else { return [] }
    return sources.names.operatorClasses(of: column, accessMethod: accessMethod).map {
      .identifier($0.name, note: $0.isDefault ? "default operator class" : "operator class")
    }
  }

  /// The names in a list that is typed already, but for the one at the cursor.
  static func columns(in before: String, and after: String) -> Set<String> {
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
