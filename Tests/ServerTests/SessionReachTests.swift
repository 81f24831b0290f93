import IndexDesign
import Postgres
import TestSupport
import Testing

@testable import Server

/// What reaches a table without naming it.
@Suite struct SessionReachTests {
  private func names(_ relations: Set<RelationName>) -> [String] { relations.map(\.sql).sorted() }

  @Test func `views, parents, partitions, rules and functions reach a table, each by what is known of it`()
    throws
  {
    let database = try TestCluster.shared.database(.orders)
    // Before 14 every body is a text.
    let counting = "SELECT count(*) FROM biggest"
    let isParsed = TestServer.majorVersion >= 14
    let body = isParsed ? "BEGIN ATOMIC \(counting); END" : "AS '\(counting)'"
    try database.script(
      #"""
      CREATE VIEW big AS SELECT * FROM orders WHERE total > 100; CREATE VIEW biggest AS SELECT * FROM big;
      CREATE MATERIALIZED VIEW held AS SELECT * FROM big; CREATE VIEW of_held AS SELECT * FROM held;
      CREATE VIEW other AS SELECT * FROM customers;
      CREATE TABLE log (a int); CREATE RULE r AS ON INSERT TO log DO ALSO INSERT INTO orders (id) VALUES (new.a);
      CREATE FUNCTION parsed() RETURNS bigint LANGUAGE sql \#(body);
      CREATE FUNCTION texts(int) RETURNS bigint LANGUAGE sql AS 'SELECT count(*) FROM public.Orders WHERE id = $1';
      CREATE FUNCTION talks() RETURNS text LANGUAGE sql AS 'SELECT ''orders''::text';
      CREATE FUNCTION steps() RETURNS int LANGUAGE plpgsql AS 'BEGIN PERFORM texts(1); RETURN 1; END';
      CREATE FUNCTION orders_of() RETURNS int LANGUAGE plpgsql AS 'BEGIN RETURN 1; END';
      CREATE VIEW through AS SELECT parsed();
      """#)
    let session = try database.session()
    let reach = try session.reach(of: session.relation(RelationName(name: "orders")))
    #expect(
      names(reach.relations) == [
        "public.big", "public.biggest", "public.log", "public.orders", "public.through",
      ])
    #expect(names(reach.materializedViews) == ["public.held"])
    #expect(names(reach.functions) == ["public.parsed", "public.steps", "public.texts"])
    #expect(reach.isReached(by: "REFRESH MATERIALIZED VIEW held"))
    #expect(!reach.isReached(by: "SELECT * FROM held"))
    #expect(!reach.isReached(by: "SELECT * FROM elsewhere.big"))
    #expect(reach.isReached(by: "DECLARE c CURSOR FOR SELECT steps() FROM customers"))
  }

  @Test func `a partition is reached through its parents, and not through its sisters`() throws {
    let database = try TestCluster.shared.database(.orders)
    try database.script(
      """
      CREATE TABLE m (d int) PARTITION BY RANGE (d);
      CREATE TABLE m1 PARTITION OF m FOR VALUES FROM (0) TO (10) PARTITION BY RANGE (d);
      CREATE TABLE m11 PARTITION OF m1 FOR VALUES FROM (0) TO (5);
      CREATE TABLE m2 PARTITION OF m FOR VALUES FROM (10) TO (20); CREATE VIEW of_m AS SELECT * FROM m;
      """)
    let session = try database.session()
    func relations(_ name: String) throws -> [String] {
      names(try session.reach(of: session.relation(RelationName(name: name))).relations)
    }
    #expect(try relations("m11") == ["public.m", "public.m1", "public.m11", "public.of_m"])
    #expect(try relations("m1") == ["public.m", "public.m1", "public.m11", "public.of_m"])
    #expect(try relations("m2") == ["public.m", "public.m2", "public.of_m"])
    #expect(try relations("m") == ["public.m", "public.m1", "public.m11", "public.m2", "public.of_m"])
  }

  @Test func `names that mean something in a pattern are only names`() throws {
    let database = try TestCluster.shared.database(.orders)
    try database.script(
      #"""
      CREATE TABLE "a.b" (x int); CREATE TABLE "a+[^]\%" (x int); CREATE TABLE axb (x int);
      CREATE FUNCTION of_dot() RETURNS int LANGUAGE sql AS 'SELECT x FROM "a.b"';
      CREATE FUNCTION of_axb() RETURNS int LANGUAGE sql AS 'SELECT x FROM axb';
      CREATE FUNCTION of_signs() RETURNS int LANGUAGE plpgsql AS 'BEGIN RETURN (SELECT x FROM "a+[^]\%"); END';
      SELECT * FROM "a.b"; SELECT * FROM "a+[^]\%"; SELECT * FROM axb; SELECT of_axb(), 1; SELECT of_signs(), 1, 2
      """#)
    let session = try database.session()
    func texts(_ name: String) throws -> [String] {
      try session.statements(on: session.relation(RelationName(name: name))).map(\.text).filter {
        $0.hasPrefix("SELECT")
      }.sorted()
    }
    #expect(try texts("a.b") == [#"SELECT * FROM "a.b""#])
    #expect(try texts("axb") == ["SELECT * FROM axb", "SELECT of_axb(), $1"])
    #expect(try texts(#"a+[^]\%"#) == [#"SELECT * FROM "a+[^]\%""#, "SELECT of_signs(), $1, $2"])
  }

  @Test func `what reaches a table is ranked and recorded with it`() throws {
    let database = try TestCluster.shared.database(.orders)
    try database.script(
      """
      CREATE VIEW big AS SELECT * FROM orders WHERE total > 100;
      CREATE MATERIALIZED VIEW held AS SELECT * FROM big;
      CREATE FUNCTION texts(int) RETURNS bigint LANGUAGE sql AS 'SELECT count(*) FROM orders WHERE id = $1';
      SELECT pg_stat_statements_reset(0, (SELECT oid FROM pg_database WHERE datname = current_database()), 0)
      """)
    let application = try database.connect()
    for statement in [
      "SELECT count(*) FROM big WHERE id = 3", "SELECT texts(7)", "SELECT count(*) FROM customers",
      "REFRESH MATERIALIZED VIEW held", "SELECT count(*) FROM held",
      "PREPARE q AS SELECT id FROM orders WHERE id = 1",
      "EXECUTE q", "BEGIN", "DECLARE c CURSOR FOR SELECT id FROM big", "FETCH 5 FROM c",
      "DECLARE d CURSOR FOR SELECT id FROM customers", "FETCH 5 FROM d", "COMMIT",
      "COPY (SELECT id FROM big) TO '/dev/null'", "CREATE TABLE copied AS SELECT * FROM big WHERE id = 12",
      "CREATE TABLE executed AS EXECUTE q",
    ] { _ = try application.query(statement) }
    let session = try database.session()
    let orders = try session.relation(RelationName(name: "orders"))
    let wanted = [
      "COPY (SELECT id FROM big) TO '…'",
      "CREATE TABLE copied AS SELECT * FROM big WHERE id = \(TestServer.counted("12", from16: "$1"))",
      "CREATE TABLE executed AS EXECUTE q", "DECLARE c CURSOR FOR SELECT id FROM big", "FETCH 5 FROM c",
      "PREPARE q AS SELECT id FROM orders WHERE id = $1", "REFRESH MATERIALIZED VIEW held",
      "SELECT count(*) FROM big WHERE id = $1", "SELECT texts($1)",
    ]
    let ranking = try session.statementRanking(by: .total, limit: 100, on: orders)
    #expect(ranking.statements.map(\.statement.text).sorted() == wanted)
    let recorded = try session.changeCounters(on: orders).statements.map(\.text).sorted()
    #expect(recorded.contains("CREATE TABLE copied AS SELECT * FROM big WHERE id = $1"))
    #expect(recorded.count == wanted.count)
  }
}
