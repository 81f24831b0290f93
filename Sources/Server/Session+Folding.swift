internal import IndexDesign
internal import Postgres

/// Whether HypoPG recognises a design where the planner would recognise the real index.
public enum DesignMatching: Equatable, Sendable {
  /// It does, or nothing speaks against it.
  case works
  /// Not even for a statement that repeats the design's own words: what HypoPG says of it is unknown.
  case fails
}

extension Session {
  /// A definition with its expressions and its condition as the planner simplifies them.
  ///
  /// The server shows what it would compute of each row of the table; nothing is executed.
  /// - Returns: the definition itself when there is nothing to simplify, or the server does not say.
  /// - Throws: `ServerError` when the person stops it or the connection is lost.
  func folded(_ definition: IndexDefinition) throws(ServerError) -> IndexDefinition {
    let parts = definition.foldableParts
    guard !parts.isEmpty else { return definition }
    let list = parts.map { "(\($0)\n)" }.joined(separator: ", ")
    let explain = "EXPLAIN (VERBOSE, FORMAT JSON) SELECT \(list) FROM ONLY \(definition.table.sql)"
    // Another design would be read in the place of the table, under a name that no reader knows.
    let steps = ["SET LOCAL hypopg.enabled = off", explain].map { PipelineStep.query(Self.mark + $0) }
    guard let result = try results(of: steps)?[1],
      let output = result.value.flatMap({ try? ExecutionPlan(explainJSON: $0).root.output }),
      output.count == parts.count
    else { return definition }
    // The planner runs functions of constants, and they may have something to say.
    for notice in result.notices where notice.severity == "WARNING" {
      tell(.notice(severity: notice.severity, message: notice.message))
    }
    var texts: [String] = []
    for (typed, text) in zip(parts, output) {
      let isKept = SQLLexer(typed).saysTheSame(as: SQLLexer(text))
      texts.append(isKept ? typed : try canonical(text, of: definition))
    }
    return definition.folded(to: texts)
  }

  /// A condition with OR as the planner has it, which takes out what all alternatives share.
  ///
  /// Row security would put conditions of its own beside it, so that the server is not asked then.
  private func canonical(
    _ condition: String, of definition: IndexDefinition
  ) throws(ServerError) -> String {
    guard definition.predicate != nil, condition.contains(" OR ") else { return condition }
    let steps = [
      "SET LOCAL row_security = off", "SET LOCAL enable_indexscan = off", "SET LOCAL enable_bitmapscan = off",
      "SET LOCAL enable_indexonlyscan = off",
      "EXPLAIN (FORMAT JSON) SELECT 1 FROM ONLY \(definition.table.sql) WHERE \(condition)",
    ]
    guard let text = try results(of: steps.map { .query(Self.mark + $0) })?[4].value,
      let scan = try? ExecutionPlan(explainJSON: text).root, scan.nodeType == "Seq Scan"
    else { return condition }
    return scan.conditions.first { $0.label == "Filter" }?.text ?? condition
  }

  /// Asks the planner whether it can use a hypothetical index for a statement in the design's own words.
  ///
  /// - Throws: `ServerError` when the person stops it or the connection is lost.
  func matching(
    _ definition: IndexDefinition, _ made: HypotheticalIndexes.Active
  ) throws(ServerError) -> DesignMatching {
    guard definition.hasExpressionOrCondition else { return .works }
    let served = definition.servedStatement
    let planning = genericSteps(GenericPlanAttempt(served), "FORMAT JSON")
    // What a person has switched off in the session would make it look as if nothing matched.
    let settings = ["hypopg.enabled", "enable_indexscan", "enable_indexonlyscan", "enable_bitmapscan"].map {
      PipelineStep.query(Self.mark + "SET LOCAL \($0) = on")
    }
    let start = settings + [.query(Self.mark + "SET LOCAL enable_seqscan = off")]
    guard
      let text = try results(of: start + planning.steps, cleanUp: planning.cleanUp)?[
        start.count + planning.answer
      ].value,
      let plan = try? ExecutionPlan(explainJSON: text, designs: [made.hypopgName: made.handle])
    else { return .works }
    if plan.usedDesigns.contains(made.handle) { return .works }
    // Another index that is entered by a condition, or whose own condition leaves nothing to filter, may just be
    // cheaper, and nothing is shown either way.
    func has(_ label: String) -> Bool { plan.nodes.contains { $0.conditions.contains { $0.label == label } } }
    let isServed = plan.nodes.contains { $0.index != nil } && !has("Filter")
    return has("Index Cond") || isServed ? .works : .fails
  }
}
