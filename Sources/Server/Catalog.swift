public import IndexDesign
internal import Postgres

/// A relation as the catalog knows it.
public struct Relation: Equatable, Sendable {
  /// What kind of relation it is.
  public enum Kind: String, Sendable {
    /// An ordinary table.
    case table = "r"
    /// A table made of partitions.
    case partitionedTable = "p"
    /// A materialized view, which can carry indexes.
    case materializedView = "m"
    /// A view.
    case view = "v"
    /// A table of another server.
    case foreignTable = "f"
    /// An index.
    case index = "i"
    /// An index of a partitioned table.
    case partitionedIndex = "I"
    /// A sequence.
    case sequence = "S"
    /// A composite type.
    case compositeType = "c"
    /// Out-of-line storage.
    case toast = "t"

    /// The kind in words.
    public var words: String {
      switch self {
      case .table: "table"
      case .partitionedTable: "partitioned table"
      case .materializedView: "materialized view"
      case .view: "view"
      case .foreignTable: "foreign table"
      case .index: "index"
      case .partitionedIndex: "partitioned index"
      case .sequence: "sequence"
      case .compositeType: "composite type"
      case .toast: "TOAST table"
      }
    }
  }

  /// A column that is there, system columns aside.
  public struct Column: Equatable, Sendable {
    /// The name.
    public var name: String
    /// The type as `format_type` words it.
    public var type: String
    /// Whether it is computed whenever it is read, so that no index can hold it (PostgreSQL 18).
    public var isVirtual = false
  }

  /// The object id.
  public var objectID: UInt32
  /// The schema.
  public var schema: String
  /// The name.
  public var name: String
  /// The kind.
  public var kind: Kind
  /// The role that owns it.
  public var owner: String
  /// Whether the session's role has the owner's rights.
  public var isOwned: Bool
  /// The planner's row count; −1 when it was never analysed.
  public var estimatedRows: Double
  /// The size of the main and TOAST forks; the indexes are not in it.
  public var sizeInBytes: Int64
  /// The columns in order.
  public var columns: [Column]
  /// The names of the partitions below it, which plans name in its place; empty when it has none.
  public var partitions: Set<String> = []

  /// The qualified name.
  public var qualifiedName: RelationName { RelationName(schema: schema, name: name) }
}

/// A real index as the catalog and the statistics know it.
public struct CatalogIndex: Equatable, Sendable {
  /// The object id.
  public var objectID: UInt32
  /// The schema, which is the table's.
  public var schema: String
  /// The name.
  public var name: String
  /// The statement that would make it, as `pg_get_indexdef` words it.
  public var definition: String
  /// Whether it enforces uniqueness.
  public var isUnique: Bool
  /// Whether queries may use it; false for what a failed concurrent build leaves.
  public var isValid: Bool
  /// Whether it is the primary key's.
  public var isPrimary: Bool
  /// The size.
  public var sizeInBytes: Int64
  /// Scans since the statistics were reset.
  public var scans: Int64
  /// Whether it does more than find rows, or cannot go alone: it enforces an exclusion constraint, identifies rows for
  /// replication, or belongs to the index of a partitioned table.
  public var isBound = false

  /// The qualified name.
  public var qualifiedName: RelationName { RelationName(schema: schema, name: name) }

  /// The definition as a design; nil when its text holds something that the parser does not know.
  public var design: IndexDefinition? { try? IndexDefinitionParser.parseCreateIndex(definition).definition }

  /// PostgreSQL 13 or later; `$1` is the table's object id. Columns in the order of `init(row:)`.
  static let query = """
    SELECT i.indexrelid, n.nspname, c.relname, pg_catalog.pg_get_indexdef(i.indexrelid), i.indisunique, i.indisvalid, \
    i.indisprimary, pg_catalog.pg_relation_size(i.indexrelid), coalesce(s.idx_scan, 0), \
    i.indisexclusion OR i.indisreplident OR c.relispartition \
    FROM pg_catalog.pg_index i JOIN pg_catalog.pg_class c ON c.oid = i.indexrelid \
    JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace LEFT JOIN pg_catalog.pg_stat_all_indexes s ON s.indexrelid = i.indexrelid
    """

  init(row: [String?]) {
    objectID = row[0].flatMap { UInt32($0) } ?? 0
    schema = row[1] ?? ""
    name = row[2] ?? ""
    definition = row[3] ?? ""
    isUnique = row[4] == "t"
    isValid = row[5] == "t"
    isPrimary = row[6] == "t"
    sizeInBytes = row[7].flatMap { Int64($0) } ?? 0
    scans = row[8].flatMap { Int64($0) } ?? 0
    isBound = row[9] == "t"
  }
}

extension Session {
  /// Looks a relation up as SQL would, through the search path when no schema is named.
  ///
  /// - Throws: `ServerError` with code `.notFound` and a near name as the hint.
  public func relation(_ name: RelationName) throws(ServerError) -> Relation {
    let results = try resolve([
      (Self.relationQuery, [name.sql]), (Self.columnsQuery, [name.sql]), (Self.partitionsQuery, [name.sql]),
    ])
    guard let row = results[0].rows.first, let kind = row[3].flatMap(Relation.Kind.init(rawValue:)) else {
      throw try noRelation(name)
    }
    return Relation(
      objectID: row[0].flatMap { UInt32($0) } ?? 0, schema: row[1] ?? "", name: row[2] ?? "", kind: kind,
      owner: row[4] ?? "", isOwned: row[5] == "t", estimatedRows: row[6].flatMap { Double($0) } ?? -1,
      sizeInBytes: row[7].flatMap { Int64($0) } ?? 0,
      columns: results[1].rows.map {
        Relation.Column(name: $0[0] ?? "", type: $0[1] ?? "", isVirtual: $0[2] == "v")
      },
      partitions: Set(results[2].rows.compactMap { $0[0] }))
  }

  /// The real indexes of a table, the primary key first, then by name.
  public func indexes(of relation: Relation) throws(ServerError) -> [CatalogIndex] {
    let query = CatalogIndex.query + " WHERE i.indrelid = $1::oid ORDER BY i.indisprimary DESC, c.relname"
    return try resolve(query, [String(relation.objectID)]).rows.map(CatalogIndex.init(row:))
  }

  /// One real index by its name.
  ///
  /// - Returns: nil when no relation of that name exists or when it is no index.
  public func index(_ name: RelationName) throws(ServerError) -> CatalogIndex? {
    try resolve(CatalogIndex.query + " WHERE i.indexrelid = pg_catalog.to_regclass($1)::oid", [name.sql]).rows
      .first
      .map(CatalogIndex.init(row:))
  }

  /// PostgreSQL 13 or later; `$1` is a name quoted as needed.
  private static let relationQuery = """
    SELECT c.oid, n.nspname, c.relname, c.relkind, pg_catalog.pg_get_userbyid(c.relowner), \
    pg_catalog.pg_has_role(c.relowner, 'USAGE'), c.reltuples, \
    CASE WHEN c.relkind IN ('r', 'm', 't') THEN pg_catalog.pg_table_size(c.oid) \
    WHEN c.relkind = 'p' THEN (SELECT coalesce(pg_catalog.sum(pg_catalog.pg_table_size(t.relid)), 0) \
    FROM pg_catalog.pg_partition_tree(c.oid) t WHERE t.isleaf) \
    WHEN c.relkind = 'i' THEN pg_catalog.pg_relation_size(c.oid) ELSE 0 END \
    FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace \
    WHERE c.oid = pg_catalog.to_regclass($1)::oid
    """

  /// PostgreSQL 12 or later; `$1` is a name quoted as needed.
  private static let partitionsQuery = """
    SELECT c.relname FROM pg_catalog.pg_class p, pg_catalog.pg_partition_tree(p.oid) t \
    JOIN pg_catalog.pg_class c ON c.oid = t.relid::oid \
    WHERE p.oid = pg_catalog.to_regclass($1)::oid AND p.relkind = 'p'
    """

  /// PostgreSQL 13 or later; `$1` is a name quoted as needed.
  private static let columnsQuery = """
    SELECT attname, pg_catalog.format_type(atttypid, atttypmod), attgenerated FROM pg_catalog.pg_attribute \
    WHERE attrelid = pg_catalog.to_regclass($1)::oid AND attnum > 0 AND NOT attisdropped ORDER BY attnum
    """

  /// What to say of a relation that is not there: where else the same name is, in whatever case, else the nearest one.
  private func noRelation(_ name: RelationName) throws(ServerError) -> ServerError {
    let known = try resolve(
      """
      SELECT n.nspname, c.relname, pg_catalog.pg_table_is_visible(c.oid) FROM pg_catalog.pg_class c \
      JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace WHERE c.relkind IN ('r', 'p', 'm', 'v', 'f') \
      AND n.nspname NOT IN ('pg_catalog', 'information_schema', 'pg_toast') \
      ORDER BY 3 DESC, n.nspname = 'public' DESC, 1, 2 LIMIT 20000
      """
    ).rows.map { (RelationName(schema: $0[0], name: $0[1] ?? ""), $0[2] == "t") }
    let typed = name.schema == nil ? Identifier.quoted(name.name) : name.sql
    let error = ServerError(.notFound, "relation \(Self.inQuotes(typed)) does not exist", sqlState: "42P01")
    let same =
      known.first { $0.0.name == name.name }
      ?? known.first { $0.0.name.lowercased() == name.name.lowercased() }
    if let (relation, isVisible) = same {
      return error.hinting(isVisible && name.schema == nil ? Identifier.quoted(relation.name) : relation.sql)
    }
    return error.hinting(
      NearName.closest(
        to: typed,
        among: known.flatMap { relation, visible in
          visible ? [Identifier.quoted(relation.name), relation.sql] : [relation.sql]
        }))
  }

  /// A name in double quotes; one that is quoted already stays as it is.
  package static func inQuotes(_ name: String) -> String { name.hasPrefix("\"") ? name : "\"\(name)\"" }
}

extension ServerError {
  /// This error with a near name to try; unchanged when there is none.
  func hinting(_ name: String?) -> ServerError {
    guard let name else { return self }
    var error = self
    error.hint = "did you mean \(name.hasPrefix("\"") ? name : "\"\(name)\"")?"
    return error
  }
}
