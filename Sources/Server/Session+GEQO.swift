internal import IndexDesign
internal import Postgres

/// The plans without and with designs differ, although neither of them reads a design.
///
/// From `geqo_threshold` relations on (12) the planner tries a part of all join orders, by chance: the mere presence
/// of an index that is not used can lead it to another one.
/// Source: PostgreSQL manual, "Genetic Query Optimizer".
public enum UnexplainedDifference: Equatable, Sendable {
  /// GEQO was the reason: with `geqo = off`, as both plans are now, the difference is gone or a design explains it.
  case plannedWithoutGEQO
  /// Whether GEQO is the reason is not known, because planning without it took too long.
  case tooDearWithoutGEQO
  /// It is still there with `geqo = off`; these are the plans as they were.
  case remains
}

extension Session {
  /// The most time for one plan without GEQO, which can take any time and memory for many relations.
  private static let patience = "10s"

  /// Plans again without GEQO what no design explains.
  ///
  /// - Parameters:
  ///   - off: what switches the designs off.
  ///   - steps: what asks for one plan.
  ///   - answer: which of the steps has it.
  /// - Throws: `DesignError` when what the server sends is no plan.
  func settled(
    _ explanation: Explanation, by off: [PipelineStep], _ steps: [PipelineStep], answer: Int
  ) throws(DesignError) -> Explanation {
    // A difference with a design in it is explained, and comparing the plans step by step is dear.
    guard let baseline = explanation.baseline, explanation.plan.usedDesigns.isEmpty,
      baseline != explanation.plan,
      PlanDiff(before: baseline, after: explanation.plan).isUnexplained
    else { return explanation }
    var settled = explanation
    let without = [Self.setting("geqo", "off"), Self.setting("statement_timeout", Self.patience)]
    guard let results = try? run(without + steps + off + steps) else {
      settled.unexplained = .tooDearWithoutGEQO
      return settled
    }
    func document(_ place: Int) -> PlanDocument {
      PlanDocument(text: results[place].value ?? "", designs: explanation.document.designs)
    }
    let documents = (
      with: document(without.count + answer),
      without: document(without.count + steps.count + off.count + answer)
    )
    let plans = (with: try documents.with.plan(), without: try documents.without.plan())
    guard !PlanDiff(before: plans.without, after: plans.with).isUnexplained else {
      settled.unexplained = .remains
      return settled
    }
    settled.unexplained = .plannedWithoutGEQO
    (settled.document, settled.plan) = (documents.with, plans.with)
    (settled.baselineDocument, settled.baseline) = (documents.without, plans.without)
    return settled
  }
}
