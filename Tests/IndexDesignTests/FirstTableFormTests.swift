import Testing

@testable import IndexDesign

@Suite struct FirstTableFormTests {
  /// A statement with the table `o` somewhere, and the same with it in front.
  struct Pair: CustomTestStringConvertible {
    var statement: String
    var form: String
    var testDescription: String { statement }
  }

  static let pairs: [Pair] = [
    .init(
      statement: "select * from c join o on o.cid = c.id where o.st = 'done' or c.name = 'n' order by o.id;",
      form:
        "select * from o, c WHERE (o.cid = c.id) AND (o.st = 'done' or c.name = 'n') order by o.id;"
    ),
    .init(statement: "select 1 from c, public.o as x", form: "select 1 from public.o as x, c"),
    .init(
      statement: #"SELECT count(*) FROM a INNER JOIN b ON a.x = b.x, "o" y WHERE y.b = b.id GROUP BY 1"#,
      form:
        #"SELECT count(*) FROM "o" y, a, b WHERE (a.x = b.x) AND (y.b = b.id) GROUP BY 1"#
    ),
    .init(
      statement:
        "select a.id from a left join x on left(x.n, 3) = a.n and x.i in (1, 2) join o on o.x = x.id limit 5",
      form:
        "select a.id from o CROSS JOIN a LEFT JOIN x ON left(x.n, 3) = a.n and x.i in (1, 2) WHERE (o.x = x.id) limit 5"
    ),
    .init(
      statement: "select * from c natural_key join o using (id) where $1 is distinct from c.n for update",
      form: "select * from o JOIN c natural_key using (id) where $1 is distinct from c.n for update"),
    .init(
      statement: "select o.* from a join b using (id) join o on o.b = b.k",
      form: "select o.* from o CROSS JOIN a JOIN b using (id) WHERE (o.b = b.k)"),
    .init(
      statement:
        "select extract(year from c.d), (select max(z) from z) from c cross join o -- the orders\nwhere o.a = 1",
      form: "select extract(year from c.d), (select max(z) from z) from o, c WHERE (o.a = 1)"),
    .init(
      statement: "select * from c, o where c.id = o.cid order by o.a, c.b limit 3",
      form: "select * from o, c WHERE (c.id = o.cid) order by o.a, c.b limit 3"),
  ]

  @Test(arguments: pairs)
  func `inner joins are written with another table in front`(pair: Pair) throws {
    #expect(FirstTableForm.of(pair.statement, with: RelationName(schema: "public", name: "o")) == pair.form)
    #expect(throws: Never.self) { try StatementParser.parse(pair.form) }
  }

  @Test(arguments: [
    Pair(
      statement: "select * from c left join o on o.cid = c.id and o.st = 'done' where c.n = 1",
      form: "select * from o RIGHT JOIN c ON o.cid = c.id and o.st = 'done' where c.n = 1"),
    Pair(
      statement:
        "select 1 from a, b join c on b.x = c.x left outer join o on o.x = c.x join d on true, e limit 1",
      form: "select 1 from o RIGHT JOIN (b JOIN c ON b.x = c.x) ON o.x = c.x JOIN d ON true, a, e limit 1"),
    Pair(
      statement: "select 1 from c right join public.o x on x.cid = c.id left join d on d.id = x.id",
      form: "select 1 from public.o x LEFT JOIN c ON x.cid = c.id LEFT JOIN d ON d.id = x.id"),
    Pair(
      statement: "select 1 from c full join o on o.cid = c.id cross join d",
      form: "select 1 from o FULL JOIN c ON o.cid = c.id CROSS JOIN d"),
    Pair(
      statement: "select 1 from c full join x on c.i = x.i join o on o.cid = c.id where true",
      form: "select 1 from o JOIN (c FULL JOIN x ON c.i = x.i) ON o.cid = c.id where true"),
    Pair(
      statement: "select 1 from c right join x on c.i = x.i, o left join d on true",
      form: "select 1 from o LEFT JOIN d ON true, c RIGHT JOIN x ON c.i = x.i"),
  ])
  func `an outer join is turned round`(pair: Pair) throws {
    let table = RelationName(schema: "public", name: "o")
    #expect(FirstTableForm.of(pair.statement, with: table) == pair.form)
    #expect(FirstTableForm.turnsJoinRound(pair.statement, with: table))
    #expect(throws: Never.self) { try StatementParser.parse(pair.form) }
  }

  @Test(arguments: [
    ("select * from v", "select * from s.o AS v WHERE (v.a IS NULL)"),
    (
      "select x.id from public.v as x where x.id = 1 or x.b limit 1",
      "select x.id from s.o as x WHERE (x.a IS NULL) AND (x.id = 1 or x.b) limit 1"
    ),
    (
      "select 1 from c join v x on x.id = c.id left join d on true order by 1",
      "select 1 from c join s.o x on x.id = c.id left join d on true WHERE (x.a IS NULL) order by 1"
    ),
  ])
  func `a table stands for a view of it`(statement: String, form: String) throws {
    let replaced = FirstTableForm.replacing(
      RelationName(name: "v"), in: statement, by: RelationName(schema: "s", name: "o")
    ) { SQLLexer("(w.a IS NULL)").renamingTable("w", to: $0) }
    #expect(
      replaced
        == form.replacing("IS NULL)", with: "IS NULL))").replacing("(x.a", with: "((x.a").replacing(
          "(v.a", with: "((v.a"))
    #expect(throws: Never.self) { try StatementParser.parse(form) }
  }

  @Test func `a view's condition does not leave an outer join, a partition needs none`() {
    let (view, table) = (RelationName(name: "v"), RelationName(name: "o"))
    let outer = "select 1 from c left join v on v.id = c.id"
    #expect(FirstTableForm.replacing(view, in: outer, by: table) { "\($0).a" } == nil)
    #expect(
      FirstTableForm.replacing(view, in: outer, by: table)
        == "select 1 from c left join o AS v on v.id = c.id")
    #expect(FirstTableForm.replacing(view, in: "select 1 from v, v x", by: table) == nil)
    #expect(
      FirstTableForm.replacing(view, in: "select 1 from v right join c on true", by: table) { $0 } == nil)
  }

  @Test(arguments: [
    "select * from o join c on c.id = o.cid", "select * from o left join c on c.id = o.cid",
    "select * from o",
    "select * from c natural join o", "select * from c join (o join x on true) on true",
    "select * from c, (select * from o) o", "select * from c, lateral f(c.id), o", "select * from only c, o",
    "select * from c, o, o o2", "select * from c, sales.o", "select * from c union select * from o",
    "with x as (select 1) select * from c, o", "update c set a = 1 from o", "delete from c using o",
    "select * from c, o order by 2", "select distinct * from c, o order by c.a, 2 desc", "select * from c, p",
    "select * from c tablesample system (1), o", "select * from c join o", "select",
    "select * from c, o where '",
    "select * from a join b using (id) join o using (id)",
    "select * from c where exists (select 1 from o where o.cid = c.id)",
  ])
  func `what has the table in front, or more than tables, stays as it is`(statement: String) {
    #expect(FirstTableForm.of(statement, with: RelationName(schema: "public", name: "o")) == nil)
  }
}
