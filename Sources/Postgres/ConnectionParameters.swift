internal import CLibPQ

/// What libpq needs to find and enter a database: keywords and values, later ones winning.
///
/// What is not said comes from `PG*`, the service file and `.pgpass`, as with every libpq program.
/// Source: PostgreSQL manual, "Connection Strings" and "Parameter Key Words".
public struct ConnectionParameters: Equatable, Sendable {
  /// Values by keyword, as they go to libpq; may hold a password.
  public private(set) var values: [String: String]

  /// Takes keywords and values as they are.
  public init(_ values: [String: String] = [:]) { self.values = values }

  /// Reads a conninfo string, a URI, or else a plain database name.
  ///
  /// - Throws: `PostgresError` with code `.parameters` and libpq's own words.
  public init(target: String) throws(PostgresError) {
    guard target.contains("=") || target.hasPrefix("postgres://") || target.hasPrefix("postgresql://") else {
      values = target.isEmpty ? [:] : ["dbname": target]
      return
    }
    var failure: UnsafeMutablePointer<CChar>?
    guard let options = PQconninfoParse(target, &failure) else {
      defer { PQfreemem(failure) }
      throw PostgresError(
        .parameters, failure.map { PostgresError.trimmed(String(cString: $0)) } ?? "out of memory")
    }
    defer { PQconninfoFree(options) }
    values = Self.values(of: options)
  }

  /// One value; nil when it is left to libpq's defaults.
  public subscript(keyword: String) -> String? {
    get { values[keyword] }
    set { values[keyword] = newValue }
  }

  /// These parameters with others over them.
  public func merging(_ others: [String: String]) -> ConnectionParameters {
    ConnectionParameters(values.merging(others) { _, new in new })
  }

  static func values(of options: UnsafeMutablePointer<PQconninfoOption>) -> [String: String] {
    var found: [String: String] = [:]
    var option = options
    while let keyword = option.pointee.keyword {
      if let value = option.pointee.val { found[String(cString: keyword)] = String(cString: value) }
      option += 1
    }
    return found
  }
}
