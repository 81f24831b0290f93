/// An index as somebody designs it: everything that `CREATE INDEX` of PostgreSQL 15 can say.
public struct IndexDefinition: Hashable, Sendable {
  /// The index's own name; nil when it is still to be chosen.
  public var name: String?
  /// The table that it is on.
  public var table: RelationName
  /// Whether it is `UNIQUE`.
  public var isUnique: Bool
  /// The access method, `btree` by default.
  public var accessMethod: String
  /// The keys in order; at least one.
  public var keys: [IndexKey]
  /// The columns of `INCLUDE`, in order; empty when there are none.
  public var includedColumns: [String]
  /// Whether nulls count as equal for `UNIQUE`.
  public var nullsNotDistinct: Bool
  /// The parameters of `WITH`, in order; empty when there are none.
  public var storageParameters: [StorageParameter]
  /// The tablespace; nil for the default one.
  public var tablespace: String?
  /// The condition of a partial index as typed; nil for an index of all rows.
  public var predicate: String?
  /// Whether it is made `ON ONLY` a partitioned table, without its partitions.
  public var onlyParent: Bool

  /// Makes a definition; all but the table and the keys have PostgreSQL's defaults.
  public init(
    name: String? = nil, table: RelationName, isUnique: Bool = false, accessMethod: String = "btree",
    keys: [IndexKey], includedColumns: [String] = [], nullsNotDistinct: Bool = false,
    storageParameters: [StorageParameter] = [], tablespace: String? = nil, predicate: String? = nil,
    onlyParent: Bool = false
  ) {
    self.name = name
    self.table = table
    self.isUnique = isUnique
    self.accessMethod = accessMethod
    self.keys = keys
    self.includedColumns = includedColumns
    self.nullsNotDistinct = nullsNotDistinct
    self.storageParameters = storageParameters
    self.tablespace = tablespace
    self.predicate = predicate
    self.onlyParent = onlyParent
  }

  /// The statement that makes the index, without a `;`.
  ///
  /// - Parameters:
  ///   - name: the index's name, which is never qualified here; nil for `self.name`, and when that is nil
  ///     too the server chooses (it then refuses IF NOT EXISTS).
  ///   - concurrently: whether writers go on meanwhile.
  ///   - ifNotExists: whether any relation of that name makes the statement do nothing.
  public func createStatement(name: String? = nil, concurrently: Bool = false, ifNotExists: Bool = false)
    -> String
  {
    var words = ["CREATE"]
    if isUnique { words.append("UNIQUE") }
    words.append("INDEX")
    if concurrently { words.append("CONCURRENTLY") }
    if ifNotExists { words.append("IF NOT EXISTS") }
    if let name = name ?? self.name { words.append(Identifier.quoted(name)) }
    words.append(onlyParent ? "ON ONLY" : "ON")
    words.append(table.sql)
    if accessMethod != "btree" { words.append("USING " + Identifier.quoted(accessMethod)) }
    words.append("(" + keys.map(\.sql).joined(separator: ", ") + ")")
    if !includedColumns.isEmpty { words.append("INCLUDE (\(Self.list(includedColumns)))") }
    if nullsNotDistinct { words.append("NULLS NOT DISTINCT") }
    if !storageParameters.isEmpty {
      words.append("WITH (" + storageParameters.map(\.sql).joined(separator: ", ") + ")")
    }
    if let tablespace { words.append("TABLESPACE " + Identifier.quoted(tablespace)) }
    if let predicate { words.append("WHERE " + predicate) }
    return words.joined(separator: " ")
  }

  /// The definition as `hypo add` takes it: `orders(customer_id, created_at desc) include (total) where …`.
  ///
  /// It says everything but `ON ONLY`, which the short form has no words for.
  public var shortForm: String {
    var words = ["\(table.sql)(" + keys.map { $0.sql(isShort: true) }.joined(separator: ", ") + ")"]
    if accessMethod != "btree" { words.append("using " + Identifier.quoted(accessMethod)) }
    if isUnique { words.append("unique") }
    if nullsNotDistinct { words.append("nulls not distinct") }
    if !includedColumns.isEmpty { words.append("include (\(Self.list(includedColumns)))") }
    if !storageParameters.isEmpty {
      words.append("with (" + storageParameters.map(\.sql).joined(separator: ", ") + ")")
    }
    if let tablespace { words.append("tablespace " + Identifier.quoted(tablespace)) }
    if let name { words.append("as " + Identifier.quoted(name)) }
    if let predicate { words.append("where " + predicate) }
    return words.joined(separator: " ")
  }

  private static func list(_ names: [String]) -> String {
    names.map(Identifier.quoted).joined(separator: ", ")
  }
}
