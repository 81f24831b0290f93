internal import IndexDesign
internal import Postgres

extension Session {
  /// Plans what EXECUTE or FETCH runs: the statement that was prepared, or the query of the cursor, as
  /// pg_stat_statements knows it.
  ///
  /// - Throws: `ServerError` with code `.notFound` when it is not known, `.statement` when several are.
  func explainStatement(
    _ name: StatementName, _ question: PlanQuestion, _ askingWhy: Bool
  ) throws(ServerError) -> Explanation {
    let text = try countedText(giving: name)
    var inner = PlanQuestion(text, options: question.options)
    var unfilled: String?
    if let values = name.values(in: question.statement) {
      try check(values.count, of: name, preparedAs: text)
      if let filled = try? PlanQuestion(text, values: values, options: question.options) {
        inner = filled
      } else if !values.isEmpty {
        unfilled =
          "planned for any value: constants are parameters of the text that pg_stat_statements keeps, too, so that which of "
          + "them the values are is not known"
      }
    }
    do {
      var explanation = try explain(inner, askingWhy: askingWhy)
      explanation.wrapper = question.wrapper
      let sentences = [explanation.formSentence, unfilled].compactMap(\.self)
      explanation.formSentence = sentences.isEmpty ? nil : sentences.joined(separator: "; ")
      return explanation
    } catch {
      // The text is the server's, and nobody typed it.
      var error = error
      error.position = nil
      throw error
    }
  }

  /// Sees that EXECUTE gives as many values as the prepared statement takes.
  ///
  /// - Throws: `ServerError` with the server's SQLSTATE for it.
  private func check(_ count: Int, of name: StatementName, preparedAs text: String) throws(ServerError) {
    guard let taken = StatementName.parameterCount(ofPrepared: text) else { return }
    // A constant of the text is a parameter of what is kept, too, so that without types fewer may be right.
    let mayBeFewer = !taken.isDeclared
    guard count > taken.count || (count < taken.count && !mayBeFewer) else { return }
    let values = taken.count == 1 ? "1 value" : "\(taken.count) values"
    throw ServerError(
      .statement,
      "\(name.words) takes \(mayBeFewer ? "at most " : "")\(values), and \(count == 1 ? "1 is" : "\(count) are") given",
      sqlState: "42601", hint: "give as many, or none for the plan of any values")
  }

  private func countedText(giving name: StatementName) throws(ServerError) -> String {
    var texts: [String] = []
    if let installed = facts.statStatements, installed.isUsable {
      let query =
        "SELECT DISTINCT query FROM \(installed.schema).pg_stat_statements "
        + "WHERE \(WorkloadFilter.thisDatabase) AND queryid IS NOT NULL AND \(WorkloadFilter.givesName)"
      let rows = (try? read(query).rows) ?? []
      texts = rows.compactMap { $0[0] }.filter { StatementName.given(by: $0) == name }
    }
    guard let first = texts.first else {
      throw ServerError(
        .notFound, "\(name.words) is not known here",
        detail: "pg_stat_statements has counted no \(name.verb) of that name in this database.",
        hint: "explain the statement itself, with values: explain STATEMENT; with (…)")
    }
    if texts.count == 1 { return first }
    // The server leaves constants in DECLARE up to PostgreSQL 15.
    let alike = Set(texts.map(StatementText.withoutConstants))
    guard alike.count == 1, let only = alike.first else {
      throw ServerError(
        .statement, "\(name.words) is one of \(alike.count) different statements of that name",
        hint: "explain the one that is meant; top lists them")
    }
    return only
  }
}
