import Reports
import Server
import Terminal
import Testing

@testable import Shell

/// Lines with `|` for the cursor, and what is offered there: texts, or `text  note`.
@Suite struct CompleterTests {
  static var facts: CompletionFacts {
    var facts = CompletionFacts(names: .shop)
    facts.queries = [.init(name: "@1", note: "SELECT 1"), .init(name: "@recent", note: "SELECT 2")]
    facts.designs = [.init(name: "%1", note: "hypothetical: orders(id)")]
    facts.changes = [.init(name: "7", note: "CREATE INDEX")]
    facts.targets = [.init(name: "sandbox", note: "a private server")]
    facts.files = { folder in
      switch folder {
      case "":
        [
          .init(name: ".hidden", isFolder: false), .init(name: "a b.sql", isFolder: false),
          .init(name: "examples", isFolder: true), .init(name: "existing.hypo", isFolder: false),
        ]
      case "examples/": [.init(name: "orders.hypo", isFolder: false)]
      case "~/": [.init(name: "my things", isFolder: true)]
      default: []
      }
    }
    return facts
  }

  private func completions(_ line: String, _ facts: CompletionFacts = Self.facts) -> [Completion] {
    let parts = line.split(separator: "¦", omittingEmptySubsequences: false)
    return Completer(facts: facts).completions(before: String(parts[0]), after: String(parts.last ?? ""))
  }

  private func texts(_ line: String) -> [String] { completions(line).map(\.text) }

  @Test func `commands, their second words and words of SQL`() {
    #expect(texts("hypo ¦") == ["hypo add", "hypo list", "hypo drop", "hypo reset", "hypo on", "hypo off"])
    #expect(texts("HYPO L¦") == ["hypo list"])
    #expect(texts("expl¦") == ["explain"])
    #expect(texts("explain¦") == ["explain"])
    #expect(texts("sel¦") == ["select"])
    #expect(texts("SEL¦") == ["SELECT"])
    #expect(texts("¦").count == CommandRegistry.all.count)
    #expect(texts("xyzzy¦") == [])
    #expect(texts("# exp¦") == [])
    #expect(texts("help hypo a¦") == ["hypo add"])
    #expect(texts("help no¦") == ["notebooks"])
    #expect(texts("help h¦").contains("history") && texts("help h¦").contains("handles"))
    #expect(completions("help expl¦").map(\.start) == [5])
  }

  @Test(arguments: [
    ("top ¦", ["by", "on"]), ("top 5 by m¦", ["mean"]), ("top on cus¦", ["customers"]),
    ("sandbox work ¦", ["for"]), ("sandbox st¦", ["start", "stop", "status"]), ("set ti¦", ["timing"]),
    ("set timing ¦", ["on", "off"]), ("show exp¦", ["expanded"]), ("show plan ¦", ["@1", "@recent"]),
    ("show change ¦", ["7"]), ("changes ¦", ["settle"]), ("connect s¦", ["sandbox"]),
    ("connect ord¦", ["orders"]),
    ("explain @r¦", ["@recent"]), ("explain @1 ¦", ["with", "generic"]), ("explain @1 with (¦", []),
    ("hypo drop ¦", ["%1", "all"]), ("promote %1 ¦", ["as", "for"]), ("promote %1 as ¦", []),
    ("expect cost @1 d¦", ["drops"]), ("expect no seq scan on cus¦", ["customers"]),
    ("expect index orders_c¦", ["orders_created_at_idx"]), ("query x = sel¦", ["select"]),
    ("status ¦", []),
  ])
  func `what the synopsis says`(line: String, expected: [String]) { #expect(texts(line) == expected) }

  @Test(arguments: [
    ("hypo add or¦", ["\"Order Lines\"", "orders"]), ("hypo add ORD¦", ["\"Order Lines\"", "orders"]),
    ("hypo add \"ord¦", ["\"Order Lines\"", "orders"]),
    ("hypo add public.or¦", ["\"Order Lines\"", "orders"]),
    ("hypo add lin¦", ["\"Order Lines\""]), ("hypo add old¦", ["archive.old_customers"]),
    ("hypo add arch¦", ["archive."]), ("hypo add archive.¦", ["old_customers", "orders"]),
    ("hypo add 注¦", ["\"注文\""]), ("hypo add pg_cl¦", ["pg_class"]), ("top on order_¦", ["order_view"]),
  ])
  func `relations`(line: String, expected: [String]) { #expect(texts(line) == expected) }

  @Test func `only what watch repeats is offered behind it`() {
    let names = texts("watch 2 ¦")
    #expect(Set(names) == Set(RepeatableCommand.names + ["count", "sandbox"]))
    #expect(texts("watch 2 sel¦") == ["select"])
    #expect(texts("watch 2 pro¦") == [])
    #expect(texts("watch 2 hypo ¦") == ["hypo list"])
    #expect(texts("watch 2 top by m¦") == ["mean"])
  }

  @Test func `a table is followed by its parenthesis`() {
    #expect(completions("hypo add orders¦").map(\.suffix) == ["("])
    #expect(completions("hypo add archive.ord¦") == [Completion("orders", start: 17, suffix: "(")])
    #expect(texts("hypo add orders ¦") == ["("])
    #expect(completions("top on orders¦").map(\.suffix) == [" "])
  }

  @Test func `columns say their type and which index they lead`() {
    #expect(
      completions("hypo add orders(¦").map { "\($0.text)  \($0.note ?? "")" } == [
        "id  integer, leads orders_pkey", "customer_id  integer", "status  text",
        "created_at  timestamptz, leads orders_created_at_idx",
      ])
    #expect(
      completions("hypo add archive.orders(y¦").map(\.note) == ["integer, leads orders_year"])
  }

  @Test(arguments: [
    ("hypo add orders(cust¦", ["customer_id"]), ("hypo add orders(at¦", ["created_at"]),
    ("hypo add orders(customer_id, ¦", ["id", "status", "created_at"]),
    ("hypo add orders(¦, status)", ["id", "customer_id", "created_at"]),
    ("hypo add orders(customer_id, customer_id¦", []),
    ("hypo add orders(lower(st¦", ["status"]), ("hypo add customers(fu¦", ["\"Full Name\""]),
    ("hypo add orders(id ¦", ["asc", "desc", "nulls first", "nulls last"]),
    ("hypo add orders(id desc ¦", ["nulls first", "nulls last"]),
    ("hypo add orders(id nulls ¦", ["first", "last"]),
    ("hypo add orders(status text_¦", ["text_ops", "text_pattern_ops"]),
    ("hypo add orders(status ¦) using hash", ["text_ops"]), ("hypo add orders(status '¦", []),
    ("hypo add nowhere(¦", []), ("hypo add create index on orders (cust¦", ["customer_id"]),
    ("hypo add create index on or¦", ["\"Order Lines\"", "orders"]),
    ("hypo add create index on orders (¦", ["id", "customer_id", "status", "created_at"]),
    ("hypo add CREATE UNIQUE INDEX ON orders (id, ¦", ["customer_id", "status", "created_at"]),
    ("create index on orders (¦", ["id", "customer_id", "status", "created_at"]),
    ("create unique index x on orders using hash (st¦", ["status"]),
    ("CREATE INDEX ON cus¦", ["customers"]), ("create index on orders (id) where st¦", ["status"]),
  ])
  func `keys of an index`(line: String, expected: [String]) { #expect(texts(line) == expected) }

  @Test(arguments: [
    ("hypo add orders(id)¦", [" using", " include", " where", " with", " unique", " as"]),
    ("hypo add orders(id) using ¦", ["btree", "brin", "hash"].sorted()),
    ("hypo add orders(id) include (¦", ["customer_id", "status", "created_at"]),
    ("hypo add orders(id) include (status, ¦", ["customer_id", "created_at"]),
    ("hypo add orders(id) where st¦", ["status"]),
    ("hypo add orders(id) where status i¦", ["is null", "is not null", "in (", "ilike", "include"]),
    ("hypo add orders(id) where status = 'x' and cr¦", ["created_at"]),
    ("hypo add orders(id) with (¦", ["fillfactor", "deduplicate_items"]),
    ("hypo add orders(id) using brin with (¦", ["pages_per_range", "autosummarize"]),
    ("hypo add orders(id) where status = 'x' un¦", ["unique"]),
  ])
  func `what follows the keys`(line: String, expected: [String]) { #expect(texts(line) == expected) }

  @Test func `the default operator class is marked`() {
    #expect(
      completions("hypo add orders(status text_¦").map(\.note) == [
        "default operator class", "operator class",
      ])
  }

  @Test func `handles say what they are`() {
    #expect(completions("show @¦").map(\.note) == ["SELECT 1", "SELECT 2"])
    #expect(completions("promote ¦").first?.note == "hypothetical: orders(id)")
  }

  @Test(arguments: [
    ("run ex¦", ["examples/", "existing.hypo"]), ("run ¦", ["'a b.sql'", "examples/", "existing.hypo"]),
    ("run .h¦", [".hidden"]), ("run examples/¦", ["examples/orders.hypo"]), ("run 'a¦", ["'a b.sql'"]),
    ("run ~/m¦", ["'~/my things/"]), ("\\i exis¦", ["existing.hypo"]),
    ("explain @1 > exis¦", ["existing.hypo"]),
    ("select 1; > exis¦", ["existing.hypo"]), ("select 1 > exis¦", ["exists ("]),
    ("hypo add orders(id) where id > cr¦", ["created_at"]),
  ])
  func `files`(line: String, expected: [String]) { #expect(texts(line) == expected) }

  @Test(arguments: [
    ("\\t¦", ["\\timing"]), ("\\d ord¦", ["\"Order Lines\"", "order_view", "orders"]),
    ("\\x ¦", ["on", "off", "auto"]),
    ("\\di orders_p¦", ["orders_pkey"]),
  ])
  func `backslash commands`(line: String, expected: [String]) { #expect(texts(line) == expected) }

  @Test func `names that are not there yet are told in the list`() {
    var facts = Self.facts
    (facts.names, facts.lackOfNames) = (nil, "names are being read")
    let found = completions("hypo add or¦", facts)
    #expect(found.map(\.note) == ["names are being read", ""])
    #expect(found.map(\.text) == ["or", "or"])
    #expect(completions("top 5 by m¦", facts).map(\.text) == ["mean"])
    #expect(completions("select * from ¦", facts).contains { $0.note == "names are being read" })
  }
}
