/// A type that a parameter can be given when the server cannot infer one.
public struct ParameterType: Hashable, Sendable {
  /// The name as it stands in SQL and in what is said of it.
  public let name: String
  /// Its object id in `pg_type`; nil when this program does not know it.
  public let objectID: UInt32?

  /// A type by its name, as the server writes it.
  init(_ name: String) {
    self.name = name
    objectID = Self.objectIDs[name]
  }

  static let integer = ParameterType("integer")
  static let text = ParameterType("text")

  /// What is tried in turn when nothing tells the type: numbers are what most constants are.
  static let usual = [
    "integer", "text", "numeric", "timestamp with time zone", "interval", "date", "jsonb", "json", "text[]",
    "double precision", "boolean", "uuid", "bigint",
  ].map { ParameterType($0) }

  /// What is tried in turn where a list is needed.
  static let usualArrays = ["text[]", "integer[]", "bigint[]", "uuid[]"].map { ParameterType($0) }

  /// The type of lists of it.
  var array: ParameterType { ParameterType(name + "[]") }

  /// The type of an element of it; the type itself when it is no list.
  var element: ParameterType { name.hasSuffix("[]") ? ParameterType(String(name.dropLast(2))) : self }

  /// Object ids of built-in types never change. Source: `pg_type.dat`.
  private static let objectIDs: [String: UInt32] = [
    "bigint": 20, "bigint[]": 1016, "boolean": 16, "boolean[]": 1000, "bytea": 17, "character": 1042,
    "character varying": 1043, "character varying[]": 1015, "date": 1082, "date[]": 1182,
    "double precision": 701,
    "double precision[]": 1022, "inet": 869, "integer": 23, "integer[]": 1007, "interval": 1186, "json": 114,
    "json[]": 199, "jsonb": 3802, "jsonb[]": 3807, "numeric": 1700, "numeric[]": 1231, "oid": 26, "real": 700,
    "smallint": 21, "smallint[]": 1005, "text": 25, "text[]": 1009, "time without time zone": 1083,
    "timestamp with time zone": 1184, "timestamp with time zone[]": 1185, "timestamp without time zone": 1114,
    "timestamp without time zone[]": 1115, "uuid": 2950, "uuid[]": 2951,
  ]
}
