import IndexDesign
import Testing

@testable import Changes
@testable import Server

@Suite struct PromotionChecklistTests {
  static func facts() -> PromotionFacts {
    PromotionFacts(
      definition: IndexDefinition(
        name: "orders_customer_id_idx", table: RelationName(schema: "public", name: "orders"),
        keys: [IndexKey(.column("customer_id"))]),
      table: Relation(
        objectID: 1, schema: "public", name: "orders", kind: .table, owner: "shop", isOwned: true,
        estimatedRows: 1_000_000, sizeInBytes: 80 << 20, columns: []),
      estimatedSizeInBytes: 31 << 20, isInTransaction: false, role: "primary", isInRecovery: false,
      isAurora: false, user: "shop", mayCreateInSchema: true, equalIndexes: [], replicas: [],
      transactionsInTheWay: [], hiddenSessions: 0)
  }

  static func index(_ name: String, valid: Bool, definition: String) -> NamedRelation {
    NamedRelation(rows: [
      ["7", "public", name, definition, "f", valid ? "t" : "f", "f", "8192", "0", "f", "i", "1"]
    ])!
  }

  static let same = "CREATE INDEX orders_customer_id_idx ON public.orders USING btree (customer_id)"

  @Test func `nothing in the way: every line and nothing refused`() {
    let list = PromotionChecklist(Self.facts())
    #expect(list.refusals == [])
    #expect(
      list.findings.map { "\($0.name) | \($0.outcome.rawValue) | \($0.fact) | \($0.fix ?? "-")" } == [
        "transaction | ok | none is open in this session | -", "server | ok | primary | -",
        "relation | ok | public.orders is a table | -",
        "privileges | ok | role \"shop\" may build it | -",
        "index name | ok | public.orders_customer_id_idx is free | -",
        "equal index | ok | none under another name | -",
        "table | ok | 80 MB, about 1,000,000 rows | -", "index size | ok | about 31 MB, estimated | -",
        "replicas | ok | no replicas are connected | -", "long transactions | ok | none is in the way | -",
        "off-peak window | check yourself | the build reads the whole table twice and competes for input, "
          + "output and memory | choose an hour with few writes",
        "storage headroom | check yourself | about 31 MB for the index, as much again for sorting, and the "
          + "write-ahead log | look at the free space of the data directory and the temporary tablespaces",
      ])
  }

  @Test func `of a unique index it is said what the statistics know of duplicates`() {
    var facts = Self.facts()
    #expect(facts.uniqueFinding == nil)
    facts.definition.isUnique = true
    let early = "while it is built it refuses duplicates of other sessions already"
    #expect(
      facts.uniqueFinding == Finding("unique", .lookYourself, "the statistics show no duplicates; \(early)"))
    facts.duplicates = DuplicateKeys(columns: ["customer_id", "Day"], values: 4, rows: 40_000)
    let finding = Finding(
      "unique", .warning,
      "pg_stats knows 4 values of customer_id, Day in 40,000 rows: with duplicates it cannot be built; \(early)",
      fix:
        "find them: SELECT customer_id, \"Day\", count(*) FROM public.orders GROUP BY customer_id, \"Day\" "
        + "HAVING count(*) > 1")
    #expect(PromotionChecklist(facts).findings.contains(finding))
    #expect(PromotionChecklist(facts).refusals == [])
  }

  @Test func `everything that forbids a build is told at once, in order`() {
    var facts = Self.facts()
    facts.isInTransaction = true
    facts.isInRecovery = true
    facts.role = "standby"
    facts.table.kind = .partitionedTable
    facts.table.isOwned = false
    facts.table.owner = "boss"
    facts.definition.name = String(repeating: "é", count: 32)
    #expect(
      PromotionChecklist(facts).refusals.map(\.message) == [
        "cannot promote inside an open transaction", "cannot promote on a standby",
        "cannot promote on partitioned table \"public.orders\"",
        "cannot promote on \"public.orders\": role \"shop\" does not own it",
        "the index name is 64 bytes long and a name has at most 63",
      ])
  }

  @Test(arguments: [
    (Relation.Kind.view, "cannot promote on view \"public.orders\""),
    (.foreignTable, "cannot promote on foreign table \"public.orders\""),
    (.sequence, "cannot promote on sequence \"public.orders\""),
  ])
  func `what cannot carry an index is refused`(kind: Relation.Kind, message: String) {
    var facts = Self.facts()
    facts.table.kind = kind
    #expect(PromotionChecklist(facts).refusals.map(\.message) == [message])
  }

  @Test func `a role that may not create in the schema is refused`() {
    var facts = Self.facts()
    facts.mayCreateInSchema = false
    #expect(
      PromotionChecklist(facts).refusals == [
        ChangeFailure(
          message: "cannot promote on \"public.orders\": role \"shop\" may not create in schema \"public\"",
          sqlState: "42501", detail: "an index is made in its table's schema, which needs CREATE there",
          hint: "GRANT CREATE ON SCHEMA public TO shop")
      ])
  }

  @Test func `a pooler between is refused`() {
    var facts = Self.facts()
    facts.isBehindPooler = true
    #expect(
      PromotionChecklist(facts).refusals == [
        ChangeFailure(
          message: "cannot promote through a connection pooler",
          detail: "through a pooler the settings of the change may reach another backend",
          hint: "connect to the server itself, not to the pooler")
      ])
  }

  @Test func `an equal valid index of the name forbids nothing`() {
    var facts = Self.facts()
    facts.nameTakenBy = Self.index("orders_customer_id_idx", valid: true, definition: Self.same)
    let list = PromotionChecklist(facts)
    #expect(list.refusals == [])
    #expect(
      list.findings[4].fact
        == "public.orders_customer_id_idx is there, valid and the same (object id 7): nothing would be built")
  }

  @Test(arguments: [
    (
      true, "CREATE INDEX orders_customer_id_idx ON public.orders USING btree (id)",
      "public.orders_customer_id_idx is a valid index with another definition (object id 7): "
        + "CREATE INDEX orders_customer_id_idx ON public.orders USING btree (id)",
      "choose another name with as NAME"
    ),
    (
      false, PromotionChecklistTests.same,
      "public.orders_customer_id_idx is an invalid index with the same definition (object id 7): "
        + PromotionChecklistTests.same,
      "when nobody is building it, drop it with DROP INDEX CONCURRENTLY public.orders_customer_id_idx; "
        + "or choose another name with as NAME"
    ),
  ])
  func `any other index of the name forbids the build`(
    valid: Bool, definition: String, detail: String, hint: String
  ) {
    var facts = Self.facts()
    facts.nameTakenBy = Self.index("orders_customer_id_idx", valid: valid, definition: definition)
    #expect(
      PromotionChecklist(facts).refusals == [
        ChangeFailure(
          message: "cannot promote as \"public.orders_customer_id_idx\": the name is taken",
          sqlState: "42P07", detail: detail, hint: hint)
      ])
  }

  @Test func `Aurora's readers and its local storage are named`() {
    var facts = Self.facts()
    facts.isAurora = true
    facts.replicas = [.init(name: "reader-1", lagInSeconds: 0.02, lagInBytes: nil)]
    let items = PromotionChecklist(facts).findings
    #expect(items[8].fact == "reader-1: lag 20 ms")
    #expect(
      items[11].fact == "about 31 MB for the index, as much again for sorting, and the write-ahead log; "
        + "sorting takes the instance's local storage, not the shared volume")
  }

  @Test func `a transaction in the way is described whole`() {
    var facts = Self.facts()
    facts.transactionsInTheWay = [
      BlockingTransaction(
        pid: 4711, user: "app", applicationName: "psql", state: "idle in transaction", ageInSeconds: 754,
        queryStarted: Timestamp(secondsSinceEpoch: 0), query: "select 1\n  from orders"),
      BlockingTransaction(pid: nil, preparedName: "it's", state: "prepared", ageInSeconds: 90),
    ]
    let item = PromotionChecklist(facts).findings[9]
    #expect(item.outcome == .warning)
    #expect(
      item.fact == "the build will wait for pid 4711 (app, psql), idle in transaction for 12 min 34 s, "
        + "last statement at 1970-01-01T00:00:00.000000Z: select 1 from orders; "
        + "prepared transaction 'it''s', prepared for 1 min 30 s")
  }

  @Test(arguments: [
    ("ALTER ROLE b PASSWORD 'one two'", "ALTER ROLE b PASSWORD ?"),
    ("update users set email = 'bob@example.com' where id = 4711", "update users set email = ? where id = ?"),
    ("select 1 /* user=bob */ from t where note = 'cut of", "select ? from t where note = ?"),
  ])
  func `what a blocker's statement is run with is not told`(query: String, shown: String) {
    let row = ["7", nil, "ann", nil, "idle in transaction", nil, nil, query]
    #expect(
      BlockingTransaction(row: row).description == "pid 7 (ann), idle in transaction: \(shown)")
  }
}
