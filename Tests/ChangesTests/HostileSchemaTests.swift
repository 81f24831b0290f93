import IndexDesign
import Postgres
import TestSupport
import Testing

@testable import Changes
@testable import Server

/// Whoever may create in a schema of the search path can offer functions and operators that fit the
/// arguments of a statement better than PostgreSQL's own.
@Suite struct HostileSchemaTests {
  private static func trap(_ name: String, _ arguments: String, _ result: String) -> String {
    """
    CREATE FUNCTION public.\(name)(\(arguments)) RETURNS \(result) LANGUAGE plpgsql
    AS 'BEGIN PERFORM pg_catalog.pg_advisory_lock(4711); RAISE EXCEPTION ''\(name) was called''; END';

    """
  }

  /// A cast to a type that is not named with its schema checks a domain of that name.
  private static let types =
    """
    CREATE FUNCTION public.caught() RETURNS boolean LANGUAGE plpgsql
    AS 'BEGIN PERFORM pg_catalog.pg_advisory_lock(4711); RETURN true; END';

    """
    + ["oid", "text", "name", "int2", "int4", "int8", "float8", "bool", "regclass", "regtype"].map {
      "CREATE DOMAIN public.\($0) AS pg_catalog.\($0) CHECK (public.caught());\n"
    }.joined()

  private static let traps =
    types + trap("quote_ident", "name", "text") + trap("pg_relation_size", "oid", "bigint")
    + trap("pg_table_size", "oid", "bigint") + trap("pg_partition_tree", "oid", "regclass")
    + trap("divided", "double precision, numeric", "double precision")
    + trap("aurora_version", "", "text") + trap("same", "oid, oid", "boolean")
    + trap("joined", "text, text", "text") + trap("above", "smallint, integer", "boolean") + """
      CREATE OPERATOR public./ (LEFTARG = double precision, RIGHTARG = numeric, FUNCTION = public.divided);
      CREATE OPERATOR public.= (LEFTARG = oid, RIGHTARG = oid, FUNCTION = public.same);
      CREATE OPERATOR public.> (LEFTARG = smallint, RIGHTARG = integer, FUNCTION = public.above);
      CREATE OPERATOR public.|| (LEFTARG = text, RIGHTARG = text, FUNCTION = public.joined);
      """

  @Test(arguments: ["public", "public, pg_catalog", ""])
  func `no statement of hypo's own calls what somebody else has put on the search path`(path: String) throws {
    let shop = try Shop(setup: Self.traps)
    let database = shop.database.name
    try shop.database.execute(
      "SELECT set_config('search_path', $1, false)", [path])
    try shop.database.script(
      "ALTER DATABASE \(database) SET search_path = \(path.isEmpty ? "''" : path)")
    let session = try shop.database.session()
    #expect(!session.facts.isAurora)
    _ = try session.prerequisites()
    let orders = try session.relation(RelationName(schema: "public", name: "orders"))
    _ = try session.indexes(of: orders)
    _ = try session.statementRanking(by: .mean, limit: 5, on: orders)
    #expect(try session.changeCounters(on: orders).tableSizeInBytes != nil)
    try session.add(1, "public.orders(customer_id)")
    #expect(
      try session.explain("SELECT id FROM public.orders WHERE customer_id = 3").plan.usedDesigns == [
        DesignHandle(1)
      ])
    try shop.database.script("CREATE VIEW public.live AS SELECT * FROM public.orders WHERE total > 5")
    try session.add(2, "public.orders(status) where total > 5")
    try session.add(3, "public.orders(note, customer_id)")
    for statement in [
      "SELECT id FROM public.live WHERE status = 'open'", "SELECT * FROM public.orders WHERE total = 5",
    ] {
      let explanation = try session.explain(PlanQuestion(statement), askingWhy: true)
      let diff = PlanDiff(before: try #require(explanation.baseline), after: explanation.plan)
      _ = try session.verdict(on: explanation, diff)
    }
    // What a trap has locked stays, also where its error only leaves something unknown.
    let caught =
      "SELECT count(*) FROM pg_catalog.pg_locks WHERE locktype OPERATOR(pg_catalog.=) 'advisory'::pg_catalog.text "
      + "AND objid::pg_catalog.text OPERATOR(pg_catalog.=) '4711'::pg_catalog.text"
    #expect(try session.connection.query(caught).value == "0")
    try session.hypotheticals.reset()
    _ = try session.fingerprint()
    let definition = try IndexDefinitionParser.parseShortForm("public.orders(customer_id)").definition
    let plan = try session.planPromotion(of: definition, name: "guarded", longTransactionsFrom: 0)
    #expect(plan.textSettings["search_path"] == (path.isEmpty ? "\"\"" : path))
    let runner = ChangeRunner(on: session, journal: shop.journal, context: Shop.context)
    let done = try #require(try runner.run(plan, by: try Shop.permit(plan), at: Shop.now).first)
    guard case .built = done.outcome.result else {
      Issue.record("\(done.outcome.sentence)")
      return
    }
    let record = shop.journal.record(done.number)
    guard case .valid = try session.verify(record).standing else {
      Issue.record("the index is not verified")
      return
    }
    let undoing = try session.planRollback(of: record)
    let back = try #require(try runner.run(undoing, by: try Shop.permit(undoing), at: Shop.now).first)
    #expect(back.outcome.result == .dropped)
  }

  @Test func `names are found by the session's own search path all the same`() throws {
    let shop = try Shop(setup: "CREATE SCHEMA sales; CREATE TABLE sales.orders (id int)")
    _ = try shop.session.look("SET search_path = sales, public;")
    #expect(try shop.session.relation(RelationName(name: "orders")).schema == "sales")
    #expect(try shop.session.look("SHOW search_path;").rows == [["sales, public"]])
    _ = try shop.session.look("begin;")
    #expect(try shop.session.relation(RelationName(name: "customers")).schema == "public")
    #expect(try shop.session.look("SHOW search_path;").rows == [["sales, public"]])
  }
}
