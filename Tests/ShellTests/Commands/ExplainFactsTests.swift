import TestSupport
import Testing

@testable import Shell

/// What `explain` shows beyond steps, costs and conditions.
@Suite struct ExplainFactsTests {
  private static let tables = """
    create table a(id int primary key, g int, k int);
    insert into a select x, x % 300, x % 7 from generate_series(1, 100000) x;
    create index on a(g);
    create table pt(id int, at date) partition by range(at);
    create table pt1 partition of pt for values from ('2024-01-01') to ('2024-05-01');
    create table pt2 partition of pt for values from ('2024-05-01') to ('2025-01-01');
    insert into pt select g, date '2024-01-01' + g % 300 from generate_series(1, 9000) g;
    create table "new
    line"(id int);
    insert into "new
    line" select generate_series(1, 2000);
    create table b(id int);
    create table rl(id int);
    create rule r1 as on insert to rl do also insert into b values (new.id);
    create rule r2 as on delete to rl do instead nothing;
    create table seen(id int, at int, who int);
    insert into seen select x, x, x % 5000 from generate_series(1, 50000) x;
    create index seen_at_idx on seen(at);
    create table kept(id int, at int, who int);
    insert into kept select x, x, x % 5000 from generate_series(1, 50000) x;
    create index kept_at_idx on kept(at) where who = 7;
    analyze;
    """

  private static func trial() throws -> CommandTrial {
    let database = try TestCluster.shared.database()
    try database.script(tables)
    return try CommandTrial(on: database)
  }

  /// The lines below the heading.
  private static func tree(_ trial: CommandTrial, _ statement: String) -> String {
    trial.screen(after: "explain \(statement);").split(separator: "\n", omittingEmptySubsequences: false)
      .dropFirst(3)
      .joined(separator: "\n")
  }

  @Test func `grouping sets and target tables are shown`() throws {
    let trial = try Self.trial()
    #expect(
      Self.tree(trial, "select g, k, count(*) from a group by grouping sets ((g, k), (g), ())") == """
                           cost     rows  width  own share
        MixedAggregate    3,065    2,401     16  ████      50 %
        │   Hash Key: g, k
        │   Hash Key: g
        │   Group Key: ()
        └─ Seq Scan on a  1,541  100,000      8  ████      50 % ◀
        """)
    #expect(
      Self.tree(trial, "delete from pt where id < 50").contains("│   Target Tables: pt1 pt_1, pt2 pt_2\n"))
  }

  @Test func `schemas and columns are shown with VERBOSE`() throws {
    let trial = try Self.trial()
    let verbose = trial.screen(after: "explain (verbose) select id from a where g = 4;")
    #expect(verbose.contains("Bitmap Heap Scan on public.a "))
    #expect(verbose.contains("│   Output: id\n"))
  }

  @Test func `what rules make of a statement is shown, also when it is nothing`() throws {
    let trial = try Self.trial()
    // What a change without RETURNING gives, as versions see it.
    let changed = TestServer.majorVersion >= 14 ? "0      0" : "1      4"
    #expect(
      Self.tree(trial, "insert into rl values (1)") == """
                         cost  rows  width  own share
        Query Rewrite    0.02     0      0
        │   Rules: turn the statement into 2 statements
        ├─ Insert on rl  0.01     \(changed)
        │  └─ Result     0.01     1      4  ████      50 % ◀
        └─ Insert on b   0.01     \(changed)
           └─ Result     0.01     1      4  ████      50 %
        """)
    #expect(
      Self.tree(trial, "delete from rl") == """
                       cost  rows  width  own share
        Query Rewrite  0.00     0      0
            Rules: turn the statement into nothing
        """)
  }

  @Test func `a name with a line break keeps the tree and the table whole`() throws {
    let trial = try Self.trial()
    try trial.enter("hypo add \"new\nline\"(id)")
    let screen = trial.screen(after: "explain select * from \"new\nline\" where id = 7;")
    #expect(screen.contains(#"Seq Scan on "new\nline""#))
    #expect(
      screen.contains(
        #"%1     | yes  | Index Only Scan using %1 on "new\nline" | public."new line"(id)"#))
    let diff = trial.screen(after: "diff")
    #expect(diff.contains(#"Seq Scan on "new\nline" → Index Only Scan using %1 | "#))
  }

  @Test func `the wrong index because of ORDER BY and LIMIT is named`() throws {
    let trial = try Self.trial()
    let note =
      "warning: Index Scan using seen_at_idx on seen goes through the index in its order until LIMIT has enough and throws "
      + "away what the Filter does not want: one row in 5,000 is wanted, and where those come late it reads nearly all; an "
      + "index on the Filter's columns, then on those of the order, goes straight to them"
    try trial.enter("set enable_seqscan = off;")
    #expect(
      trial.lastLines(1, after: "explain select * from seen where who = 7 order by at limit 5;") == note)
    // What a partial index leaves out is not thrown away.
    let real = trial.screen(after: "explain select * from kept where who = 7 order by at limit 5;")
    #expect(real.contains("Index Scan using kept_at_idx on kept") && !real.contains("goes through"))
    try trial.enter("hypo add kept(at) where who < 8")
    let partial = trial.screen(
      after: "explain select * from kept where who < 8 and who > 6 order by at limit 5;")
    #expect(partial.contains("Index Scan using %1 on kept") && partial.contains("Filter: (who > 6)"))
    #expect(!partial.contains("goes through"))
    try trial.enter("hypo add seen(who, at)")
    #expect(
      !trial.screen(after: "explain select * from seen where who = 7 order by at limit 5;").contains(
        "goes through"))
  }

  @Test func `functions that planning can run are named, and refused when that is wanted`() throws {
    let trial = try Self.trial()
    try trial.database?.script(
      "create function twice(int) returns int language plpgsql immutable as 'begin return $1 * 2; end'")
    let warning = """
      warning: to make a plan the server can run twice(integer), a function of language plpgsql
      hint: set plan_functions refuse plans no statement that calls such a function
      """
    #expect(trial.screen(after: "explain select * from a where id = twice(4);").hasSuffix(warning))
    #expect(trial.screen(after: "hypo add a(k) where k > twice(1)").hasSuffix(warning))
    #expect(trial.screen(after: "diff select * from a where k = twice(4);").contains(warning))
    _ = trial.screen(after: "set plan_functions refuse")
    #expect(
      trial.screen(after: "explain select * from a where id = twice(4);") == """
        error: to make a plan the server can run twice(integer), a function of language plpgsql
        hint: set plan_functions warn plans it all the same
        exit status 6
        """)
    #expect(
      trial.screen(after: "hypo add a(k) where k > twice(2)") == """
        error: to make a plan the server can run twice(integer), a function of language plpgsql
        hint: set plan_functions warn plans it all the same
        exit status 6
        """)
  }
}
