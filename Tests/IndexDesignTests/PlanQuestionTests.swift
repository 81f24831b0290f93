import IndexDesign
import Testing

@Suite struct PlanQuestionTests {
  @Test func `a statement without parameters is asked for as it is`() {
    let question = PlanQuestion("SELECT 1", options: ["SETTINGS"])
    #expect(question.statement == "SELECT 1")
    #expect(question.values == .none)
    #expect(question.options == ["SETTINGS"])
  }

  @Test func `parameters without values ask for the generic plan, up to the highest number`() {
    let question = PlanQuestion("SELECT * FROM orders WHERE id = $3 AND customer_id = $1")
    #expect(question.statement == "SELECT * FROM orders WHERE id = $3 AND customer_id = $1")
    #expect(question.values == .generic(highest: 3))
  }

  @Test func `a type in front of a parameter becomes a cast, which the server can prepare`() {
    let question = PlanQuestion("SELECT * FROM orders WHERE created_at > now() - interval $1")
    #expect(question.statement == "SELECT * FROM orders WHERE created_at > now() - $1::interval")
    #expect(question.values == .generic(highest: 1))
  }

  @Test func `values take the places of the parameters and are remembered as typed`() throws {
    let question = try PlanQuestion(
      "SELECT * FROM orders WHERE id = $1 AND created_at > now() - interval $2", values: ["42", "'1 day'"])
    #expect(
      question.statement == "SELECT * FROM orders WHERE id = 42 AND created_at > now() - interval '1 day'")
    #expect(question.values == .given(["42", "'1 day'"]))
  }

  @Test func `values that do not fit are refused before a server is asked`() {
    let error = #expect(throws: DesignError.self) { try PlanQuestion("SELECT 1", values: ["42"]) }
    #expect(error?.message == "1 value is given, but the statement has no parameters")
    #expect(error?.hint == "leave \"with (…)\" out")
  }

  @Test func `of a statement around another one the inner one is planned, with its places in the whole`()
    throws
  {
    let question = PlanQuestion("DECLARE c CURSOR FOR SELECT nope FROM t WHERE a > date $1")
    #expect(question.statement == "SELECT nope FROM t WHERE a > $1::date")
    #expect(question.wrapper == .cursor)
    #expect(question.place(of: 7..<11) == 28..<32)
    #expect(question.place(of: 29..<31) == 55..<57)
    let given = try PlanQuestion("CREATE TABLE x AS SELECT $1", values: ["42"])
    #expect(given.statement == "SELECT 42")
    #expect(given.wrapper == .table)
    let cursor = try PlanQuestion("DECLARE c CURSOR FOR SELECT $1", values: ["42"])
    #expect(cursor.statement == "DECLARE c CURSOR FOR SELECT 42")
    #expect(cursor.wrapper == nil)
    let prepared = PlanQuestion("PREPARE p (date, unknown) AS SELECT $1, $2 FROM t WHERE a > $1")
    #expect(prepared.statement == "SELECT $1::date, $2 FROM t WHERE a > $1")
  }

  @Test func `a field of extract is assumed, by what else the statement takes from the same`() {
    let question = PlanQuestion(
      "SELECT extract($1 FROM a) FROM t WHERE extract($2 FROM b) = $3 GROUP BY extract(month FROM a)")
    #expect(
      question.statement
        == "SELECT extract(month FROM a) FROM t WHERE extract(year FROM b) = $3 GROUP BY extract(month FROM a)"
    )
    #expect(question.assumptions.map(\.clause) == ["$1 is month", "$2 is year"])
    #expect(question.values == .generic(highest: 3))
  }

  @Test func `a list of unknown length is planned with ten values`() {
    let question = PlanQuestion("SELECT * FROM t WHERE a IN ($1 /*, ... */) AND b = $2")
    #expect(
      question.statement == "SELECT * FROM t WHERE a IN ($1, $3, $4, $5, $6, $7, $8, $9, $10, $11) AND b = $2"
    )
    #expect(
      ParameterAssumption.sentence(of: question.assumptions)
        == "assumed: $1 is a list of 10 values (its real length is not recorded)")
    #expect(PlannedStatement(question).parameterCount == 11)
    #expect(question.values == .generic(highest: 2))
  }

  @Test func `placeholders of drivers are parameters`() {
    let question = PlanQuestion("SELECT * FROM t WHERE a =? AND j ? 'x'")
    #expect(question.statement == "SELECT * FROM t WHERE a = $1 AND j ? 'x'")
    #expect(question.values == .generic(highest: 1))
    #expect(question.place(of: 35..<36) == 33..<34)
  }
}
