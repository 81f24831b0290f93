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

  /// A real index, a design, and how the index compares: it is the same, covers the design, or neither.
  struct Pair: CustomTestStringConvertible {
    var index: String
    var design: String
    var relation: String?
    var testDescription: String { "\(design) beside \(index)" }
  }

  static let pairs: [Pair] = [
    .init(index: "a", design: "t(a text_ops)", relation: "same"),
    .init(index: "a varchar_ops", design: "t(a)", relation: "same"),
    .init(index: "v", design: "t(v varchar_ops)", relation: "same"),
    .init(index: "v, n", design: "t(v pg_catalog.text_ops)", relation: "covers"),
    .init(index: "v", design: "t(v bpchar_ops)", relation: nil),
    .init(index: "a text_pattern_ops, n", design: "t(a)", relation: nil),
    .init(index: "a text_pattern_ops, n", design: "t(a varchar_pattern_ops)", relation: "covers"),
    .init(index: "c", design: #"t(c collate "C")"#, relation: "same"),
    .init(index: "c, n", design: #"t(c collate "default")"#, relation: nil),
    .init(index: #"c collate "default", n"#, design: "t(c)", relation: nil),
    .init(index: #"a collate "C", n"#, design: "t(a)", relation: nil),
    .init(index: #"a collate "C", n"#, design: #"t(a collate pg_catalog."C")"#, relation: "covers"),
    .init(index: #"a collate "POSIX""#, design: #"t(a collate "C")"#, relation: nil),
    .init(index: #"a collate s."C""#, design: #"t(a collate "C")"#, relation: nil),
    .init(index: "e, n", design: "t(e enum_ops)", relation: "covers"),
    .init(index: "r", design: "t(r array_ops)", relation: "same"),
    .init(index: "o", design: "t(o int4_ops)", relation: "same"),
    .init(index: "lower(a)", design: "t(lower(a) text_ops)", relation: "same"),
    .init(index: "lower(a) text_pattern_ops", design: "t(lower(a))", relation: nil),
    .init(index: "n) where (b = false", design: "t(n) where not b", relation: "same"),
    .init(index: "n, a) where (v in ('x', 'y')", design: "t(n) where v in ('x','y')", relation: "covers"),
    .init(index: "n) where (b", design: "t(n) where not b", relation: nil),
    .init(index: "twice(o)", design: "t((o * 2))", relation: "same"),
  ]

  @Test(arguments: pairs)
  func `collations and operator classes are those that the catalog knows`(pair: Pair) throws {
    let database = try TestCluster.shared.database(.extensions)
    try database.script(
      """
      CREATE SCHEMA s; CREATE COLLATION s."C" (locale = 'C'); CREATE TYPE mood AS ENUM ('good', 'bad');
      CREATE FUNCTION twice(int) RETURNS int LANGUAGE sql IMMUTABLE STRICT AS 'SELECT $1 * 2'; CREATE DOMAIN whole AS int;
      CREATE TABLE t (a text, v varchar(20), c text COLLATE "C", n numeric, e mood, r int[], o whole, b bool);
      CREATE INDEX i ON t (\(pair.index))
      """)
    let checked = try database.session().check(IndexDefinitionParser.parseShortForm(pair.design))
    #expect(checked.same?.name == (pair.relation == "same" ? "i" : nil))
    #expect(checked.covering?.name == (pair.relation == "covers" ? "i" : nil))
  }

  @Test func `indexes that a design makes redundant are those that do no more than find rows`() throws {
    let database = try TestCluster.shared.database(.orders)
    try database.script(
      """
      CREATE INDEX narrow ON orders (customer_id); CREATE INDEX german ON orders (note COLLATE "C");
      CREATE INDEX broken ON orders (status); UPDATE pg_index SET indisvalid = false WHERE indexrelid = 'broken'::regclass;
      ALTER TABLE orders ADD CONSTRAINT apart EXCLUDE USING btree (total WITH =) WHERE (id < 0);
      """)
    let session = try database.session()
    func redundant(_ text: String) throws -> [String] {
      try session.check(IndexDefinitionParser.parseShortForm(text)).redundant.map(\.name)
    }
    #expect(try redundant("orders(customer_id, created_at desc)") == ["narrow"])
    #expect(try redundant("orders(customer_id)") == [], "it is the same")
    #expect(try redundant("orders(id, customer_id)") == [], "the primary key enforces")
    #expect(try redundant("orders(status, id)") == [], "it is invalid")
    #expect(try redundant("orders(note, id)") == [], "it sorts otherwise")
    #expect(try redundant(#"orders(note collate "C", id)"#) == ["german"])
    #expect(try redundant("orders(total, id) where id < 0") == [], "it excludes")
    #expect(try redundant("orders(created_at) include (id)") == ["orders_created_at_idx"])
  }

  @Test func `a design is a twin of what finds the same rows, unique or not`() throws {
    let database = try TestCluster.shared.database(.orders)
    let session = try database.session()
    try session.add(1, "orders(id)")
    try session.add(2, "orders(created_at)")
    try session.add(3, "orders(id, total)")
    try session.add(4, "orders(created_at desc)")
    let handles = (1...4).map { DesignHandle($0) }
    #expect(
      try session.twins(of: handles) == [
        DesignHandle(1): RelationName(schema: "public", name: "orders_pkey"),
        DesignHandle(2): RelationName(schema: "public", name: "orders_created_at_idx"),
      ])
    #expect(try session.twins(of: [DesignHandle(3)]) == [:])
    try database.script("DROP INDEX orders_created_at_idx")
    #expect(try session.twins(of: [DesignHandle(2)]) == [:])
  }

  @Test func `tables that hold rows and lack statistics are known, behind views and partitioned tables, too`()
    throws
  {
    let database = try TestCluster.shared.database(.orders)
    try database.script(
      """
      CREATE TABLE fresh WITH (autovacuum_enabled = false) AS SELECT 1 AS a; CREATE TABLE bare (a int);
      CREATE VIEW seen AS SELECT * FROM fresh; CREATE TABLE parts (a int) PARTITION BY LIST (a);
      CREATE TABLE part_1 PARTITION OF parts FOR VALUES IN (1) WITH (autovacuum_enabled = false);
      CREATE TABLE part_2 PARTITION OF parts FOR VALUES IN (2) WITH (autovacuum_enabled = false);
      INSERT INTO parts VALUES (1), (2); CREATE ROLE no_reader_of_fresh LOGIN;
      """)
    defer { try? database.script("DROP ROLE no_reader_of_fresh") }
    let session = try database.session()
    func missing(_ statement: String) throws -> [String] {
      try session.explain(PlanQuestion(statement), askingWhy: true).missingStatistics?.tables.map(\.sql) ?? []
    }
    #expect(try missing("SELECT * FROM orders, fresh, bare, public.fresh f2") == ["public.fresh"])
    #expect(try missing("SELECT * FROM seen") == ["public.fresh"])
    #expect(try missing("SELECT * FROM parts") == ["public.part_1", "public.part_2"])
    #expect(try missing("SELECT * FROM parts WHERE a = 2") == ["public.part_2"], "the plan reads no other")
    #expect(try missing("WITH fresh AS (SELECT 1) SELECT * FROM fresh") == [])
    #expect(try session.explain(PlanQuestion("SELECT * FROM fresh")).missingStatistics == nil, "nobody asked")
    func missing(_ design: String, _ session: Session) throws -> MissingStatistics? {
      try session.check(IndexDefinitionParser.parseShortForm(design)).missingStatistics
    }
    #expect(try missing("fresh(a)", session)?.tables == [RelationName(schema: "public", name: "fresh")])
    #expect(try missing("parts(a)", session)?.tables.count == 2)
    #expect(
      try missing("bare(a)", session)
        == MissingStatistics(tables: [], emptyTables: [RelationName(schema: "public", name: "bare")]))
    #expect(try missing("fresh(a)", database.session(user: "no_reader_of_fresh")) == nil, "it may not know")
    try database.script("ANALYZE fresh")
    #expect(try missing("SELECT * FROM fresh") == [])
  }

  @Test func `an empty table that the planner takes for ten pages is known`() throws {
    let database = try TestCluster.shared.database()
    try database.script(
      """
      CREATE TABLE bare (a int) WITH (autovacuum_enabled = false); CREATE TABLE known (a int);
      CREATE TABLE parent (a int); CREATE TABLE child () INHERITS (parent);
      CREATE TABLE parts (a int) PARTITION BY LIST (a); CREATE TABLE later PARTITION OF parts FOR VALUES IN (1);
      CREATE TABLE filled WITH (autovacuum_enabled = false) AS SELECT 1 AS a; ANALYZE known;
      """)
    let session = try database.session()
    func missing(_ statement: String) throws -> MissingStatistics? {
      try session.explain(PlanQuestion(statement), askingWhy: true).missingStatistics
    }
    let bare = RelationName(schema: "public", name: "bare")
    let filled = RelationName(schema: "public", name: "filled")
    // Before 14 the planner takes every empty table for ten pages, analysed or not.
    let takesAll = TestServer.majorVersion < 14
    let known = RelationName(schema: "public", name: "known")
    let empty = MissingStatistics(tables: [], emptyTables: [bare])
    #expect(
      try missing("SELECT * FROM bare, known")
        == (takesAll ? MissingStatistics(tables: [], emptyTables: [bare, known]) : empty))
    #expect(
      try missing("SELECT * FROM bare, filled") == MissingStatistics(tables: [filled], emptyTables: [bare]))
    #expect(
      try missing("SELECT * FROM known")
        == (takesAll ? MissingStatistics(tables: [], emptyTables: [known]) : nil))
    #expect(try missing("SELECT * FROM parts") == nil, "a partition for later is empty as a rule")
    #expect(try missing("SELECT * FROM ONLY parent") == nil, "parents of others are as a rule, too")
    try database.script("ANALYZE bare")
    #expect(try missing("SELECT * FROM bare") == (takesAll ? empty : nil))
  }

  @Test func `what lacks statistics is said in one sentence, however many tables they are`() {
    func missing(_ count: Int) -> MissingStatistics {
      MissingStatistics(tables: (1...count).map { RelationName(schema: "s", name: "t\($0)") })
    }
    let end = "no statistics, as before the first ANALYZE: rows and costs are guesses"
    #expect(missing(1).sentence == "s.t1 has \(end)")
    #expect(missing(4).sentence == "s.t1, s.t2, s.t3, s.t4 have \(end)")
    #expect(missing(6).sentence == "s.t1, s.t2, s.t3, s.t4 and 2 other tables have \(end)")
    #expect(missing(2).hint == "run ANALYZE s.t1, s.t2 where writing is allowed, then ask again")
    #expect(missing(6).hint == "run ANALYZE where writing is allowed, then ask again")
    let bare = RelationName(schema: "s", name: "bare")
    let supposed = "the planner supposes ten pages full of rows, and what it says holds for no filled table"
    let empty = MissingStatistics(tables: [], emptyTables: [bare])
    #expect(empty.sentence == "s.bare is empty: \(supposed)")
    #expect(empty.hint == "fill what is empty, run ANALYZE s.bare where writing is allowed, then ask again")
    let both = MissingStatistics(
      tables: missing(1).tables, emptyTables: [bare, RelationName(schema: "s", name: "b2")])
    #expect(both.sentence == "s.t1 has \(end); s.bare, s.b2 are empty: \(supposed)")
  }

  @Test(arguments: [
    ("o(v)", 2..<3), ("o(a, upper(v))", 5..<13), ("o(a) include (v)", 14..<15),
    ("o(a) where v > 'x'", 11..<18),
  ])
  func `a virtual generated column is refused wherever it is`(text: String, place: Range<Int>) throws {
    let relation = Relation(
      objectID: 1, schema: "public", name: "o", kind: .table, owner: "me", isOwned: true, estimatedRows: 1,
      sizeInBytes: 8192,
      columns: [.init(name: "a", type: "text"), .init(name: "v", type: "text", isVirtual: true)])
    let parsed = try IndexDefinitionParser.parseShortForm(text)
    #expect(
      throws: ServerError(
        .refused, "column \"v\" of table \"o\" is a virtual generated column, which no index can hold",
        detail: "It is computed whenever it is read.",
        hint: "design the index on the expression that generates it, or make the column STORED",
        position: place)
    ) { try Session.refuseVirtualColumns(parsed, relation) }
    #expect(throws: Never.self) {
      try Session.refuseVirtualColumns(IndexDefinitionParser.parseShortForm("o(a)"), relation)
    }
  }

  @Test func `what the server refuses on a virtual generated column is refused before`() throws {
    let database = try TestCluster.shared.database()
    try database.script("CREATE TABLE o (a text, s text GENERATED ALWAYS AS (upper(a)) STORED)")
    let session = try database.session()
    func designs(_ column: String) -> [String] {
      ["o(\(column))", "o(a, lower(\(column)))", "o(a) include (\(column))", "o(a) where \(column) > 'x'"]
    }
    for design in designs("s") {
      let parsed = try IndexDefinitionParser.parseShortForm(design)
      #expect(throws: Never.self, "\(design)") {
        _ = try session.check(parsed)
        try database.script(parsed.definition.createStatement())
      }
    }
    let column = "ALTER TABLE o ADD v text GENERATED ALWAYS AS (upper(a)) VIRTUAL"
    guard TestServer.hasVirtualColumns else {
      let error = #expect(throws: PostgresError.self) { try database.script(column) }
      #expect(error?.sqlState == "42601")
      return
    }
    try database.script(column)
    for design in designs("v") {
      let parsed = try IndexDefinitionParser.parseShortForm(design)
      let error = #expect(throws: PostgresError.self) {
        try database.script(parsed.definition.createStatement())
      }
      #expect(error?.sqlState == "0A000", "\(design)")
      #expect(
        Self.failure(design, session)?.message
          == "column \"v\" of table \"o\" is a virtual generated column, which no index can hold")
    }
  }
}
