/// Expressions that a statement must repeat, and that differ in what pg_stat_statements put in the place of constants.
///
/// `SELECT date_trunc($1, ts) … GROUP BY date_trunc('day', ts)` was one expression twice when it ran. Source:
/// pg_stat_statements takes the constants out of the SELECT list, and GROUP BY refers to that.
struct RepeatedExpressions {
  /// What makes the parameters equal.
  private(set) var edits: [EditedText.Edit] = []
  /// What that assumes.
  private(set) var assumptions: [ParameterAssumption] = []
  private let lexer: SQLLexer

  /// Looks for them in one statement; there are no edits when libpg_query cannot read it.
  init(in text: String) {
    lexer = SQLLexer(text)
    guard let statement = try? StatementParser.parse(text).first else { return }
    let tree = JSONValue.object([(statement.kind, statement.tree)])
    ParameterSources.each(of: tree) { name, value in
      if ["SelectStmt", "larg", "rarg"].contains(name) { compare(value) }
    }
  }

  private mutating func compare(_ select: JSONValue) {
    let clauses = ["groupClause", "distinctClause", "sortClause"].flatMap { select[$0]?.array ?? [] }
    for key in clauses.flatMap({ Self.keys(in: $0) }) {
      for part in ["targetList", "havingClause", "sortClause", "distinctClause"] {
        guard let members = select[part] else { continue }
        find(key, in: members)
      }
    }
  }

  /// The expressions of a clause, those of grouping sets one by one.
  private static func keys(in element: JSONValue) -> [JSONValue] {
    if let set = element["GroupingSet"] { return (set["content"]?.array ?? []).flatMap { keys(in: $0) } }
    if let sort = element["SortBy"] { return [sort["node"]].compactMap { $0 } }
    if let row = element["RowExpr"] { return row["args"]?.array ?? [] }
    let isPlain = element["ParamRef"] != nil || element["A_Const"] != nil || element["ColumnRef"] != nil
    return isPlain ? [] : [element]
  }

  /// Every place where the key stands with other constants.
  private mutating func find(_ key: JSONValue, in tree: JSONValue) {
    var pairs: [(JSONValue, JSONValue)] = []
    if Self.isSame(key, tree, &pairs) {
      for (wanted, found) in pairs { unify(wanted, found) }
      return
    }
    switch tree {
    case .array(let elements): for element in elements { find(key, in: element) }
    case .object(let members): for member in members { find(key, in: member.value) }
    default: break
    }
  }

  /// Whether two trees differ in nothing but places and constants.
  private static func isSame(
    _ left: JSONValue, _ right: JSONValue, _ pairs: inout [(JSONValue, JSONValue)]
  ) -> Bool {
    let isParameter = left["ParamRef"] != nil || right["ParamRef"] != nil
    if isParameter, isConstant(left), isConstant(right) {
      pairs.append((left, right))
      return true
    }
    switch (left, right) {
    case (.array(let a), .array(let b)):
      guard a.count == b.count else { return false }
      for (one, other) in zip(a, b) where !isSame(one, other, &pairs) { return false }
      return true
    case (.object(let a), .object(let b)):
      let (a, b) = (a.filter { $0.name != "location" }, b.filter { $0.name != "location" })
      guard a.count == b.count else { return false }
      for (one, other) in zip(a, b) {
        guard one.name == other.name, isSame(one.value, other.value, &pairs) else { return false }
      }
      return true
    default: return left == right
    }
  }

  private static func isConstant(_ tree: JSONValue) -> Bool {
    tree["ParamRef"] != nil || tree["A_Const"] != nil
  }

  private mutating func unify(_ wanted: JSONValue, _ found: JSONValue) {
    let known = wanted["ParamRef"]?["number"]?.integer
    let own = found["ParamRef"]?["number"]?.integer
    if let own, known != own {
      if let known {
        replace(found, with: "$\(known)", .same(number: own, as: known))
      } else if let constant = constant(wanted) {
        replace(found, with: constant, .value(number: own, sql: constant))
      }
    } else if let known, own == nil, let constant = constant(found) {
      replace(wanted, with: constant, .value(number: known, sql: constant))
    }
  }

  private mutating func replace(_ parameter: JSONValue, with text: String, _ assumption: ParameterAssumption)
  {
    let place = parameter["ParamRef"]?["location"]?.integer ?? 0
    guard let token = lexer.tokens.first(where: { $0.range.lowerBound == place }),
      !edits.contains(where: { $0.range == token.range })
    else { return }
    edits.append(.init(range: token.range, replacement: text))
    if !assumptions.contains(assumption) { assumptions.append(assumption) }
  }

  /// A constant as it stands in the text, with its sign.
  private func constant(_ tree: JSONValue) -> String? {
    let place = tree["A_Const"]?["location"]?.integer ?? 0
    guard let index = lexer.tokens.firstIndex(where: { $0.range.lowerBound == place }) else { return nil }
    let token = lexer.tokens[index]
    guard token.kind == .operator, index + 1 < lexer.tokens.count else { return lexer.text(of: token.range) }
    return lexer.text(of: token.range.lowerBound..<lexer.tokens[index + 1].range.upperBound)
  }
}
