import IndexDesign
import Postgres
import TestSupport
import Testing

@testable import Server

@Suite struct CatalogTests {
  static func database() throws -> TestDatabase {
    let database = try TestCluster.shared.database(.orders)
    try database.script(
      """
      ALTER TABLE orders DROP COLUMN note;
      CREATE SCHEMA "Old Shop";
      CREATE TABLE "Old Shop"."Order Lines" (id int, "From" text);
      CREATE TABLE "Old Shop".archive (id int);
      CREATE VIEW late AS SELECT * FROM orders;
      CREATE MATERIALIZED VIEW totals AS SELECT customer_id, sum(total) FROM orders GROUP BY 1;
      CREATE TABLE events (id int, at date) PARTITION BY RANGE (at);
      CREATE TABLE events_2024 PARTITION OF events FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');
      CREATE SEQUENCE numbers;
      CREATE FOREIGN DATA WRAPPER nothing;
      CREATE SERVER far FOREIGN DATA WRAPPER nothing;
      CREATE FOREIGN TABLE remote (id int) SERVER far;
      """)
    return database
  }

  @Test func `a table is found with its columns, size and owner`() throws {
    let database = try Self.database()
    let orders = try database.session().relation(RelationName(name: "orders"))
    #expect(orders.qualifiedName == RelationName(schema: "public", name: "orders"))
    #expect(orders.kind == .table && orders.owner == "hypo" && orders.isOwned)
    #expect(orders.estimatedRows == 20_000)
    #expect(orders.sizeInBytes > 1_000_000)
    #expect(
      orders.columns == [
        .init(name: "id", type: "integer"), .init(name: "customer_id", type: "integer"),
        .init(name: "status", type: "text"), .init(name: "total", type: "numeric(12,2)"),
        .init(name: "created_at", type: "timestamp with time zone"),
      ])
  }

  @Test func `quoted names and the search path work as in SQL`() throws {
    let database = try Self.database()
    let session = try database.session()
    let quoted = try session.relation(RelationName(schema: "Old Shop", name: "Order Lines"))
    #expect(quoted.columns.map(\.name) == ["id", "From"])
    #expect(throws: ServerError.self) { try session.relation(RelationName(name: "archive")) }
    _ = try session.look("SET search_path = \"Old Shop\";")
    #expect(try session.relation(RelationName(name: "archive")).schema == "Old Shop")
    #expect(throws: ServerError.self) { try session.relation(RelationName(name: "orders")) }
    #expect(try session.relation(RelationName(schema: "public", name: "orders")).schema == "public")
  }

  @Test func `the kinds of relations are told apart`() throws {
    let database = try Self.database()
    let session = try database.session()
    let kinds = try ["events", "totals", "late", "remote", "numbers", "orders_pkey"].map {
      try session.relation(RelationName(name: $0)).kind.words
    }
    #expect(
      kinds == ["partitioned table", "materialized view", "view", "foreign table", "sequence", "index"])
  }

  @Test func `a name that is nowhere gets a near one, across schemas`() throws {
    let database = try Self.database()
    let session = try database.session()
    for (name, message, hint) in [
      (RelationName(name: "ordes"), "relation \"ordes\" does not exist", "did you mean \"orders\"?"),
      (
        RelationName(name: "archive"), "relation \"archive\" does not exist",
        "did you mean \"Old Shop\".archive?"
      ),
      (
        RelationName(schema: "public", name: "custmers"), "relation \"public.custmers\" does not exist",
        "did you mean \"public.customers\"?"
      ),
      (
        RelationName(name: "Orders"), "relation \"Orders\" does not exist", "did you mean \"orders\"?"
      ),
    ] {
      #expect(throws: ServerError(.notFound, message, sqlState: "42P01", hint: hint)) {
        try session.relation(name)
      }
    }
    let far = #expect(throws: ServerError.self) { try session.relation(RelationName(name: "zzzzzzzzzzz")) }
    #expect(far?.hint == nil)
  }

  @Test func `the same name in another schema or with capitals comes before a similar one`() throws {
    let database = try Self.database()
    try database.script(
      """
      CREATE SCHEMA app; CREATE SCHEMA zoo; CREATE TABLE zoo.foo (a int); CREATE TABLE app.foo (a int);
      CREATE TABLE fo (a int); CREATE TABLE "Book" (a int); CREATE TABLE app."Fo_o" (a int);
      """)
    let session = try database.session()
    for (name, hint) in [
      (RelationName(name: "foo"), "\"app.foo\""),
      (RelationName(schema: "sales", name: "orders"), "\"public.orders\""),
      (RelationName(schema: "app", name: "orders"), "\"public.orders\""),
      (RelationName(name: "book"), "\"Book\""),
      (RelationName(schema: "app", name: "book"), "\"public.\"Book\"\""),
      (RelationName(name: "fo_o"), "\"app.\"Fo_o\"\""), (RelationName(name: "FO"), "\"fo\""),
    ] {
      let error = #expect(throws: ServerError.self) { try session.relation(name) }
      #expect(error?.hint == "did you mean \(hint)?", "\(name)")
    }
  }

  @Test func `the indexes of a table come with what is known of them`() throws {
    let database = try Self.database()
    let session = try database.session()
    let indexes = try session.indexes(of: session.relation(RelationName(name: "orders")))
    #expect(indexes.map(\.name) == ["orders_pkey", "orders_created_at_idx"])
    #expect(
      indexes.map(\.definition) == [
        "CREATE UNIQUE INDEX orders_pkey ON public.orders USING btree (id)",
        "CREATE INDEX orders_created_at_idx ON public.orders USING btree (created_at)",
      ])
    #expect(indexes.map(\.isUnique) == [true, false])
    #expect(indexes.map(\.isPrimary) == [true, false])
    #expect(indexes.allSatisfy { $0.isValid && $0.sizeInBytes > 100_000 && $0.schema == "public" })
    #expect(indexes[1].design?.keys == [IndexKey(.column("created_at"))])
    #expect(try session.index(RelationName(name: "orders_pkey")) == indexes[0])
    #expect(try session.index(RelationName(name: "orders")) == nil)
    #expect(try session.index(RelationName(name: "nowhere")) == nil)
  }
}
