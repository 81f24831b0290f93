import Testing

@testable import IndexDesign

/// Which columns of a design a statement certainly does without, on `o(id, cid, st, em)` and `c(id, name)`.
@Suite struct StatementColumnsTests {
  private static let twice = "select a.id from o a join o b on b.cid = a.id where a.cid = 7"

  private static func columns(_ statement: String) throws -> StatementColumns? {
    StatementColumns(of: try StatementParser.parse(statement))
  }

  private static func missing(_ design: String, _ statement: String) throws -> [String]? {
    guard let columns = try columns(statement) else { return nil }
    let definition = try IndexDefinitionParser.parseShortForm(design).definition
    return columns.missing(fromConditionOf: definition)
      ?? columns.missing(
        fromKeysOf: definition, own: ["id", "cid", "st", "em"],
        others: statement.contains(/\bc\b/) ? ["id", "name"] : [])
  }

  @Test(
    arguments: [
      ("st = 'done'", ["st"]), ("st", ["st"]), ("not st", ["st"]), ("st is true", ["st"]),
      ("st is not null", ["st"]), ("st in ('a', 'b')", ["st"]), ("st not in ('a')", ["st"]),
      ("st = any ('{a,b}'::text[])", ["st"]), ("(st)::text <> all ('{a,b}'::text[])", ["st"]),
      ("st between 1 and 2", ["st"]), ("st like 'a%'", ["st"]), ("st is distinct from em", ["st", "em"]),
      ("st = 'a' or em is null", ["st", "em"]), ("cid > 5 and em > st", ["em", "st"]),
      // What a constant decides, whatever the columns are.
      ("1 in (st, 1)", nil), ("1 not between 2 and st", nil), ("st <> all ('{}')", nil),
      ("st <> all ('{ }'::text[])", nil), ("st = 'a' or 1 = 1", nil), ("(st = 'a' or 1 = 1) is true", nil),
      ("(st = 'a' or true) = true", nil), ("not (st = 'a' and 1 = 2)", nil), ("coalesce(1, st) = 1", nil),
      ("true or st", nil), ("case when true then true else st end", nil), ("same(1, st) = 1", nil),
      ("nullif(1, st) = 1", nil), ("1 = 1", nil), ("(row(1, st)).f1 = 1", nil),
      // What the statement has.
      ("cid > 5", nil), ("st = 'a' or cid = 7", nil),
    ] as [(String, [String]?)])
  func `a condition cannot follow where each of its alternatives needs a column that is not named`(
    condition: String, expected: [String]?
  ) throws {
    #expect(try Self.missing("o(id) where \(condition)", Self.twice) == expected)
  }

  @Test(arguments: [
    "select t.cid from (select * from o) t", "select cid from o where exists (select * from c)",
    "select o from o", "select count(x) from o x", "select to_jsonb(t) from (select id from o) t",
    "select c.id from c natural join o", "select 1 from o as x(a, b)", "select 1 from (c join o on true) j",
    "select 1 from c join o using (id) as j", "select 1 from f(1)", "select row(a.*) from o a",
    "select * from o order by 2", "select * from o group by 1", "select distinct * from o",
    "select * from o union all select * from o", "table o union table o", "update o set id = 1",
    "with x as (delete from o returning id) select id from x", "insert into o select id from c",
    "select id into t from o", "select id from o; select id from c", "select 1 from o order by o",
    "with x as (table o) select id from x", "select (o).id from o", "select public.o is null from public.o",
  ])
  func `nothing is known where columns can come in without their names`(statement: String) throws {
    #expect(try Self.columns(statement) == nil)
  }

  @Test(
    arguments: [
      ("o(lower(em))", "select cid from o, c", ["em"]), ("o(lower(em))", "select * from o, c", ["em"]),
      ("o(lower(em))", "select count(*) from (select id from o where cid = 5) t", ["em"]),
      ("o(lower(em)) include (id)", "select * from o, c", ["em"]),
      // A smaller table.
      ("o(lower(em)) include (id, cid, st, em)", "select * from o, c", nil),
      ("o(lower(em)) include (cid)", "select cid from o, c", nil),
      ("o(lower(em))", "select count(*) from o", nil), ("o(lower(em))", "select 1 from c, o", nil),
      ("o(lower(em))", "select id from o, c", nil), ("o(lower(em))", "select c.name from c, o", nil),
      ("o(lower(em))", "with o as (select 1 as id) select * from public.o, o", nil),
      // A key that may be asked for.
      ("o(lower(em), cid)", "select cid from o, c", nil), ("o(lower(em))", "select cid, em from o, c", nil),
      ("o(lower(em), (cid + 1))", "select cid from o, c", nil), ("o(em)", "select cid from o, c", nil),
      ("o(lower(em)) where st = 'a'", "select cid, st from o, c", nil),
    ] as [(String, String, [String]?)])
  func `expressions cannot be asked for without their columns, but the index may be a smaller table`(
    design: String, statement: String, expected: [String]?
  ) throws {
    #expect(try Self.missing(design, statement) == expected)
  }
}
