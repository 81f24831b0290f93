/// The fields of dates and times that stand as words in `extract(month from …)`.
enum DateTimeField {
  /// Source: PostgreSQL manual, "EXTRACT, date_part".
  private static let names: Set<String> = [
    "century", "day", "decade", "dow", "doy", "epoch", "hour", "isodow", "isoyear", "julian", "microseconds",
    "millennium", "milliseconds", "minute", "month", "quarter", "second", "timezone", "timezone_hour",
    "timezone_minute", "week", "year",
  ]

  /// What is planned where no value says which field.
  static let assumed = "year"

  /// Whether a value is such a word and nothing else.
  static func isName(_ value: String) -> Bool { names.contains(value.lowercased()) }

  /// Whether a token is the field of `extract(… from …)`.
  static func isPlace(_ index: Int, in lexer: SQLLexer) -> Bool {
    lexer.word(at: index - 2) == "extract" && lexer.isMark("(", at: index - 1)
      && lexer.word(at: index + 1) == "from"
  }

  /// What puts a field in the place of each parameter that stands for one: that of the same expression elsewhere in
  /// the text, such as in GROUP BY, in the same order; else the year.
  static func edits(in lexer: SQLLexer) -> (edits: [EditedText.Edit], assumptions: [ParameterAssumption]) {
    var edits: [EditedText.Edit] = []
    var assumptions: [ParameterAssumption] = []
    var known: [[String]: [String]] = [:]
    let places = lexer.tokens.indices.filter { isPlace($0, in: lexer) }
    for index in places where lexer.tokens[index].kind != .parameter {
      known[source(index, lexer), default: []].append(lexer.text(of: lexer.tokens[index].range))
    }
    for index in places where lexer.tokens[index].kind == .parameter {
      let twins = known[source(index, lexer)] ?? []
      let field = twins.first ?? assumed
      if twins.count > 1 { known[source(index, lexer)]?.removeFirst() }
      edits.append(.init(range: lexer.tokens[index].range, replacement: field))
      if let number = Int(lexer.text(of: lexer.tokens[index].range).dropFirst()) {
        assumptions.append(.value(number: number, sql: field))
      }
    }
    return (edits, assumptions)
  }

  /// What the field is taken from, token by token.
  private static func source(_ index: Int, _ lexer: SQLLexer) -> [String] {
    var (found, depth) = ([String](), 0)
    for token in lexer.tokens[(index + 1)...] {
      let text = lexer.text(of: token.range)
      if text == "(" { depth += 1 }
      if text == ")" { depth -= 1 }
      if depth < 0 { break }
      found.append(text.lowercased())
    }
    return found
  }
}
