internal import IndexDesign
internal import Postgres

extension Session {
  /// Plans the query of a materialized view, which REFRESH runs.
  ///
  /// - Throws: `ServerError`: `.notFound`, `.refused` for what is no materialized view, or what planning it throws.
  func explainQuery(
    of view: RelationName, _ question: PlanQuestion, _ askingWhy: Bool
  ) throws(ServerError) -> Explanation {
    let found = try resolve(Self.viewQuery, [view.sql])
    guard let row = found.rows.first else {
      throw ServerError(.notFound, "there is no materialized view \"\(view.sql)\"", sqlState: "42P01")
    }
    guard row[0] == "m", var query = row[1] else {
      throw ServerError(
        .refused, "\"\(view.sql)\" is not a materialized view",
        hint: "only these have a query to refresh them by")
    }
    while query.last == ";" || query.last?.isWhitespace == true { query.removeLast() }
    do {
      var explanation = try explain(
        query, values: question.values, options: question.options, askingWhy: askingWhy)
      explanation.wrapper = question.wrapper
      return explanation
    } catch {
      // The text is the catalog's, and nobody typed it.
      var error = error
      error.position = nil
      throw error
    }
  }

  /// PostgreSQL 13 or later; the kind and the query. `$1` is the name as it stands in SQL.
  private static let viewQuery = """
    SELECT c.relkind, pg_catalog.pg_get_viewdef(c.oid) FROM pg_catalog.pg_class c \
    WHERE c.oid = pg_catalog.to_regclass($1)::pg_catalog.oid
    """
}
