import IndexDesign
import Testing

@Suite struct StatementShapeTests {
  @Test(arguments: [
    ("select * from t where a = 42", "select * from t where a = 0"),
    (
      "select 1.50, -7, a1, t2.b3 from t2 where c in (1,22)",
      "select 0, -0, a1, t2.b3 from t2 where c in (0,0)"
    ),
    ("select 'x', 'it''s', '' from \"a 1\" where b = $12", "select '', '''', '' from \"a 1\" where b = $12"),
    ("select f('a(1)') || g(2)", "select f('') || g(0)"), ("select ü1, 1", "select ü1, 0"),
  ])
  func `constants are left out and names stay`(statement: String, shape: String) {
    #expect(StatementShape.text(of: statement) == shape)
  }

  @Test(arguments: [
    "select /* ' */ f(1) /* ' */", "select 1 -- '", "select e'\\'', f(1)", "select $$'$$, f(1)",
    "select $a$x$a$",
    "select 'open", "select \"open", "select $", "select \\",
  ])
  func `where a quote may be none nothing is said`(statement: String) {
    #expect(StatementShape.text(of: statement) == nil)
  }

  @Test func `another name is another shape`() {
    let statements = [
      "select f(1)", "select g(1)", "select s.f(1)", "select \"F\"(1)", "select f(1) + 2",
      "select f(1) from t",
    ]
    #expect(Set(statements.map(StatementShape.text)).count == statements.count)
  }
}
