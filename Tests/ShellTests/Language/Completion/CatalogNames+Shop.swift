@testable import Server

extension CatalogNames {
  /// A made-up shop: three tables, a view, names that need quotes, another schema, one of PostgreSQL's own.
  static let shop: CatalogNames = {
    var builder = CatalogNamesBuilder()
    for schema in ["pg_catalog", "public"] { builder.add(schema, to: \.searchPath) }
    for schema in ["archive", "information_schema", "pg_catalog", "public"] {
      builder.add(schema, to: \.schemas)
    }
    for method in ["brin", "btree", "gin", "hash"] { builder.add(method, to: \.accessMethods) }
    for database in ["orders", "postgres"] { builder.add(database, to: \.databases) }
    let tables: [(schema: String, name: String, kind: Relation.Kind, columns: [(String, String)])] = [
      (
        "public", "orders", .table,
        [("id", "integer"), ("customer_id", "integer"), ("status", "text"), ("created_at", "timestamptz")]
      ),
      ("public", "customers", .table, [("id", "integer"), ("loyal_since", "date"), ("Full Name", "text")]),
      ("public", "Order Lines", .table, [("order_id", "integer")]),
      ("public", "order_view", .view, [("id", "integer")]),
      ("public", "注文", .table, [("番号", "integer")]),
      ("archive", "orders", .table, [("id", "integer"), ("year", "integer")]),
      ("archive", "old_customers", .table, [("id", "integer")]),
      ("pg_catalog", "pg_class", .table, [("oid", "oid")]),
    ]
    let types: [String: UInt32] = ["integer": 23, "text": 25, "timestamptz": 1184, "date": 1082, "oid": 26]
    for (number, table) in tables.enumerated() {
      builder.relation(UInt32(number + 1), schema: table.schema, name: table.name, kind: table.kind)
      for (name, type) in table.columns {
        builder.column(of: UInt32(number + 1), name: name, typeObjectID: types[type] ?? 0, type: type)
      }
    }
    builder.index(schema: "public", name: "orders_pkey", table: "orders", leadingColumn: "id")
    builder.index(
      schema: "public", name: "orders_created_at_idx", table: "orders", leadingColumn: "created_at")
    builder.index(schema: "archive", name: "orders_year", table: "orders", leadingColumn: "year")
    builder.operatorClass("text_ops", accessMethod: "btree", typeObjectID: 25, isDefault: true)
    builder.operatorClass("text_pattern_ops", accessMethod: "btree", typeObjectID: 25, isDefault: false)
    builder.operatorClass("text_ops", accessMethod: "hash", typeObjectID: 25, isDefault: true)
    return builder.finish()
  }()
}
