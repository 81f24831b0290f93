public import IndexDesign
internal import Postgres

extension Session {
  /// What the server has counted up to now for a table, the statements on it and one of its indexes.
  ///
  /// What the role may not read is nil or empty: a change is not stopped for want of a counter.
  /// - Parameter indexObjectID: the index; nil while there is none.
  /// - Throws: `ServerError` when the person stops it or the connection is lost.
  public func changeCounters(
    on table: Relation, indexObjectID: UInt32? = nil
  ) throws(ServerError) -> ChangeCounters {
    let statements = try ifPossible { () throws(ServerError) in try self.statements(on: table) } ?? []
    var counters = ChangeCounters(statements: statements.map(\.counted), instance: try serverInstance())
    if let installed = facts.statStatements, installed.isUsable, installed.isAtLeast(1, 9) {
      let query = "SELECT extract(epoch FROM stats_reset) FROM \(installed.schema).pg_stat_statements_info"
      let reset = try ifPossible { () throws(ServerError) in try read(query).value } ?? nil
      counters.statisticsReset = reset.flatMap { Double($0) }.map { Timestamp(secondsSinceEpoch: $0) }
    }
    let index = indexObjectID.map { String($0) }
    let row = try ifPossible { () throws(ServerError) in
      try read(Self.tableCounters, [String(table.objectID), index]).rows.first
    }
    guard let row = row ?? nil else { return counters }
    let values = row.map { $0.flatMap { Int64($0) } }
    counters.tableSizeInBytes = values[0]
    counters.tableSequentialScans = values[1]
    counters.tableSequentialRowsRead = values[2]
    counters.tableIndexScans = values[3]
    counters.tableIndexRowsFetched = values[4]
    counters.indexScans = values[5]
    return counters
  }

  /// PostgreSQL 13 or later; `$1` is the table, `$2` the index or NULL.
  private static let tableCounters = """
    SELECT pg_table_size(relid), seq_scan, seq_tup_read, idx_scan, idx_tup_fetch, \
    (SELECT idx_scan FROM pg_stat_all_indexes WHERE indexrelid = $2::oid) \
    FROM pg_stat_all_tables WHERE relid = $1::oid
    """
}
