/// A statement with a parameter `$n` in the place of each constant, and the constants apart.
///
/// NULL, TRUE and FALSE stay, as do numbers that name a column of the result (`ORDER BY 1`) and those of
/// types (`numeric(10, 2)`). Text that libpg_query cannot read loses every number and string.
///
/// Source: PostgreSQL manual, "pg_stat_statements", which makes its texts in the same way.
public struct NormalisedStatement: Hashable, Sendable {
  /// The statement, as it can be explained: a type in front of a constant has become a cast.
  public var text: String
  /// What the parameters stand for, from `$1` on, as it was typed; nil for those that the statement had itself.
  public var values: [String?]

  /// Takes the constants out of one statement.
  public init(_ statement: String) {
    let lexer = SQLLexer(statement)
    let own = StatementParameters(statement).numbers.last ?? 0
    values = Array(repeating: nil, count: own)
    var result = ""
    var place = 0
    for range in Self.constants(of: statement, lexer) {
      result += lexer.text(of: place..<range.lowerBound)
      values.append(lexer.text(of: range))
      result += "$\(values.count)"
      place = range.upperBound
    }
    result += lexer.text(of: place..<statement.utf8.count)
    text = StatementParameters.castingTypedLiterals(in: result)
  }

  /// The places of the constants, in order.
  private static func constants(of statement: String, _ lexer: SQLLexer) -> [Range<Int>] {
    guard let parsed = try? StatementParser.parse(statement), parsed.count == 1, let root = parsed.first
    else {
      return lexer.tokens.filter(\.isLiteral).map(\.range)
    }
    var starts: Set<Int> = []
    collect(root.tree, into: &starts)
    return lexer.tokens.indices.compactMap { index in
      let token = lexer.tokens[index]
      guard starts.contains(token.range.lowerBound) else { return nil }
      if token.isLiteral { return token.range }
      // The grammar makes one constant of a sign and its number.
      guard index + 1 < lexer.tokens.count, lexer.tokens[index + 1].kind == .number else { return nil }
      return token.range.lowerBound..<lexer.tokens[index + 1].range.upperBound
    }
  }

  private static func collect(_ tree: JSONValue, into starts: inout Set<Int>) {
    switch tree {
    case .array(let elements): for element in elements { collect(element, into: &starts) }
    case .object(let members):
      for (name, value) in members {
        switch name {
        case "A_Const": if let start = constantStart(value) { starts.insert(start) }
        case "typmods": continue
        case "SortBy" where value["node"]?["A_Const"]?["ival"] != nil: continue
        case "groupClause", "distinctClause":
          for element in value.array ?? [] where element["A_Const"] == nil { collect(element, into: &starts) }
        default: collect(value, into: &starts)
        }
      }
    default: break
    }
  }

  /// Where a number or a string begins; nil for NULL and truth values, which tell nothing of the data.
  private static func constantStart(_ constant: JSONValue) -> Int? {
    guard constant["isnull"] == nil, constant["boolval"] == nil else { return nil }
    return constant["location"]?.integer ?? 0
  }
}

extension SQLToken {
  /// Whether it is a number or a string.
  var isLiteral: Bool { [.number, .string, .dollarString].contains(kind) }
}
