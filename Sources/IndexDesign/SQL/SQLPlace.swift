/// What PostgreSQL would expect at the end of an unfinished statement, as far as its words tell.
public enum SQLPlace: Equatable {
  /// The beginning of a statement or of a subquery.
  case statement
  /// The name of a relation.
  case relation
  /// Behind a relation, in the clause of this keyword.
  case afterRelation(clause: String)
  /// A column or an expression, in this clause.
  case operand(clause: String)
  /// Behind an expression, in this clause.
  case afterOperand(clause: String)
  /// Behind `order` or `group`.
  case beforeBy
  /// The list of columns of INSERT.
  case insertColumns
  /// Something that is not completed.
  case unknown

  private static let relationClauses: Set<String> = ["from", "join", "into", "update", "table"]
  private static let operandClauses: Set<String> = [
    "select", "where", "on", "having", "by", "set", "returning", "using",
  ]
  private static let otherClauses: Set<String> = [
    "values", "limit", "offset", "fetch", "for", "window", "with", "union", "intersect", "except",
  ]
  /// Words behind which an operand comes.
  private static let beforeOperand: Set<String> = [
    "and", "or", "not", "between", "in", "like", "ilike", "similar", "to", "case", "when", "then", "else",
    "distinct", "all",
    "any", "some", "exists", "is",
  ]

  /// Judges by the first `count` tokens.
  public init(_ lexer: SQLLexer, _ count: Int) {
    guard count > 0 else {
      self = .statement
      return
    }
    let previous = count - 1
    if ["order", "group"].contains(lexer.word(at: previous)), !lexer.isMark(".", at: previous - 1) {
      self = .beforeBy
      return
    }
    let (clause, clauseIndex, isInside) = Self.clause(lexer, count)
    guard let clause, let clauseIndex else {
      let isStart = lexer.isMark("(", at: previous) || lexer.word(at: previous) == "explain"
      self = isStart || lexer.isMark(")", at: previous) ? .statement : .unknown
      return
    }
    let isDirect = previous == clauseIndex
    switch clause {
    case _ where Self.relationClauses.contains(clause):
      if clause == "into", isInside {
        self = .insertColumns
      } else if isDirect || ["only", "lateral"].contains(lexer.word(at: previous))
        || (clause == "from" && (lexer.isMark(",", at: previous) || lexer.isMark("(", at: previous)))
      {
        self = .relation
      } else {
        self = .afterRelation(clause: clause)
      }
    case _ where Self.operandClauses.contains(clause):
      let isOperand = isDirect || Self.comesBeforeOperand(lexer, previous)
      self = isOperand ? .operand(clause: clause) : .afterOperand(clause: clause)
    case "union", "intersect", "except": self = .statement
    case "with" where lexer.isMark(")", at: previous) || lexer.isMark("(", at: previous): self = .statement
    default: self = .unknown
    }
  }

  /// The keyword of the clause that the end is in, and whether a parenthesis was opened behind it.
  private static func clause(_ lexer: SQLLexer, _ count: Int) -> (String?, Int?, Bool) {
    var (depth, isInside) = (0, false)
    for index in stride(from: count - 1, through: 0, by: -1) {
      if lexer.isMark(")", at: index) { depth += 1 }
      if lexer.isMark("(", at: index) {
        if depth == 0 { isInside = true } else { depth -= 1 }
      }
      guard depth == 0, let word = lexer.word(at: index) else { continue }
      let isClause =
        relationClauses.contains(word) || operandClauses.contains(word) || otherClauses.contains(word)
      // A word behind a dot is a name.
      if isClause, !lexer.isMark(".", at: index - 1) { return (word, index, isInside) }
    }
    return (nil, nil, isInside)
  }

  private static func comesBeforeOperand(_ lexer: SQLLexer, _ index: Int) -> Bool {
    if lexer.isMark(",", at: index) || lexer.isMark("(", at: index) { return true }
    // A star alone is all columns, and nothing is multiplied yet.
    if lexer.tokens[index].kind == .operator {
      return !(lexer.text(of: lexer.tokens[index].range) == "*" && isAllColumns(lexer, index))
    }
    return beforeOperand.contains(lexer.word(at: index) ?? "")
  }

  private static func isAllColumns(_ lexer: SQLLexer, _ index: Int) -> Bool {
    lexer.isMark(".", at: index - 1) || lexer.isMark(",", at: index - 1) || lexer.isMark("(", at: index - 1)
      || ["select", "distinct", "returning"].contains(lexer.word(at: index - 1))
  }
}
