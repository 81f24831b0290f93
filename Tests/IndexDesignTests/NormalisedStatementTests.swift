import IndexDesign
import Testing

@Suite struct NormalisedStatementTests {
  @Test(arguments: [
    (
      "select * from orders where customer_id = 4711 and status <> 'returned' limit 20",
      "select * from orders where customer_id = $1 and status <> $2 limit $3", ["4711", "'returned'", "20"]
    ),
    ("select 1 + -5", "select $1 + $2", ["1", "-5"]),
    ("select a, 2 from t order by 1, b limit 1", "select a, $1 from t order by 1, b limit $2", ["2", "1"]),
    ("select a from t group by 1", "select a from t group by 1", []),
    (
      "select a::numeric(10, 2) from t where b = 1.5", "select a::numeric(10, 2) from t where b = $1", ["1.5"]
    ),
    ("select null, true, x from t", "select null, true, x from t", []),
    (
      "select now() - interval '1 day', date '2024-01-01'", "select now() - $1::interval, $2::date",
      ["'1 day'", "'2024-01-01'"]
    ),
    ("select E'a\\'b', $$c$$ -- 7 'x'", "select $1, $2 -- 7 'x'", ["E'a\\'b'", "$$c$$"]),
    (
      "select * from t where a in (1, 2) and b = 'größe'", "select * from t where a in ($1, $2) and b = $3",
      ["1", "2", "'größe'"]
    ),
  ])
  func `constants go out and come back in their places`(
    statement: String, text: String, values: [String]
  ) throws {
    let normalised = NormalisedStatement(statement)
    #expect(normalised.text == text)
    #expect(normalised.values == values)
  }

  @Test func `a statement's own parameters stay the first, without a value`() {
    let normalised = NormalisedStatement("select * from t where a = $1 and b = 'x' limit $2")
    #expect(normalised.text == "select * from t where a = $1 and b = $3 limit $2")
    #expect(normalised.values == [nil, nil, "'x'"])
  }

  @Test func `what the grammar cannot read loses every number and string`() {
    let normalised = NormalisedStatement("select future syntax ('secret', 42) ++")
    #expect(normalised.text == "select future syntax ($1, $2) ++")
    #expect(normalised.values == ["'secret'", "42"])
  }
}
