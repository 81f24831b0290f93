/// The statement inside one that EXPLAIN does not take, or that it plans with NULL for every parameter.
public struct InnerStatement: Equatable, Sendable {
  /// The kinds of statements that hold another one.
  public enum Wrapper: Equatable, Sendable {
    /// `DECLARE … CURSOR FOR`
    case cursor
    /// `CREATE TABLE … AS`
    case table
    /// `CREATE MATERIALIZED VIEW … AS`
    case materializedView
    /// `COPY (…) TO`
    case copy
    /// `SELECT … INTO`
    case into
    /// `PREPARE … AS`, by which pg_stat_statements knows what EXECUTE runs.
    case prepare
    /// `REFRESH MATERIALIZED VIEW`: its query is in the catalog.
    case refresh(RelationName)

    /// EXECUTE and FETCH, which run what another statement has given a name.
    case named(StatementName)

    /// Whether the whole statement is planned when it has no parameters: only EXPLAIN DECLARE gives the plan of a
    /// cursor. Of CREATE TABLE AS the server would say that the table is there.
    var isExplained: Bool { self == .cursor }

    /// What is planned in the place of the whole statement, as a sentence.
    public var sentence: String {
      switch self {
      case .cursor:
        "planned: the query of the cursor, for all of its rows (a cursor is planned for the first "
          + "cursor_tuple_fraction of them)"
      case .table, .into: "planned: the query that fills the table"
      case .materializedView: "planned: the query that fills the materialized view"
      case .copy: "planned: the query inside COPY"
      case .prepare: "planned: the prepared statement"
      case .named(.cursor(let name)):
        "planned: the query of the cursor \(name), for all of its rows (a cursor is planned for the first "
          + "cursor_tuple_fraction of them)"
      case .named(.prepared(let name)): "planned: the statement that was prepared as \(name)"
      case .refresh(let name): "planned: the query of the materialized view \(name.sql)"
      }
    }
  }

  /// What it is in.
  public let wrapper: Wrapper
  /// What leaves only the inner statement; none for one that is in the catalog.
  let edits: [EditedText.Edit]
  /// The types in `PREPARE name(integer, text) AS`, in the order of the parameters; empty when none are named.
  let parameterTypes: [String]

  /// Looks for it by the words of a statement; nil when there is none.
  init?(in text: String) {
    let reader = InnerStatementReader(lexer: SQLLexer(text))
    guard let found = reader.read() else { return nil }
    (wrapper, edits) = found
    parameterTypes = wrapper == .prepare ? reader.preparedTypes : []
  }
}

private struct InnerStatementReader {
  typealias Found = (wrapper: InnerStatement.Wrapper, edits: [EditedText.Edit])

  let lexer: SQLLexer

  func read() -> Found? {
    switch lexer.word(at: 0) {
    case "declare": return direct("for", from: 1).flatMap { inside(.cursor, from: $0 + 1) }
    case "create": return created()
    case "copy":
      guard lexer.isMark("(", at: 1), let end = partner(of: 1), end > 2 else { return nil }
      return inside(.copy, from: 2, to: end)
    case "prepare": return direct("as", from: 1).flatMap { inside(.prepare, from: $0 + 1) }
    case "refresh": return refreshed()
    case "execute", "fetch", "move": return named()
    default: return selectInto()
    }
  }

  /// What stands between the parentheses behind the name.
  var preparedTypes: [String] {
    guard lexer.isMark("(", at: 2), let end = partner(of: 2), end > 3 else { return [] }
    var (types, start, depth) = ([String](), 3, 0)
    for index in 3...end {
      if lexer.isMark("(", at: index) { depth += 1 }
      if depth == 0, index == end || lexer.isMark(",", at: index) {
        guard start < index else { return [] }
        types.append(
          lexer.text(of: lexer.tokens[start].range.lowerBound..<lexer.tokens[index - 1].range.upperBound))
        start = index + 1
      }
      if lexer.isMark(")", at: index) { depth -= 1 }
    }
    return types
  }

  private func created() -> Found? {
    let words = (1...3).map { lexer.word(at: $0) ?? "" }
    let isView = words[0] == "materialized" && words[1] == "view"
    guard isView || words.contains("table"), let start = direct("as", from: 1) else { return nil }
    guard lexer.word(at: start + 1) != "execute" else { return named() }
    return inside(isView ? .materializedView : .table, from: start + 1, to: endWithoutData)
  }

  private func named() -> Found? {
    StatementName.used(by: lexer.text(of: 0..<lexer.bytes.count)).map { (.named($0), []) }
  }

  private func refreshed() -> Found? {
    guard lexer.word(at: 1) == "materialized", lexer.word(at: 2) == "view" else { return nil }
    let start = lexer.word(at: 3) == "concurrently" ? 4 : 3
    guard let first = lexer.name(at: start) else { return nil }
    guard lexer.isMark(".", at: start + 1), let second = lexer.name(at: start + 2) else {
      return (.refresh(RelationName(name: first)), [])
    }
    return (.refresh(RelationName(schema: first, name: second)), [])
  }

  /// `SELECT … INTO [TEMPORARY] [TABLE] name`, and not `INSERT INTO`.
  private func selectInto() -> Found? {
    guard ["select", "with"].contains(lexer.word(at: 0) ?? ""), let start = direct("into", from: 1),
      !["insert", "merge"].contains(lexer.word(at: start - 1) ?? "")
    else { return nil }
    var index = start + 1
    while ["temporary", "temp", "local", "global", "unlogged", "table"].contains(lexer.word(at: index) ?? "")
    { index += 1 }
    guard lexer.name(at: index) != nil else { return nil }
    if lexer.isMark(".", at: index + 1) { index += 2 }
    let range = lexer.tokens[start].range.lowerBound..<lexer.tokens[index].range.upperBound
    return (.into, [.init(range: range, replacement: "")])
  }

  /// Leaves the tokens up to `end`.
  private func inside(_ wrapper: InnerStatement.Wrapper, from start: Int, to end: Int? = nil) -> Found? {
    let end = end ?? lexer.tokens.count
    guard start < end, end <= lexer.tokens.count else { return nil }
    let range = lexer.tokens[start].range.lowerBound..<lexer.tokens[end - 1].range.upperBound
    return (
      wrapper,
      [
        .init(range: 0..<range.lowerBound, replacement: ""),
        .init(range: range.upperBound..<lexer.bytes.count, replacement: ""),
      ]
    )
  }

  /// The number of tokens without `WITH [NO] DATA`.
  private var endWithoutData: Int {
    let count = lexer.tokens.count
    guard lexer.word(at: count - 1) == "data" else { return count }
    let with = lexer.word(at: count - 2) == "no" ? count - 3 : count - 2
    return lexer.word(at: with) == "with" ? with : count
  }

  /// The first such word outside parentheses.
  private func direct(_ word: String, from start: Int) -> Int? {
    var index = start
    while index < lexer.tokens.count {
      if lexer.word(at: index) == word { return index }
      index = lexer.isMark("(", at: index) ? (partner(of: index) ?? lexer.tokens.count) + 1 : index + 1
    }
    return nil
  }

  private func partner(of opening: Int) -> Int? {
    var depth = 0
    for index in opening..<lexer.tokens.count {
      if lexer.isMark("(", at: index) { depth += 1 }
      if lexer.isMark(")", at: index) { depth -= 1 }
      if depth == 0 { return index }
    }
    return nil
  }
}
