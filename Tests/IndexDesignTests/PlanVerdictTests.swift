import IndexDesign
import Testing

@Suite struct PlanVerdictTests {
  private static let one = DesignHandle(1)

  private static func verdict(_ before: PlanNode, _ after: PlanNode) -> PlanVerdict {
    PlanDiff(before: ExecutionPlan(root: before), after: ExecutionPlan(root: after)).verdict(designs: [one])
  }

  private static let hashJoin = PlanNode.join(
    "Hash Join", .seqScan("customers", cost: 155), .over("Hash", .seqScan("orders", cost: 3471), cost: 3471),
    cost: 4276.5)

  @Test func `a plan without joins passes two checks`() throws {
    let verdict = try RealPlans.newestOrders.diff().verdict(designs: [Self.one])
    #expect(
      verdict.checks == [
        Finding(
          "index or bitmap index scan used", .ok, "%1 is used by Index Scan using %1 on orders"),
        Finding(
          "estimated cost lower", .ok, "the estimated cost goes 3,971 → 21.13 (99.5 % lower)"),
        Finding(
          "join strategy not worse", .notApplicable, "the plans have no join"),
      ])
    #expect(verdict.overall == .better)
    #expect(verdict.sentence == "better: estimated cost 3,971 → 21.13 (99.5 % lower), through %1")
  }

  @Test func `a design that does what a real index does only looks cheaper`() throws {
    let twin = RelationName(schema: "public", name: "orders_created_at_idx")
    let diff = try RealPlans.newestOrders.diff()
    let verdict = diff.verdict(designs: [Self.one], twins: [Self.one: twin])
    #expect(
      verdict.cost
        == Finding(
          "estimated cost lower", .stop,
          "the estimated cost goes 3,971 → 21.13 (99.5 % lower), but %1 does what index public.orders_created_at_idx "
            + "does already"))
    #expect(verdict.overall == .unchanged)
    #expect(
      verdict.sentence
        == "unchanged: %1 does what index public.orders_created_at_idx does already, and looks cheaper only because a "
        + "hypothetical index costs no descent")
    let other = diff.verdict(designs: [Self.one], twins: [DesignHandle(2): twin])
    #expect(other == diff.verdict(designs: [Self.one]), "the twin is not what the plan reads")
  }

  @Test func `a better join passes`() throws {
    let verdict = try RealPlans.ordersOfOneCustomer.diff().verdict(designs: [Self.one])
    #expect(
      verdict.joins
        == Finding(
          "join strategy not worse", .ok,
          "Hash Join of (customers, orders) → Nested Loop, inner side through %1 "
            + "costs 4,176 → 257.7 (93.8 % lower)"))
    #expect(verdict.overall == .better)
  }

  @Test func `a join under a limit is judged by what it really spends`() throws {
    let verdict = try RealPlans.dearestOrders.diff().verdict(designs: [Self.one])
    #expect(
      verdict.joins
        == Finding(
          "join strategy not worse", .ok,
          "Hash Join of (c, o) → Nested Loop, inner side through customers_pkey "
            + "costs 8,598 → 1.31 (more than 99.9 % lower)"))
  }

  @Test func `a design that nothing uses leaves the plan unchanged`() throws {
    let verdict = try RealPlans.customersOnly.diff().verdict(designs: [Self.one])
    #expect(verdict.checks.map(\.outcome) == [.stop, .stop, .notApplicable])
    #expect(
      verdict.checks.map(\.fact) == [
        "%1 is not used", "the estimated cost stays at 180.0", "the plans have no join",
      ])
    #expect(verdict.overall == .unchanged)
    #expect(verdict.sentence == "unchanged: estimated cost 180.0, and nothing asked about is used")
  }

  @Test func `a real index can be asked about after a promotion`() throws {
    let diff = try RealPlans.dearestOrders.diff()
    let verdict = diff.verdict(designs: [], indexes: ["customers_pkey", "orders_status_idx"])
    #expect(
      verdict.indexUse.fact
        == "customers_pkey is used by Index Scan using customers_pkey on customers c; "
        + "orders_status_idx is not used")
    #expect(verdict.indexUse.outcome == .ok)
    #expect(diff.verdict(designs: []).indexUse.outcome == .notApplicable)
    #expect(diff.verdict(designs: []).overall == .better)
  }

  @Test func `a design that makes a join costlier fails the check`() {
    let loop = PlanNode.join(
      "Nested Loop", .seqScan("customers", cost: 155),
      .indexScan("orders", .design(Self.one), by: "(customer_id = customers.id)", cost: 84), cost: 9120.25)
    let verdict = Self.verdict(
      .over("Aggregate", Self.hashJoin, cost: 9500), .over("Aggregate", loop, cost: 9200))
    #expect(verdict.checks.map(\.outcome) == [.ok, .ok, .ok])
    #expect(
      verdict.joins.fact
        == "Hash Join of (customers, orders) → Nested Loop, inner side through %1 "
        + "costs 9,500 → 9,200 (3.2 % lower)")
    let below = { (join: PlanNode, cost: Double) in
      PlanNode.join("Hash Join", .seqScan("lines", cost: 1), join, cost: cost)
    }
    let mixed = Self.verdict(below(Self.hashJoin, 9500), below(loop, 9200))
    #expect(mixed.checks.map(\.outcome) == [.ok, .ok, .stop])
    #expect(mixed.overall == .mixed)
    #expect(mixed.sentence == "mixed: estimated cost 9,500 → 9,200 (3.2 % lower), but a join got worse")
    // What is little beside the whole is the price of the whole.
    let little = Self.verdict(below(Self.hashJoin, 98_000), below(loop, 90_000))
    #expect(little.overall == .better)
    #expect(
      little.joins.fact.hasSuffix(
        "Hash Join of (customers, orders) → Nested Loop, inner side through %1 costs 4,277 → 9,120 "
          + "(113.3 % higher), little beside the whole statement"))
    let worse = Self.verdict(Self.hashJoin, loop)
    #expect(worse.checks.map(\.outcome) == [.ok, .stop, .stop])
    #expect(worse.overall == .worse)
    #expect(
      worse.sentence
        == "worse: estimated cost 4,277 → 9,120 (113.3 % higher), and a join got worse")
  }

  private static func loop(outerRows: Double, inner: PlanNode, cost: Double) -> PlanNode {
    .join(
      "Nested Loop",
      {
        var outer = PlanNode.indexScan("customers", .design(one), by: "(region = 'n'::text)", cost: 4)
        outer.planRows = outerRows
        return outer
      }(), inner, cost: cost)
  }

  @Test func `a new nested loop over an unindexed inner fails the check`() {
    let loop = Self.loop(
      outerRows: 2, inner: .over("Materialize", .seqScan("orders", cost: 1700), cost: 1800), cost: 4000)
    let verdict = Self.verdict(Self.hashJoin, loop)
    #expect(verdict.checks.map(\.outcome) == [.ok, .ok, .stop])
    #expect(
      verdict.joins.fact
        == "new Nested Loop of (customers, orders) over Seq Scan on orders, which no index enters: "
        + "it is read once, and all of it is gone through for each outer row")
    #expect(verdict.overall == .mixed)
  }

  @Test func `a nested loop for one outer row, or one that was there, is no fault`() {
    let scan = PlanNode.seqScan("orders", cost: 3471)
    let single = Self.verdict(Self.hashJoin, Self.loop(outerRows: 1, inner: scan, cost: 4000))
    #expect(single.joins.outcome == .ok)
    let old = PlanNode.join("Nested Loop", .seqScan("customers", cost: 155), scan, cost: 9000)
    let kept = Self.verdict(old, Self.loop(outerRows: 9, inner: scan, cost: 8000))
    #expect(kept.joins.outcome == .ok)
    #expect(kept.overall == .better)
  }

  @Test func `a whole index read for each outer row counts as unindexed`() {
    let whole = PlanNode.indexScan("orders", .real("orders_pkey"), by: nil, cost: 1700)
    let verdict = Self.verdict(Self.hashJoin, Self.loop(outerRows: 2, inner: whole, cost: 4000))
    #expect(
      verdict.joins.fact
        == "new Nested Loop of (customers, orders) over Index Scan using orders_pkey on orders, "
        + "which no index enters, for each outer row")
  }

  @Test func `a join that only one plan shares among workers is left to the join above`() {
    let before = PlanNode.over(
      "Gather",
      .join(
        "Hash Join", .join("Hash Join", .seqScan("a", cost: 10), .seqScan("b", cost: 10), cost: 25),
        .seqScan("c", cost: 10), cost: 40), cost: 140)
    let after = PlanNode.join(
      "Hash Join", .join("Hash Join", .seqScan("a", cost: 20), .seqScan("b", cost: 20), cost: 50),
      .indexScan("c", .design(Self.one), by: "(x = 1)", cost: 2), cost: 60)
    let verdict = Self.verdict(before, after)
    #expect(
      verdict.joins.fact
        == "Hash Join of (a, b, c) costs 140.0 → 60.00 (57.1 % lower); "
        + "Hash Join of (a, b) is shared among workers in another way")
    #expect(verdict.overall == .better)
  }

  @Test func `fewer disabled steps count before cost`() throws {
    let plans = try RealPlans.disabledScan.diff()
    let verdict = plans.verdict(designs: [Self.one])
    #expect(
      verdict.cost
        == Finding(
          "estimated cost lower", .ok,
          "the estimated cost goes 3,971 → 5,013 (26.2 % higher), which counts only after the number of steps "
            + "that settings switch off: 1 → 0"))
    #expect(
      verdict.sentence
        == "better: disabled steps 1 → 0, estimated cost 3,971 → 5,013 (26.2 % higher), through %1")
    let back = PlanDiff(before: plans.after, after: plans.before).verdict(designs: [])
    #expect(back.overall == .worse)
    #expect(back.sentence == "worse: disabled steps 0 → 1, estimated cost 5,013 → 3,971 (20.8 % lower)")
  }

  private static let samePlan =
    ", but the plan stays as it is and reads no design: the planner counts a way for a subplan that it does not take, "
    + "holds costs within 1 % for the same, a UNIQUE design changes an estimate, or statistics changed in between"

  @Test(arguments: [
    (1000.0, 1000.5, PlanVerdict.Overall.unchanged, "1,000 → 1,001 (0.1 % higher)"),
    (1000, 999.6, .unchanged, "1,000 → 999.6 (less than 0.1 % lower)"),
    (1000, 998, .unchanged, "1,000 → 998.0 (0.2 % lower)\(samePlan)"),
    (1000, 1120, .worse, "1,000 → 1,120 (12.0 % higher)"),
    (1000, 14000, .worse, "1,000 → 14,000 (14 times as high)"),
    (1_000_000, 0.05, .unchanged, "1,000,000 → 0.05 (more than 99.9 % lower)\(samePlan)"),
    (0, 0.5, .worse, "0.00 → 0.50"),
    (1e300, 1e299, .unchanged, "1e+300 → 1e+299 (90.0 % lower)\(samePlan)"),
  ])
  func `costs within the tolerance are equal`(
    _ before: Double, _ after: Double, _ overall: PlanVerdict.Overall, _ words: String
  ) {
    let verdict = Self.verdict(.seqScan("t", cost: before), .seqScan("t", cost: after))
    #expect(verdict.cost.fact == "the estimated cost goes \(words)")
    #expect(verdict.overall == overall)
  }

  private static func reading(_ cost: Double) -> PlanNode {
    .indexScan("t", .design(one), by: "(a = 1)", cost: cost)
  }

  private static func verdict(
    _ before: Double, _ after: PlanNode, unjudged: [DesignHandle] = [], doubt: GainDoubt? = nil,
    oversized: [DesignHandle] = []
  ) -> PlanVerdict {
    PlanDiff(before: ExecutionPlan(root: .seqScan("t", cost: before)), after: ExecutionPlan(root: after))
      .verdict(
        designs: [one], unjudged: unjudged, doubt: doubt, oversized: oversized)
  }

  @Test func `what costs no more than 1 % more is held for the same by the planner, too`() {
    let tie = Self.verdict(1000, Self.reading(1009))
    #expect(tie.overall == .unchanged)
    #expect(tie.cost.outcome == .stop)
    #expect(
      tie.cost.fact
        == "the estimated cost goes 1,000 → 1,009 (0.9 % higher), which the planner holds for the same")
    #expect(
      tie.sentence
        == "unchanged: estimated cost 1,000 → 1,009 (0.9 % higher), which the planner holds for the same")
    #expect(Self.verdict(1000, Self.reading(1011)).overall == .worse)
    #expect(Self.verdict(1000, Self.reading(995)).overall == .better)
    // The real index is smaller, and may be a gain.
    #expect(Self.verdict(1000, Self.reading(1009), oversized: [Self.one]).overall == .unknown)
    #expect(Self.verdict(1000, Self.reading(1011), oversized: [Self.one]).overall == .worse)
    #expect(Self.verdict(1000, Self.reading(1009), oversized: [DesignHandle(2)]).overall == .unchanged)
  }

  @Test(arguments: [995.0, 1005])
  func `plans within 1 % that read no design are the same`(after: Double) {
    let other = PlanNode.indexScan("t", .real("t_a"), by: "(a = 1)", cost: after)
    let verdict = Self.verdict(1000, other)
    #expect(verdict.overall == .unchanged)
    #expect(
      verdict.sentence.hasSuffix(", which the planner holds for the same, and nothing asked about is used"))
    #expect(Self.verdict(1000, other, unjudged: [Self.one]).overall == .unknown)
  }

  @Test func `what reads no design is never better`() {
    let other = PlanNode.indexScan("t", .real("t_a"), by: "(a = 1)", cost: 900)
    #expect(Self.verdict(1000, other).overall == .mixed)
    let open = Self.verdict(1000, other, unjudged: [Self.one])
    #expect(open.overall == .unknown)
    #expect(
      open.sentence
        == "unknown: HypoPG cannot tell what the real index would change; without it the estimated cost is 1,000"
    )
  }

  @Test func `what GEQO found by chance is no verdict`() {
    for cost in [900.0, 1100] {
      let verdict = Self.verdict(1000, Self.reading(cost), doubt: .chance)
      #expect(verdict.overall == .unknown)
      #expect(
        verdict.sentence.hasSuffix(
          ", but the join orders were tried by chance, and planning with geqo = off took too long: with the real index the "
            + "plan may well stay as it is"))
    }
    #expect(Self.verdict(1000, .seqScan("t", cost: 1000), doubt: .chance).overall == .unchanged)
  }

  @Test(arguments: [
    (
      GainDoubt.overflowPages(DesignHandle(1), PlannerCost(120)),
      "%1 has few values for a hash index, which then needs overflow pages that HypoPG does not count, up to about 120.0"
    ),
    (
      .skipScan([DesignHandle(1)]),
      "%1 is read by a skip scan, and how often it descends the real index is not known"
    ),
    (.pagesPerRange([DesignHandle(1)]), "%1 is planned as if pages_per_range were 128"),
    (
      .pagesPerRange([DesignHandle(1), DesignHandle(2)]),
      "%1, %2 are planned as if pages_per_range were 128"
    ),
  ])
  func `a doubt is for a gain only`(_ doubt: GainDoubt, _ words: String) {
    let gain = Self.verdict(1000, Self.reading(900), doubt: doubt)
    #expect(
      gain.sentence
        == "unknown: estimated cost 1,000 → 900.0 (10.0 % lower), but \(words): with the real index the plan may well stay "
        + "as it is")
    #expect(Self.verdict(1000, Self.reading(1200), doubt: doubt).overall == .worse)
  }
}
