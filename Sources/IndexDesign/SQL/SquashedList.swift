/// A list of constants that PostgreSQL 18 wrote as its first one: `IN ($1 /*, ... */)`.
///
/// Source: PostgreSQL 18, release notes, pg_stat_statements.
struct SquashedList: Equatable {
  /// How many values are planned for a list whose length is not recorded.
  static let plannedLength = 10

  /// The number of its parameter.
  var number: Int
  /// The parameter with the comment behind it.
  var range: Range<Int>

  /// All of a text, in order.
  static func all(in lexer: SQLLexer) -> [SquashedList] {
    lexer.comments.compactMap { comment in
      let inside = lexer.text(of: comment).dropFirst(2).dropLast(2).filter { $0 != " " }
      guard inside == ",...",
        let token = lexer.tokens.last(where: { $0.range.upperBound <= comment.lowerBound }),
        token.kind == .parameter, let number = Int(lexer.text(of: token.range).dropFirst()), number > 0
      else { return nil }
      return SquashedList(number: number, range: token.range.lowerBound..<comment.upperBound)
    }
  }

  /// What makes real lists of all, with new parameters from `highest` on.
  static func expansions(in lexer: SQLLexer, highest: Int) -> (
    edits: [EditedText.Edit], lists: [SquashedList]
  ) {
    var next = highest
    let lists = all(in: lexer)
    let edits = lists.map { list in
      let numbers = [list.number] + (1..<plannedLength).map { next + $0 }
      next += plannedLength - 1
      return EditedText.Edit(range: list.range, replacement: numbers.map { "$\($0)" }.joined(separator: ", "))
    }
    return (edits, lists)
  }
}
