import IndexDesign
import Testing

@Suite struct ExecutionPlanTests {
  /// A plan of PostgreSQL 15.20 with HypoPG 1.3.1.
  private static func bitmap() throws -> String { try PlanResource.text("Plans/sortedBitmap") }
  private static let names = ["<13556>btree_orders_customer_id_created_at": DesignHandle(1)]

  @Test func `a plan is read whole and names designs by handle`() throws {
    let plan = try ExecutionPlan(explainJSON: Self.bitmap(), designs: Self.names)
    #expect(plan.startupCost == PlannerCost(77.89))
    #expect(plan.totalCost == PlannerCost(77.94))
    #expect(
      plan.settings == [
        PlanSetting(name: "enable_seqscan", value: "off"), PlanSetting(name: "work_mem", value: "64kB"),
      ])
    #expect(plan.extras == [PlanFact(name: "JIT", value: .object([("Functions", .number(3))]))])
    #expect(plan.usedIndexes == [.design(DesignHandle(1))])
    #expect(plan.usedDesigns == [DesignHandle(1)])
    #expect(
      plan.nodes.map(\.title) == [
        "Limit", "Sort", "Bitmap Heap Scan on orders", "Bitmap Index Scan on %1",
      ])
    var index = PlanNode(nodeType: "Bitmap Index Scan")
    index.parentRelationship = "Outer"
    index.index = .design(DesignHandle(1))
    index.totalCost = PlannerCost(4.2)
    index.planRows = 20
    index.conditions = [PlanCondition(label: "Index Cond", text: "(customer_id = 42)")]
    #expect(plan.nodes.last == index)
    #expect(plan.root.children[0].sortKeys == ["created_at DESC"])
  }

  @Test func `a hypothetical index without a design is an error`() {
    #expect(
      throws: DesignError(
        .malformedDocument,
        "could not read the plan: it uses a hypothetical index that belongs to no design",
        detail: "This backend holds a hypothetical index that was not made by \"hypo add\".",
        hint: "drop every hypothetical index of this session with \"hypo reset\", then add the designs again")
    ) { try ExecutionPlan(explainJSON: Self.bitmap(), designs: [:]) }
  }

  @Test(arguments: [
    ("{}", "it is no list"), ("[]", "it holds no plan"), ("[{\"Plan\": {}}]", "a step has no node type"),
    ("[\"Utility Statement\"]", "it holds no plan"),
  ])
  func `what is no plan is an error`(_ text: String, _ why: String) {
    #expect(
      throws: DesignError(
        .malformedDocument, "could not read the plan: \(why)",
        hint: "a plan is the output of EXPLAIN (FORMAT JSON)")
    ) { try ExecutionPlan(explainJSON: text) }
  }

  @Test func `two plans of one statement are an error`() {
    #expect(
      throws: DesignError(
        .malformedDocument, "could not read the plan: the statement was rewritten into 2 plans",
        hint: "explain what the rules of the table make of it, one statement at a time")
    ) { try ExecutionPlan(explainJSON: "[{\"Plan\": {}}, {\"Plan\": {}}]") }
  }

  @Test func `names of hypothetical indexes are replaced in every text`() throws {
    let text = """
      [{"Plan": {"Node Type": "Result", "Filter": "<1>btree_t_a and <1>btree_t_ab", "Odd": ["<1>btree_t_a"],
        "Output": ["<1>btree_t_ab"], "Deep": {"Name": "x <1>btree_t_a <"}}}]
      """
    let plan = try ExecutionPlan(
      explainJSON: text, designs: ["<1>btree_t_a": DesignHandle(3), "<1>btree_t_ab": DesignHandle(4)])
    var result = PlanNode(nodeType: "Result")
    result.conditions = [PlanCondition(label: "Filter", text: "%3 and %4")]
    result.output = ["%4"]
    result.extras = [
      PlanFact(name: "Odd", value: .array([.string("%3")])),
      PlanFact(name: "Deep", value: .object([("Name", .string("x %3 <"))])),
    ]
    #expect(plan == ExecutionPlan(root: result))
  }
}
