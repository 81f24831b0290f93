import Testing

@testable import IndexDesign

@Suite struct CostModelTests {
  static func design(_ column: String) -> IndexDefinition {
    IndexDefinition(table: RelationName(name: "t"), keys: [IndexKey(.column(column))])
  }

  @Test func `a table takes the cheapest plan whose designs are offered`() {
    let (a, b, c) = (Self.design("a"), Self.design("b"), Self.design("c"))
    let table = CostTable()
    table.add("one", 100)
    table.add("one", 50, reading: [a])
    table.add("one", 10, reading: [c, a])
    let one = PlannedStatement("one")
    let requests = [[], [b], [b, a], [c, b, a], [a, c]].map { CostRequest(one, under: $0) }
    #expect(
      table.answers(to: requests + [CostRequest(PlannedStatement("two"))]) == [
        .success(StatementCost(totalCost: PlannerCost(100))),
        .success(StatementCost(totalCost: PlannerCost(100))),
        .success(StatementCost(totalCost: PlannerCost(50), usedDesigns: [1])),
        .success(StatementCost(totalCost: PlannerCost(10), usedDesigns: [0, 2])),
        .success(StatementCost(totalCost: PlannerCost(10), usedDesigns: [0, 1])),
        .failure(PlanningFailure("the table has no plan for two")),
      ])
    table.fix("one", under: [b, a], 220, reading: [b])
    #expect(
      table.answers(to: [CostRequest(one, under: [a, b])])
        == [.success(StatementCost(totalCost: PlannerCost(220), usedDesigns: [1]))])
    #expect(table.requests.count == 7)
  }

  @Test func `a question of a session is planned with the parameters that are left in it`() throws {
    let text = "SELECT * FROM t WHERE a = $1 AND b = $2"
    #expect(PlannedStatement(PlanQuestion(text)) == PlannedStatement(text, parameterCount: 2))
    #expect(
      try PlannedStatement(PlanQuestion(text, values: ["1", "'x'"]))
        == PlannedStatement("SELECT * FROM t WHERE a = 1 AND b = 'x'"))
    #expect(PlannedStatement(PlanQuestion("SELECT 1")) == PlannedStatement("SELECT 1", parameterCount: 0))
  }
}
