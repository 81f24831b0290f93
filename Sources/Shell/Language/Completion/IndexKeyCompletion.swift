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
    let key = lexer.lastKey(of: count)
    let candidates = key.isInside ? columns(without: []) : candidates(lexer, key.start..<count)
    return candidates.map { CompletionOffer(candidate: $0, typed: typed.last, start: offset + typed.start) }
  }

  private func candidates(_ lexer: SQLLexer, _ key: Range<Int>) -> [CompletionCandidate] {
    guard let first = key.first else { return columns(without: SQLLexer.names(inList: before, and: after)) }
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
}
