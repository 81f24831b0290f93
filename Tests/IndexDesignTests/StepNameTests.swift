import Testing

@testable import IndexDesign

@Suite struct StepNameTests {
  @Test(arguments: [
    "Sort", "sort", "Parallel Seq Scan", "Index Only Scan Backward", "Partial HashAggregate",
    "Finalize GroupAggregate", "Hash Right Anti Join", "Nested Loop Left Join", "HashSetOp Except All",
    "Async Foreign Scan", "Custom Scan (ColumnarScan)", "Merge", "WorkTable Scan", "Memoize",
  ])
  func `a name that EXPLAIN prints is known`(name: String) { #expect(StepName.isKnown(name)) }

  @Test(
    arguments: [
      ("Sortt", "Sort"), ("HashAgregate", "HashAggregate"), ("Paralel Seq Scan", nil),
      ("Parallel Seq Scn", "Seq Scan"), ("Bitmap Scan", nil), ("Columnar", nil), ("", nil), ("Backward", nil),
    ] as [(String, String?)])
  func `any other is not, and the near one is named`(name: String, near: String?) {
    #expect(!StepName.isKnown(name))
    #expect(StepName.closest(to: name) == near)
  }

  @Test func `a step goes by each of its names`() {
    var join = PlanNode(nodeType: "Hash Join")
    join.joinType = "Right Anti"
    (join.isParallelAware, join.partialMode) = (true, "Simple")
    for name in ["Hash Join", "hash right  anti join", "Parallel Hash Right Anti Join"] {
      #expect(join.isCalled(name), "\(name)")
      #expect(StepName.isKnown(name), "\(name)")
    }
    #expect(!join.isCalled("Hash"))
    var scan = PlanNode(nodeType: "Index Scan")
    (scan.index, scan.scanDirection) = (.design(DesignHandle(1)), "Backward")
    for name in ["Index Scan", "Index Scan Backward"] { #expect(scan.isCalled(name), "\(name)") }
    #expect(!scan.isCalled("Index Only Scan"))
    var custom = PlanNode(nodeType: "Custom Scan")
    custom.customPlanProvider = "ColumnarScan"
    for name in ["Custom Scan", "Custom Scan (ColumnarScan)", "columnarscan"] {
      #expect(custom.isCalled(name), "\(name)")
    }
    var change = PlanNode(nodeType: "ModifyTable")
    change.operation = "Update"
    for name in ["Update", "ModifyTable"] { #expect(change.isCalled(name), "\(name)") }
    #expect(!change.isCalled("Delete"))
  }
}
