import IndexDesign
import Testing

@Suite struct StatementNameTests {
  @Test(arguments: [
    ("DECLARE C CURSOR FOR SELECT 1", StatementName.cursor("c")),
    ("declare \"C\" cursor for select 1", .cursor("C")),
    ("PREPARE q (int) AS SELECT $1", .prepared("q")), ("/* a */ prepare q as select 1", .prepared("q")),
    ("SELECT 1", nil), ("EXECUTE q", nil), ("PREPARE TRANSACTION 'a'", nil), ("", nil),
  ])
  func `DECLARE and PREPARE give a name`(text: String, name: StatementName?) {
    #expect(StatementName.given(by: text) == name)
  }

  @Test(arguments: [
    ("FETCH 5 FROM c", StatementName.cursor("c")), ("fetch c;", .cursor("c")),
    ("MOVE FORWARD ALL IN \"C\"", .cursor("C")),
    ("EXECUTE q(1, 'a')", .prepared("q")), ("CREATE TABLE t AS EXECUTE q (1)", .prepared("q")),
    ("CREATE TABLE execute AS SELECT 1", nil), ("SELECT 1", nil), ("", nil),
  ])
  func `FETCH, MOVE and EXECUTE use one`(text: String, name: StatementName?) {
    #expect(StatementName.used(by: text) == name)
  }

  @Test(arguments: [
    ("PREPARE q(int, numeric(8, 2)) AS SELECT $1 + 5", 2, true), ("prepare q as select $1, $2", 2, false),
    ("prepare q as select 1", 0, false),
  ])
  func `a prepared statement takes as many values as it has types or parameters`(
    text: String, count: Int, isDeclared: Bool
  ) throws {
    let taken = try #require(StatementName.parameterCount(ofPrepared: text))
    #expect(taken.count == count && taken.isDeclared == isDeclared)
    #expect(StatementName.parameterCount(ofPrepared: "select $1")?.count == nil)
  }

  @Test(arguments: [
    ("COPY (SELECT 1) TO PROGRAM 'curl -u a:b'", "COPY (SELECT 1) TO PROGRAM '…'"),
    (
      "copy(select 'a', (2)) to $$/tmp/x$$ with (format csv, null 'b')",
      "copy(select 'a', (2)) to '…' with (format csv, null 'b')"
    ),
    ("SELECT 'a'", "SELECT 'a'"), ("COPY t FROM '/tmp/x'", "COPY t FROM '/tmp/x'"),
  ])
  func `a COPY is shown without its file or program`(text: String, shown: String) {
    #expect(StatementText.withoutCopyTarget(text) == shown)
  }

  @Test(arguments: [
    ("create table t as select * from e where u = 3", "create table t as select * from e where u = $1"),
    ("declare c cursor for select 'a' from e", "declare c cursor for select $1 from e"),
    ("refresh materialized view v", "refresh materialized view v"), ("select 3", "select 3"),
  ])
  func `a record keeps no constants of utility statements`(text: String, kept: String) {
    #expect(StatementText.withoutConstants(text) == kept)
  }

  @Test func `a name without a schema may be any of that name, and one with another schema is another`() {
    var reach = TableReach(RelationName(schema: "public", name: "e"))
    reach.functions = [RelationName(schema: "public", name: "f")]
    for text in [
      "select * from e", "select * from public.e", "delete from e", "select f(1)", "select * from f()",
      "call f()",
    ] {
      #expect(reach.isReached(by: text), "\(text)")
    }
    for text in [
      "select * from other.e", "select 'e'", "with e as (select 1) select * from e", "select other.f(1)",
      "select e from x",
    ] {
      #expect(!reach.isReached(by: text), "\(text)")
    }
    #expect(reach.isReached(by: "select from from"), "what cannot be read may")
    #expect(reach.names == ["e", "f"])
  }
}
