/// What pg_stat_statements counted for one statement of one database.
///
/// The same `queryid` run by several roles is one value here: whoever reads the view adds the
/// rows up. Rows whose text the role may not see have no `queryid` and make no value.
///
/// Source: PostgreSQL manual, "pg_stat_statements".
public struct StatementStatistics: Hashable, Sendable {
  /// `queryid`, a signed 64-bit number, as text: JSON readers lose the digits of so large a number.
  public var queryID: String
  /// The normalised text, with `$1` where values stood.
  public var text: String
  /// How often it was executed.
  public var calls: Int64
  /// Time spent executing it, planning left out.
  public var totalTimeInMilliseconds: Double
  /// Execution time of one call on average.
  public var meanTimeInMilliseconds: Double
  /// Rows that it returned or changed, over all calls.
  public var rows: Int64
  /// Shared blocks that were found in the cache.
  public var sharedBlocksHit: Int64
  /// Shared blocks that had to be read.
  public var sharedBlocksRead: Int64
  /// Shared blocks that it changed while they were clean.
  public var sharedBlocksDirtied: Int64
  /// Shared blocks that its backend itself had to write out.
  public var sharedBlocksWritten: Int64
  /// Blocks of temporary files that were read.
  public var tempBlocksRead: Int64
  /// Blocks of temporary files that were written.
  public var tempBlocksWritten: Int64
  /// Write-ahead log that it made, in bytes; nil on servers that do not count it (before 13).
  public var walBytes: Int64?

  /// Makes one row of counters.
  public init(
    queryID: String, text: String, calls: Int64, totalTimeInMilliseconds: Double,
    meanTimeInMilliseconds: Double, rows: Int64, sharedBlocksHit: Int64 = 0, sharedBlocksRead: Int64 = 0,
    sharedBlocksDirtied: Int64 = 0, sharedBlocksWritten: Int64 = 0, tempBlocksRead: Int64 = 0,
    tempBlocksWritten: Int64 = 0, walBytes: Int64? = nil
  ) {
    self.queryID = queryID
    self.text = text
    self.calls = calls
    self.totalTimeInMilliseconds = totalTimeInMilliseconds
    self.meanTimeInMilliseconds = meanTimeInMilliseconds
    self.rows = rows
    self.sharedBlocksHit = sharedBlocksHit
    self.sharedBlocksRead = sharedBlocksRead
    self.sharedBlocksDirtied = sharedBlocksDirtied
    self.sharedBlocksWritten = sharedBlocksWritten
    self.tempBlocksRead = tempBlocksRead
    self.tempBlocksWritten = tempBlocksWritten
    self.walBytes = walBytes
  }
}
