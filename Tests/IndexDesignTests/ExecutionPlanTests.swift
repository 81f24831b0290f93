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
    ("{}", "it is no list"), ("[{}]", "it holds no plan"), ("[{\"Plan\": {}}]", "a step has no node type"),
    ("[\"Utility Statement\"]", "it holds no plan"),
  ])
  func `what is no plan is an error`(_ text: String, _ why: String) {
    #expect(
      throws: DesignError(
        .malformedDocument, "could not read the plan: \(why)",
        hint: "a plan is the output of EXPLAIN (FORMAT JSON)")
    ) { try ExecutionPlan(explainJSON: text) }
  }

  @Test func `a statement that rules turn into several is a step over their plans`() throws {
    let plan = try ExecutionPlan(
      explainJSON: """
        [{"Plan": {"Node Type": "Result", "Startup Cost": 1, "Total Cost": 2.5}, "Settings": {"work_mem": "1MB"}},
        "Utility Statement",
        {"Plan": {"Node Type": "Seq Scan", "Relation Name": "b", "Total Cost": 4}, "JIT": {"Functions": 1}}]
        """)
    #expect(plan.startupCost == PlannerCost(1) && plan.totalCost == PlannerCost(6.5))
    #expect(plan.nodes.map(\.title) == ["Query Rewrite", "Result", "Utility Statement", "Seq Scan on b"])
    #expect(plan.root.particulars == [.init(label: "Rules", text: "turn the statement into 3 statements")])
    #expect(plan.settings == [PlanSetting(name: "work_mem", value: "1MB")])
    #expect(plan.particulars == [.init(label: "JIT", text: "1 function")])
  }

  @Test func `a statement that rules turn into nothing has no steps and costs nothing`() throws {
    let plan = try ExecutionPlan(explainJSON: "[\n]\n")
    #expect(plan.totalCost == .zero && plan.nodes.map(\.title) == ["Query Rewrite"])
    #expect(plan.root.particulars == [.init(label: "Rules", text: "turn the statement into nothing")])
  }

  @Test func `what is said of no step is the same as what is not so`() throws {
    let plan = try ExecutionPlan(explainJSON: PlanResource.text("Plans/disabledScan.before"))
    #expect(plan.nodes.map(\.isDisabled) == [false, true])
    #expect(plan.nodes.map(\.extras) == [[], [PlanFact(name: "Disabled", value: .bool(true))]])
    #expect(plan.disabledSteps == 1)
    #expect(plan.nodes[1].particulars.first == .init(label: "Disabled", text: "true"))
  }

  @Test func `grouping sets, target tables and compilation have words`() throws {
    let plan = try ExecutionPlan(
      explainJSON: """
        [{"Plan": {"Node Type": "ModifyTable", "Operation": "Delete", "Output": ["a.x", "a.y"],
        "Target Tables": [{"Schema": "s", "Relation Name": "Odd", "Alias": "pt_1"}, {"Relation Name": "pt2",
        "Alias": "pt2"}],
        "Grouping Sets": [{"Hash Keys": [["g", "k"]]}, {"Hash Keys": [["g"]]},
        {"Sort Key": ["k"], "Group Keys": [["k"], []]}]},
        "JIT": {"Functions": 5, "Options": {"Inlining": false, "Optimization": false, "Expressions": true,
        "Deforming": true}}, "Query Identifier": 42}]
        """)
    #expect(
      plan.root.particulars.map { "\($0.label): \($0.text)" } == [
        "Target Tables: s.\"Odd\" pt_1, pt2", "Hash Key: g, k", "Hash Key: g", "Sort Key: k", "Group Key: k",
        "Group Key: ()", "Output: a.x, a.y",
      ])
    #expect(
      plan.particulars.map { "\($0.label): \($0.text)" } == [
        "JIT: 5 functions (expressions, deforming)", "Query Identifier: 42",
      ])
  }

  @Test func `what has nothing but zeros is no line`() throws {
    let plan = try ExecutionPlan(
      explainJSON: """
        [{"Plan": {"Node Type": "Result", "Shared Hit Blocks": 0, "Odd": [0, [0], {}]},
        "Planning": {"Shared Hit Blocks": 0, "Temp Read Blocks": 0}}]
        """)
    #expect(plan.root.particulars == [] && plan.particulars == [])
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
