import Testing

@testable import IndexDesign

@Suite struct PlanDocumentTests {
  @Test func `a document gives its plan again, with the handles of its designs`() throws {
    let text = """
      [
        {
          "Plan": {
            "Node Type": "Index Scan",
            "Index Name": "<13556>btree_orders_total",
            "Total Cost": 8.29
          }
        }
      ]
      """
    let document = PlanDocument(text: text, designs: ["<13556>btree_orders_total": DesignHandle(3)])
    var scan = PlanNode(nodeType: "Index Scan")
    scan.index = .design(DesignHandle(3))
    scan.totalCost = PlannerCost(8.29)
    #expect(try document.plan() == ExecutionPlan(root: scan))
    #expect(
      throws: DesignError(
        .malformedDocument,
        "could not read the plan: it uses a hypothetical index that belongs to no design",
        detail: "This backend holds a hypothetical index that was not made by \"hypo add\".",
        hint: "drop every hypothetical index of this session with \"hypo reset\", then add the designs again")
    ) { try PlanDocument(text: text).plan() }
  }

  @Test(arguments: [
    (#"[{"Filter": "(a = 1)", "Output": ["secret"#, #"[{"Filter": "(a = ?)", "Output": ["#),
    (#"[{"Filter": "(a = 1)"}] it's"#, #"[{"Filter": "(a = ?)"}]"#), ("no plan, but 42", ""),
  ])
  func `nothing is kept of a text from where it is no JSON`(text: String, kept: String) {
    #expect(PlanDocument(text: text).withoutLiterals().text == kept)
  }
}
