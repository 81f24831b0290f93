internal import IndexDesign
internal import Postgres

// A name in a key says nothing when it is that of the column's own collation, or of an operator class that does what the
// type's default one does (text_ops and varchar_ops are one). Only the catalog knows.
// Source: pg_get_indexdef, which leaves out exactly those.

extension Session {
  /// Definitions in which collations and operator classes are named by object ids, and only where they make a difference.
  ///
  /// An operator class is known by its family and input type, which is all that the planner asks for.
  func resolved(
    _ definitions: [IndexDefinition], on relation: Relation
  ) throws(ServerError) -> [IndexDefinition] {
    let rows = definitions.enumerated().flatMap { place, definition in
      definition.keys.enumerated().compactMap { Self.row(of: $1, place, $0, definition.accessMethod) }
    }
    guard !rows.isEmpty else { return definitions }
    let answer = try resolve(
      Self.namesQuery(rows.joined(separator: ", ")), [String(relation.objectID)])
    var resolved = definitions
    for row in answer.rows {
      guard let place = row[0].flatMap({ Int($0) }), let key = row[1].flatMap({ Int($0) }) else { continue }
      resolved[place].keys[key].collation = row[2].map { RelationName(name: $0) }
      resolved[place].keys[key].operatorClass = row[3].map { RelationName(name: $0) }
    }
    return resolved
  }

  /// What is to be asked about a key; nil when it names nothing.
  private static func row(of key: IndexKey, _ place: Int, _ number: Int, _ method: String) -> String? {
    guard key.collation != nil || key.operatorClass != nil else { return nil }
    let column: String? = if case .column(let name) = key.term { name } else { nil }
    let texts = [column, method, key.collation?.sql, key.operatorClass?.schema, key.operatorClass?.name]
    let values = texts.map { $0.map { Literal.quoted($0) } ?? "NULL" }
    return "(\(place), \(number), " + values.map { "\($0)::pg_catalog.text" }.joined(separator: ", ") + ")"
  }

  /// PostgreSQL 13 or later; `$1` is the table's object id. Place of the definition, number of the key, collation and
  /// operator class, each NULL where it makes no difference.
  private static func namesQuery(_ rows: String) -> String {
    """
    SELECT k.place, k.number, NULLIF(coalesce(pg_catalog.to_regcollation(k.coll)::oid::text, k.coll), \
    a.attcollation::text), CASE WHEN e.oid IS NULL THEN k.class \
    WHEN k.col IS NULL AND e.opcdefault OR e.opcfamily = f.opcfamily AND e.opcintype = f.opcintype THEN NULL \
    ELSE pg_catalog.concat(e.opcfamily::oid, '/', e.opcintype::oid) END \
    FROM (VALUES \(rows)) k(place, number, col, method, coll, class_schema, class) \
    JOIN pg_catalog.pg_am m ON m.amname = k.method \
    LEFT JOIN pg_catalog.pg_attribute a ON a.attrelid = $1::oid AND a.attname = k.col AND NOT a.attisdropped \
    LEFT JOIN pg_catalog.pg_type t ON t.oid = a.atttypid \
    LEFT JOIN pg_catalog.pg_type b ON b.oid = CASE t.typtype WHEN 'd' THEN t.typbasetype ELSE t.oid END \
    LEFT JOIN LATERAL (SELECT c.* FROM pg_catalog.pg_opclass c \
    JOIN pg_catalog.pg_namespace n ON n.oid = c.opcnamespace WHERE c.opcmethod = m.oid AND c.opcname = k.class \
    AND CASE WHEN k.class_schema IS NULL THEN pg_catalog.pg_opclass_is_visible(c.oid) \
    ELSE n.nspname = k.class_schema END LIMIT 1) e ON true \
    LEFT JOIN LATERAL (SELECT c.* FROM pg_catalog.pg_opclass c JOIN pg_catalog.pg_type i ON i.oid = c.opcintype \
    WHERE c.opcmethod = m.oid AND c.opcdefault AND (c.opcintype = b.oid \
    OR i.typname = CASE b.typtype WHEN 'e' THEN 'anyenum' WHEN 'r' THEN 'anyrange' WHEN 'm' THEN 'anymultirange' \
    WHEN 'c' THEN 'record' ELSE CASE b.typcategory WHEN 'A' THEN 'anyarray' END END \
    OR EXISTS (SELECT FROM pg_catalog.pg_cast x WHERE x.castsource = b.oid AND x.casttarget = c.opcintype \
    AND x.castmethod = 'b')) ORDER BY c.opcintype = b.oid DESC, i.typispreferred DESC LIMIT 1) f ON true
    """
  }
}
