public import IndexDesign
internal import Postgres

extension Session {
  /// The first scan of a plan that goes through an index in its order for a LIMIT and throws most of it away; nil when
  /// there is none, or when it is not known how many rows its index has.
  ///
  /// - Throws: `ServerError` with the server's own facts.
  public func orderedWalk(in plan: ExecutionPlan) throws(ServerError) -> OrderedWalk? {
    for scan in plan.scansInOrderUnderLimit {
      guard let name = relationOfRows(in: scan) else { continue }
      // Without VERBOSE a plan does not tell the schema: a name that several relations have may mean any of them.
      let found = try resolve(Self.rowsQuery, [name, scan.schema]).rows
      guard found.count == 1, let rows = found[0][0].flatMap(Double.init) else { continue }
      if let walk = OrderedWalk(scan, rowsOfIndex: rows) { return walk }
    }
    return nil
  }

  /// What has as many rows as the scan's index: the index itself, for a design its table; nil when a design is partial.
  private func relationOfRows(in scan: PlanNode) -> String? {
    switch scan.index {
    case .real(let name)?: name
    case .design(let handle)?:
      hypotheticals.active.first { $0.handle == handle }.flatMap {
        $0.definition?.predicate == nil ? scan.relation : nil
      }
    case nil: nil
    }
  }

  /// PostgreSQL 10 or later; `$1` is the name of a table or index, `$2` its schema or NULL. Its rows, by the statistics.
  private static let rowsQuery = """
    SELECT c.reltuples FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace \
    WHERE c.relname = $1 AND c.relkind IN ('r', 'm', 'i') AND ($2::text IS NULL OR n.nspname = $2)
    """
}
