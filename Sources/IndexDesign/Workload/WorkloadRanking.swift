/// What the statements of a workload are put in order by: the word after `top … by`.
public enum WorkloadRanking: String, CaseIterable, Hashable, Sendable {
  /// Execution time over all calls.
  case total
  /// Execution time of one call on average.
  case mean
  /// Number of executions.
  case calls
  /// Rows returned or changed.
  case rows
  /// Shared blocks that were not in the cache.
  case reads
  /// Shared blocks that the statement changed while they were clean.
  case writes
  /// Blocks of temporary files, read and written.
  case temp
  /// Bytes of write-ahead log; a server that does not count them has 0.
  case wal

  /// The counter that this ranking compares: milliseconds for `.total` and `.mean`, bytes for
  /// `.wal`, blocks or a plain number for the others.
  public func value(of statement: StatementStatistics) -> Double {
    switch self {
    case .total: statement.totalTimeInMilliseconds
    case .mean: statement.meanTimeInMilliseconds
    case .calls: Double(statement.calls)
    case .rows: Double(statement.rows)
    case .reads: Double(statement.sharedBlocksRead)
    case .writes: Double(statement.sharedBlocksDirtied)
    case .temp: Double(statement.tempBlocksRead) + Double(statement.tempBlocksWritten)
    case .wal: Double(statement.walBytes ?? 0)
    }
  }

  /// Whether the values of several statements make a sum that means something.
  public var isAdditive: Bool { self != .mean }
}

/// A statement and its place in a ranking.
public struct RankedStatement: Hashable, Sendable {
  /// The statement and all its counters.
  public var statement: StatementStatistics
  /// The counter that it was ranked by; `WorkloadRanking.value(of:)` names the unit.
  public var value: Double
  /// The value's part of the whole workload's, from 0 to 1, also when a limit hides the others;
  /// nil when the whole is 0 and for `.mean`, because averages do not add up.
  public var share: Double?

  /// Makes a place in a ranking.
  public init(statement: StatementStatistics, value: Double, share: Double?) {
    self.statement = statement
    self.value = value
    self.share = share
  }
}
