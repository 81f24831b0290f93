/// What differs between two plans of one statement, such as those without and with a design.
///
/// Steps are matched by what they read, never by position: scans by relation and alias, joins by the
/// relations they bring together, all others by what they stand over. Steps that only pass rows on
/// (Gather, Materialize, Memoize, Result …) and the marks of parallel plans are looked through.
public struct PlanDiff: Sendable, Equatable {
  /// What a comparison has found of a step, for those that show both plans.
  public enum Mark: Sendable, Equatable {
    /// The other plan does the same in another way.
    case changed
    /// The other plan does nothing like it.
    case onlyHere
  }

  /// The plan before the change.
  public let before: ExecutionPlan
  /// The plan after the change.
  public let after: ExecutionPlan
  /// What differs: scans first, then sorts, joins, changed steps, steps gone and steps added, each in the
  /// order of the plan; a single `.unchanged` when the plans have the same shape.
  public let changes: [PlanChange]
  /// The steps of the plan before that `changes` tells of, by their place in `before.nodes`.
  public let marksBefore: [Int: Mark]
  /// The steps of the plan after that `changes` tells of, by their place in `after.nodes`.
  public let marksAfter: [Int: Mark]
  /// Every join that both plans have, changed or not, in the order of the plan before.
  public let joins: [JoinComparison]
  /// Nested loops of the plan after that go through an inner side without an index for each outer row, where the
  /// plan before has no such loop, in the order of the plan.
  public let newUnindexedLoops: [UnindexedLoop]

  /// Compares two plans.
  public init(before: ExecutionPlan, after: ExecutionPlan) {
    self.before = before
    self.after = after
    let matching = PlanMatching(before: PlanShape(before), after: PlanShape(after))
    let joinPairs = matching.joins
    joins = joinPairs.compactMap { pair in
      guard let first = pair.before, let second = pair.after else { return nil }
      return matching.compareJoin(first, second)
    }
    newUnindexedLoops = matching.newUnindexedLoops
    var found = PlanChanges(matching)
    found.addScans()
    found.addSorts()
    found.addJoins(joinPairs)
    found.addOthers()
    let all = found.changes
    marksBefore = found.marksBefore
    marksAfter = found.marksAfter
    changes =
      all.isEmpty
      ? [.unchanged(costBefore: StepCost(before.totalCost), costAfter: StepCost(after.totalCost))] : all
  }

  /// The change of the estimated cost of the whole statement as a share of the cost before, −0.9 for ninety
  /// per cent cheaper; nil when the plan before costs nothing.
  public var costChange: Double? { after.totalCost.change(from: before.totalCost) }

  /// Whether the plans differ in cost or shape although neither reads a design: then no design is the reason that a
  /// comparison without and with designs was made for.
  public var isUnexplained: Bool {
    guard before.usedDesigns.isEmpty, after.usedDesigns.isEmpty else { return false }
    if case .unchanged? = changes.first { return PlanVerdict.compare(before.totalCost, after.totalCost) != 0 }
    return true
  }

  /// Whether the cost differs although the plan has the same steps and reads no design: an EXISTS that can be answered in
  /// two ways is charged before the planner chooses one of them.
  /// Source: `AlternativeSubPlan` in PostgreSQL's primnodes.h.
  var keepsPlan: Bool {
    guard isUnexplained, case .unchanged? = changes.first else { return false }
    return true
  }

  /// Whether the plan after the change uses a design and, if not, what it does instead.
  ///
  /// Parameters as in `ExecutionPlan.use(of:schema:table:partitions:)`.
  public func use(
    of handle: DesignHandle, schema: String?, table: String, partitions: Set<String> = []
  ) -> DesignUse {
    after.use(of: handle, schema: schema, table: table, partitions: partitions)
  }
}
