import IndexDesign
import Postgres
import TestSupport
import Testing

@testable import Server

/// Why a design is not used; each case is also tried with the index built.
@Suite struct SessionContestTests {
  /// A design, a statement that does not use it, and what is said of it.
  struct Case: CustomTestStringConvertible {
    var design: String
    var statement: String
    var words: String
    /// Designs that are active, too.
    var others: [String] = []
    var testDescription: String { "\(design) for \(statement)" }
    var canServe: Bool { !words.hasPrefix("cannot serve") }
    /// Whether `words` are only how it begins.
    var isBeginning: Bool { words == "beaten by" }
  }

  static let schema = """
    create type mood as enum ('sad', 'glad');
    create table o(id int, name text, code varchar(20), amount numeric, kind smallint, created timestamptz, d date, \
    data jsonb, tags int[], deleted boolean, m mood, b int, zip char(8));
    insert into o select g, 'n'||g, 'c'||g, g, g%7, now()+g*interval '1 hour', date '2024-01-01'+g%900, \
    jsonb_build_object('a', g), array[g], g%3=0, 'sad', g, 'z'||g from generate_series(1,30000) g;
    create table c(id int primary key, name text);
    insert into c select g, 'n'||g from generate_series(1,3000) g;
    create schema s2; create table s2.o(id int, name text);
    insert into s2.o select g, 'n'||g from generate_series(1,20000) g;
    create table p(id int, at date) partition by range (at);
    create table p1 partition of p for values from ('2024-01-01') to ('2025-01-01');
    create table p2 partition of p for values from ('2025-01-01') to ('2026-01-01');
    insert into p select g, date '2024-01-01' + g%700 from generate_series(1,20000) g;
    create domain label as text; create domain short as varchar(20); create domain num as int;
    create domain rate as numeric(9,2); create domain deep as num check (value > 0); create domain list as int[];
    create domain word as char(8);
    create table q(kind int, b int, name text, cc text collate "C", l label, s short, n num, r rate, e deep, w list, \
    z word);
    insert into q select g%7, g, 'n'||g, 'k'||g, 'l'||g, 's'||g, g, g, g, array[g], 'z'||g \
    from generate_series(1,3000) g;
    analyze;
    """

  static let allCases: [Case] = [
    // What cannot serve.
    .init(
      design: "o(name)", statement: "select * from o where name like 'n2999%'",
      words: "cannot serve: the operator class of name has no operator ~~ (LIKE); "
        + "public.o(name text_pattern_ops) would"),
    .init(
      design: "o(code)", statement: "select * from o where code like 'c2999%'",
      words: "cannot serve: the operator class of code has no operator ~~ (LIKE); "
        + "public.o(code text_pattern_ops) would"),
    .init(
      design: "o(name)", statement: "select * from o where name like '%999'",
      words: "cannot serve: name LIKE takes a pattern whose beginning is known: no parameter, no % in front"),
    .init(
      design: "o(name text_pattern_ops)", statement: "select * from o where name like '%999'",
      words: "cannot serve: name LIKE takes a pattern whose beginning is known: no parameter, no % in front"),
    .init(
      design: "o(name text_pattern_ops)", statement: "select * from o where name > 'n9999'",
      words: "cannot serve: the operator class of name has no operator >; public.o(name text_ops) would"),
    .init(
      design: "o(id)", statement: "select * from o where id <> 5",
      words: "cannot serve: the operator class of id has no operator <>"),
    .init(
      design: "o(id) using hash", statement: "select * from o where id > 29990",
      words: "cannot serve: the operator class of id has no operator >; public.o(id) would"),
    .init(
      design: "o(tags)", statement: "select * from o where tags @> array[5]",
      words: "cannot serve: the operator class of tags has no operator @>"),
    .init(
      design: "o(name)", statement: "select * from o where upper(name) = 'N5'",
      words: "cannot serve: name occurs only inside upper(name); public.o(upper(name)) would"),
    .init(
      design: "o(name)", statement: "select * from o where name::varchar(3) = 'n5'",
      words: "cannot serve: name occurs only inside ((name)::character varying(3))::text; "
        + "public.o((((name)::character varying(3))::text)) would"),
    .init(
      design: "o(id)", statement: "select * from o where id = 5.0",
      words: "cannot serve: id occurs only inside (id)::numeric; public.o(((id)::numeric)) would"),
    .init(
      design: "o(created)", statement: "select * from o where created::date = '2030-01-01'",
      words: "cannot serve: created occurs only inside (created)::date"),
    .init(
      design: "o(b)", statement: "select * from o where b + 1 = 5",
      words: "cannot serve: b occurs only inside b + 1; public.o((b + 1)) would"),
    .init(
      design: "o(data)", statement: "select * from o where data->>'a' = '7'",
      words: "cannot serve: data occurs only inside data ->> 'a'::text; public.o((data ->> 'a'::text)) would"),
    .init(
      design: "o(kind, b)", statement: "select * from o where coalesce(kind, b) = 9999 and id > 3",
      words: "cannot serve: kind occurs only inside COALESCE((kind)::integer, b); "
        + "public.o(COALESCE((kind)::integer, b), b) would"),
    .init(
      design: "o(lower(name))", statement: "select * from o where name = 'n5'",
      words: "cannot serve: no condition, join or order on its table has lower(name)"),
    .init(
      design: "o(lower(name))", statement: "select * from o where lower(name) like 'n77%'",
      words: "cannot serve: the operator class of lower(name) has no operator ~~ (LIKE); "
        + "public.o(lower(name) text_pattern_ops) would"),
    .init(
      design: "o(amount)", statement: "select id from o where name = 'n5'",
      words: "cannot serve: no condition, join or order on its table has amount"),
    .init(
      design: "o(amount, kind)", statement: "select o.* from o join c on c.id = o.b where c.name = 'n5'",
      words: "cannot serve: no condition, join or order on its table has amount or kind"),
    .init(
      design: "o(name)", statement: "select * from o where name collate \"C\" = 'n5'",
      words: "cannot serve: the statement compares name in the collation \"C\"; "
        + "public.o(name collate \"C\") would"),
    .init(
      design: "o(id)", statement: "select * from o where id = 5 or name = 'n7'",
      words: "cannot serve: id occurs only in an OR, which takes an index for each alternative"),
    .init(
      design: "o(id) where deleted", statement: "select * from o where id = 5",
      words:
        "cannot serve: the planner cannot prove that the statement asks only for rows where deleted; public.o(id) would"
    ),
    .init(
      design: "o(id) where amount > 100", statement: "select * from o where id = 5 and amount > 50",
      words: "cannot serve: the planner cannot prove that the statement asks only for rows where "
        + "(amount > '100'::numeric); public.o(id) would"
    ),
    .init(
      design: "public.o(id)", statement: "select * from s2.o where id = 5",
      words: "cannot serve: the statement reads s2.o, the design is on public.o; s2.o(id) would"),
    .init(
      design: "p(id)", statement: "select * from p where id + 0 = 5",
      words: "cannot serve: id occurs only inside id + 0"),
    .init(
      design: "o(b)", statement: "select * from o where name = 'n5'",
      words: "cannot serve: no condition, join or order on its table has b", others: ["o(name)"]),
    .init(
      design: "o(lower(name))", statement: "select * from o where name = 'n5'",
      words: "cannot serve: no condition, join or order on its table has lower(name)", others: ["o(name)"]),
    .init(
      design: "o(amount)", statement: "select * from o order by amount desc nulls last limit 5",
      words:
        "cannot serve: the statement sorts by amount desc nulls last, an order that the index does not keep; "
        + "public.o(amount desc nulls last) would"),
    .init(
      design: "o(created) using brin", statement: "select * from o order by created desc limit 5",
      words: "cannot serve: the statement sorts by created desc, an order that the index does not keep; "
        + "public.o(created desc) would"),
    .init(
      design: "o(zip)", statement: "select * from o where zip::text = 'z5'",
      words: "cannot serve: zip occurs only inside (zip)::text; public.o(((zip)::text)) would"),
    .init(
      design: "o(id)", statement: "select * from o where id::text = '5'",
      words: "cannot serve: id occurs only inside (id)::text; public.o(((id)::text)) would"),
    .init(
      design: "o(b)", statement: "select * from o where b is not distinct from 5",
      words: "cannot serve: the operator class of b has no operator IS NOT DISTINCT FROM"),
    .init(
      design: "o(b)", statement: "select * from o where b is distinct from 5",
      words: "cannot serve: the operator class of b has no operator IS DISTINCT FROM"),
    .init(
      design: "o(b)", statement: "select * from o order by kind, b desc limit 5",
      words: "cannot serve: the statement sorts by b only after other keys"),
    .init(
      design: "o(name)", statement: "select * from o order by name collate \"C\" limit 5",
      words: "cannot serve: the statement compares name in the collation \"C\"; "
        + "public.o(name collate \"C\") would"),
    .init(
      design: "o(name collate \"C\")", statement: "select * from o where name = 'n5'",
      words: "cannot serve: the statement compares name in its own collation, not in that of the design; "
        + "public.o(name) would"),
    .init(
      design: "o(name collate \"C\")", statement: "select * from o order by name limit 5",
      words: "cannot serve: the statement compares name in its own collation, not in that of the design; "
        + "public.o(name) would"),
    .init(
      design: "o(b)", statement: "select * from o where b not in (select id from c)",
      words: "cannot serve; hypo cannot tell why"),
    .init(
      design: "o(b)", statement: "select * from o where b = (select max(c.id) from c where c.id < o.kind)",
      words: "cannot serve; hypo cannot tell why"),
    .init(
      design: "o(b)", statement: "select * from o where b = kind",
      words: "cannot serve: b is compared only with columns of the same row"),
    .init(
      design: "o(b) using brin", statement: "select b, count(*) from o group by b",
      words: "cannot serve: a brin index serves only conditions on b, and the statement has none; "
        + "public.o(b) would"),
    .init(
      design: "o(name)", statement: "select * from o where name like '_99'",
      words: "cannot serve: name LIKE takes a pattern whose beginning is known: no parameter, no % in front"),
    .init(
      design: "o(name)", statement: "select * from o where name like $1",
      words: "cannot serve: name LIKE takes a pattern whose beginning is known: no parameter, no % in front"),
    .init(
      design: "o(name)", statement: "select * from o where name ilike 'N5%'",
      words: "cannot serve: the operator class of name has no operator ~~* (ILIKE)"),
    .init(
      design: "o(name)", statement: "select * from o where not name like 'n%'",
      words: "cannot serve: the operator class of name has no operator !~~ (NOT LIKE)"),
    .init(
      design: "p(id)", statement: "select * from p join c on c.name = p.at::text where c.id <> 5",
      words: "cannot serve: no condition, join or order on its table has id"),
    // An order.
    .init(
      design: "q(kind, b)", statement: "select * from q order by b limit 5",
      words: "cannot serve: the index keeps the order of b only within each kind; public.q(b, kind) would"),
    .init(
      design: "q(kind, name, b)", statement: "select * from q order by b desc, n limit 5",
      words: "cannot serve: the index keeps the order of b only within each kind and name; "
        + "public.q(b, kind, name) would"),
    .init(
      design: "q(lower(name), b)", statement: "select b, max(n) from q group by b",
      words: "cannot serve: the index keeps the order of b only within each lower(name); "
        + "public.q(b, lower(name)) would"),
    .init(
      design: "q(kind, b)", statement: "select * from q order by b desc nulls last limit 5",
      words: "cannot serve: the index keeps the order of b only within each kind"),
    .init(
      design: "q(kind, b) using brin", statement: "select * from q order by b limit 5",
      words: "cannot serve: a brin index serves only conditions on b, and the statement has none; "
        + "public.q(b, kind) would"),
    .init(
      design: "q(name text_pattern_ops)", statement: "select * from q order by name limit 5",
      words: "cannot serve: the statement sorts by name, of which the operator class keeps another order; "
        + "public.q(name) would"),
    .init(
      design: "q(name text_pattern_ops)", statement: "select * from q order by name collate \"C\" limit 5",
      words: "cannot serve: the statement sorts by name, of which the operator class keeps another order; "
        + "public.q(name collate \"C\") would"),
    .init(
      design: "q(cc text_pattern_ops)", statement: "select * from q order by cc desc limit 5",
      words: "cannot serve: the statement sorts by cc, of which the operator class keeps another order; "
        + "public.q(cc collate \"C\") would"),
    .init(
      design: "q(lower(name) text_pattern_ops)", statement: "select * from q order by lower(name) limit 5",
      words: "cannot serve: the statement sorts by lower(name), of which the operator class keeps another "
        + "order; public.q(lower(name)) would"),
    .init(
      design: "q(name)", statement: "select * from q order by name using ~<~ limit 5",
      words: "cannot serve: the statement sorts by name, of which the operator class keeps another order; "
        + "public.q(name text_pattern_ops) would"),
    // A hash index without =.
    .init(
      design: "o(id) using hash", statement: "select * from o where id is null",
      words: "cannot serve: a hash index serves only conditions id = …, and the statement has none; "
        + "public.o(id) would"),
    .init(
      design: "o(id) using hash", statement: "select * from o where id is not null or id is null and b = 5",
      words: "cannot serve: a hash index serves only conditions id = …, and the statement has none; "
        + "public.o(id) would"),
    .init(
      design: "o(id) using hash", statement: "select distinct id from o",
      words: "cannot serve: a hash index serves only conditions id = …, and the statement has none; "
        + "public.o(id) would"),
    // Domains.
    .init(
      design: "q(n)", statement: "select * from q where n <> 5",
      words: "cannot serve: the operator class of n has no operator <>"),
    .init(
      design: "q(e)", statement: "select * from q where e <> 5",
      words: "cannot serve: the operator class of e has no operator <>"),
    .init(
      design: "q(e) using hash", statement: "select * from q where e > 2990",
      words: "cannot serve: the operator class of e has no operator >; public.q(e) would"),
    .init(
      design: "q(r)", statement: "select * from q where r <> 5",
      words: "cannot serve: the operator class of r has no operator <>"),
    .init(
      design: "q(n)", statement: "select * from q where n = 5.0",
      words: "cannot serve: n occurs only inside (n)::numeric; public.q(((n)::numeric)) would"),
    .init(
      design: "q(w)", statement: "select * from q where w @> array[5]",
      words: "cannot serve: the operator class of w has no operator @>"),
    .init(
      design: "q(l)", statement: "select * from q where l like 'l299%'",
      words: "cannot serve: the operator class of l has no operator ~~ (LIKE); "
        + "public.q(l text_pattern_ops) would"),
    .init(
      design: "q(s)", statement: "select * from q where s <> 's5'",
      words: "cannot serve: the operator class of s has no operator <>"),
    .init(
      design: "q(z)", statement: "select * from q where z <> 'z5'",
      words: "cannot serve: the operator class of z has no operator <>"),
    .init(
      design: "q(kind, n)", statement: "select * from q order by n limit 5",
      words: "cannot serve: the index keeps the order of n only within each kind; public.q(n, kind) would"),
    .init(
      design: "q(n)", statement: "select * from q order by n desc nulls last limit 5",
      words: "cannot serve: the statement sorts by n desc nulls last, an order that the index does not keep; "
        + "public.q(n desc nulls last) would"),
    .init(design: "q(e)", statement: "select * from q where e > 5", words: "beaten by"),
    // What competes and loses.
    .init(design: "o(kind)", statement: "select * from o where kind >= 0", words: "beaten by"),
    .init(design: "o(deleted)", statement: "select * from o where not deleted", words: "beaten by"),
    .init(design: "o(id)", statement: "select * from o where id > 100", words: "beaten by"),
    .init(design: "o(kind)", statement: "select * from o join c on c.id = o.kind", words: "beaten by"),
    .init(design: "o(m)", statement: "select * from o where m = 'sad'", words: "beaten by"),
    .init(design: "o(code)", statement: "select * from o where code > 'c0'", words: "beaten by"),
    .init(
      design: "o(kind)", statement: "select * from o where name = 'n5' and kind = 3", words: "beaten by",
      others: ["o(name)"]),
    .init(
      design: "o(name, kind)", statement: "select * from o where name = 'n5'",
      words: "no better than it: both cost \(TestServer.estimate("8.05", "8.05"))", others: ["o(name)"]),
    .init(design: "p(at)", statement: "select * from p where at > '2024-01-05'", words: "beaten by"),
    .init(design: "o(b) where b > 0", statement: "select * from o where b > 0", words: "beaten by"),
    .init(design: "c(name)", statement: "select * from c where name > 'n'", words: "beaten by"),
  ]

  /// Hash indexes can be hypothetical from HypoPG 1.3 on.
  static let cases = allCases.filter {
    TestServer.hypopg(isAtLeast: "1.3") || !$0.design.contains("using hash")
  }

  @Test(arguments: cases)
  func `a design that is not used competed or cannot serve, as the real index would`(trial: Case) throws {
    let database = try TestCluster.shared.database(.extensions)
    try database.script(Self.schema)
    let session = try database.session()
    try session.add(1, trial.design)
    for (number, other) in trial.others.enumerated() { try session.add(number + 2, other) }
    let explanation = try session.explain(PlanQuestion(trial.statement), askingWhy: true)
    #expect(!explanation.plan.usedDesigns.contains(DesignHandle(1)))
    let contest = try #require(explanation.contests[DesignHandle(1)])
    let words = contest.words(rival: "it")
    if trial.isBeginning {
      #expect(words.hasPrefix("beaten by it: would cost "))
    } else {
      #expect(words == trial.words)
    }
    let definition = try session.check(IndexDefinitionParser.parseShortForm(trial.design)).definition
    try database.execute(definition.createStatement(name: "built"))
    let beside = try database.session()
    let planning = beside.genericSteps(GenericPlanAttempt(trial.statement), Session.verbose)
    let sets = [
      [], ["enable_seqscan"], ["enable_seqscan", "enable_sort", "enable_hashjoin", "enable_mergejoin"],
      ["enable_seqscan", "enable_sort", "enable_hashjoin", "enable_nestloop"],
    ]
    let real = try beside.plans(
      of: sets.map { Session.ForcedQuestion(asking: planning, off: $0) }, [:])
    let isUsed = real.contains { plan in
      plan.usedIndexes.contains { "\($0)" == "built" || "\($0)".hasPrefix("p1_") }
    }
    #expect(isUsed == trial.canServe)
  }

  @Test func `what the person has switched off makes no design one that cannot serve`() throws {
    let database = try TestCluster.shared.database(.extensions)
    try database.script(Self.schema)
    let session = try database.session()
    try session.add(1, "o(id)")
    for name in ["enable_indexscan", "enable_bitmapscan"] { _ = try session.look("SET \(name) = off;") }
    let explanation = try session.explain(PlanQuestion("select * from o where id = 5"), askingWhy: true)
    #expect(explanation.plan.usedDesigns == [])
    let contest = try #require(explanation.contests[DesignHandle(1)])
    guard case .lost(_?, _) = contest else {
      Issue.record("\(contest)")
      return
    }
  }

  @Test func `a statement with parameters is asked about for any values`() throws {
    let database = try TestCluster.shared.database(.extensions)
    try database.script(Self.schema)
    let session = try database.session()
    try session.add(1, "o(name)")
    let contests = try session.explain(
      PlanQuestion("select * from o where upper(name) = $1"), askingWhy: true
    ).contests
    #expect(
      contests[DesignHandle(1)]?.words(rival: "it")
        == "cannot serve: name occurs only inside upper(name); public.o(upper(name)) would")
  }

  @Test func `a real index that wins under every setting leaves the cost unknown unless it can be hidden`()
    throws
  {
    let database = try TestCluster.shared.database(.extensions)
    try database.script(Self.schema)
    let session = try database.session()
    try session.add(1, "c(name, id)")
    let explanation = try session.explain(PlanQuestion("select * from c where id = 5"), askingWhy: true)
    let words = try #require(explanation.contests[DesignHandle(1)]?.words(rival: "it"))
    if session.facts.canHideIndexes {
      #expect(words.hasPrefix("beaten by it: would cost at most "))
    } else {
      #expect(words == "not chosen; what it would cost is not known")
    }
    #expect(try session.explain("select * from c where id = 5").plan.usedIndexes == [.real("c_pkey")])
  }

  @Test(arguments: [("s2.o(name)", "o x"), ("public.o(name)", "o y"), ("o(name)", "o y")])
  func `what beats a design is the scan of its own table, not of one with the same name`(
    design: String, scanned: String
  ) throws {
    let database = try TestCluster.shared.database(.extensions)
    try database.script(Self.schema)
    let session = try database.session()
    try session.add(1, design)
    let statement = "select * from s2.o x, public.o y where x.id = y.id and x.name > 'n' and y.name > 'n'"
    let explanation = try session.explain(PlanQuestion(statement), askingWhy: true)
    let active = try #require(session.hypotheticals.active.first)
    let words = explanation.words(of: active.use(in: explanation.plan), active.handle, on: nil).how
    #expect(words.hasPrefix("beaten by Seq Scan on \(scanned): would cost "), "\(words)")
  }

  @Test func `a UNIQUE design that lets the planner leave out a join is told so`() throws {
    let database = try TestCluster.shared.database(.extensions)
    try database.script(Self.schema)
    let session = try database.session()
    try session.add(1, "s2.o(id) unique")
    func words(_ statement: String) throws -> String {
      let explanation = try session.explain(PlanQuestion(statement), askingWhy: true)
      let table = RelationName(schema: "s2", name: "o")
      let use = explanation.plan.use(of: DesignHandle(1), schema: table.schema, table: table.name)
      return explanation.words(of: use, DesignHandle(1), on: table).how
    }
    #expect(
      try words("select c.* from c left join s2.o on s2.o.id = c.id")
        == "not read: a UNIQUE design lets the planner leave out the join with o")
    #expect(try words("select * from c") == "the statement does not read o")
  }

  @Test func `what was not asked is not known, and a table that is not read is no contest`() throws {
    let database = try TestCluster.shared.database(.extensions)
    try database.script(Self.schema)
    let session = try database.session()
    try session.add(1, "c(name)")
    #expect(try session.explain("select * from c where upper(name) = 'N5'").contests == [:])
    #expect(
      try session.explain(PlanQuestion("select * from o where id = 5"), askingWhy: true).contests == [:])
  }
}
