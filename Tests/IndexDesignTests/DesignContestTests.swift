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
      DesignContest.cannotServe(nil, remedy: nil).words(rival: "Seq Scan on o")
        == "cannot serve; hypo cannot tell why")
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

  private static func obstacle(
    _ short: String, filter: String? = nil, sort: [String] = [], group: [String] = [], output: [String] = [],
    facts: [String: KeyFacts] = [:], names: Set<String> = [], hasNoPath: Bool = true
  ) throws -> ServingObstacle? {
    var scan = PlanNode(nodeType: "Seq Scan")
    (scan.relation, scan.schema, scan.alias) = ("o", "public", "o")
    if let filter { scan.conditions = [PlanCondition(label: "Filter", text: filter)] }
    var root = PlanNode(nodeType: "Sort")
    (root.sortKeys, root.groupKeys, root.output, root.children) = (sort, group, output, [scan])
    let design = try IndexDefinitionParser.parseShortForm(short).definition
    return ServingQuestion(
      design, in: ExecutionPlan(root: root), hasNoPath: hasNoPath, facts: facts, names: names
    ).obstacle
  }

  @Test func `an order is a reason for its first key only, and a grouping for what keeps no order`() throws {
    var wanted = try #require(IndexDefinitionParser.parseShortForm("o(a)").definition.keys.first)
    wanted.isDescending = true
    wanted.nullsFirst = false
    #expect(
      try Self.obstacle("public.o(a)", sort: ["o.a DESC NULLS LAST", "o.b"])
        == .otherOrder(key: "a", wanted: wanted))
    #expect(try Self.obstacle("public.o(b)", sort: ["o.a", "o.b DESC"]) == .laterInOrder(key: "b"))
    #expect(
      try Self.obstacle("public.o(b) using brin", group: ["o.b"])
        == .noCondition(accessMethod: "brin", key: "b"))
    #expect(
      try Self.obstacle("public.o(a)", sort: [#"(o.a)::text COLLATE "C" DESC"#])
        == .otherCollation(RelationName(name: "C"), key: "a"))
    #expect(
      try Self.obstacle("public.o(a)", sort: [#"o.a COLLATE s."x y""#])
        == .otherCollation(RelationName(schema: "s", name: "x y"), key: "a"))
    #expect(
      try Self.obstacle(#"public.o(a collate "C")"#, sort: ["o.a"]) == .otherCollation(nil, key: "a"))
  }

  @Test func `what a subquery hides is no reason`() throws {
    let hidden = "(NOT (hashed SubPlan 1))"
    #expect(try Self.obstacle("public.o(a)", filter: hidden, names: ["o", "a"]) == nil)
    #expect(try Self.obstacle("public.o(a)", filter: hidden, names: ["o", "b"]) == .noKeyOccurs(["a"]))
    #expect(try Self.obstacle("public.o(lower(a))", filter: hidden, names: ["o", "lower", "a"]) == nil)
    #expect(
      try Self.obstacle("public.o(c)", filter: "(o.b = 5)", output: ["min(o.c)"], hasNoPath: false) == nil)
    #expect(
      try Self.obstacle("public.o(c)", filter: "(o.b = 5)", output: ["sum(o.d)"], hasNoPath: false)
        == .noKeyOccurs(["c"]))
  }

  @Test func `NOT is no OR, and has operators of its own`() throws {
    let facts = ["a": KeyFacts(operators: ["=", "<"])]
    #expect(
      try Self.obstacle("public.o(a)", filter: "(NOT (o.a IS DISTINCT FROM 5))", facts: facts)
        == .foreignOperator("IS NOT DISTINCT FROM", key: "a"))
    #expect(
      try Self.obstacle("public.o(a)", filter: "(o.a IS DISTINCT FROM o.b)", facts: facts)
        == .foreignOperator("IS DISTINCT FROM", key: "a"))
    #expect(try Self.obstacle("public.o(a)", filter: "(NOT o.a)", facts: facts) == nil)
    #expect(
      try Self.obstacle("public.o(a)", filter: "((o.a = 5) OR (o.b = 7))", facts: facts)
        == .onlyInAlternative(key: "a"))
    #expect(
      try Self.obstacle("public.o(a)", filter: "(o.a = (o.b + 1))", facts: facts) == .ownComparison(key: "a"))
    #expect(try Self.obstacle("public.o(a)", filter: "(o.a = x.b)", facts: facts) == nil)
  }

  @Test func `a cast to text does nothing to a text alone, nor one to what a domain is made of`() throws {
    let filter = "((o.a)::text = '5'::text)"
    #expect(
      try Self.obstacle(
        "public.o(a)", filter: filter, facts: ["a": KeyFacts(operators: ["="], plainCasts: [])])
        == .onlyInside(column: "a", expression: "(a)::text"))
    #expect(try Self.obstacle("public.o(a)", filter: filter, facts: ["a": KeyFacts(operators: ["="])]) == nil)
    let domain = "((o.a)::character varying = '5'::text)"
    #expect(
      try Self.obstacle(
        "public.o(a)", filter: domain,
        facts: ["a": KeyFacts(operators: ["="], plainCasts: ["character varying"])]) == nil)
  }

  @Test(arguments: [
    ("'%x'", "~~"), ("'_x'", "~~"), ("$1", "~~"), ("o.b", "~~"), ("'x$'", "~"), ("''", "~"),
  ])
  func `a pattern with an open beginning is the reason, whatever the operator class`(
    pattern: String, operation: String
  ) throws {
    for operators: Set<String> in [["=", "<"], ["=", "~<~"]] {
      #expect(
        try Self.obstacle(
          "public.o(a)", filter: "(o.a \(operation) \(pattern)::text)",
          facts: ["a": KeyFacts(operators: operators)])
          == .noKnownBeginning(operation, key: "a"))
    }
    #expect(
      try Self.obstacle(
        "public.o(a)", filter: "(o.a ~~ 'x%'::text)", facts: ["a": KeyFacts(operators: ["="])])
        == .foreignOperator("~~", key: "a"))
  }
}
