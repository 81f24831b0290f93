import IndexDesign
import Testing

@Suite struct StatementParametersTests {
  @Test func `parameters are found outside quotes and comments`() {
    let text = "select $2, '$3', $$ $4 $$, \"$5\", a$6 /* $7 */ from t where x = $10 and y=$2 -- $8"
    #expect(StatementParameters(text).numbers == [2, 10])
    #expect(StatementParameters("select 1").numbers.isEmpty)
  }

  @Test(arguments: [
    ("a = $1 and b = $2", ["42", "'x'"], "a = 42 and b = 'x'"),
    ("a > now() - interval $1", ["'1 day'"], "a > now() - interval '1 day'"),
    ("a = -$1", ["-3"], "a = -(-3)"),
    ("a = $1", ["'2024-01-01'::date"], "a = ('2024-01-01'::date)"),
    ("a = any ($1)", ["array[1,2]"], "a = any ((array[1,2]))"),
    ("a is not distinct from $1", ["null"], "a is not distinct from null"),
    ("$1=$1and$2", ["1", "2"], "1=1 and$2"),
    ("x in ($1,$2)", ["TRUE", "$$a$$"], "x in (TRUE,$$a$$)"),
    ("select 'é', $1", ["'é'"], "select 'é', 'é'"),
    ("extract($1 from ts) = $2", ["month", "3"], "extract(month from ts) = 3"),
    ("date_trunc($1, ts)", ["month"], "date_trunc('month', ts)"),
    ("d > date $1", ["date '2024-01-01'"], "d > (date '2024-01-01')::date"),
    ("a = ? and b like ?", ["1", "'x'"], "a =  1 and b like  'x'"),
    ("select 1 where a =? and b in (?, ?)", ["1", "2", "3"], "select 1 where a = 1 and b in ( 2,  3)"),
    ("select 1 where a = %s and j ? 'x'", ["1"], "select 1 where a =  1 and j ? 'x'"),
    ("select 1 where a = %(n)s or b > %(n)s", ["7"], "select 1 where a =  7 or b >  7"),
    ("select 1", [], "select 1"),
  ])
  func `values stand in the places of their parameters`(text: String, values: [String], result: String) throws
  {
    let parameters = StatementParameters(text)
    guard parameters.numbers.count == values.count || values.isEmpty else {
      #expect(parameters.numbers.last ?? 0 != values.count)
      return
    }
    #expect(try parameters.substituting(values) == result)
  }

  @Test(arguments: [
    (
      "a = $1 and b = $2", ["1"], "the statement has the parameters $1, $2, but 1 value is given",
      "write with (value of $1, value of $2)"
    ),
    ("a = $1", [], "the statement has the parameter $1, but 0 values are given", "write with (value of $1)"),
    (
      "select 1", ["1", "2"], "2 values are given, but the statement has no parameters",
      "leave \"with (…)\" out"
    ),
    (
      "a = $8", ["1"], "the statement has the parameter $8, but 1 value is given",
      "give 8 values, in the order of the numbers"
    ),
  ])
  func `a wrong number of values names the parameters`(
    text: String, values: [String], message: String, hint: String
  ) {
    #expect(throws: DesignError(.parameter, message, hint: hint)) {
      try StatementParameters(text).substituting(values)
    }
  }

  @Test(arguments: [
    (["1", "2", "3", "'x'"], "a in (1, 2, 3) and b = 'x'"), (["1", "'x'"], "a in (1) and b = 'x'"),
    (["(1, 2)", "'x'"], "a in (1, 2) and b = 'x'"),
  ])
  func `a list of unknown length takes any number of values`(values: [String], result: String) throws {
    let parameters = StatementParameters("a in ($1 /*, ... */) and b = $2")
    #expect(parameters.numbers == [1, 2])
    #expect(try parameters.substituting(values) == result)
  }

  @Test func `of two lists each takes its values in parentheses`() throws {
    let parameters = StatementParameters("a in ($1 /*, ... */) and b = any (array[$2 /*, ... */])")
    #expect(try parameters.substituting(["(1, 2)", "(3)"]) == "a in (1, 2) and b = any (array[3])")
    #expect(
      throws: DesignError(
        .parameter, "the statement has the parameters $1, $2, but 3 values are given",
        hint: "write with ((values of $1, …), (values of $2, …))")
    ) { try parameters.substituting(["1", "2", "3"]) }
  }

  @Test func `operators of jsonb are no placeholders`() {
    for text in [
      "select j ? 'x'", "select j ?| array['x'] and a % s > 1", "select j ? $1", "select '?', \"?\" -- ?",
    ] {
      #expect(StatementParameters(text).numbers == (text.contains("$1") ? [1] : []), "\(text)")
    }
  }

  @Test func `values are read up to their closing parenthesis`() throws {
    let text = "(42, 'a, b)', null, -3, '2024-01-01'::date, array[1, 2], 1_000, date '2024-01-01') generic"
    let read = try StatementParameters.parseValues(text)
    #expect(
      read.values == [
        "42", "'a, b)'", "null", "-3", "'2024-01-01'::date", "array[1, 2]", "1_000", "date '2024-01-01'",
      ])
    #expect(read.end == 82)
    #expect(try StatementParameters.parseValues(" ( ) ").values.isEmpty)
    #expect(try StatementParameters.parseValues("(now() - interval '1 day', (1 + 2))").values.count == 2)
  }

  @Test(arguments: [
    ("42", "syntax error at or near \"42\": \"(\" is expected", 0..<2),
    ("(42", "this parenthesis is not closed", 0..<1),
    ("(42,)", "syntax error at or near \")\": a value is expected", 4..<5),
    ("('a)", "unterminated quoted string", 1..<4),
    ("(1, abc)", "a value must be a constant, and this is a column", 4..<7),
    ("(1, (select 1))", "a value must be a constant, and this is a query", 4..<5),
    ("(pg_sleep(1))", "a value must be a constant, and this is a function call", 1..<9),
    ("($1)", "a value must be a constant, and this is a parameter", 1..<3),
    ("(1 from t)", "this is not one value", 1..<9),
    ("(1 x)", "this is not one value", 1..<4),
    ("(1 +)", "syntax error at end of input", 3..<4),
    ("(1 1)", "syntax error at or near \"1\"", 3..<4),
    ("(1; 2)", "syntax error at or near \"2\"", 4..<5),
  ])
  func `what is no constant is an error at its place`(text: String, message: String, place: Range<Int>) {
    let error = #expect(throws: DesignError.self) { try StatementParameters.parseValues(text) }
    #expect(error?.message == message)
    #expect(error?.position == place)
  }

  @Test(arguments: [
    ("a + interval $2 > $1", "a + $2::interval > $1"),
    ("d = DATE $1 and t < timestamptz  $2", "d = $1::DATE and t < $2::timestamptz"),
    ("select interval '1 day', $1", "select interval '1 day', $1"), ("limit $1", "limit $1"),
    ("'interval $1' || \"date\" $1", "'interval $1' || $1::\"date\""),
    ("a < timestamp(3) with time zone $1", "a < $1::timestamp(3) with time zone"),
    ("a < time without time zone $1 at time zone $2", "a < $1::time without time zone at time zone $2"),
    ("double precision $1 + uuid $2", "$1::double precision + $2::uuid"),
    (
      "bit $1, bit(3) $2, bit varying $3, char $4, numeric(10, 2) $5",
      "$1::\"bit\", $2::bit(3), $3::bit varying, $4::bpchar, $5::numeric(10, 2)"
    ),
    (
      "interval $1 day, interval(3) $2, interval $3 hour to second(2)",
      "$1::interval day, $2::interval(3), $3::interval hour to second(2)"
    ),
    ("app.priority $1 and \"My\".\"Kind\" $2", "$1::app.priority and $2::\"My\".\"Kind\""),
    ("a like $1 escape $2 and b between $3 and $4", "a like $1 escape $2 and b between $3 and $4"),
    ("fetch first $1 rows only", "fetch first $1 rows only"),
    ("operator(pg_catalog.+) $1, rows $2 preceding", "operator(pg_catalog.+) $1, rows $2 preceding"),
    (
      "overlay(a placing $1 from $2 for $3), order by $4", "overlay(a placing $1 from $2 for $3), order by $4"
    ),
  ])
  func `a type in front of a parameter becomes a cast`(text: String, expected: String) {
    #expect(StatementParameters.castingTypedLiterals(in: text) == expected)
  }
}
