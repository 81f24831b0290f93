import Postgres

@testable import Server

extension Session {
  /// One value by a statement that finds names by the session's search path.
  func value(_ sql: String) throws -> String? { try run([.query(Self.mark + sql)])[0].value }
}
