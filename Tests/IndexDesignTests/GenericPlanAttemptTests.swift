import IndexDesign
import Testing

@Suite struct GenericPlanAttemptTests {
  /// What a server of version 15 says, with its place by what stands there.
  static func refusal(
    _ state: String, _ message: String, at part: String? = nil, in text: String, detail: String? = nil
  )
    -> GenericPlanAttempt.Refusal
  {
    let place = part.flatMap { text.ranges(of: $0).first }
    let position = place.map { text.utf8.distance(from: text.startIndex, to: $0.lowerBound) }
    return .init(sqlState: state, message: message, detail: detail, position: position.map { $0..<$0 + 1 })
  }

  @Test(arguments: [
    ("select $1 + $2", "42725", "operator is not unique: unknown + unknown", "+", "$1 is integer"),
    (
      "select sum(case when n = $1 then $2 else $3 end) from c", "42883", "function sum(text) does not exist",
      "sum", "$2 is integer"
    ),
    (
      "select coalesce(c.n, 1) from c where $1 is null or n = $1", "42P08",
      "could not determine data type of parameter $1", "$1", "$1 is text"
    ),
    (
      "select * from (values ($1, $2), ($3, $4)) v(i, k) where i = uid", "42883",
      "operator does not exist: text = uuid", "= uid", "$1 is uuid"
    ),
    (
      "with recursive r(n) as (values ($1) union all select n + $2 from r) select * from r", "42883",
      "operator does not exist: text + unknown", "+", "$1 is integer"
    ),
    (
      "select * from unnest($1) as p(id)", "42725", "function unnest(unknown) is not unique", "unnest",
      "$1 is text[]"
    ),
    (
      "with p as (select $1 as d) select json_typeof(d) from p", "42883",
      "function json_typeof(text) does not exist", "json_typeof", "$1 is json"
    ),
    (
      "insert into t(n) select distinct $1", "42804",
      "column \"n\" is of type date but expression is of type text", "$1", "$1 is date"
    ),
    (
      "select a from t where a in ($1) and greatest($2, $3) > n", "42883",
      "operator does not exist: text > numeric", "> n", "$2 is numeric"
    ),
    ("select array[$1] && tags", "42883", "operator does not exist: text[] && uuid[]", "&&", "$1 is uuid"),
    (
      "select to_jsonb($1)", "42804", "could not determine polymorphic type because input has type unknown",
      nil, "$1 is integer"
    ),
    (
      "select a from t where $1 is null or a = any ($1)", "42809",
      "op ANY/ALL (array) requires array on right side", "= any", "$1 is text[]"
    ),
  ])
  func `a type is assumed where the server cannot infer it`(
    text: String, state: String, message: String, part: String?, assumed: String
  ) {
    var attempt = GenericPlanAttempt(text)
    #expect(attempt.assumptions == [])
    let isMended = attempt.mend(after: Self.refusal(state, message, at: part, in: text))
    #expect(isMended)
    #expect(attempt.assumptions.map(\.clause) == [assumed])
    #expect(attempt.text == text)
    #expect(attempt.types.contains { $0 != 0 })
  }

  @Test func `a type that was wrong gives way to the one of the other side`() {
    let text = "select * from c where $1 is null or n = $1"
    var attempt = GenericPlanAttempt(text)
    let isFirstMended = attempt.mend(
      after: Self.refusal("42P08", "could not determine data type of parameter $1", at: "$1", in: text))
    #expect(isFirstMended)
    #expect(attempt.types == [25])
    let isSecondMended = attempt.mend(
      after: Self.refusal("42883", "operator does not exist: uuid = text", at: "= $1", in: text))
    #expect(isSecondMended)
    #expect(attempt.types == [2950])
    let isThirdMended = attempt.mend(
      after: Self.refusal("42883", "operator does not exist: own.kind = uuid", at: "= $1", in: text))
    #expect(isThirdMended)
    #expect(attempt.text == "select * from c where $1::own.kind is null or n = $1")
    #expect(attempt.assumptions == [.type(number: 1, name: "own.kind")])
    #expect(attempt.edited.original(of: 50..<52) == 40..<42)
  }

  @Test func `all arguments of a function that takes any are given their type at once`() {
    let text = "select json_build_object($1, id, $3, $2) from c where id = $4"
    var attempt = GenericPlanAttempt(text)
    let isMended = attempt.mend(
      after: Self.refusal("42P18", "could not determine data type of parameter $1", in: text))
    #expect(isMended)
    #expect(attempt.assumptions.map(\.clause) == ["$1 is text", "$2 is text", "$3 is text"])
    #expect(attempt.types == [25, 25, 25])
    #expect(attempt.parameterCount == 4)
    #expect(attempt.execution == "EXECUTE hypo_statement(NULL, NULL, NULL, NULL)")
  }

  @Test(arguments: [
    (
      "select date_trunc($1, ts), count(*) from t group by date_trunc('day', ts)",
      "select date_trunc('day', ts), count(*) from t group by date_trunc('day', ts)", ["$1 is 'day'"]
    ),
    (
      "select date_trunc($1, ts) from t group by date_trunc($2, ts) having max(date_trunc($3, ts)) > $4",
      "select date_trunc($2, ts) from t group by date_trunc($2, ts) having max(date_trunc($2, ts)) > $4",
      ["$1 is the same as $2", "$3 is the same as $2"]
    ),
    (
      "select distinct on (a % 10) a % $1 from t order by a % $2",
      "select distinct on (a % 10) a % 10 from t order by a % 10",
      ["$1 is 10", "$2 is 10"]
    ),
    (
      "select a + $1 from t group by rollup (a + -5)", "select a + -5 from t group by rollup (a + -5)",
      ["$1 is -5"]
    ),
    (
      "select 1 union select b - $1::date from t group by b - date '2024-01-01'",
      "select 1 union select b - '2024-01-01'::date from t group by b - date '2024-01-01'",
      ["$1 is '2024-01-01'"]
    ),
  ])
  func `an expression of GROUP BY is one again`(text: String, joined: String, assumed: [String]) {
    var attempt = GenericPlanAttempt(text)
    let refusal = Self.refusal("42803", "column \"t.ts\" must appear in the GROUP BY clause", in: text)
    let isMended = attempt.mend(after: refusal)
    #expect(isMended)
    #expect(attempt.text == joined)
    #expect(attempt.assumptions.map(\.clause) == assumed)
    let isMendedAgain = attempt.mend(after: refusal)
    #expect(!isMendedAgain, "there is nothing more to join")
  }

  @Test func `what parameters are no reason of is not mended`() {
    for (state, text) in [
      ("42703", "select nope, $1 from t"), ("42803", "select a, $1 from t group by b"), ("42601", "selec $1"),
      ("42883", "select nope(a) from t where a = $1"),
    ] {
      var attempt = GenericPlanAttempt(text)
      let isMended = attempt.mend(
        after: Self.refusal(state, "column \"nope\" does not exist", at: "nope", in: text))
      // A function without a parameter in it may still be wanting because of one elsewhere.
      #expect(isMended == false || state == "42883", "\(text)")
    }
  }

  @Test func `it comes to an end`() {
    let text = "select nope($1, $2)"
    var attempt = GenericPlanAttempt(text)
    var count = 0
    while attempt.mend(
      after: Self.refusal("42883", "function nope(unknown, unknown) does not exist", at: "nope", in: text))
    {
      count += 1
    }
    #expect(count > 10 && count < 64)
  }

  @Test func `numbers that are missing in the text have a type, of which nothing is said`() {
    let attempt = GenericPlanAttempt("select a from t where a = $3")
    #expect(attempt.types == [25, 25])
    #expect(attempt.assumptions == [])
    #expect(GenericPlanAttempt("select $2000000000").parameterCount == 0)
  }

  @Test(arguments: [
    ("select nope($1) from t", "42883", "nope(", true),
    ("select s.nope(a, (b + $1)) from t", "42883", "s.", true),
    ("select nope(a), $1 from t where b = $2", "42883", "nope(", false),
    ("select a + $1 from t", "42883", "+", true), ("select ($1) || a from t", "42883", "||", true),
    ("select a + b from t where c = $1", "42883", "+", false),
    ("select case when a then $1 end from t", "42804", "$1", true),
    ("select 1 from t where a and b = $1", "42804", "a and", false),
    ("select a, b from t where c = $1 group by a", "42803", "b from", false),
    ("select f($1, b) from t group by f($2, b)", "42803", "b)", true),
    ("select b - $1 from t group by b - $2", "42803", "b - $1", true),
  ])
  func `only what stands at a parameter is its fault`(
    text: String, state: String, part: String, concerns: Bool
  ) {
    let attempt = GenericPlanAttempt(text)
    #expect(attempt.concernsParameter(Self.refusal(state, "does not fit", at: part, in: text)) == concerns)
    #expect(
      attempt.concernsParameter(Self.refusal(state, "nope(unknown) does not exist", at: part, in: text)))
    #expect(attempt.concernsParameter(Self.refusal("42P18", "could not determine", in: text)))
    #expect(attempt.concernsParameter(Self.refusal(state, "does not fit", in: text)))
  }
}
