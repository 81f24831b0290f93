import IndexDesign
import Postgres
import TestSupport
import Testing

@testable import Server

/// What HypoPG is given is what the planner compares a statement with: each pair is also tried with the index built.
@Suite struct SessionFoldingTests {
  /// A design, a statement, and what the design's expression or condition becomes.
  /// The server's word for trim(name).
  private static let trimmed = TestServer.majorVersion >= 14 ? "TRIM(BOTH FROM name)" : "btrim(name)"

  struct Pair: CustomTestStringConvertible {
    var design: String
    var condition: String
    var folded: String
    var testDescription: String { "\(design) for \(condition)" }
  }

  static let schema = """
    create table w(id int primary key, active boolean, deleted boolean not null default false, status varchar(20), \
    kind smallint, price numeric(10,2), name text, "Odd" text, d date, j jsonb);
    insert into w select g, g%50=0, g%100<>0, (array['open','paid','done','lost'])[1+(g%4)], g%200, g%1000, 'N'||g, \
    'O'||g, date '2024-01-01'+g%400, jsonb_build_object('a',g%900) from generate_series(1,20000) g;
    create function norm(text) returns text language sql immutable as $$ select lower(trim($1)) $$;
    create function twice(n int) returns int language sql immutable strict \(
      TestServer.majorVersion >= 14 ? "return n*2" : "as 'select n*2'");
    analyze w;
    """

  static let pairs: [Pair] = [
    .init(
      design: "w(name) where deleted = false", condition: "deleted = false and name = 'N700'",
      folded: "(NOT deleted)"),
    .init(
      design: "w(name) where deleted = 'f'", condition: "not deleted and name = 'N700'",
      folded: "(NOT deleted)"),
    .init(
      design: "w(name) where not (deleted = true)", condition: "not deleted and name = 'N700'",
      folded: "(NOT deleted)"),
    .init(
      design: "w(name) where deleted is false", condition: "deleted is false and name = 'N700'",
      folded: "deleted is false"),
    .init(design: "w(id) where active = true", condition: "active = true and id < 5000", folded: "active"),
    .init(
      design: "w(id) where not (active is null)", condition: "active is not null and id < 50",
      folded: "(active IS NOT NULL)"),
    .init(
      design: "w(id) where price > 990", condition: "price > 995 and id < 5000",
      folded: "(price > '990'::numeric)"),
    .init(
      design: "w(id) where status in ('open','lost')", condition: "status = 'lost' and id < 3000",
      folded: "((status)::text = ANY ('{open,lost}'::text[]))"),
    .init(design: "w(id) where kind > 10*19", condition: "kind > 190 and id < 3000", folded: "(kind > 190)"),
    .init(
      design: "w(id) where greatest(kind, 5) > 10*19", condition: "greatest(kind, 5) > 190 and id < 3000",
      folded: "(GREATEST((kind)::integer, 5) > 190)"),
    .init(
      design: "w(id) where coalesce(active, false) = true",
      condition: "coalesce(active, false) and id < 3000",
      folded: "COALESCE(active, false)"),
    .init(
      design: "w(id) where norm(name) = 'n5'", condition: "norm(name) = 'n5' and id < 3000",
      folded: "(lower(\(trimmed)) = 'n5'::text)"),
    .init(
      design: "w(id) where d > date '2024-06-01' + 30", condition: "d > '2024-12-01' and id < 30000",
      folded: "(d > '2024-07-01'::date)"),
    .init(
      design: "w(id) where (active = true and kind > 190) or (active = true and kind < 3)",
      condition: "((active and kind > 190) or (active and kind < 3)) and id < 3000",
      folded: "(active AND ((kind > 190) OR (kind < 3)))"),
    .init(design: "w((price*2))", condition: "price*2 = 1998", folded: "(price * '2'::numeric)"),
    .init(design: "w(norm(name))", condition: "norm(name) = 'n5'", folded: "lower(\(trimmed))"),
    .init(design: "w(twice(id))", condition: "twice(id) = 10", folded: "(id * 2)"),
    .init(design: "w((\"Odd\" || 2*3))", condition: "\"Odd\" || 6 = 'x'", folded: "(\"Odd\" || '6'::text)"),
    .init(design: "w((id*10/5+2*3))", condition: "id*10/5+2*3 = 16", folded: "(((id * 10) / 5) + 6)"),
    .init(
      design: "w((not (deleted = false)), name)", condition: "deleted and name = 'N700'", folded: "deleted"),
  ]

  @Test(arguments: [
    #"w(id) where name collate "C" > 'N7'"#, #"w(lower(name collate "C"))"#,
    "w((price * '2.50'::numeric(5,1)))",
  ])
  func `what HypoPG does not recognise in its own words is unknown`(design: String) throws {
    let database = try TestCluster.shared.database(.extensions)
    try database.script(Self.schema)
    let session = try database.session()
    #expect(try session.add(1, design).matching == .fails)
    let explanation = try session.explain("select * from w where id < 300")
    #expect(explanation.unjudgedDesigns == [.init(handle: DesignHandle(1), reason: .notRecognised)])
  }

  @Test func `where a real index has the same condition, nothing speaks against the design`() throws {
    let database = try TestCluster.shared.database(.extensions)
    try database.script(Self.schema + "create index on w(id) where status in ('open', 'lost');")
    let session = try database.session()
    #expect(try session.add(1, "w(name) where status in ('open', 'lost')").matching == .works)
    let plan = try session.explain("select 1 from w where status in ('open', 'lost')").plan
    #expect(plan.usedDesigns.isEmpty)
  }

  @Test func `what a person has switched off does not make a design unknown`() throws {
    let database = try TestCluster.shared.database(.extensions)
    try database.script(Self.schema)
    let session = try database.session()
    try session.hypotheticals.setEnabled(false)
    #expect(try session.add(1, "w(name) where deleted = false").matching == .works)
    try session.hypotheticals.setEnabled(true)
    _ = try session.connection.query("SET enable_indexscan = off")
    _ = try session.connection.query("SET enable_bitmapscan = off")
    _ = try session.connection.query("SET enable_indexonlyscan = off")
    #expect(try session.add(2, "w(norm(name))").matching == .works)
  }

  @Test func `a role that may not read the table learns nothing of the matching, and the design is made`()
    throws
  {
    let database = try TestCluster.shared.database(.extensions)
    try database.script(Self.schema)
    try database.script("CREATE ROLE no_reader_of_w LOGIN")
    defer { try? database.script("DROP ROLE no_reader_of_w") }
    let made = try database.session(user: "no_reader_of_w").add(1, "w(name) where deleted = false")
    #expect(made.matching == .works && !made.isFolded)
  }

  @Test(arguments: pairs)
  func `a design is used where the real index is`(pair: Pair) throws {
    let database = try TestCluster.shared.database(.extensions)
    try database.script(Self.schema)
    let session = try database.session()
    let made = try session.add(1, pair.design)
    #expect(made.matching == .works)
    #expect(made.statement.contains(pair.folded))
    let statement = "select * from w where \(pair.condition)"
    #expect(try session.explain(statement).plan.usedDesigns == [DesignHandle(1)])
    let definition = try session.check(IndexDefinitionParser.parseShortForm(pair.design)).definition
    try database.execute(definition.createStatement(name: "built"))
    let real = try database.session().explain(statement).plan
    #expect(real.usedIndexes == [.real("built")])
  }

  @Test func `a person who stops what a design is asked about stops the command, and nothing is made`() throws
  {
    let database = try TestCluster.shared.database(.extensions)
    try database.script(
      Self.schema + """
        create function slow(int) returns int language plpgsql immutable as
          $$begin perform pg_sleep(600); return $1; end$$;
        """)
    let interruption = try Interruption()
    let session = try Session(target: database.conninfo, interrupts: interruption.interrupts)
    for design in ["w((kind + slow(1)))", "w(id) where kind > slow(1)"] {
      let definition = try session.check(IndexDefinitionParser.parseShortForm(design)).definition
      interruption.ask()
      let error = #expect(throws: ServerError.self) {
        try session.hypotheticals.add(DesignHandle(1), definition)
      }
      #expect(error?.code == .cancelled, "\(design)")
      #expect(session.hypotheticals.active == [])
    }
    #expect(try session.value("SELECT count(*) FROM hypopg()") == "0")
  }

  @Test func `a connection that is lost over a design is told, and the next command has a new one`() throws {
    let database = try TestCluster.shared.database(.extensions)
    try database.script(
      Self.schema + """
        create function ending() returns int language sql immutable as
          $$select pg_terminate_backend(pg_backend_pid())::int$$;
        """)
    let session = try database.session()
    try session.add(1, "w(kind)")
    let error = #expect(throws: ServerError.self) { try session.add(2, "w((kind + ending()))") }
    #expect(error?.code == .lost)
    #expect(try session.add(3, "w(name) where deleted = false").isFolded)
    #expect(session.hypotheticals.active.map(\.handle) == [DesignHandle(1), DesignHandle(3)])
  }
}
