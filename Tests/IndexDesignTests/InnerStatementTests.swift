import Testing

@testable import IndexDesign

@Suite struct InnerStatementTests {
  @Test(arguments: [
    (
      "DECLARE c CURSOR FOR SELECT * FROM t WHERE a = $1", InnerStatement.Wrapper.cursor,
      "SELECT * FROM t WHERE a = $1"
    ),
    ("declare c no scroll cursor with hold for select 1 for update", .cursor, "select 1 for update"),
    ("CREATE TABLE x AS SELECT $1", .table, "SELECT $1"),
    (
      "create temp table if not exists s.x (a, b) on commit drop as (select 1) with no data", .table,
      "(select 1)"
    ),
    ("CREATE UNLOGGED TABLE x AS TABLE t WITH DATA", .table, "TABLE t"),
    (
      "CREATE MATERIALIZED VIEW x AS WITH a AS (SELECT 1) SELECT * FROM a", .materializedView,
      "WITH a AS (SELECT 1) SELECT * FROM a"
    ),
    ("COPY (SELECT (a) FROM t) TO STDOUT (FORMAT csv)", .copy, "SELECT (a) FROM t"),
    ("SELECT a INTO TEMP TABLE s.x FROM t WHERE b = $1", .into, "SELECT a  FROM t WHERE b = $1"),
    ("PREPARE p AS SELECT $1", .prepare, "SELECT $1"),
    ("prepare p(int, numeric(10, 2)) as select $1", .prepare, "select $1"),
    (
      "REFRESH MATERIALIZED VIEW CONCURRENTLY s.x WITH DATA", .refresh(RelationName(schema: "s", name: "x")),
      "REFRESH MATERIALIZED VIEW CONCURRENTLY s.x WITH DATA"
    ),
    ("refresh materialized view \"X\"", .refresh(RelationName(name: "X")), "refresh materialized view \"X\""),
  ])
  func `the statement inside is found by the words around it`(
    text: String, wrapper: InnerStatement.Wrapper, inner: String
  ) throws {
    let found = try #require(InnerStatement(in: text))
    #expect(found.wrapper == wrapper)
    #expect(EditedText(text).editing(found.edits).text == inner)
  }

  @Test(arguments: [
    "SELECT 1", "INSERT INTO t SELECT 1", "WITH a AS (SELECT 1) INSERT INTO t SELECT * FROM a",
    "CREATE TABLE x (a int)",
    "CREATE INDEX ON t (a)", "COPY t TO STDOUT", "COPY () TO STDOUT",
    "DECLARE c", "REFRESH",
    "MERGE INTO t USING s ON true WHEN MATCHED THEN DELETE", "",
  ])
  func `other statements hold none`(text: String) { #expect(InnerStatement(in: text) == nil) }

  @Test func `the types of a prepared statement are read`() throws {
    #expect(
      try #require(InnerStatement(in: "prepare p(int, numeric(10, 2), text[]) as select $1")).parameterTypes
        == ["int", "numeric(10, 2)", "text[]"])
    #expect(try #require(InnerStatement(in: "prepare p as select $1")).parameterTypes == [])
  }
}
