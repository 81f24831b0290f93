public import IndexDesign
public import Server

/// What a record of a change needs and no server knows.
public struct ChangeContext: Equatable, Sendable {
  /// Who runs hypo, the operating system's name for them.
  public var operatingSystemUser: String
  /// The machine that hypo runs on.
  public var operatingSystemHost: String
  /// The hypo that makes the change.
  public var hypoVersion: String
  /// The ticket that the change is made for; nil when none was named.
  public var ticket: String?
  /// The query that the design was made for, with its plan before the change; nil when there is none.
  public var query: RecordedQuery?
  /// The planner's cost of the query without the design; nil without a query.
  public var plannerCostBefore: PlannerCost?
  /// The planner's cost of the query with the hypothetical index; nil without a query.
  public var estimatedPlannerCostAfter: PlannerCost?

  /// Makes the context of a change.
  public init(
    operatingSystemUser: String, operatingSystemHost: String, hypoVersion: String, ticket: String? = nil,
    query: RecordedQuery? = nil, plannerCostBefore: PlannerCost? = nil,
    estimatedPlannerCostAfter: PlannerCost? = nil
  ) {
    self.operatingSystemUser = operatingSystemUser
    self.operatingSystemHost = operatingSystemHost
    self.hypoVersion = hypoVersion
    self.ticket = ticket
    self.query = query
    self.plannerCostBefore = plannerCostBefore
    self.estimatedPlannerCostAfter = estimatedPlannerCostAfter
  }
}

/// A change that has ended and is written down.
public struct FinishedChange: Equatable, Sendable {
  /// Its name in the journal.
  public var number: ChangeNumber
  /// How it ended, as it was written down.
  public var outcome: ChangeOutcome
  /// What stopped it, code `.cancelled` when the person did; nil when nothing stopped it.
  public var error: ServerError?
  /// What could not be written down beside the ending, a line each; empty when all was.
  public var warnings: [String] = []

  /// How it ended, its SQLSTATE apart, with the server's own words, which the record keeps only as far as they hold no
  /// values of rows; without a final full stop.
  public var sentence: String {
    guard let error else { return outcome.sentence }
    return switch outcome.result {
    case .failed: "failed: \(error.message)"
    case .leftInvalidAndDropped:
      ChangeOutcome.Result.leftInvalidAndDropped(reason: error.message).sentence
    default: outcome.sentence
    }
  }
}
