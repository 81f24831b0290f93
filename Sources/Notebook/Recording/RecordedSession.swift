public import IndexDesign

/// What the commands of a session rest on at some point: what a replay has to know, too.
public struct RecordedSession: Equatable, Sendable {
  /// A statement that has a handle.
  public struct Query: Equatable, Sendable {
    /// Its handle.
    public var handle: QueryHandle
    /// Its text.
    public var text: String
    /// Its `queryid` on the server of the recording; nil when none is known.
    public var queryID: String?
    /// Whether its handle is the number that `top` gave it.
    public var isRanked: Bool

    /// A statement with its handle.
    public init(handle: QueryHandle, text: String, queryID: String? = nil, isRanked: Bool = false) {
      (self.handle, self.text, self.queryID, self.isRanked) = (handle, text, queryID, isRanked)
    }
  }

  /// An index design.
  public struct Design: Equatable, Sendable {
    /// What `hypo add` takes for it.
    public var definition: String
    /// Whether HypoPG can imagine it.
    public var canBeHypothetical: Bool

    /// A design with its definition.
    public init(definition: String, canBeHypothetical: Bool) {
      (self.definition, self.canBeHypothetical) = (definition, canBeHypothetical)
    }
  }

  /// Where it is connected to; nil for nowhere.
  public var place: RecordedPlace?
  /// The designs that were never made in this database, each with one where it was.
  public var designsElsewhere: [DesignHandle: RecordedPlace] = [:]
  /// The statements that were planned last in another database.
  public var plannedElsewhere: Set<QueryHandle> = []
  /// The settings of the server that a person has changed, by name.
  public var settings: [String: String] = [:]
  /// The statements that have a handle, oldest first.
  public var queries: [Query] = []
  /// The designs that have a handle.
  public var designs: [DesignHandle: Design] = [:]
  /// Those that are hypothetical.
  public var active: Set<DesignHandle> = []
  /// Whether the planner sees them.
  public var areDesignsSeen = true
  /// The values with which statements were planned last, by handle; empty for none.
  public var planned: [QueryHandle: [String]] = [:]
  /// What a bare command means: a statement by handle, or one without a handle that was typed; nil for nothing.
  public var last: Query?

  /// Nothing is there.
  public init() {}

  /// The statement of a handle; nil when there is none.
  public func query(_ handle: QueryHandle) -> Query? { queries.first { $0.handle == handle } }
}
