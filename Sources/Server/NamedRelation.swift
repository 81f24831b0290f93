public import IndexDesign
internal import Postgres

/// Whatever stands under a name in one schema; `IF NOT EXISTS` is content with any of it.
public struct NamedRelation: Equatable, Sendable {
  /// The object id.
  public var objectID: UInt32
  /// The name with its schema.
  public var name: RelationName
  /// The kind; nil for one that hypo does not know.
  public var kind: Relation.Kind?
  /// The table that an index belongs to; nil for what is no index.
  public var tableObjectID: UInt32?
  /// The index; nil for what is no index.
  public var index: CatalogIndex?

  /// PostgreSQL 13 or later; nine columns for `CatalogIndex`, then the kind and the index's table.
  private static let query = """
    SELECT c.oid, n.nspname, c.relname, pg_catalog.pg_get_indexdef(i.indexrelid), i.indisunique, i.indisvalid, \
    i.indisprimary, pg_catalog.pg_relation_size(i.indexrelid), pg_catalog.pg_stat_get_numscans(i.indexrelid), \
    i.indisexclusion OR i.indisreplident OR c.relispartition, c.relkind, i.indrelid FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace \
    LEFT JOIN pg_catalog.pg_index i ON i.indexrelid = c.oid
    """

  /// `$1` is the schema and `$2` the name, both as the catalog holds them.
  package static let queryByName = query + " WHERE n.nspname = $1 AND c.relname = $2"

  /// `$1` is an object id.
  package static let queryByObjectID = query + " WHERE c.oid = $1::oid"

  /// `$1` is the object id of an index's table and `$2` the index's name.
  package static let queryByTable = query + " WHERE i.indrelid = $1::oid AND c.relname = $2"

  /// Reads the first row of one of the queries; nil when there is none.
  package init?(rows: [[String?]]) {
    guard let row = rows.first, let objectID = row[0].flatMap({ UInt32($0) }) else { return nil }
    self.objectID = objectID
    name = RelationName(schema: row[1], name: row[2] ?? "")
    kind = row[10].flatMap(Relation.Kind.init(rawValue:))
    tableObjectID = row[11].flatMap { UInt32($0) }
    index = tableObjectID == nil ? nil : CatalogIndex(row: Array(row[0..<10]))
  }
}

extension Session {
  /// What stands under a name; nil when the name is free.
  ///
  /// - Parameter name: qualified by its schema.
  /// - Throws: `ServerError` with the server's own facts.
  package func namedRelation(_ name: RelationName) throws(ServerError) -> NamedRelation? {
    NamedRelation(rows: try resolve(NamedRelation.queryByName, [name.schema, name.name]).rows)
  }
}
