/// One statement of the reading of names, and what its rows are.
///
/// PostgreSQL 13 or later. All are catalog reads that every role may do, on standbys too.
struct CatalogNamesStep: Sendable {
  var sql: String
  var values: [String?] = []
  var read: @Sendable (inout CatalogNamesBuilder, [String?]) -> Void = { _, _ in }

  /// All of them, in one transaction that reads.
  ///
  /// - Parameter searchPath: what counts for names without a schema; nil for the role's own setting.
  static func all(searchPath: String?) -> [CatalogNamesStep] {
    let path = searchPath.map { [("search_path", $0)] } ?? []
    let local = [("statement_timeout", "10s"), ("lock_timeout", "1s")] + path
    let calls = local.indices.map { "pg_catalog.set_config($\($0 * 2 + 1), $\($0 * 2 + 2), true)" }
    return [
      .init(sql: "BEGIN READ ONLY"),
      .init(sql: "SELECT " + calls.joined(separator: ", "), values: local.flatMap { [$0.0, $0.1] }),
      .init(sql: "SELECT s FROM pg_catalog.unnest(pg_catalog.current_schemas(true)) s") { builder, row in
        builder.add(row[0] ?? "", to: \.searchPath)
      },
      .init(sql: "SET LOCAL search_path = pg_catalog, pg_temp"),
      relations, columns, indexes, accessMethods, schemas, databases, operatorClasses,
      .init(sql: "COMMIT"),
    ]
  }

  private static let relations = CatalogNamesStep(
    sql: """
      SELECT c.oid, n.nspname, c.relname, c.relkind, c.relispartition FROM pg_class c \
      JOIN pg_namespace n ON n.oid = c.relnamespace WHERE c.relkind IN ('r', 'p', 'm', 'v', 'f') \
      AND n.nspname NOT LIKE 'pg\\_toast%' \
      AND (n.nspname NOT LIKE 'pg\\_temp\\_%' OR n.oid = pg_my_temp_schema())
      """
  ) { builder, row in
    guard let kind = row[3].flatMap(Relation.Kind.init(rawValue:)) else { return }
    builder.relation(
      number(row[0]), schema: row[1] ?? "", name: row[2] ?? "", kind: kind, isPartition: row[4] == "t")
  }

  private static let columns = CatalogNamesStep(
    sql: """
      SELECT a.attrelid, a.attname, a.atttypid, format_type(a.atttypid, a.atttypmod) FROM pg_attribute a \
      JOIN pg_class c ON c.oid = a.attrelid WHERE c.relkind IN ('r', 'p', 'm', 'v', 'f') \
      AND c.relnamespace <> 'pg_toast'::regnamespace AND a.attnum > 0 AND NOT a.attisdropped \
      ORDER BY a.attrelid, a.attnum
      """
  ) { builder, row in
    builder.column(
      of: number(row[0]), name: row[1] ?? "", typeObjectID: number(row[2]), type: row[3] ?? "")
  }

  private static let indexes = CatalogNamesStep(
    sql: """
      SELECT n.nspname, c.relname, t.relname, a.attname FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid \
      JOIN pg_class t ON t.oid = i.indrelid JOIN pg_namespace n ON n.oid = c.relnamespace \
      LEFT JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = i.indkey[0] AND a.attnum > 0 \
      WHERE n.nspname NOT IN ('pg_catalog', 'pg_toast', 'information_schema')
      """
  ) { builder, row in
    builder.index(schema: row[0] ?? "", name: row[1] ?? "", table: row[2] ?? "", leadingColumn: row[3])
  }

  private static let accessMethods = list(
    "SELECT amname FROM pg_am WHERE amtype = 'i' ORDER BY amname", \.accessMethods)

  private static let schemas = list(
    """
    SELECT nspname FROM pg_namespace WHERE nspname NOT LIKE 'pg\\_toast%' AND nspname NOT LIKE 'pg\\_temp\\_%' \
    ORDER BY nspname
    """, \.schemas)

  private static let databases = list(
    "SELECT datname FROM pg_database WHERE datallowconn AND NOT datistemplate ORDER BY datname", \.databases)

  /// The classes of each type that some column has: its own, those of a type that it can be read as without a
  /// function, and those for any array, enum or range. The default one comes first; with several, the preferred
  /// type's counts.
  private static let operatorClasses = CatalogNamesStep(
    sql: """
      SELECT t.used, m.amname, o.opcname, o.opcdefault AND (o.opcintype = t.base OR (NOT EXISTS \
      (SELECT FROM pg_opclass e WHERE e.opcmethod = o.opcmethod AND e.opcintype = t.base AND e.opcdefault) AND EXISTS \
      (SELECT FROM pg_type i WHERE i.oid = o.opcintype AND (i.typispreferred OR i.typtype = 'p')))) \
      FROM (SELECT y.oid AS used, CASE y.typtype WHEN 'd' THEN y.typbasetype ELSE y.oid END AS base, y.typtype, \
      y.typcategory FROM (SELECT DISTINCT a.atttypid FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid \
      WHERE c.relkind IN ('r', 'p', 'm') AND a.attnum > 0 AND c.relnamespace NOT IN \
      ('pg_catalog'::regnamespace, 'information_schema'::regnamespace, 'pg_toast'::regnamespace)) u \
      JOIN pg_type y ON y.oid = u.atttypid) t \
      JOIN pg_opclass o ON o.opcintype = t.base \
      OR EXISTS (SELECT FROM pg_cast k WHERE k.castsource = t.base AND k.casttarget = o.opcintype \
      AND k.castmethod = 'b' AND k.castcontext = 'i') \
      OR (o.opcintype = 'anyarray'::regtype AND t.typcategory = 'A') \
      OR (o.opcintype = 'anyenum'::regtype AND t.typtype = 'e') \
      OR (o.opcintype = 'anyrange'::regtype AND t.typtype = 'r') \
      JOIN pg_am m ON m.oid = o.opcmethod ORDER BY t.used, m.amname, 4 DESC, o.opcintype = t.base DESC, o.opcname
      """
  ) { builder, row in
    builder.operatorClass(
      row[2] ?? "", accessMethod: row[1] ?? "", typeObjectID: number(row[0]), isDefault: row[3] == "t")
  }

  private static func list(
    _ sql: String, _ list: any WritableKeyPath<CatalogNames, [String]> & Sendable
  ) -> CatalogNamesStep {
    CatalogNamesStep(sql: sql) { builder, row in builder.add(row[0] ?? "", to: list) }
  }

  private static func number(_ text: String?) -> UInt32 { text.flatMap { UInt32($0) } ?? 0 }
}
