import IndexDesign
import Testing

@Suite struct PlanNodeTitleTests {
  @Test func `names with line breaks and controls stay on one line, in titles and in sentences`() {
    var scan = PlanNode.indexScan("new\nline", .real("a\r\nb"), by: nil, cost: 8)
    scan.alias = "x\u{1B}[2J\u{85}"
    #expect(scan.title == #"Index Scan using "a\r\nb" on "new\nline" "x\x1B[2J\x85""#)
    let diff = PlanDiff(
      before: ExecutionPlan(root: .seqScan("new\nline", cost: 9)),
      after: ExecutionPlan(root: .indexScan("new\nline", .real("a\nb"), by: nil, cost: 8)))
    #expect(
      diff.changes.map(\.sentence) == [#"Seq Scan on "new\nline" → Index Scan using "a\nb""#])
  }

  @Test(arguments: try RealTitles.all())
  func `titles are those of the text format`(_ real: RealTitles) throws {
    let designs = Dictionary(
      uniqueKeysWithValues: real.names.enumerated().map { ($1, DesignHandle($0 + 1)) })
    let plan = try ExecutionPlan(explainJSON: real.plan, designs: designs)
    #expect(plan.nodes.map(\.title) == real.titles)
  }

  @Test func `plain titles leave out what only parallel plans have`() {
    var aggregate = PlanNode(nodeType: "Aggregate")
    aggregate.strategy = "Hashed"
    aggregate.partialMode = "Finalize"
    #expect(aggregate.title == "Finalize HashAggregate")
    #expect(aggregate.plainTitle == "HashAggregate")
    var scan = PlanNode(nodeType: "Seq Scan")
    scan.isParallelAware = true
    scan.relation = "orders"
    scan.alias = "o"
    #expect(scan.title == "Parallel Seq Scan on orders o")
    #expect(scan.plainTitle == "Seq Scan on orders o")
  }

  @Test func `foreign and custom scans are worded as PostgreSQL does`() {
    var foreign = PlanNode(nodeType: "Foreign Scan")
    foreign.operation = "Select"
    foreign.isAsyncCapable = true
    foreign.relation = "far"
    foreign.alias = "far"
    #expect(foreign.title == "Async Foreign Scan on far")
    foreign.operation = "Update"
    foreign.isAsyncCapable = false
    #expect(foreign.title == "Foreign Update on far")
    var custom = PlanNode(nodeType: "Custom Scan")
    custom.customPlanProvider = "Citus Adaptive"
    #expect(custom.title == "Custom Scan (Citus Adaptive)")
  }
}
