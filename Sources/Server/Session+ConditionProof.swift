internal import IndexDesign
internal import Postgres

// Where another index is taken anyway, no plan shows whether a partial design could be taken, too. An index with the
// keys of that one and the design's condition could only be cheaper, and HypoPG has no descents: where those of real
// B-trees are dear, it is taken whenever the planner finds the proof.

extension Session {
  /// That the planner finds no proof for a design's condition; nil when it finds one, or that is not known.
  ///
  /// - Parameters:
  ///   - plan: a plan of the statement that does not read the table row by row.
  ///   - asking: gives the plan of the statement with VERBOSE.
  func unprovenCondition(
    of design: IndexDefinition, in plan: ExecutionPlan, asking: Planning, by scratch: inout Scratch
  ) throws(ServerError) -> ServingObstacle? {
    guard let predicate = design.predicate else { return nil }
    let taken = try ifPossible { () throws(ServerError) in try indexes(of: relation(design.table)) } ?? []
    let question = ForcedQuestion(
      asking: asking, off: Forced.indexes, values: ["cpu_operator_cost": "100000"])
    for index in taken where plan.usedIndexes.contains(.real(index.name)) {
      guard let real = index.design, real.accessMethod == "btree" else { continue }
      var probe = IndexDefinition(
        table: design.table, keys: real.keys, includedColumns: real.includedColumns)
      guard try isTaken(probe, question, by: &scratch) == true else { continue }
      probe.predicate = predicate
      return try isTaken(probe, question, by: &scratch) == false ? .conditionNotImplied(predicate) : nil
    }
    return nil
  }

  /// Whether the planner takes an index alone; nil when it cannot be asked.
  private func isTaken(
    _ definition: IndexDefinition, _ question: ForcedQuestion, by scratch: inout Scratch
  ) throws(ServerError) -> Bool? {
    let plans = try scratch.plans(with: definition.hypotheticalStatement, [question])
    return plans.first?.usedDesigns.contains(Scratch.handle)
  }
}
