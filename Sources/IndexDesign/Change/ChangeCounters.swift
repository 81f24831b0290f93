/// What the server had counted around a change, read at one moment.
///
/// Two of them, before and after, tell what the change did; they only compare while `instance` and
/// `statisticsReset` are the same in both.
public struct ChangeCounters: Hashable, Sendable {
  /// The statements that touch the table, in the order in which they were read; empty when there
  /// are none or pg_stat_statements cannot be read.
  public var statements: [CountedStatement]
  /// Which instance counted; nil when unknown. Counters of two do not compare.
  public var instance: ServerInstance?
  /// When pg_stat_statements began to count; nil when unknown.
  public var statisticsReset: Timestamp?
  /// The table's size without its indexes; nil when unknown.
  public var tableSizeInBytes: Int64?
  /// Sequential scans of the table (`seq_scan`); nil when unknown.
  public var tableSequentialScans: Int64?
  /// Rows that sequential scans read (`seq_tup_read`); nil when unknown.
  public var tableSequentialRowsRead: Int64?
  /// Index scans of the table, by any of its indexes (`idx_scan`); nil when unknown or without index.
  public var tableIndexScans: Int64?
  /// Rows that index scans fetched (`idx_tup_fetch`); nil when unknown or without index.
  public var tableIndexRowsFetched: Int64?
  /// Scans of the changed index itself; nil while there is no such index.
  public var indexScans: Int64?

  /// Makes the counters of one moment.
  public init(
    statements: [CountedStatement] = [], instance: ServerInstance? = nil, statisticsReset: Timestamp? = nil,
    tableSizeInBytes: Int64? = nil, tableSequentialScans: Int64? = nil,
    tableSequentialRowsRead: Int64? = nil, tableIndexScans: Int64? = nil,
    tableIndexRowsFetched: Int64? = nil, indexScans: Int64? = nil
  ) {
    self.statements = statements
    self.instance = instance
    self.statisticsReset = statisticsReset
    self.tableSizeInBytes = tableSizeInBytes
    self.tableSequentialScans = tableSequentialScans
    self.tableSequentialRowsRead = tableSequentialRowsRead
    self.tableIndexScans = tableIndexScans
    self.tableIndexRowsFetched = tableIndexRowsFetched
    self.indexScans = indexScans
  }
}

/// What was counted and estimated before a change: the side that `verify` compares with.
public struct MeasuredBefore: Hashable, Sendable {
  /// What the server had counted.
  public var counters: ChangeCounters
  /// The size that was estimated for the index; nil without an estimate.
  public var estimatedIndexSizeInBytes: Int64?
  /// The planner's cost of the query without the design; nil without a query.
  public var plannerCostBefore: PlannerCost?
  /// The planner's cost of the query with the hypothetical index; nil without a query.
  public var estimatedPlannerCostAfter: PlannerCost?

  /// Makes the before of a change.
  public init(
    counters: ChangeCounters = ChangeCounters(), estimatedIndexSizeInBytes: Int64? = nil,
    plannerCostBefore: PlannerCost? = nil, estimatedPlannerCostAfter: PlannerCost? = nil
  ) {
    self.counters = counters
    self.estimatedIndexSizeInBytes = estimatedIndexSizeInBytes
    self.plannerCostBefore = plannerCostBefore
    self.estimatedPlannerCostAfter = estimatedPlannerCostAfter
  }
}
