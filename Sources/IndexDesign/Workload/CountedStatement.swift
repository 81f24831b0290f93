/// One statement and what was counted for it, as a record keeps it: counters by PostgreSQL's own names, so that a
/// new one changes no format.
public struct CountedStatement: Hashable, Sendable {
  /// `queryid`, a signed 64-bit number, as text.
  public var queryID: String
  /// The normalised text, with `$1` where values stood.
  public var text: String
  /// Counters by the names of pg_stat_statements' columns, such as `calls` and `total_exec_time`; a missing one
  /// was not counted.
  public var counters: [String: Double]

  /// Makes a record from its facts.
  public init(queryID: String, text: String, counters: [String: Double]) {
    self.queryID = queryID
    self.text = text
    self.counters = counters
  }

  /// How often it was executed.
  public var calls: Int64 { whole("calls") }
  /// Rows that it returned or changed, over all calls.
  public var rows: Int64 { whole("rows") }
  /// Time spent executing it, planning left out.
  public var totalTimeInMilliseconds: Double { counters["total_exec_time"] ?? 0 }

  private func whole(_ name: String) -> Int64 { counters[name].flatMap { Int64(exactly: $0.rounded()) } ?? 0 }
}

extension StatementStatistics {
  /// What a record keeps of these counters, and of the text without constants.
  ///
  /// Source: PostgreSQL manual, "pg_stat_statements", the names of version 13 and later.
  public var counted: CountedStatement {
    var counters: [String: Double] = [
      "calls": Double(calls), "total_exec_time": totalTimeInMilliseconds,
      "mean_exec_time": meanTimeInMilliseconds, "rows": Double(rows),
      "shared_blks_hit": Double(sharedBlocksHit), "shared_blks_read": Double(sharedBlocksRead),
      "shared_blks_dirtied": Double(sharedBlocksDirtied), "shared_blks_written": Double(sharedBlocksWritten),
      "temp_blks_read": Double(tempBlocksRead), "temp_blks_written": Double(tempBlocksWritten),
    ]
    counters["wal_bytes"] = walBytes.map(Double.init)
    return CountedStatement(
      queryID: queryID, text: StatementText.withoutConstants(text), counters: counters)
  }
}
