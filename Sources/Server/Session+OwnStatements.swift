package import Postgres

// Whoever may create in a schema of the search path can put a function or an operator there that fits the
// arguments of a statement better than PostgreSQL's own, and would run it with the session's rights. So hypo's
// own statements do not search those schemas; where a name has to be found as the person's SQL would find it,
// PostgreSQL's own come first and functions are named with their schema.
// Source: PostgreSQL manual, "Writing SECURITY DEFINER Functions Safely" and "Schemas".
extension Session {
  /// Keeps a statement to PostgreSQL's own functions and operators, up to the end of the transaction.
  static let ownSearchPath = mark + "SET LOCAL search_path = pg_catalog, pg_temp"

  private static let resolvingSearchPath =
    mark + "SELECT pg_catalog.set_config('search_path', pg_catalog.rtrim(pg_catalog.concat('pg_catalog, ', "
    + "pg_catalog.current_setting('search_path')), ', '), true)"

  /// Runs one reading statement of hypo's own.
  ///
  /// - Throws: `ServerError` with the server's own facts.
  package func read(_ sql: String, _ values: [String?] = []) throws(ServerError) -> QueryResult {
    do {
      return try run([.query(Self.ownSearchPath), .query(Self.mark + sql, values)])[1]
    } catch { throw ServerError(error.error) }
  }

  /// Runs reading statements of hypo's own that find names, or write them out, by the session's search path.
  ///
  /// Their functions need their schema: one on the search path may fit the arguments better.
  /// - Throws: `ServerError` with the server's own facts.
  package func resolve(_ statements: [(sql: String, values: [String?])]) throws(ServerError) -> [QueryResult]
  {
    let steps = statements.map { PipelineStep.query(Self.mark + $0.sql, $0.values) }
    do { return Array(try run([.query(Self.resolvingSearchPath)] + steps)[1...]) } catch {
      throw ServerError(error.error)
    }
  }

  /// `resolve` of one statement.
  ///
  /// - Throws: `ServerError` with the server's own facts.
  package func resolve(_ sql: String, _ values: [String?] = []) throws(ServerError) -> QueryResult {
    try resolve([(sql, values)])[0]
  }
}
