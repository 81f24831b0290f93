import IndexDesign
import Testing

@Suite struct DesignContestTests {
  private static let design = try? IndexDefinitionParser.parseShortForm("public.o(name)").definition

  private static func words(_ cost: Double?, isExact: Bool = true, against: Double) -> String {
    DesignContest.lost(
      cost: cost.map { ContestCost(PlannerCost($0), isExact: isExact) }, against: PlannerCost(against)
    ).words(rival: "Seq Scan on o")
  }

  @Test func `a design that lost has both costs beside it`() {
    #expect(Self.words(412.3, against: 191.6) == "beaten by Seq Scan on o: would cost 412.3, against 191.6")
    #expect(
      Self.words(412.3, isExact: false, against: 191.6)
        == "beaten by Seq Scan on o: would cost at most 412.3, against 191.6")
    #expect(Self.words(nil, against: 191.6) == "beaten by Seq Scan on o; by how much is not known")
  }

  @Test func `a design that costs the same is not beaten`() {
    #expect(Self.words(191.6, against: 191.6) == "no better than Seq Scan on o: both cost 191.6")
    #expect(
      Self.words(191.603, isExact: false, against: 191.6) == "no better than Seq Scan on o: both cost 191.60")
    #expect(
      Self.words(1310.4, against: 1310) == "beaten by Seq Scan on o: would cost 1,310.40, against 1,310.00")
    #expect(
      Self.words(190, against: 191.6)
        == "no better than Seq Scan on o: would cost 190.0, against 191.6, which the planner holds for the same"
    )
  }

  @Test func `a design that cannot serve has the reason beside it, and what would serve`() throws {
    let design = try #require(Self.design)
    #expect(
      DesignContest.cannotServe(.onlyInAlternative(key: "name"), remedy: design).words(rival: "Seq Scan on o")
        == "cannot serve: name occurs only in an OR, which takes an index for each alternative; "
        + "public.o(name) would")
    #expect(
      DesignContest.unknown.words(rival: "Seq Scan on o") == "not chosen; what it would cost is not known")
  }

  @Test func `a plan that reads another index leaves open what the conditions do not rule out`() throws {
    let design = try #require(Self.design)
    var scan = PlanNode(nodeType: "Seq Scan")
    (scan.relation, scan.schema, scan.alias) = ("o", "public", "o")
    scan.conditions = [PlanCondition(label: "Filter", text: "((o.id = 5) AND (upper(o.name) = 'N5'::text))")]
    let plan = ExecutionPlan(root: scan)
    #expect(ServingQuestion(design, in: plan, hasNoPath: false).obstacle == nil)
    #expect(
      ServingQuestion(design, in: plan, hasNoPath: true).obstacle
        == .onlyInside(column: "name", expression: "upper(name)"))
    scan.conditions = [PlanCondition(label: "Filter", text: "(o.id = 5)")]
    #expect(
      ServingQuestion(design, in: ExecutionPlan(root: scan), hasNoPath: false).obstacle
        == .noKeyOccurs(["name"]))
    scan.conditions = []
    // An index that holds all that is asked for may be read as a smaller table.
    #expect(ServingQuestion(design, in: ExecutionPlan(root: scan), hasNoPath: false).obstacle == nil)
  }
}
