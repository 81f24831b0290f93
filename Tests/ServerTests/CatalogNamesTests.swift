import IndexDesign
import Testing

@testable import Server

@Suite struct CatalogNamesTests {
  private func names() -> CatalogNames {
    var builder = CatalogNamesBuilder()
    for schema in ["app", "public"] { builder.add(schema, to: \.searchPath) }
    for (number, (schema, name)) in [
      ("public", "orders"), ("app", "orders"), ("public", "Orders"), ("far", "orders"),
      ("public", "customers"),
    ].enumerated() {
      builder.relation(UInt32(number + 1), schema: schema, name: name)
    }
    builder.column(of: 2, name: "id", typeObjectID: 23, type: "integer")
    builder.column(of: 2, name: "total", typeObjectID: 1700, type: "numeric(12,2)")
    builder.column(of: 1, name: "id", typeObjectID: 23, type: "integer")
    builder.column(of: 1, name: "price", typeObjectID: 1700, type: "numeric(8,2)")
    builder.index(schema: "app", name: "orders_pkey", table: "orders", leadingColumn: "id")
    builder.index(schema: "app", name: "orders_lower", table: "orders", leadingColumn: nil)
    return builder.finish()
  }

  @Test func `a name means the first of its kind on the search path`() throws {
    let names = names()
    #expect(names.relation(RelationName(name: "orders"))?.schema == "app")
    #expect(names.relation(RelationName(name: "Orders"))?.schema == "public")
    #expect(names.relation(RelationName(schema: "far", name: "orders"))?.schema == "far")
    #expect(names.relation(RelationName(schema: "far", name: "customers")) == nil)
    #expect(names.relation(RelationName(name: "nothing")) == nil)
    #expect(
      names.relations.filter(\.isVisible).map { "\($0.schema).\($0.name)" } == [
        "public.customers", "app.orders", "public.Orders",
      ])
  }

  @Test func `a beginning finds names in any case`() {
    #expect(names().relations(beginningWith: "ORD").map(\.schema) == ["app", "far", "public", "public"])
    #expect(names().relations(beginningWith: "c").map(\.name) == ["customers"])
    #expect(names().relations(beginningWith: "z").isEmpty)
    #expect(names().relations(beginningWith: "").count == 5)
    #expect(CatalogNames().relations(beginningWith: "a").isEmpty)
  }

  @Test func `columns keep their order and their types`() throws {
    let names = names()
    let orders = try #require(names.relation(RelationName(name: "orders")))
    #expect(
      names.columns(of: orders) == [
        .init(name: "id", type: "integer", typeObjectID: 23),
        .init(name: "total", type: "numeric(12,2)", typeObjectID: 1700),
      ])
    let hidden = try #require(names.relation(RelationName(schema: "public", name: "orders")))
    #expect(names.columns(of: hidden).map(\.type) == ["integer", "numeric(8,2)"])
    let customers = try #require(names.relation(RelationName(name: "customers")))
    #expect(names.columns(of: customers).isEmpty)
    #expect(names.leadingIndexes(of: orders) == ["id": ["orders_pkey"]])
    #expect(names.leadingIndexes(of: hidden).isEmpty)
  }
}
