import IndexDesign
import Postgres
import TestSupport
import Testing

@testable import Server

@Suite struct DesignCheckTests {
  static func failure(_ text: String, _ session: Session) -> ServerError? {
    #expect(throws: ServerError.self, "\(text)") {
      try session.check(IndexDefinitionParser.parseShortForm(text))
    }
  }

  @Test func `a design's table is qualified and the rest is kept as typed`() throws {
    let database = try TestCluster.shared.database(.orders)
    let checked = try database.session().check(
      IndexDefinitionParser.parseShortForm("orders(customer_id, lower(status)) where total > 5 as mine"))
    #expect(
      checked.definition.createStatement()
        == "CREATE INDEX mine ON public.orders (customer_id, lower(status)) WHERE total > 5")
    #expect(checked.same == nil && checked.covering == nil)
    #expect(checked.relation.name == "orders")
  }

  @Test func `an index that is the same and one that covers it are found`() throws {
    let database = try TestCluster.shared.database(.orders)
    try database.script("CREATE INDEX wide ON orders (customer_id, status) INCLUDE (total)")
    let session = try database.session()
    func check(_ text: String) throws -> (String?, String?) {
      let checked = try session.check(IndexDefinitionParser.parseShortForm(text))
      return (checked.same?.name, checked.covering?.name)
    }
    #expect(try check("orders(created_at)") == ("orders_created_at_idx", nil))
    #expect(try check("orders(customer_id)") == (nil, "wide"))
    #expect(try check("orders(customer_id, status) include (total)") == ("wide", nil))
    #expect(try check("orders(customer_id) include (total, status)") == (nil, "wide"))
    #expect(try check("orders(status)") == (nil, nil))
    #expect(try check("orders(customer_id) unique") == (nil, nil))
    try database.script("UPDATE pg_index SET indisvalid = false WHERE indexrelid = 'wide'::regclass")
    #expect(try check("orders(customer_id)") == (nil, nil), "an invalid index covers nothing")
  }

  @Test func `what cannot carry an index is refused by name`() throws {
    let database = try CatalogTests.database()
    let session = try database.session()
    for (name, words) in [
      ("late", "view"), ("remote", "foreign table"), ("numbers", "sequence"), ("orders_pkey", "index"),
    ] {
      #expect(
        Self.failure("\(name)(id)", session)
          == ServerError(
            .statement,
            "\"\(name)\" is a \(words), which cannot carry an index".replacing("a index", with: "an index"),
            sqlState: "42809",
            hint: "name the table that it reads", position: 0..<name.utf8.count))
    }
    for name in ["events", "events_2024", "totals"] {
      let column = name == "totals" ? "customer_id" : "id"
      #expect(throws: Never.self) {
        try session.check(IndexDefinitionParser.parseShortForm("\(name)(\(column))"))
      }
    }
  }

  @Test func `names that do not exist have a place and a near name`() throws {
    let database = try TestCluster.shared.database(.orders)
    let session = try database.session()
    #expect(
      Self.failure("ordrs(id)", session)
        == ServerError(
          .notFound, "relation \"ordrs\" does not exist", sqlState: "42P01",
          hint: "did you mean \"orders\"?", position: 0..<5))
    #expect(
      Self.failure("orders(custmer_id, created_at desc)", session)
        == ServerError(
          .notFound, "column \"custmer_id\" of table \"orders\" does not exist", sqlState: "42703",
          hint: "did you mean \"customer_id\"?", position: 7..<17))
    #expect(
      Self.failure("orders(id) include (zzz)", session)
        == ServerError(
          .notFound, "column \"zzz\" of table \"orders\" does not exist", sqlState: "42703",
          hint: "columns: id, customer_id, status, total, note, created_at", position: 20..<23))
    #expect(
      Self.failure("orders(id) using btre", session)
        == ServerError(
          .notFound, "access method \"btre\" does not exist", sqlState: "42704",
          hint: "did you mean \"btree\"?", position: 17..<21))
    #expect(
      Self.failure("orders(note text_pattrn_ops)", session)
        == ServerError(
          .notFound, "operator class \"text_pattrn_ops\" does not exist for access method \"btree\"",
          sqlState: "42704", hint: "did you mean \"text_pattern_ops\"?", position: 12..<27))
    #expect(throws: Never.self) {
      try session.check(IndexDefinitionParser.parseShortForm("orders(note text_pattern_ops)"))
    }
  }
}
