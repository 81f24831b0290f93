public import IndexDesign
internal import Postgres

extension Session {
  /// What the statistics know of rows that a UNIQUE index would refuse; nil where they show none, and of an index that is
  /// not unique, has a condition or an expression.
  ///
  /// - Throws: `ServerError` when the person stops it or the connection is lost.
  public func duplicates(of definition: IndexDefinition) throws(ServerError) -> DuplicateKeys? {
    guard definition.isUnique, definition.predicate == nil else { return nil }
    let names = definition.keys.compactMap { if case .column(let name) = $0.term { name } else { nil } }
    guard names.count == definition.keys.count else { return nil }
    let answer = try ifPossible { () throws(ServerError) in
      try resolve(Self.keyStatistics, [definition.table.sql, Literal.array(of: names)])
    }
    var columns: [(name: String, values: Double, nulls: Double)] = []
    var total = 0.0
    for row in answer?.rows ?? [] {
      guard let name = row[0], let rows = row[1].flatMap(Double.init),
        let values = row[2].flatMap(Double.init),
        let nulls = row[3].flatMap(Double.init)
      else { return nil }
      total = rows
      columns.append((name, values < 0 ? -values * rows : values, nulls))
    }
    return columns.count == names.count ? DuplicateKeys(columns, rows: total) : nil
  }

  /// PostgreSQL 13 or later; `$1` is a table, `$2` an array of columns. Of each: name, the table's rows, how many different
  /// values and which share of NULLs pg_stats has.
  private static let keyStatistics = """
    SELECT k.name, c.reltuples, s.n_distinct, s.null_frac \
    FROM pg_catalog.unnest($2::pg_catalog.text[]) WITH ORDINALITY k(name, place) \
    JOIN pg_catalog.pg_class c ON c.oid = pg_catalog.to_regclass($1)::pg_catalog.oid AND c.relkind <> 'p' \
    JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace JOIN pg_catalog.pg_stats s ON s.schemaname = n.nspname \
    AND s.tablename = c.relname AND s.attname = k.name AND NOT s.inherited ORDER BY k.place
    """
}
