import IndexDesign
import Postgres
import TestSupport
import Testing

@testable import Changes
@testable import Server

@Suite struct PlanPromotionTests {
  /// The lines of the checklist by name.
  static func items(_ plan: ChangePlan) -> [String: Finding] {
    Dictionary(plan.findings.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
  }

  @Test func `an ordinary table: nothing is refused and the name is PostgreSQL's own`() throws {
    let shop = try Shop()
    let plan = try shop.plan("orders(customer_id)")
    #expect(plan.refusal == nil)
    #expect(plan.steps[0].name.sql == "public.orders_customer_id_idx")
    #expect(
      plan.steps[0].statement
        == "CREATE INDEX CONCURRENTLY IF NOT EXISTS orders_customer_id_idx ON public.orders (customer_id)")
    #expect(plan.server.systemIdentifier?.isEmpty == false)
    #expect(Self.items(plan)["table"]?.fact.hasSuffix("about 20,000 rows") == true)
  }

  @Test func `a transaction with an old snapshot is named with its process`() throws {
    let shop = try Shop()
    let other = try shop.oldSnapshot()
    defer { withExtendedLifetime(other) {} }
    let item = try #require(Self.items(try shop.plan("orders(customer_id)"))["long transactions"])
    #expect(item.outcome == .warning)
    #expect(item.fact.contains("pid \(other.backendPID) ("))
    #expect(item.fact.contains("idle in transaction for "))
    #expect(item.fact.hasSuffix(": SELECT ?"))
  }

  @Test func `an open transaction of the session refuses, a failed one at once`() throws {
    let shop = try Shop()
    shop.session.isTransactionWanted = true
    _ = try shop.session.connection.query("BEGIN READ ONLY")
    #expect(
      try shop.plan("orders(customer_id)").refusal
        == ChangeFailure(
          message: "cannot promote inside an open transaction",
          detail: "the build would wait for the snapshot of this session's own transaction",
          hint: "end it with commit; or rollback; and promote again"))
    _ = try? shop.session.connection.query("SELECT 1/0")
    #expect(
      throws: ServerError(
        .refused, "cannot promote inside an open transaction",
        hint: "end it with rollback; and promote again")
    ) { try shop.plan("orders(customer_id)") }
  }

  @Test func `a role that does not own the table is refused`() throws {
    let shop = try Shop(
      user: "stranger", setup: "CREATE ROLE stranger LOGIN; GRANT pg_monitor TO stranger")
    let owner = try shop.session.relation(RelationName(name: "orders")).owner
    #expect(
      try shop.plan("orders(customer_id)").refusal
        == ChangeFailure(
          message: "cannot promote on \"public.orders\": role \"stranger\" does not own it",
          sqlState: "42501", detail: "\"public.orders\" belongs to role \"\(owner)\"",
          hint: "connect as \"\(owner)\" or as a member of it"))
  }

  @Test func `a partitioned parent is refused, one of its partitions is not`() throws {
    let shop = try Shop(
      setup: """
        CREATE TABLE events (at date, n int) PARTITION BY RANGE (at);
        CREATE TABLE events_2024 PARTITION OF events FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');
        """)
    #expect(
      try shop.plan("events(n)").refusal?.message == "cannot promote on partitioned table \"public.events\"")
    #expect(try shop.plan("events_2024(n)").refusal == nil)
    guard case .built = try shop.run(shop.plan("events_2024(n)")).outcome.result else {
      Issue.record("the partition got no index")
      return
    }
  }

  @Test func `views and missing tables are told apart`() throws {
    let shop = try Shop(setup: "CREATE VIEW recent AS SELECT * FROM orders")
    #expect(try shop.plan("recent(id)").refusal?.message == "cannot promote on view \"public.recent\"")
    let error = #expect(throws: ServerError.self) { try shop.plan("ordres(id)") }
    #expect(error?.code == .notFound)
  }

  @Test func `an equal index under another name is a warning`() throws {
    let shop = try Shop()
    let item = try #require(Self.items(try shop.plan("orders(created_at asc)", as: "twin"))["equal index"])
    #expect(
      item
        == .init(
          "equal index", .warning, "the same index is there as public.orders_created_at_idx",
          fix: "use it: a second one costs writes and brings nothing"))
  }

  @Test func `a materialized view and a quoted schema get their index`() throws {
    let shop = try Shop(
      setup: """
        CREATE SCHEMA "Odd One"; CREATE MATERIALIZED VIEW "Odd One"."Daily Sum" AS SELECT id, total FROM orders;
        """)
    let plan = try shop.plan("\"Odd One\".\"Daily Sum\"(id)", as: "Daily Idx")
    #expect(
      plan.steps[0].statement
        == "CREATE INDEX CONCURRENTLY IF NOT EXISTS \"Daily Idx\" ON \"Odd One\".\"Daily Sum\" (id)")
    guard case .built = try shop.run(plan).outcome.result else {
      Issue.record("the materialized view got no index")
      return
    }
  }

  @Test func `a search path of the session decides what names in the design mean`() throws {
    let shop = try Shop(
      setup: """
        CREATE SCHEMA tools; CREATE FUNCTION tools.half(integer) RETURNS integer IMMUTABLE LANGUAGE sql
        AS 'SELECT $1 / 2';
        """)
    _ = try shop.session.connection.query("SET search_path = tools, public")
    guard case .built = try shop.run(shop.plan("orders(half(id))", as: "h")).outcome.result else {
      Issue.record("the function was not found")
      return
    }
  }

  @Test func `Aurora's readers are asked of Aurora's own function`() throws {
    let shop = try Shop(
      setup: """
        SET allow_system_table_mods = on;
        CREATE FUNCTION pg_catalog.aurora_version() RETURNS text LANGUAGE sql AS 'SELECT ''15.5''';
        CREATE FUNCTION pg_catalog.aurora_replica_status(OUT server_id text, OUT session_id text,
        OUT replica_lag_in_msec double precision) RETURNS SETOF record LANGUAGE sql
        AS 'VALUES (''w'', ''MASTER_SESSION_ID'', NULL::float8), (''r1'', ''abc'', 21000)';
        """)
    let item = try #require(Self.items(try shop.plan("orders(customer_id)"))["replicas"])
    #expect(item.outcome == .warning)
    #expect(item.fact == "r1: lag 21.0 s")
  }

  @Test func `a backslash of a condition means itself, whatever the database's default is`() throws {
    let shop = try Shop()
    try shop.database.execute("ALTER DATABASE \(shop.database.name) SET standard_conforming_strings = off")
    let session = try shop.database.session()
    let design = try IndexDefinitionParser.parseShortForm(#"orders(id) where status <> 'a\b'"#).definition
    let plan = try session.planPromotion(of: design, name: "slashed")
    _ = try shop.run(plan)
    #expect(
      try shop.session.look(
        "SELECT pg_get_expr(indpred, indrelid) FROM pg_index WHERE indexrelid = 'public.slashed'::regclass;"
      ).rows
        == [[#"(status <> 'a\b'::text)"#]])
  }
}
