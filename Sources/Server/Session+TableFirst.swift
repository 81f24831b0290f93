internal import IndexDesign
internal import Postgres

// HypoPG offers designs with an expression or a condition only for the first table of a statement. Where its inner joins
// may as well be written in another order, the planner is asked about the statement with the design's table in front.

extension Session {
  /// The plan of a statement, asked in that of its forms in which HypoPG can tell the most.
  ///
  /// - Parameter ask: explains a text with the active designs, or without any.
  /// - Returns: the explanation of a form; `statement` is that form.
  /// - Throws: `ServerError` about the statement as it is.
  func bestForm(
    of statement: String, asking ask: (_ text: String, _ withDesigns: Bool) throws(ServerError) -> Explanation
  ) throws(ServerError) -> Explanation {
    let others = otherForms(of: statement)
    guard !others.isEmpty else { return try ask(statement, true) }
    var best: Explanation?
    var refusal: ServerError?
    do { best = try ask(statement, true) } catch {
      guard error.detail == CrashGuard.detail else { throw error }
      refusal = error
    }
    let known = best?.baseline?.totalCost
    let cost = known == nil ? try ask(statement, false).plan.totalCost : known
    for (form, table) in others {
      let answer = try ifPossible { () throws(ServerError) in try ask(form, true) }
      // Another cost without designs means that the planner does not take it for the same, as with join_collapse_limit.
      guard var asked = answer, let baseline = asked.baseline, let cost,
        Self.isSame(baseline.totalCost, cost)
      else { continue }
      asked.tableFirst = table
      if best.map({ asked.tellsMore(than: $0) }) ?? true { best = asked }
    }
    if let best { return best }
    throw refusal ?? ServerError(.refused, "the statement could not be planned")
  }

  private static func isSame(_ a: PlannerCost, _ b: PlannerCost) -> Bool {
    abs(a.units - b.units) <= abs(b.units) * PlanVerdict.tolerance
  }

  /// The statement with another table in front, for each table of a design that needs it.
  private func otherForms(of statement: String) -> [(text: String, table: RelationName)] {
    let special = hypotheticals.active.filter {
      $0.matching != .fails && $0.definition?.hasExpressionOrCondition == true
    }
    guard hypotheticals.isEnabled, !special.isEmpty else { return [] }
    let first = StatementParser.onlyFirstTable(of: statement)
    var tables: [RelationName] = []
    for table in special.compactMap(\.definition?.table) where !table.isMeant(by: first) {
      if !tables.contains(table) { tables.append(table) }
    }
    return tables.prefix(Self.mostForms).compactMap { table in
      guard let form = FirstTableForm.of(statement, with: table),
        table.isMeant(by: StatementParser.onlyFirstTable(of: form))
      else { return nil }
      return (form, table)
    }
  }

  /// Each form is two plans more.
  private static let mostForms = 3
}

extension Explanation {
  /// Whether it is the better answer to the same question: the planner found something cheaper, or of more designs it is
  /// known that they are not used.
  fileprivate func tellsMore(than other: Explanation) -> Bool {
    let difference = plan.totalCost.units - other.plan.totalCost.units
    if abs(difference) > other.plan.totalCost.units * PlanVerdict.tolerance { return difference < 0 }
    return unjudgedDesigns.count < other.unjudgedDesigns.count
  }

  /// In which form the planner was asked, as a sentence; nil when it was asked about the statement as it is.
  public var formSentence: String? {
    tableFirst.map {
      "planned with \($0.name) first in FROM, which inner joins allow: for the first table alone HypoPG offers partial and "
        + "expression designs"
    }
  }
}
