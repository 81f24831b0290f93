extension StatementParameters {
  /// Types that SQL lets stand in front of a constant, as in `interval '1 day'`.
  private static let literalTypes: Set<String> = [
    "date", "interval", "time", "timestamp", "timestamptz", "timetz",
  ]

  /// A statement in which `interval $1` is `$1::interval`.
  ///
  /// pg_stat_statements puts `$1` in the place of the constant and leaves the type in front of it,
  /// which no server accepts. Other texts come back as they are.
  public static func castingTypedLiterals(in text: String) -> String {
    let lexer = SQLLexer(text)
    var result = ""
    var place = 0
    for (type, parameter) in zip(lexer.tokens, lexer.tokens.dropFirst()) {
      guard parameter.kind == .parameter, type.kind == .word,
        literalTypes.contains(lexer.text(of: type.range).lowercased())
      else { continue }
      result += lexer.text(of: place..<type.range.lowerBound) + lexer.text(of: parameter.range)
      result += "::" + lexer.text(of: type.range)
      place = parameter.range.upperBound
    }
    return result + lexer.text(of: place..<text.utf8.count)
  }
}
