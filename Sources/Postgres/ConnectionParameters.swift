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
    if let problem = URIReading(target)?.problem { throw PostgresError(.parameters, problem) }
    var failure: UnsafeMutablePointer<CChar>?
    guard let options = PQconninfoParse(target, &failure) else {
      defer { PQfreemem(failure) }
      throw PostgresError(
        .parameters,
        failure.map { Self.withoutValues(PostgresError.trimmed(String(cString: $0)), of: target) }
          ?? "out of memory")
    }
    defer { PQconninfoFree(options) }
    values = Self.values(of: options)
  }

  /// libpq's message with `…` for the parts of the target that it repeats, which may be of a password.
  ///
  /// A keyword stays, and a single mark of punctuation.
  private static func withoutValues(_ message: String, of target: String) -> String {
    var parts = message.split(separator: "\"", omittingEmptySubsequences: false).map(String.init)
    // What is repeated may hold quotes itself; the message ends behind it.
    guard parts.count > 2 else { return message }
    if target.contains("\"") { parts = [parts[0], "", ""] }
    for index in stride(from: 1, to: parts.count - 1, by: 2) {
      let part = parts[index]
      let isKeyword = part.allSatisfy { $0 == "_" || $0.isLetter } && target.contains(part + "=")
      if target.contains(part), part.count > 1, !isKeyword { parts[index] = "…" }
      if part.isEmpty { parts[index] = "…" }
    }
    return parts.joined(separator: "\"")
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
