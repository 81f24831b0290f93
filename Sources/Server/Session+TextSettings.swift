internal import Postgres

extension Session {
  /// Names without a schema and constants of date and time mean what these settings make of them.
  ///
  /// Their values are the session's, by name.
  /// - Throws: `ServerError` with the server's own facts.
  package func textSettings() throws(ServerError) -> [String: String] {
    let names = ["search_path", "DateStyle", "IntervalStyle", "TimeZone"]
    let columns = names.map { "pg_catalog.current_setting('\($0)')" }.joined(separator: ", ")
    // The search path is the session's own only outside of `read` and `resolve`.
    let step = PipelineStep.query(Self.mark + "SELECT " + columns)
    let row: [String?]
    do { row = try run([step])[0].rows.first ?? [] } catch { throw ServerError(error.error) }
    return Dictionary(zip(names, row.map { $0 ?? "" }), uniquingKeysWith: { first, _ in first })
  }
}
