import Reports
import Terminal
import Testing

@testable import Shell

/// Lines with `¦` for the cursor, and what is offered there first.
@Suite struct SQLCompletionTests {
  private func completions(_ line: String) -> [Completion] {
    let parts = line.split(separator: "¦", omittingEmptySubsequences: false)
    return Completer(facts: CompletionFacts(names: .shop))
      .completions(before: String(parts[0]), after: String(parts.last ?? ""))
  }

  private func texts(_ line: String) -> [String] { completions(line).map(\.text) }

  @Test(arguments: [
    ("select * from or¦", ["\"Order Lines\"", "order_view", "orders", "or"]),
    ("select * from orders o, cust¦", ["customers"]), ("select * from orders join cust¦", ["customers"]),
    ("select * from public.cu¦", ["customers"]), ("select * from archive.¦", ["old_customers", "orders"]),
    ("table cus¦", ["customers"]), ("explain update cus¦", ["customers"]),
    ("explain delete from cus¦", ["customers"]),
    ("explain insert into cus¦", ["customers"]), ("explain select * from only cus¦", ["customers"]),
    ("query x = select * from cus¦", ["customers"]),
    ("select 1 where id in (select id from cus¦", ["customers"]),
    ("select * from (select * from cus¦", ["customers"]),
    ("select * from pg_c¦", ["pg_class", "pg_catalog."]),
    ("with recent as (select 1) select * from rec¦", ["recent"]),
    ("explain (verbose) select * from cus¦", ["customers"]),
    ("select * from \"Order L¦", ["\"Order Lines\""]),
  ])
  func `relations`(line: String, expected: [String]) {
    #expect(texts(line).filter { $0 != "or" } == expected.filter { $0 != "or" })
  }

  @Test(arguments: [
    ("select cust¦ from orders", ["customer_id"]), ("select * from orders where st¦", ["status"]),
    ("select * from orders where status = 'x' and cr¦", ["created_at"]),
    ("select * from orders o where o.c¦", ["customer_id", "created_at"]),
    ("select * from orders as o join customers c on c.l¦", ["loyal_since"]),
    ("select orders.st¦ from orders", ["status"]), ("select * from orders order by st¦", ["status"]),
    ("select count(*) from orders group by cu¦", ["customer_id"]),
    ("select a.y¦ from archive.orders a", ["year"]),
    ("select * from orders where customer_id in (select cu¦ from orders)", ["customer_id"]),
    ("explain update orders set st¦", ["status"]), ("explain insert into orders (st¦", ["status"]),
    ("select * from customers where fu¦", ["\"Full Name\""]), ("select * from orders where since¦", []),
    ("select since¦ from customers", ["loyal_since"]), ("select * from orders where status = 'cu¦", []),
    ("select * from orders -- cu¦", []), ("select * from orders where id = 1¦", []),
    ("select public.orders.st¦ from public.orders", ["status"]), ("select 番¦ from 注文", ["\"番号\""]),
  ])
  func `columns`(line: String, expected: [String]) { #expect(texts(line) == expected) }

  @Test(arguments: [
    ("select * from orders wh¦", ["where"]), ("SELECT * FROM orders WH¦", ["WHERE"]),
    ("select * from orders gr¦", ["group by"]), ("select id fr¦", ["from"]), ("SELECT id ¦", ["FROM"]),
    ("select * from orders where id is¦", ["is null", "is not null"]), ("(sel¦", ["select"]),
    ("select * from orders where id = 1 an¦", ["and"]), ("select * from orders order by id de¦", ["desc"]),
    ("select * from orders order ¦", ["by"]), ("select * from orders where id = 1 group ¦", ["by"]),
    ("SELECT * FROM orders o ORDER B¦", ["BY"]), ("select a.order ¦ from t a", ["from"]),
    ("explain up¦", ["update"]), ("select id from orders union sel¦", ["select"]),
    ("select co¦", ["count(", "coalesce("]),
  ])
  func `keywords, in the case that is typed`(line: String, expected: [String]) {
    #expect(Array(texts(line).prefix(expected.count)) == expected)
  }

  @Test func `several relations are told apart`() {
    let found = completions("select ¦ from orders o join customers c on true")
    #expect(
      found.prefix(8).map { "\($0.text)  \($0.note ?? "")" } == [
        "id  integer of o, c", "customer_id  integer of o", "status  text of o",
        "created_at  timestamptz of o",
        "loyal_since  date of c", "\"Full Name\"  text of c", "o.  orders", "c.  customers",
      ])
  }
}
