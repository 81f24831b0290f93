import Testing

@testable import IndexDesign

@Suite struct ContestPlansTests {
  private static func plan(_ cost: Double, uses design: Bool = true, isDisabled: Bool = false)
    -> ExecutionPlan
  {
    var scan = PlanNode(nodeType: design ? "Index Scan" : "Seq Scan")
    scan.totalCost = PlannerCost(cost)
    if design { scan.index = .design(DesignHandle(1)) }
    if isDisabled { scan.extras = [PlanFact(name: "Disabled", value: .bool(true))] }
    return ExecutionPlan(root: scan)
  }

  private static func contest(
    free: [ExecutionPlan], isComplete: Bool = true, forced: [ExecutionPlan] = [], penalty: Double? = 1e10,
    keys: [IndexKey] = []
  ) -> DesignContest? {
    ContestPlans(free: free, isComplete: isComplete, forced: forced, penalty: penalty.map { PlannerCost($0) })
      .contest(of: DesignHandle(1), keys: keys, against: PlannerCost(100))
  }

  private static func lost(_ cost: Double, isExact: Bool) -> DesignContest {
    .lost(cost: ContestCost(PlannerCost(cost), isExact: isExact), against: PlannerCost(100))
  }

  @Test func `the least of all plans that use the design counts`() {
    #expect(
      Self.contest(free: [Self.plan(150), Self.plan(140)], forced: [Self.plan(300)])
        == Self.lost(140, isExact: true))
    #expect(
      Self.contest(free: [Self.plan(150)], forced: [Self.plan(130)]) == Self.lost(130, isExact: true))
  }

  @Test func `what was not tried in every way is at most that`() {
    #expect(Self.contest(free: [Self.plan(150)], isComplete: false) == Self.lost(150, isExact: false))
    #expect(Self.contest(free: [], forced: [Self.plan(150)]) == Self.lost(150, isExact: false))
  }

  @Test func `a plan without the design leaves something cheaper open only when it is cheaper`() {
    #expect(
      Self.contest(free: [Self.plan(150), Self.plan(160, uses: false)]) == Self.lost(150, isExact: true))
    #expect(
      Self.contest(free: [Self.plan(150), Self.plan(120, uses: false)]) == Self.lost(150, isExact: false))
  }

  @Test func `penalties are taken off, and leave the cost an upper bound`() {
    #expect(Self.contest(free: [Self.plan(2e10 + 150)]) == Self.lost(150, isExact: false))
    #expect(
      Self.contest(free: [Self.plan(150, isDisabled: true)], penalty: nil) == Self.lost(150, isExact: false))
    #expect(Self.contest(free: [Self.plan(2e10 + 150)], penalty: nil) == Self.lost(2e10 + 150, isExact: true))
    #expect(Self.contest(free: [Self.plan(5e13 + 150)]) == .lost(cost: nil, against: PlannerCost(100)))
    #expect(Self.contest(free: [Self.plan(1e10 + 50)]) == .lost(cost: nil, against: PlannerCost(100)))
  }

  @Test func `a choice of scans that has no plan leaves nothing open`() {
    #expect(
      Self.contest(free: [Self.plan(150), Self.plan(1e10 + 160)]) == Self.lost(150, isExact: true))
    #expect(
      Self.contest(free: [Self.plan(150), Self.plan(1e10 + 130)]) == Self.lost(130, isExact: false))
    #expect(
      Self.contest(free: [Self.plan(150), Self.plan(160, uses: false, isDisabled: true)], penalty: nil)
        == Self.lost(150, isExact: true))
    // The same plan but for the penalty, which swallows cents.
    #expect(
      Self.contest(free: [Self.plan(1e10 + 149.99), Self.plan(150)]) == Self.lost(150, isExact: true))
  }

  @Test func `where no plan uses the design nothing is known`() {
    #expect(Self.contest(free: [Self.plan(150, uses: false)], forced: [Self.plan(90, uses: false)]) == nil)
  }

  struct Entry: Sendable {
    let keys: String
    let condition: String
    let rows: Double?

    init(_ keys: String, _ condition: String, _ rows: Double?) {
      (self.keys, self.condition, self.rows) = (keys, condition, rows)
    }
  }

  @Test(arguments: [
    Entry("a", "(t.a = 1)", 40), Entry("a", "(t.a > 1)", 40), Entry("a", "((t.a >= 1) AND (t.a < 9))", 40),
    Entry("a, b", "((t.a = 1) AND (t.b > 1))", 40), Entry("a, b", "(t.a = ANY ('{1,2}'::integer[]))", 40),
    Entry("a, b, c", "((t.a = 1) AND (t.b = 2) AND (t.c = 3))", 40),
    Entry("a desc, b", "((t.b = o.b) AND (t.a = o.a))", 40),
    Entry("a", "((t.a)::text = 'x'::text)", 40),
    Entry("lower(a), b", "((lower(t.a) = 'x'::text) AND (t.b < 3))", 40),
    Entry("(a + 1), b", "((t.a + 1) = 3)", 40),
    Entry("a, b", "(t.b = 1)", nil), Entry("a, b, c", "((t.a = 1) AND (t.c = 1))", nil),
    Entry("a, b, c", "((t.b = 1) AND (t.c = 1))", nil), Entry("a, b", "((t.a > 1) AND (t.b = 1))", nil),
    Entry("a, b, c", "((t.a = 1) AND (t.b < 1) AND (t.c = 1))", nil),
    Entry("a, b", "((t.a IS NOT NULL) AND (t.b = 1))", nil), Entry("b, a", "(t.a = o.b)", nil),
    Entry("a, b", "(ROW(t.a, t.b) > ROW(1, 2))", nil), Entry("(a + 1), b", "(t.b = 3)", nil),
    Entry("lower(a), b", "(t.b = 'x'::text)", nil),
  ])
  func `as many entries are read as come out where each condition is on the leading keys`(_ entry: Entry)
    throws
  {
    let keys = try IndexDefinitionParser.parseShortForm("t(\(entry.keys))").definition.keys
    func rows(_ conditions: PlanCondition...) -> Double? {
      var plan = Self.plan(150)
      plan.root.planRows = 40
      plan.root.conditions = conditions
      guard case .lost(let cost, _)? = Self.contest(free: [plan], keys: keys) else { return nil }
      return cost?.rowsRead
    }
    let entered = PlanCondition(label: "Index Cond", text: entry.condition)
    #expect(rows(entered) == entry.rows)
    #expect(rows(entered, PlanCondition(label: "Filter", text: "(t.z = 1)")) == nil)
    #expect(rows() == nil)
  }
}
