/// The relations that a statement names, as far as it is typed, with their aliases.
public struct StatementRelations {
  /// A relation and how columns refer to it.
  public struct Reference: Equatable {
    /// The relation, as it is typed.
    public var name: RelationName
    /// The alias, or the relation's own name.
    public var alias: String
  }

  /// In the order of the text.
  public private(set) var references: [Reference] = []
  /// The names of WITH queries.
  public private(set) var commonTables: [String] = []

  private let lexer: SQLLexer

  /// Words behind a relation that are no alias.
  private static let notAlias: Set<String> = [
    "as", "cross", "except", "fetch", "for", "full", "group", "having", "inner", "intersect", "join", "left",
    "limit", "natural", "offset", "on", "order", "returning", "right", "select", "set", "tablesample",
    "union",
    "using", "values", "when", "where", "window", "from",
  ]

  /// Reads the whole statement, what is behind the cursor too.
  public init(_ text: String) {
    lexer = SQLLexer(text)
    for index in lexer.tokens.indices {
      switch lexer.word(at: index) {
      case "from": list(from: index + 1, goesOn: true)
      case "join", "update", "into": list(from: index + 1, goesOn: false)
      case "table" where index == 0: list(from: index + 1, goesOn: false)
      case "with" where index == 0 || lexer.isMark("(", at: index - 1): commonTable(index + 1)
      case "as" where index > 1 && lexer.isMark(",", at: index - 2): commonTable(index - 1)
      default: break
      }
    }
  }

  /// The relation that an alias or a name stands for; the last one of that name counts.
  public func reference(_ alias: String) -> Reference? { references.last { $0.alias == alias } }

  /// `name as (` of a WITH clause.
  private mutating func commonTable(_ index: Int) {
    let start = lexer.word(at: index) == "recursive" ? index + 1 : index
    guard let name = lexer.name(at: start), lexer.word(at: start + 1) == "as",
      lexer.isMark("(", at: start + 2)
    else { return }
    commonTables.append(name)
  }

  private mutating func list(from start: Int, goesOn: Bool) {
    var index = start
    while index < lexer.tokens.count {
      while ["only", "lateral"].contains(lexer.word(at: index)) { index += 1 }
      if lexer.isMark("(", at: index) {
        index = behindGroup(index)
        _ = alias(&index)
      } else {
        guard let name = relationName(&index) else { return }
        references.append(Reference(name: name, alias: alias(&index) ?? name.name))
      }
      guard goesOn, lexer.isMark(",", at: index) else { return }
      index += 1
    }
  }

  private func relationName(_ index: inout Int) -> RelationName? {
    guard let first = lexer.name(at: index), !Self.notAlias.contains(lexer.word(at: index) ?? "") else {
      return nil
    }
    index += 1
    guard lexer.isMark(".", at: index), let second = lexer.name(at: index + 1) else {
      return RelationName(name: first)
    }
    index += 2
    return RelationName(schema: first, name: second)
  }

  private func alias(_ index: inout Int) -> String? {
    if lexer.word(at: index) == "as" { index += 1 }
    guard let name = lexer.name(at: index), !Self.notAlias.contains(lexer.word(at: index) ?? "") else {
      return nil
    }
    index += 1
    return name
  }

  private func behindGroup(_ start: Int) -> Int {
    var (index, depth) = (start, 0)
    while index < lexer.tokens.count {
      if lexer.isMark("(", at: index) { depth += 1 }
      if lexer.isMark(")", at: index) { depth -= 1 }
      index += 1
      if depth == 0 { break }
    }
    return index
  }
}
