import Testing

@testable import IndexDesign

@Suite struct PlanSummaryTests {
  static let recorded: [RealPlans] = [
    .ordersOfOneCustomer, .ordersOfOneCustomerInParallel, .mergedOrders, .neighbours, .twoSubqueries,
    .dearestOrders, .linesOfACustomer, .correlatedSubplan, .highestTotal, .groupedOrders, .sortedOrders,
    .recentTwice, .windowOfOrders, .mergedIntoCustomers, .newestOrders, .newestOrdersInParallel,
    .countedOrders, .bitmapOfTwo, .updatedOrders, .logOfAnHour, .customersOnly, .partitionedEvents,
  ]

  @Test(arguments: recorded.indices)
  func `a recorded plan's summary says what the whole plan says`(index: Int) throws {
    let recorded = Self.recorded[index]
    for part in ["before", "after"] {
      let text = try PlanResource.text("Plans/\(recorded.name).\(part)")
      let plan = try ExecutionPlan(explainJSON: text, designs: recorded.names)
      let summary = try PlanSummary(explainJSON: text)
      #expect(summary.startupCost == plan.startupCost)
      #expect(summary.totalCost == plan.totalCost)
      let indexes = try summary.indexes(named: recorded.names)
      #expect(indexes.designs.sorted() == plan.usedDesigns)
      #expect(indexes.real.map(IndexReference.real) == plan.usedIndexes.filter { $0.isReal })
    }
  }

  @Test func `a hypothetical index that nobody knows is no real one`() throws {
    let summary = PlanSummary(
      startupCost: .zero, totalCost: .zero, indexNames: ["a", "<13556>btree_t_a", "<b>"])
    let known = try summary.indexes(named: ["<13556>btree_t_a": 7])
    #expect(known.designs == [7] && known.real == ["a", "<b>"])
    #expect(
      throws: DesignError(
        .malformedDocument, "could not read the plan: it uses a hypothetical index that belongs to no design",
        detail: "This backend holds a hypothetical index that was not made by \"hypo add\".",
        hint: "drop every hypothetical index of this session with \"hypo reset\", then add the designs again")
    ) { try summary.indexes(named: ["<13557>btree_t_a": 7]) }
  }

  @Test func `names keep their quotes, and what only looks like a member is none`() throws {
    let text = """
      [
        {
          "Plan": {
            "Node Type": "Index Scan",
            "Index Name": "a \\"b\\" \\\\ c",
            "Startup Cost": 0.29,
            "Total Cost": 1e+06,
            "Filter": "(note = 'x\\n\\"Index Name\\": \\"d\\",\\n\\"Total Cost\\": 1')",
            "Plans": [
              {
                "Node Type": "Index Scan",
                "Startup Cost": 0.00,
                "Total Cost": 8.31,
                "Index Name": "<13556>btree_orders_total"
              },
              {
                "Index Name": "<13556>btree_orders_total"
              }
            ]
          }
        }
      ]
      """
    #expect(
      try PlanSummary(explainJSON: text)
        == PlanSummary(
          startupCost: PlannerCost(0.29), totalCost: PlannerCost(1_000_000),
          indexNames: ["a \"b\" \\ c", "<13556>btree_orders_total"]))
  }

  @Test func `two plans, and none, count as the reader of plans counts them`() throws {
    let two = """
      [
        {
          "Plan": {
            "Node Type": "Result",
            "Startup Cost": 0.00,
            "Total Cost": 0.01
          }
        },
        {
          "Plan": {
            "Node Type": "Result",
            "Startup Cost": 0.00,
            "Total Cost": 0.01
          }
        }
      ]
      """
    for text in ["[\n]", two] {
      let plan = try ExecutionPlan(explainJSON: text)
      #expect(
        try PlanSummary(explainJSON: text)
          == PlanSummary(startupCost: plan.startupCost, totalCost: plan.totalCost, indexNames: []))
    }
    #expect(try PlanSummary(explainJSON: two).totalCost == PlannerCost(0.02))
  }

  @Test(arguments: ["", "[\"Utility Statement\"]", "[{}]"])
  func `a text that is no plan is refused`(_ text: String) {
    #expect(
      throws: DesignError(
        .malformedDocument, "could not read the plan: it holds no plan",
        hint: "a plan is the output of EXPLAIN (FORMAT JSON)")
    ) { try PlanSummary(explainJSON: text) }
  }
}

extension IndexReference {
  fileprivate var isReal: Bool { if case .real = self { true } else { false } }
}
