import IndexDesign
import Testing

/// Designs that help are called better: what their plans do otherwise is no alarm.
@Suite struct HelpfulDesignTests {
  struct Expectation: CustomTestStringConvertible {
    let testDescription: String
    let plans: RealPlans
    let verdict: String
    let sentences: [String]

    init(_ description: String, _ plans: RealPlans, _ verdict: String, _ sentences: String...) {
      (testDescription, self.plans, self.verdict, self.sentences) = (description, plans, verdict, sentences)
    }
  }

  static let expectations = [
    Expectation(
      "joins of a subplan cost what they did, however often it runs", .cheapestSuppliers,
      "better: estimated cost 33,367 → 25,556 (23.4 % lower), through %1",
      "Seq Scan on partsupp → Index Scan using %1, now 55.98 in each of 389 loops",
      "Index Scan using partsupp_pkey on partsupp partsupp_1 → Index Scan using %1, now 13.37 in each of 389 loops",
      "Hash Join of (nation, part, partsupp, region, supplier) → Nested Loop, joined in another order, "
        + "inner side by Seq Scan on region", "Hash Join of (nation, partsupp, region, supplier) removed",
      "Hash Join of (nation, region, supplier) removed", "Hash Join of (nation, region) removed",
      "Nested Loop of (nation, part, partsupp, supplier) added",
      "Nested Loop of (part, partsupp, supplier) added", "Nested Loop of (part, partsupp) added"),
    Expectation(
      "a small table that is read once and kept", .localSuppliers,
      "better: estimated cost 48,981 → 48,431 (1.1 % lower), through %1",
      "Seq Scan on customer → Bitmap Heap Scan using %1, now 331.9 in each of 5 loops",
      "Seq Scan on nation → Index Scan using nation_pkey",
      "Hash Join of (customer, nation, region) → Nested Loop, inner side through %1",
      "Hash Join of (nation, region) → Nested Loop, inner side by Seq Scan on region", "Materialize added"),
    Expectation(
      "a Gather that moved, and a Sort for the join above it", .largeOrders,
      "better: estimated cost 504,665 → 464,620 (7.9 % lower), through %1",
      "Seq Scan on customer → Index Scan using customer_pkey, the cost before is per worker",
      "Index Scan using lineitem_pkey on lineitem → Index Scan using %1, "
        + "0.86 in each of 86,121 loops → 0.52 in each of 206,690 loops, the cost before is per worker",
      "Sort by customer.c_custkey, orders.o_orderkey over (customer, lineitem, lineitem_1, orders) removed",
      "Sort by orders.o_custkey over (lineitem_1, orders) → Sort by orders.o_custkey, orders.o_orderkey",
      "Sort by customer.c_custkey over (customer) removed",
      "Gather Merge over (customer, lineitem, lineitem_1, orders) removed",
      "Gather Merge over (lineitem_1, orders) added"),
    Expectation(
      "a kept side in a join of a ten-thousandth of the whole", .promotedParts,
      "better: estimated cost 511,986,816 → 560,934 (99.9 % lower), through %1",
      "Seq Scan on supplier → Index Scan using supplier_pkey",
      "Seq Scan on lineitem → Bitmap Heap Scan using %1, 116,226 in each of 4,404 loops → 122.8 in each of "
        + "4,501 loops",
      "Nested Loop of (nation, part, partsupp, supplier), joined in another order",
      "Nested Loop Semi Join of (part, partsupp, supplier) removed",
      "Nested Loop of (nation, supplier) added",
      "Materialize over (nation) added"),
    Expectation(
      "a small join that became dearer while the whole fell", .waitingSuppliers,
      "better: estimated cost 86,914 → 38,968 (55.2 % lower), through %1",
      "Seq Scan on lineitem l1 → Index Scan using %1, now 66.72 in each of 200 loops",
      "Index Scan using orders_pkey on orders → Seq Scan, the cost now is per worker",
      "Nested Loop of (l1, l2, l3, nation, orders, supplier), joined in another order, "
        + "inner side through lineitem_pkey",
      "Hash Join of (l1, nation, supplier) → Nested Loop, inner side through %1",
      "Hash Join of (nation, supplier) → Nested Loop, inner side by Seq Scan on supplier",
      "Nested Loop Semi Join of (l1, l2, l3, nation, supplier) removed",
      "Nested Loop Anti Join of (l1, l3, nation, supplier) removed",
      "Gather over (l1, l3, nation, supplier) removed",
      "Nested Loop Anti Join of (l1, l3, nation, orders, supplier) added",
      "Hash Join of (l1, nation, orders, supplier) added",
      "Gather over (l1, l3, nation, orders, supplier) added"),
  ]

  @Test(arguments: expectations)
  func `a design that helps is better`(_ expectation: Expectation) throws {
    let diff = try expectation.plans.diff()
    let verdict = diff.verdict(designs: [DesignHandle(1)])
    #expect(verdict.sentence == expectation.verdict)
    #expect(verdict.joins.outcome == .ok)
    #expect(diff.changes.map(\.sentence) == expectation.sentences)
  }

  @Test func `of many joins that are no worse the topmost are named`() throws {
    #expect(
      try RealPlans.localSuppliers.diff().verdict(designs: []).joins.fact
        == "Hash Join of (customer, lineitem, nation, orders, region, supplier) costs 47,959 → 47,408 (1.1 % lower); "
        + "Nested Loop of (customer, lineitem, nation, orders, region), inner side through lineitem_pkey "
        + "costs 47,440 → 46,889 (1.2 % lower); "
        + "Hash Join of (customer, nation, orders, region) costs 20,572 → 20,021 (2.7 % lower); "
        + "Hash Join of (customer, nation, region) → Nested Loop, inner side through %1 "
        + "costs 2,490 → 1,823 (26.8 % lower); and 1 join below, none of them worse")
  }

  @Test func `what is repeated costs so much in each loop and so much in all`() throws {
    let change = try #require(try RealPlans.localSuppliers.diff().changes.first)
    let after = try #require(change.costAfter)
    #expect(change.costBefore == StepCost(PlannerCost(2234.18), workers: 2))
    #expect(after.once == PlannerCost(331.91) && after.loops == 5)
    #expect(abs(after.total.units - 5 * 331.91) < 0.001)
  }

  private static let scans = (
    PlanNode.seqScan("a", cost: 100), PlanNode.seqScan("b", cost: 100), PlanNode.seqScan("c", cost: 10)
  )

  private static func verdict(_ before: PlanNode, _ after: PlanNode) -> PlanVerdict {
    PlanDiff(before: ExecutionPlan(root: before), after: ExecutionPlan(root: after)).verdict(designs: [])
  }

  private static func gather(_ child: PlanNode, cost: Double, workers: Int = 2) -> PlanNode {
    var gather = PlanNode.over("Gather", child, cost: cost)
    gather.plannedWorkers = workers
    return gather
  }

  @Test func `a Gather that moves down over a join makes it no dearer`() {
    let join = PlanNode.join("Hash Join", Self.scans.0, Self.scans.1, cost: 250)
    let before = Self.gather(.join("Hash Join", join, Self.scans.2, cost: 300), cost: 1300)
    let after = PlanNode.join("Hash Join", Self.gather(join, cost: 1250), Self.scans.2, cost: 1290)
    let verdict = Self.verdict(before, after)
    #expect(verdict.overall == .better)
    #expect(
      verdict.joins.fact
        == "Hash Join of (a, b, c) costs 1,300 → 1,290 (0.8 % lower); "
        + "Hash Join of (a, b) is shared among workers in another way")
  }

  @Test func `costs of one worker among fewer are not compared`() {
    func plan(_ cost: Double, workers: Int, whole: Double) -> PlanNode {
      let join = PlanNode.join("Hash Join", Self.scans.0, Self.scans.1, cost: cost)
      return Self.gather(
        .join("Hash Join", join, Self.scans.2, cost: cost + 50), cost: whole, workers: workers)
    }
    let fewer = Self.verdict(plan(100, workers: 4, whole: 1300), plan(200, workers: 1, whole: 1200))
    #expect(fewer.joins.outcome == .ok)
    let asMany = Self.verdict(plan(100, workers: 2, whole: 1300), plan(200, workers: 2, whole: 1200))
    #expect(asMany.joins.outcome == .stop)
  }

  @Test func `a Sort that the join above asks for is not the cost of the join below it`() {
    let join = PlanNode.join("Hash Join", Self.scans.0, Self.scans.1, cost: 250)
    let before = PlanNode.join("Hash Join", join, Self.scans.2, cost: 1000)
    let after = PlanNode.join("Merge Join", .over("Sort", join, cost: 600), Self.scans.2, cost: 900)
    let verdict = Self.verdict(before, after)
    #expect(
      verdict.joins.fact
        == "Hash Join of (a, b, c) → Merge Join costs 1,000 → 900.0 (10.0 % lower); "
        + "Hash Join of (a, b) still costs 250.0")
    #expect(verdict.overall == .better)
  }

  @Test func `a Sort for the join above is not the cost of a join that workers no longer share`() {
    let loop = PlanNode.join(
      "Nested Loop", Self.scans.0, .indexScan("b", .design(DesignHandle(1)), by: "(id = a.id)", cost: 0.5),
      cost: 1_180)
    let shared = Self.gather(.join("Hash Join", Self.scans.0, Self.scans.1, cost: 250), cost: 1_200)
    let before = PlanNode.join("Hash Join", shared, Self.scans.2, cost: 2_500)
    let after = PlanNode.join("Merge Join", .over("Sort", loop, cost: 1_400), Self.scans.2, cost: 1_800)
    #expect(
      Self.verdict(before, after).joins.fact
        == "Hash Join of (a, b, c) → Merge Join costs 2,500 → 1,800 (28.0 % lower); Hash Join of (a, b) → Nested Loop, "
        + "inner side through %1 costs 1,200 → 1,180 (1.7 % lower)")
    #expect(Self.verdict(before, after).overall == .better)
    // What is dearer without the Sort, too, is an alarm as before.
    let dear = PlanNode.join(
      "Merge Join", .over("Sort", Self.dearer(loop), cost: 1_600), Self.scans.2, cost: 2_000)
    #expect(Self.verdict(before, dear).overall == .mixed)
  }

  private static func dearer(_ join: PlanNode) -> PlanNode {
    var join = join
    join.totalCost = PlannerCost(1_400)
    return join
  }

  @Test func `a Sort below a Gather Merge is not the cost of the join either`() {
    let join = PlanNode.join("Hash Join", Self.scans.0, Self.scans.1, cost: 600)
    var merge = Self.gather(.over("Sort", join, cost: 900), cost: 1_100)
    merge.nodeType = "Gather Merge"
    let alone = PlanNode.join("Hash Join", Self.scans.0, Self.scans.1, cost: 850)
    // Workers share it only afterwards, and more of them.
    let unshared = PlanNode.join("Hash Join", alone, Self.scans.2, cost: 2_000)
    let few = PlanNode.join(
      "Hash Join", Self.gather(alone, cost: 1_000, workers: 1), Self.scans.2, cost: 2_000)
    let after = PlanNode.join("Merge Join", merge, Self.scans.2, cost: 1_500)
    for before in [unshared, few] {
      let verdict = Self.verdict(before, after)
      #expect(verdict.joins.outcome == .ok)
      #expect(verdict.overall == .better)
    }
  }

  @Test func `sides are exchanged only when each becomes the other`() {
    let first = PlanNode.join("Hash Join", Self.scans.0, Self.scans.1, cost: 250)
    let second = PlanNode.join("Hash Join", Self.scans.1, Self.scans.0, cost: 240)
    func sentences(_ before: PlanNode, _ after: PlanNode) -> [String] {
      PlanDiff(before: ExecutionPlan(root: before), after: ExecutionPlan(root: after)).changes.map(\.sentence)
    }
    #expect(sentences(first, second) == ["Hash Join of (a, b), outer and inner side exchanged"])
    #expect(
      sentences(
        .join("Hash Join", first, Self.scans.2, cost: 400),
        .join("Hash Join", .join("Hash Join", Self.scans.2, Self.scans.1, cost: 90), Self.scans.0, cost: 300))
        == [
          "Hash Join of (a, b, c), joined in another order", "Hash Join of (a, b) removed",
          "Hash Join of (b, c) added",
        ])
  }

  @Test func `steps of one title are told apart by what they stand over`() {
    let before = PlanNode.join(
      "Hash Join", .over("Unique", Self.scans.0, cost: 120),
      .over("Unique", Self.scans.1, cost: 120), cost: 300)
    let after = PlanNode.join(
      "Hash Join", .over("Unique", Self.scans.0, cost: 120), Self.scans.1, cost: 260)
    let diff = PlanDiff(before: ExecutionPlan(root: before), after: ExecutionPlan(root: after))
    #expect(diff.changes.map(\.sentence) == ["Unique over (b) removed"])
  }
}
