/// Whether two definitions, one of them often read from `pg_get_indexdef`, mean the same index.
///
/// Expressions and conditions are compared as trees of PostgreSQL's grammar, so that blanks, capitals,
/// parentheses and the casts that the server writes out do not matter. Tables must be resolved: a name
/// with its schema is another than the name without.
public enum IndexComparison {
  /// How the names of collations and operator classes in keys are to be read.
  public enum Names: Sendable {
    /// As they were typed or written by the server: those that are mostly defaults say nothing.
    case typed
    /// Resolved by the catalog: they stand only where they make a difference, and then they all count.
    case resolved
  }

  /// Whether both say the same but for the name, the tablespace and `ON ONLY`, which
  /// `pg_get_indexdef` does not tell or tells of every partitioned index.
  public static func isSame(_ a: IndexDefinition, _ b: IndexDefinition, names: Names = .typed) -> Bool {
    a.table == b.table && a.isUnique == b.isUnique && a.accessMethod == b.accessMethod
      && a.keys.count == b.keys.count && zip(a.keys, b.keys).allSatisfy({ isSameKey($0, $1, names) })
      && a.includedColumns == b.includedColumns && a.nullsNotDistinct == b.nullsNotDistinct
      && plainParameters(a.storageParameters) == plainParameters(b.storageParameters)
      && isSamePredicate(a.predicate, b.predicate)
  }

  /// Whether `existing` does all that `design` would do, so that `design` is redundant: the same access
  /// method and condition, the design's keys a leading part of its keys, its columns holding all that
  /// the design includes, and the design not unique.
  ///
  /// Whether `existing` is valid is for the caller to know.
  public static func covers(
    _ existing: IndexDefinition, _ design: IndexDefinition, names: Names = .typed
  ) -> Bool {
    guard existing.table == design.table, existing.accessMethod == design.accessMethod, !design.isUnique,
      design.keys.count <= existing.keys.count,
      zip(existing.keys, design.keys).allSatisfy({ isSameKey($0, $1, names) }),
      isSamePredicate(existing.predicate, design.predicate)
    else { return false }
    if existing.keys.count > design.keys.count, existing.accessMethod == "hash" { return false }
    return Set(design.includedColumns).isSubset(of: columns(of: existing))
  }

  private static func columns(of definition: IndexDefinition) -> Set<String> {
    let keys = definition.keys.compactMap { key -> String? in
      if case .column(let name) = key.term { name } else { nil }
    }
    return Set(keys + definition.includedColumns)
  }

  private static func isSameKey(_ a: IndexKey, _ b: IndexKey, _ names: Names) -> Bool {
    isSameTerm(a.term, b.term) && a.isDescending == b.isDescending
      && a.effectiveNullsFirst == b.effectiveNullsFirst
      && (names == .resolved
        ? a.collation == b.collation && a.operatorClass == b.operatorClass
        : isSameCollation(a.collation, b.collation) && isSameOperatorClass(a.operatorClass, b.operatorClass))
      && plainParameters(a.operatorClassParameters) == plainParameters(b.operatorClassParameters)
  }

  /// A column in parentheses is an expression to the reader, and a column to the server.
  private static func isSameTerm(_ a: IndexKey.Term, _ b: IndexKey.Term) -> Bool {
    if a == b { return true }
    // The server never writes a cast to a key that is a mere column.
    let (left, right) = (ExpressionTree.column(of: text(of: a)), ExpressionTree.column(of: text(of: b)))
    if left != nil || right != nil { return left == right }
    return ExpressionTree.isSame(text(of: a), text(of: b))
  }

  private static func text(of term: IndexKey.Term) -> String {
    switch term {
    case .column(let name): Identifier.quoted(name)
    case .expression(let text): text
    }
  }

  private static func isSamePredicate(_ a: String?, _ b: String?) -> Bool {
    switch (a, b) {
    case (nil, nil): true
    case (let a?, let b?): a == b || ExpressionTree.isSame(a, b)
    default: false
    }
  }

  private static func isSameCollation(_ a: RelationName?, _ b: RelationName?) -> Bool {
    func plain(_ name: RelationName?) -> RelationName? { name?.name == "default" ? nil : name }
    return isSameName(plain(a), plain(b))
  }

  private static func isSameOperatorClass(_ a: RelationName?, _ b: RelationName?) -> Bool {
    func plain(_ name: RelationName?) -> RelationName? {
      name.flatMap { defaultOperatorClasses.contains($0.name) ? nil : $0 }
    }
    return isSameName(plain(a), plain(b))
  }

  /// `pg_catalog` is searched anyway, and the server leaves out a schema that is on the search path.
  private static func isSameName(_ a: RelationName?, _ b: RelationName?) -> Bool {
    guard let a, let b else { return a == nil && b == nil }
    return a.name == b.name && (a.schema == b.schema || a.schema == nil || b.schema == nil)
  }

  private static func plainParameters(_ parameters: [StorageParameter]) -> [String: String] {
    Dictionary(parameters.map { ($0.name, boolean($0.plainValue)) }, uniquingKeysWith: { _, last in last })
  }

  private static func boolean(_ value: String) -> String {
    switch value {
    case "on", "yes", "true": "true"
    case "off", "no", "false": "false"
    default: value
    }
  }

  /// Operator classes that are their type's default in B-tree and hash, so that naming one says nothing.
  private static let defaultOperatorClasses: Set<String> = [
    "array_ops", "bit_ops", "bool_ops", "bpchar_ops", "bytea_ops", "char_ops", "cidr_ops", "date_ops",
    "enum_ops", "float4_ops", "float8_ops", "inet_ops", "int2_ops", "int4_ops", "int8_ops", "interval_ops",
    "macaddr_ops", "money_ops", "name_ops", "numeric_ops", "oid_ops", "range_ops", "record_ops", "text_ops",
    "time_ops", "timestamp_ops", "timestamptz_ops", "timetz_ops", "tsvector_ops", "uuid_ops", "varbit_ops",
    "varchar_ops",
  ]
}
