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
}
