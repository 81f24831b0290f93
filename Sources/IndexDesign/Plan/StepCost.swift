/// What a step costs with all below it: for one execution, as EXPLAIN has it, and in all.
public struct StepCost: Sendable, Equatable {
  /// The cost of one execution.
  public var once: PlannerCost
  /// How often the plan executes the step, by its own estimates: 1 unless a nested loop or a subplan repeats it.
  public var loops: Double
  /// The cost of all executions, which is less than so many times the cost of one where the planner counts on what
  /// is cached, and no more than the plan spends.
  public var total: PlannerCost
  /// How many workers share the step, so that the costs are those of one of them; nil when they are the whole.
  public var workers: Int?

  /// A step's cost; without loops that of a step that is executed once.
  public init(_ once: PlannerCost, loops: Double = 1, total: PlannerCost? = nil, workers: Int? = nil) {
    self.once = once
    self.workers = workers
    self.loops = loops
    self.total = total ?? PlannerCost(once.units * loops)
  }

  /// Whether the cost of one execution is not the whole.
  public var isRepeated: Bool { loops >= 1.5 }

  /// `0.43 in each of 1,500 loops`; nil when the step is executed once.
  public var loopWords: String? {
    isRepeated ? "\(PlanNumbers.text(once)) in each of \(NumberText.whole(loops)) loops" : nil
  }

  /// How the costs of one execution differ, for the end of a sentence; empty when both are executed once.
  static func loopWords(_ before: StepCost, _ after: StepCost) -> String {
    switch (before.isRepeated, after.isRepeated) {
    case (false, false): ""
    case (true, true) where NumberText.whole(before.loops) == NumberText.whole(after.loops):
      ", \(PlanNumbers.text(before.once)) → \(after.loopWords ?? "")"
    case (true, true): ", \(before.loopWords ?? "") → \(after.loopWords ?? "")"
    case (true, false): ", before \(before.loopWords ?? "")"
    case (false, true): ", now \(after.loopWords ?? "")"
    }
  }

  /// That two costs are not of the same, because workers share the step in one plan only or in other numbers, for the end
  /// of a sentence; empty when they are.
  static func workerWords(_ before: StepCost, _ after: StepCost) -> String {
    switch (before.workers, after.workers) {
    case (let old?, let new?) where old != new: ", costs per worker, before of \(old) and now of \(new)"
    case (_?, nil): ", the cost before is per worker"
    case (nil, _?): ", the cost now is per worker"
    default: ""
    }
  }
}
