import IndexDesign
import Testing

@Suite struct PlanDiffTests {
  struct Expectation: CustomTestStringConvertible {
    let testDescription: String
    let plans: RealPlans
    let sentences: [String]

    init(_ description: String, _ plans: RealPlans, _ sentences: String...) {
      testDescription = description
      self.plans = plans
      self.sentences = sentences
    }
  }

  static let scans = [
    Expectation(
      "a sort is spared", .newestOrders, "Seq Scan on orders → Index Scan using %1",
      "Sort by created_at DESC removed"),
    Expectation(
      "workers are spared", .newestOrdersInParallel,
      "Seq Scan on orders → Index Scan using %1, the cost before is per worker",
      "Sort by created_at DESC removed", "Gather Merge removed"),
    Expectation(
      "a partial aggregate is looked through", .countedOrders,
      "Seq Scan on orders → Index Only Scan using %1, the cost before is per worker", "Gather removed"),
    Expectation(
      "two designs under one bitmap scan", .bitmapOfTwo, "Seq Scan on orders → Bitmap Heap Scan using %2, %1"),
    Expectation("an update", .updatedOrders, "Seq Scan on orders → Bitmap Heap Scan using %1"),
    Expectation("a block range index", .logOfAnHour, "Seq Scan on log → Bitmap Heap Scan using %1"),
    Expectation("nothing to gain", .customersOnly, "the plan keeps its shape"),
    Expectation(
      "partitions", .partitionedEvents, "Seq Scan on events_2024 events_1 → Index Scan using %1",
      "Seq Scan on events_2025 events_2 → Index Scan using %1",
      "Sort by events.at over (events_1, events_2) removed"),
  ]

  static let joins = [
    Expectation(
      "hash join to nested loop", .ordersOfOneCustomer, "Seq Scan on orders → Bitmap Heap Scan using %1",
      "Hash Join of (customers, orders) → Nested Loop, inner side through %1"),
    Expectation(
      "parallel hash join to nested loop", .ordersOfOneCustomerInParallel,
      "Seq Scan on orders → Bitmap Heap Scan using %1, the cost before is per worker",
      "Hash Join of (customers, orders) → Nested Loop, inner side through %1", "Gather removed"),
    Expectation(
      "a merge join without its sort", .mergedOrders, "Seq Scan on orders o → Index Scan using %1",
      "Sort by o.customer_id over (o) removed", "Merge Join of (c, o), outer and inner side exchanged",
      "Materialize removed"),
    Expectation(
      "a self join", .neighbours, "Seq Scan on orders b → Bitmap Heap Scan using %1",
      "Hash Join of (a, b) → Nested Loop, inner side through %1"),
    Expectation(
      "two subqueries whose names the plan exchanges", .twoSubqueries,
      "Seq Scan on orders → Bitmap Heap Scan using %1", "Nested Loop of (orders, orders_1) → Hash Join",
      "Materialize removed"),
    Expectation(
      "a join under a limit", .dearestOrders, "Seq Scan on orders o → Index Scan Backward using %1",
      "Seq Scan on customers c → Index Scan using customers_pkey",
      "Sort by o.total DESC over (c, o) removed",
      "Hash Join of (c, o) → Nested Loop, inner side through customers_pkey", "Memoize added"),
    Expectation(
      "the lower of two joins", .linesOfACustomer, "Seq Scan on orders o → Bitmap Heap Scan using %1",
      "Hash Join of (c, o) → Nested Loop, inner side through %1"),
  ]

  static let queries = [
    Expectation(
      "a subplan", .correlatedSubplan,
      "Seq Scan on orders o → Bitmap Heap Scan using %1, 3,971 → 77.45 in each of 19 loops"),
    Expectation(
      "a maximum read from the end of an index", .highestTotal,
      "Seq Scan on orders → Index Only Scan Backward using %1", "Aggregate removed", "Limit added"),
    Expectation(
      "grouping by order", .groupedOrders, "Seq Scan on orders → Index Only Scan using %1",
      "Sort by customer_id removed", "HashAggregate → GroupAggregate"),
    Expectation(
      "an incremental sort", .sortedOrders, "Seq Scan on orders → Index Scan using %1",
      "Sort by customer_id, total → Incremental Sort by customer_id, total (presorted by customer_id)"),
    Expectation(
      "a common table expression", .recentTwice, "Seq Scan on orders → Bitmap Heap Scan using %1"),
    Expectation(
      "a window", .windowOfOrders, "Seq Scan on orders → Index Scan using %1",
      "Sort by customer_id, created_at removed"),
    Expectation(
      "a merge", .mergedIntoCustomers,
      "Index Scan using orders_status_idx on orders → Index Only Scan using %1", "HashAggregate → Unique"),
  ]

  @Test(arguments: scans + joins + queries)
  func `changes are told in words`(_ expectation: Expectation) throws {
    #expect(try expectation.plans.diff().changes.map(\.sentence) == expectation.sentences)
  }

  @Test(arguments: scans + joins + queries)
  func `nothing changes between a plan and itself`(_ expectation: Expectation) throws {
    let diff = try expectation.plans.diff()
    for plan in [diff.before, diff.after] {
      let same = PlanDiff(before: plan, after: plan)
      let cost = StepCost(plan.totalCost)
      #expect(same.changes == [.unchanged(costBefore: cost, costAfter: cost)])
      #expect(same.newUnindexedLoops == [])
    }
  }

  @Test(arguments: scans + joins + queries)
  func `no name of a hypothetical index is left`(_ expectation: Expectation) throws {
    let diff = try expectation.plans.diff()
    #expect(!"\(diff)".contains("<135"))
  }

  @Test func `changes carry values and costs`() throws {
    let changes = try RealPlans.newestOrders.diff().changes
    #expect(
      changes == [
        .scan(
          relation: "orders", alias: nil, from: ScanDescription(method: "Seq Scan"),
          to: ScanDescription(
            method: "Index Scan", indexes: [.design(DesignHandle(1))], indexConditions: ["(customer_id = 42)"]
          ),
          costBefore: StepCost(PlannerCost(3971)), costAfter: StepCost(PlannerCost(21.13))),
        .sortRemoved(keys: ["created_at DESC"], over: [], cost: StepCost(PlannerCost(3971.34))),
      ])
    #expect(changes.map(\.costBefore?.total) == [PlannerCost(3971), PlannerCost(3971.34)])
    #expect(changes.map(\.costAfter?.total) == [PlannerCost(21.13), nil])
    #expect(changes.map(\.costChange) == [(21.13 - 3971) / 3971, nil])
  }

  @Test func `a join carries methods, order and the costs that compare`() throws {
    let diff = try RealPlans.ordersOfOneCustomerInParallel.diff()
    #expect(
      diff.joins == [
        JoinComparison(
          relations: ["customers", "orders"], methodBefore: "Hash Join", methodAfter: "Nested Loop",
          sides: .exchanged, innerSide: "through %1", costBefore: PlannerCost(3148.44),
          costAfter: PlannerCost(257.65), isComparable: true)
      ])
  }

  @Test func `a change of join order is told as joins gone and added`() {
    let a = PlanNode.seqScan("a", cost: 10)
    let b = PlanNode.seqScan("b", cost: 20)
    let c = PlanNode.seqScan("c", cost: 30)
    let before = PlanNode.join("Hash Join", .join("Hash Join", a, b, cost: 50), c, cost: 90)
    let after = PlanNode.join("Hash Join", .join("Merge Join", a, c, cost: 45), b, cost: 70)
    let diff = PlanDiff(before: ExecutionPlan(root: before), after: ExecutionPlan(root: after))
    #expect(
      diff.changes == [
        .join(
          relations: ["a", "b", "c"], methodBefore: "Hash Join", methodAfter: "Hash Join",
          sides: .others, innerSide: nil, costBefore: StepCost(PlannerCost(90)),
          costAfter: StepCost(PlannerCost(70))),
        .nodeRemoved(title: "Hash Join of (a, b)", cost: StepCost(PlannerCost(50))),
        .nodeAdded(title: "Merge Join of (a, c)", cost: StepCost(PlannerCost(45))),
      ])
    #expect(
      diff.changes.map(\.sentence) == [
        "Hash Join of (a, b, c), joined in another order", "Hash Join of (a, b) removed",
        "Merge Join of (a, c) added",
      ])
  }

  @Test func `an index entered in another way is told`() {
    let whole = PlanNode.indexScan("orders", .real("orders_pkey"), by: nil, cost: 100)
    let one = PlanNode.indexScan("orders", .real("orders_pkey"), by: "(id = o.customer_id)", cost: 8)
    let diff = PlanDiff(before: ExecutionPlan(root: whole), after: ExecutionPlan(root: one))
    #expect(
      diff.changes.map(\.sentence) == [
        "Index Scan using orders_pkey on orders: the whole index → (id = o.customer_id)"
      ])
    let first = PlanNode.indexScan("orders", .real("orders_pkey"), by: "(id = $0)", cost: 8)
    let second = PlanNode.indexScan("orders", .real("orders_pkey"), by: "(id = $12)", cost: 8)
    #expect(
      PlanDiff(before: ExecutionPlan(root: first), after: ExecutionPlan(root: second)).changes
        == [.unchanged(costBefore: StepCost(PlannerCost(8)), costAfter: StepCost(PlannerCost(8)))])
  }

  @Test func `what changed is marked in both plans`() throws {
    let sorted = try RealPlans.newestOrders.diff()
    let spared = Set(sorted.marksBefore.filter { $0.value == .onlyHere }.keys)
    #expect(spared.map { sorted.before.nodes[$0].nodeType } == ["Sort"])
    #expect(sorted.marksAfter.map { sorted.after.nodes[$0.key].title } == ["Index Scan using %1 on orders"])
    #expect(Set(sorted.marksAfter.values) == [.changed])
    let joined = try RealPlans.ordersOfOneCustomer.diff()
    #expect(
      joined.marksAfter.keys.sorted().map { joined.after.nodes[$0].title } == [
        "Nested Loop", "Bitmap Heap Scan on orders", "Bitmap Index Scan on %1",
      ])
    let same = try RealPlans.customersOnly.diff()
    #expect(same.marksBefore.isEmpty && same.marksAfter.isEmpty)
  }

  @Test func `the cost of one worker is not compared with the whole`() throws {
    func gather(_ child: PlanNode, workers: Int) -> PlanNode {
      var gather = PlanNode.over("Gather", child, cost: 2_000)
      gather.plannedWorkers = workers
      return gather
    }
    func change(_ before: PlanNode, _ after: PlanNode) throws -> PlanChange {
      let diff = PlanDiff(before: ExecutionPlan(root: before), after: ExecutionPlan(root: after))
      return try #require(diff.changes.first)
    }
    let sequential = PlanNode.seqScan("orders", cost: 900)
    let index = PlanNode.indexScan("orders", .design(DesignHandle(1)), by: "(id = 1)", cost: 300)
    let before = try change(gather(sequential, workers: 2), index)
    #expect(before.sentence == "Seq Scan on orders → Index Scan using %1, the cost before is per worker")
    #expect(before.costChange == nil)
    let now = try change(sequential, gather(index, workers: 2))
    #expect(now.sentence == "Seq Scan on orders → Index Scan using %1, the cost now is per worker")
    let others = try change(gather(sequential, workers: 4), gather(index, workers: 2))
    #expect(
      others.sentence
        == "Seq Scan on orders → Index Scan using %1, costs per worker, before of 4 and now of 2")
    #expect(others.costChange == nil)
    let same = try change(gather(sequential, workers: 2), gather(index, workers: 2))
    #expect(same.sentence == "Seq Scan on orders → Index Scan using %1")
    #expect(same.costChange.map { ($0 * 1_000).rounded() } == -667)
  }
}
