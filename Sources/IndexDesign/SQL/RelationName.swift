/// The name of a table, index, collation or operator class, with or without its schema.
public struct RelationName: Hashable, Sendable, CustomStringConvertible {
  /// The schema; nil when the name is to be found by the search path.
  public var schema: String?
  /// The name within its schema, folded and without quotes.
  public var name: String

  /// Makes a name of its parts as the catalog holds them.
  public init(schema: String? = nil, name: String) {
    self.schema = schema
    self.name = name
  }

  /// The name as it stands in a statement, each part quoted where it must be.
  public var sql: String {
    schema.map { Identifier.quoted($0) + "." + Identifier.quoted(name) } ?? Identifier.quoted(name)
  }

  /// The same as `sql`.
  public var description: String { sql }

  /// Reads `orders`, `public.orders` or `"Order Lines"` with PostgreSQL's folding.
  ///
  /// - Throws: `DesignError` with code `.syntax` and the place where `text` is no name.
  public static func parse(_ text: String) throws(DesignError) -> RelationName {
    var cursor = TokenCursor(text)
    let name = try cursor.relationName(what: "a name")
    if let rest = cursor.current {
      throw DesignError(
        .syntax, "syntax error at or near \"\(cursor.text(of: rest.range))\"",
        hint: "write NAME or SCHEMA.NAME, with double quotes around capitals and blanks",
        position: rest.range)
    }
    return name
  }
}

extension RelationName {
  /// Whether a name of a statement can only mean this table, or one of another schema.
  public func isMeant(by name: RelationName?) -> Bool {
    guard let name else { return false }
    return name.name == self.name && (name.schema == nil || schema == nil || name.schema == schema)
  }
}
