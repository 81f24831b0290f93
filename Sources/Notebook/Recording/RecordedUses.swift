public import IndexDesign
public import Reports

/// What a command uses of a session.
public struct RecordedUses: Sendable {
  /// Which earlier plans it rests on: the values with which a statement was planned last count for the next command.
  public enum Plans: Sendable {
    /// On none.
    case none
    /// On those of the queries that it names.
    case named
    /// On that of the last query, which it does not name.
    case last
    /// On those of every query that has a handle.
    case all
    /// On a plan itself, which it shows again.
    case shown
  }

  /// Queries by their handles.
  public var queries: Set<QueryHandle> = []
  /// Designs by their handles, beside those that are hypothetical.
  public var designs: Set<DesignHandle> = []
  /// Those of them that the command itself names, so that they are needed wherever they were made.
  public var typedDesigns: Set<DesignHandle> = []
  /// Earlier plans.
  public var plans: Plans

  /// Nothing is used but what the planner sees.
  public init() { plans = .none }

  /// What is named by a command, and in what it has shown.
  ///
  /// - Parameter givesQueries: whether the queries in its result have their handles from it.
  public init(of command: String, showing reports: [Report], givesQueries: Bool, plans: Plans) {
    self.plans = plans
    designs = reports.reduce(into: []) { $0.formUnion($1.namedDesigns) }
    for match in command.matches(of: /[@%][\p{L}\p{N}_-]+/) {
      if let handle = DesignHandle(String(match.output)) { typedDesigns.insert(handle) }
      if let handle = QueryHandle(String(match.output)) { queries.insert(handle) }
    }
    designs.formUnion(typedDesigns)
    queries = givesQueries ? [] : queries.union(reports.flatMap(\.namedQueries))
  }
}
