/// The tables that a statement reads by their names, each of which may be read as a sample of all its rows.
///
/// `TABLESAMPLE BERNOULLI (100)` costs what a sequential scan costs, and `enable_seqscan` does not concern it: so the
/// sequential scans of one table can be forbidden while those of the others are as cheap as ever.
/// - Source: `cost_samplescan` in PostgreSQL's costsize.c.
public struct SampledTables: Equatable, Sendable {
  /// One mention of a table.
  public struct Place: Equatable, Sendable {
    /// The name as it is written.
    public var table: RelationName
    /// Behind the name and its alias, in UTF-8 code units.
    var end: Int
  }

  /// The mentions in reading order. Common table expressions, the target of a change and what is a sample already are
  /// none.
  public private(set) var places: [Place] = []
  private let lexer: SQLLexer

  /// Reads a statement.
  ///
  /// - Returns: nil when it cannot be parsed.
  public init?(in statement: String) {
    guard let parsed = try? StatementParser.parse(statement) else { return nil }
    lexer = SQLLexer(statement)
    var common: Set<String> = []
    for tree in parsed.map(\.tree) { collect(tree, &common) }
    places.removeAll { $0.table.schema == nil && common.contains($0.table.name) }
    places.sort { $0.end < $1.end }
  }

  /// The statement with samples at some of the places.
  ///
  /// - Parameter chosen: indexes of `places`.
  public func statement(sampling chosen: Set<Int>) -> String {
    EditedText(lexer.text(of: 0..<lexer.bytes.count)).editing(
      chosen.map {
        .init(range: places[$0].end..<places[$0].end, replacement: " TABLESAMPLE BERNOULLI (100)")
      }
    ).text
  }

  private mutating func collect(_ tree: JSONValue, _ common: inout Set<String>) {
    switch tree {
    case .array(let elements): for element in elements { collect(element, &common) }
    case .object(let members):
      if let name = tree["ctename"]?.string { common.insert(name) }
      for member in members {
        switch member.name {
        case "RangeVar": place(of: member.value).map { places.append($0) }
        case "RangeTableSample", "lockedRels": continue
        default: collect(member.value, &common)
        }
      }
    default: break
    }
  }

  private func place(of table: JSONValue) -> Place? {
    let start = table["location"]?.integer ?? 0
    guard let name = table["relname"]?.string,
      var last = lexer.tokens.firstIndex(where: { $0.range.lowerBound == start })
    else { return nil }
    while lexer.isMark(".", at: last + 1) { last += 2 }
    // `t *` and `ONLY (t)`, which nobody writes.
    guard lexer.name(at: last) == name,
      !lexer.tokens.indices.contains(last + 1)
        || lexer.text(of: lexer.tokens[last + 1].range) != "*" && !isInOnly(last)
    else { return nil }
    if let alias = table["alias"] {
      if lexer.word(at: last + 1) == "as" { last += 1 }
      last += 1
      if alias["colnames"] != nil {
        guard let end = (last + 1..<lexer.tokens.count).first(where: { lexer.isMark(")", at: $0) }) else {
          return nil
        }
        last = end
      }
    }
    guard lexer.tokens.indices.contains(last) else { return nil }
    return Place(
      table: RelationName(schema: table["schemaname"]?.string, name: name),
      end: lexer.tokens[last].range.upperBound)
  }

  private func isInOnly(_ last: Int) -> Bool {
    var first = last
    while lexer.isMark(".", at: first - 1) { first -= 2 }
    return lexer.isMark("(", at: first - 1) && lexer.word(at: first - 2) == "only"
  }

  /// Whether two statements are the same.
  public static func == (left: SampledTables, right: SampledTables) -> Bool {
    left.places == right.places && left.lexer.bytes == right.lexer.bytes
  }
}
