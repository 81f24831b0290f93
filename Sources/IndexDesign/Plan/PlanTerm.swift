/// One thing that a statement asks of its rows, as a plan made with VERBOSE words it: a comparison, a join or a key of
/// an order.
struct PlanTerm {
  /// The operator between the sides; nil for IS NULL, a flag, an order and their like.
  var comparison: String?
  /// Both sides of a comparison, else what is asked for.
  var sides: [PlanOperand]
  /// Whether OR is around it.
  var isAlternative: Bool
  /// Whether NOT is around it.
  var isNegated = false
  /// The key of an order or a grouping; nil for what is neither.
  var order: Order?

  /// A key of an order or a grouping.
  struct Order: Equatable {
    var isDescending: Bool
    /// Nil for the direction's default.
    var nullsFirst: Bool?
    /// The operator after USING; nil for the type's own order.
    var comparison: String?
    /// Nil for the key's own.
    var collation: RelationName?
    /// How many keys come before it.
    var place: Int
    /// Whether rows are only grouped by it, in any order.
    var isGrouping: Bool
  }

  /// Whether it is the result of a subquery, which does not show what is compared with it.
  var hidesOperands: Bool { sides.allSatisfy { $0.isResult && $0.columns(of: nil).isEmpty } }
}

extension PlanTerm {
  /// Everything that a plan asks for, in its order.
  ///
  /// The server writes parentheses around every operation, so that one operator is left where they are not counted.
  static func all(in plan: ExecutionPlan) -> [PlanTerm] {
    plan.nodes.flatMap { node in
      node.conditions.flatMap { terms(of: $0.text) }
        + node.sortKeys.enumerated().map { order($1, place: $0, isGrouping: false) }
        + node.groupKeys.enumerated().map { order($1, place: $0, isGrouping: true) }
    }
  }

  /// What a condition of a plan asks for, in its order.
  static func terms(of condition: String) -> [PlanTerm] {
    let lexer = SQLLexer(condition)
    return terms(lexer, lexer.tokens.indices, isAlternative: false)
  }

  private static func order(_ text: String, place: Int, isGrouping: Bool) -> PlanTerm {
    let lexer = SQLLexer(text)
    let end =
      lexer.topLevel(lexer.tokens.indices).first { index in
        ["desc", "asc", "nulls", "using", "collate"].contains(lexer.word(at: index))
      } ?? lexer.tokens.endIndex
    let words = (end..<lexer.tokens.endIndex).compactMap { lexer.word(at: $0) }
    return PlanTerm(
      sides: [PlanOperand(lexer, lexer.withoutParentheses(0..<end))], isAlternative: false,
      order: Order(
        isDescending: words.contains("desc"),
        nullsFirst: words.contains("nulls") ? words.contains("first") : nil,
        comparison: comparison(lexer, from: end),
        collation: collation(lexer, from: end), place: place, isGrouping: isGrouping))
  }

  private static func comparison(_ lexer: SQLLexer, from end: Int) -> String? {
    guard let using = (end..<lexer.tokens.endIndex).first(where: { lexer.word(at: $0) == "using" }),
      using + 1 < lexer.tokens.endIndex
    else { return nil }
    return lexer.text(of: lexer.tokens[using + 1].range)
  }

  private static func collation(_ lexer: SQLLexer, from end: Int) -> RelationName? {
    guard lexer.word(at: end) == "collate", let first = lexer.name(at: end + 1) else { return nil }
    guard lexer.isMark(".", at: end + 2), let second = lexer.name(at: end + 3) else {
      return RelationName(name: first)
    }
    return RelationName(schema: first, name: second)
  }

  private static func terms(_ lexer: SQLLexer, _ range: Range<Int>, isAlternative: Bool) -> [PlanTerm] {
    let range = lexer.withoutParentheses(range)
    let top = lexer.topLevel(range)
    for word in ["or", "and"] {
      let breaks = top.filter { lexer.word(at: $0) == word }
      guard !breaks.isEmpty else { continue }
      let bounds = [range.lowerBound - 1] + breaks + [range.upperBound]
      return zip(bounds, bounds.dropFirst()).flatMap { lower, upper in
        terms(lexer, lower + 1..<upper, isAlternative: isAlternative || word == "or")
      }
    }
    if lexer.word(at: range.lowerBound) == "not", range.count > 1 {
      return terms(lexer, range.lowerBound + 1..<range.upperBound, isAlternative: isAlternative).map {
        $0.negated
      }
    }
    if let place = top.first(where: { lexer.tokens[$0].kind == .operator && $0 > range.lowerBound }) {
      let sides = [range.lowerBound..<place, place + 1..<range.upperBound]
      return [
        PlanTerm(
          comparison: lexer.text(of: lexer.tokens[place].range),
          sides: sides.map { PlanOperand(lexer, lexer.withoutParentheses($0)) }, isAlternative: isAlternative)
      ]
    }
    let end = top.first { lexer.word(at: $0) == "is" } ?? range.upperBound
    if lexer.word(at: end + 1) == "distinct", end + 3 < range.upperBound {
      let sides = [range.lowerBound..<end, end + 3..<range.upperBound]
      return [
        PlanTerm(
          comparison: isDistinct, sides: sides.map { PlanOperand(lexer, lexer.withoutParentheses($0)) },
          isAlternative: isAlternative)
      ]
    }
    let side = PlanOperand(lexer, lexer.withoutParentheses(range.lowerBound..<end))
    return [PlanTerm(sides: [side], isAlternative: isAlternative)]
  }

  private static let isDistinct = "IS DISTINCT FROM"

  /// The server words IS NOT DISTINCT FROM as the NOT of its opposite.
  private var negated: PlanTerm {
    var term = self
    if comparison == Self.isDistinct {
      term.comparison = "IS NOT DISTINCT FROM"
    } else {
      term.isNegated = true
    }
    return term
  }
}

/// What stands on one side of a comparison, with the name of its table before each column.
struct PlanOperand {
  private let lexer: SQLLexer
  private let range: Range<Int>

  init(_ lexer: SQLLexer, _ range: Range<Int>) {
    self.lexer = lexer
    self.range = range
  }

  /// The columns of a table in it, each once.
  ///
  /// - Parameter aliases: the table's names in the plan; nil for any.
  func columns(of aliases: Set<String>?) -> [String] {
    columnPlaces.filter { isOf(aliases, $0) }.compactMap { lexer.name(at: $0 + 2) }.withoutRepetitions
  }

  /// The column when it is one and nothing else.
  ///
  /// - Parameter casts: types to which a cast may be around it, since it does nothing, as that of a varchar to text.
  func column(of aliases: Set<String>?, casts: Set<String>) -> String? {
    guard let place = columnPlaces.first, columnPlaces.count == 1, isOf(aliases, place) else { return nil }
    let rest = words(without: []).dropFirst(3)
    let isBare =
      rest.isEmpty
      || casts.contains { rest.elementsEqual(PlanOperand(SQLLexer("::" + $0)).words(without: [])) }
    return isBare ? lexer.name(at: place + 2) : nil
  }

  /// The names of the tables of its columns.
  var tables: Set<String> { Set(columnPlaces.compactMap { lexer.name(at: $0) }) }

  /// Whether the result of a subquery or of an earlier step is in it.
  var isResult: Bool {
    range.contains {
      lexer.tokens[$0].kind == .parameter || ["subplan", "initplan"].contains(lexer.word(at: $0))
    }
  }

  /// What a string constant begins with; nil when it is none.
  var firstCharacter: Character? {
    guard let first = range.first, lexer.tokens[first].kind == .string else { return nil }
    let text = lexer.text(of: lexer.tokens[first].range)
    return text.firstIndex(of: "'").flatMap { text[text.index(after: $0)...].first }
  }

  /// Every name in it, of columns, tables and functions.
  var names: Set<String> { Set(range.compactMap { lexer.name(at: $0) }) }

  /// The text without the table's name before each column; nil when there are columns of other tables, or results of
  /// a subquery or an earlier step, in it.
  func expression(of aliases: Set<String>?) -> String? {
    let isForeign = columnPlaces.contains { !isOf(aliases, $0) }
    guard !isForeign, !isResult, let last = range.last else { return nil }
    var text = ""
    var place = lexer.tokens[range.lowerBound].range.lowerBound
    for prefix in columnPlaces {
      text += lexer.text(of: place..<lexer.tokens[prefix].range.lowerBound)
      place = lexer.tokens[prefix + 2].range.lowerBound
    }
    return text + lexer.text(of: place..<lexer.tokens[last].range.upperBound)
  }

  /// Whether an expression, as the server words it, is the whole or a part of it.
  func contains(_ expression: String, of aliases: Set<String>?) -> Bool {
    let part = PlanOperand(SQLLexer(expression))
    let wanted = part.words(without: part.columnPlaces)
    let all = words(without: columnPlaces.filter { isOf(aliases, $0) })
    guard !wanted.isEmpty, wanted.count <= all.count else { return false }
    return (0...all.count - wanted.count).contains { all[$0...].starts(with: wanted) }
  }

  private init(_ lexer: SQLLexer) { self.init(lexer, lexer.tokens.indices) }

  /// Where `NAME.COLUMN` begins.
  private var columnPlaces: [Int] {
    range.filter { index in
      index + 2 < range.upperBound && lexer.name(at: index) != nil && lexer.isMark(".", at: index + 1)
        && lexer.name(at: index + 2) != nil && !(index > range.lowerBound && lexer.isMark(".", at: index - 1))
        && !lexer.isMark("(", at: index + 3)
    }
  }

  private func isOf(_ aliases: Set<String>?, _ place: Int) -> Bool {
    aliases.map { $0.contains(lexer.name(at: place) ?? "") } ?? true
  }

  /// The tokens but for parentheses and the names of tables at `prefixes`.
  private func words(without prefixes: [Int]) -> [String] {
    let left = Set(prefixes.flatMap { [$0, $0 + 1] })
    return range.compactMap { index in
      if left.contains(index) || lexer.isMark("(", at: index) || lexer.isMark(")", at: index) { return nil }
      return lexer.word(at: index) ?? lexer.text(of: lexer.tokens[index].range)
    }
  }
}

extension SQLLexer {
  /// The tokens of a range that are not within parentheses.
  fileprivate func topLevel(_ range: Range<Int>) -> [Int] {
    var depth = 0
    return range.filter { index in
      if isMark("(", at: index) { depth += 1 }
      if isMark(")", at: index) { depth -= 1 }
      return depth == 0 && !isMark(")", at: index)
    }
  }

  /// The range without the parentheses around the whole of it.
  fileprivate func withoutParentheses(_ range: Range<Int>) -> Range<Int> {
    guard range.count > 2, isMark("(", at: range.lowerBound), topLevel(range).isEmpty,
      closing(range.lowerBound, before: range.upperBound) == range.upperBound - 1
    else { return range }
    return withoutParentheses(range.lowerBound + 1..<range.upperBound - 1)
  }

  private func closing(_ start: Int, before end: Int) -> Int? {
    var depth = 0
    return (start..<end).first { index in
      if isMark("(", at: index) { depth += 1 }
      if isMark(")", at: index) { depth -= 1 }
      return depth == 0
    }
  }
}
