internal import Postgres
public import Server

/// An extension that `setup` would install, with the statement that does it.
public struct MissingExtension: Equatable, Sendable {
  /// The extension's name.
  public var name: String
  /// The version that the server offers.
  public var version: String
  /// The exact statement.
  public var statement: String
  /// The statement that takes it away again.
  public var reverse: String
}

extension Session {
  /// The extensions that hypo needs, that the server offers and that this database lacks, in the order to install them.
  ///
  /// - Throws: `ServerError` with the server's own facts.
  public func missingExtensions() throws(ServerError) -> [MissingExtension] {
    try read(Self.missingExtensionsQuery).rows.map { row in
      let name = row[0] ?? ""
      return MissingExtension(
        name: name, version: row[1] ?? "", statement: "CREATE EXTENSION IF NOT EXISTS \(name)",
        reverse: "DROP EXTENSION IF EXISTS \(name)")
    }
  }

  /// PostgreSQL 13 or later. Columns: name, version that the server offers.
  private static let missingExtensionsQuery = """
    SELECT name, default_version FROM pg_available_extensions \
    WHERE name IN ('pg_stat_statements', 'hypopg') AND installed_version IS NULL ORDER BY name DESC
    """
}
