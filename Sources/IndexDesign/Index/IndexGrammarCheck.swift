/// Shows the parts of a definition to PostgreSQL's grammar and puts its errors under the typed text.
enum IndexGrammarCheck {
  static func check(_ parsed: ParsedIndexDefinition) throws(DesignError) {
    for (key, ranges) in zip(parsed.definition.keys, parsed.keys) {
      if case .expression(let text) = key.term { try checkExpression(text, at: ranges.term) }
    }
    if let predicate = parsed.definition.predicate, let range = parsed.predicateRange {
      try checkExpression(predicate, at: range)
    }
    try checkWhole(parsed)
  }

  private static func checkExpression(_ text: String, at range: Range<Int>) throws(DesignError) {
    let prefix = "SELECT ("
    do {
      _ = try StatementParser.parse(prefix + text + ")")
    } catch {
      if NewerSyntax.mayBe(in: text) { return }
      throw moved(error, by: range.lowerBound - prefix.utf8.count, into: range)
    }
  }

  /// A comment that was taken out moves what stands behind it: then the whole part is named.
  private static func moved(_ error: DesignError, by distance: Int, into range: Range<Int>) -> DesignError {
    var error = error
    guard let place = error.position else {
      error.position = range
      return error
    }
    let lower = place.lowerBound + distance
    let upper = place.upperBound + distance
    if lower >= range.upperBound {
      error.message = "syntax error: the expression ends too early"
      error.position = max(range.lowerBound, range.upperBound - 1)..<range.upperBound
    } else {
      error.position = max(lower, range.lowerBound)..<min(upper, range.upperBound)
    }
    return error
  }

  private static func checkWhole(_ parsed: ParsedIndexDefinition) throws(DesignError) {
    let statement = parsed.definition.createStatement()
    do throws(DesignError) {
      let statements = try StatementParser.parse(statement)
      guard statements.count == 1, statements[0].kind == "IndexStmt" else {
        throw DesignError(.syntax, "this is not one index definition", position: parsed.tableRange)
      }
    } catch {
      // libpg_query 15 also fails where the server may not; only the parts above are judged by it alone.
      if NewerSyntax.mayBe(in: statement) { return }
      var error = error
      error.detail = "it was read as: \(statement)"
      error.position = parsed.tableRange
      throw error
    }
  }
}
