import IndexDesign
import Testing

/// What HypoPG leaves out: PostgreSQL charges each descent of a B-tree (height + 1) × 50 × cpu_operator_cost.
@Suite struct UnchargedDescentsTests {
  private static let one = DesignHandle(1)
  /// 0.375 a descent.
  private static let tree = HypotheticalTree(pages: 9_000, keyWidthInBytes: 4, operatorCost: 0.0025)

  private static func descents(_ root: PlanNode, _ tree: HypotheticalTree = tree) -> UnchargedDescents {
    UnchargedDescents(in: ExecutionPlan(root: root), into: [one: tree])
  }

  private static func loop(
    _ inner: PlanNode, rows: Double = 1_000, cost: Double, outerCost: Double = 100
  ) -> PlanNode {
    .join("Nested Loop", .seqScan("a", cost: outerCost, rows: rows), inner, cost: cost)
  }

  private static func scan(_ condition: String = "(id = a.id)", cost: Double = 0.5) -> PlanNode {
    .indexScan("b", .design(one), by: condition, cost: cost)
  }

  /// Heights that the planner takes of real indexes, as pageinspect's `bt_metap` gives them.
  @Test(arguments: [
    (1.0, 4.0, 0), (2, 4, 1), (276, 4, 1), (286, 4, 2), (2_745, 4, 2), (82_000, 4, 3), (2_300, 100, 2),
    (30_000, 200, 4),
  ])
  func `a tree is as high as its pages and keys make it`(_ pages: Double, _ width: Double, _ height: Int) {
    let tree = HypotheticalTree(pages: pages, keyWidthInBytes: width, operatorCost: 0.0025)
    #expect(tree.height == height)
    #expect(tree.costOfDescent == PlannerCost(0.125 * Double(height + 1)))
  }

  @Test func `each execution of a scan is a descent`() {
    #expect(
      Self.descents(Self.scan()).shares == [.init(design: Self.one, times: 1, cost: PlannerCost(0.375))])
    let loop = Self.descents(Self.loop(Self.scan(), cost: 700))
    #expect(loop.shares == [.init(design: Self.one, times: 1_000, cost: PlannerCost(375))])
    var bitmap = Self.scan()
    bitmap.nodeType = "Bitmap Index Scan"
    let heap = PlanNode.over("Bitmap Heap Scan", bitmap, cost: 0.6)
    #expect(Self.descents(Self.loop(heap, cost: 700)).total == PlannerCost(375))
  }

  @Test func `what is no hypothetical B-tree costs nothing more`() {
    #expect(Self.descents(.indexScan("b", .real("b_pkey"), by: "(id = 1)", cost: 8)) == .none)
    #expect(UnchargedDescents(in: ExecutionPlan(root: Self.scan()), into: [:]) == .none)
    #expect(Self.descents(.seqScan("b", cost: 8)) == .none)
  }

  @Test(arguments: [
    ("(id = ANY ('{1,2,3,4}'::integer[]))", 4.0), ("(id = ANY ($1))", 10),
    ("((id = ANY ('{1,2}'::integer[])) AND (kind = ANY ('{a,b,c}'::text[])))", 6), ("(id = 3)", 1),
  ])
  func `each value of an array is a descent`(_ condition: String, _ times: Double) {
    #expect(Self.descents(Self.scan(condition)).shares.map(\.times) == [times])
  }

  @Test func `an array enters no more than a third of the pages`() {
    let small = HypotheticalTree(pages: 6, keyWidthInBytes: 4, operatorCost: 0.0025)
    #expect(Self.descents(Self.scan("(id = ANY ($1))"), small).shares.map(\.times) == [2])
  }

  @Test func `under a Memoize the loop tells how often it pays`() {
    let memoize = PlanNode.over("Memoize", Self.scan(), cost: 0.51)
    #expect(Self.descents(Self.loop(memoize, cost: 150)).shares.map(\.times) == [100])
    #expect(Self.descents(Self.loop(memoize, cost: 9_000)).shares.map(\.times) == [1_000])
  }

  @Test func `what a Limit does not run is not descended`() {
    let limit = PlanNode.over("Limit", Self.loop(Self.scan(), cost: 1_100, outerCost: 100), cost: 11)
    let times = Self.descents(limit).shares.map(\.times)
    #expect(times == [20])
  }

  @Test func `a gain that the descents take is none that is certain`() {
    let before = PlanNode.join("Hash Join", .seqScan("a", cost: 100), .seqScan("b", cost: 800), cost: 1_000)
    func verdict(_ after: Double) -> PlanVerdict {
      let loop = ExecutionPlan(root: Self.loop(Self.scan(), cost: after))
      return PlanDiff(before: ExecutionPlan(root: before), after: loop).verdict(
        designs: [Self.one], descents: UnchargedDescents(in: loop, into: [Self.one: Self.tree]))
    }
    let swallowed = verdict(700)
    #expect(swallowed.overall == .unknown)
    #expect(
      swallowed.cost
        == Finding(
          "estimated cost lower", .lookYourself,
          "the estimated cost goes 1,000 → 700.0 (30.0 % lower), but HypoPG leaves out 1,000 descents of %1, "
            + "about 375.0: no gain is certain"))
    #expect(
      swallowed.sentence
        == "unknown: estimated cost 1,000 → 700.0 (30.0 % lower), but HypoPG leaves out 1,000 descents of %1, "
        + "about 375.0: with the real index the plan may well stay as it is")
    let smaller = verdict(500)
    #expect(smaller.overall == .better)
    #expect(
      smaller.cost
        == Finding(
          "estimated cost lower", .ok,
          "the estimated cost goes 1,000 → 500.0 (50.0 % lower); HypoPG leaves out 1,000 descents of %1, "
            + "about 375.0, and with them it goes 1,000 → 875.0 (12.5 % lower)"))
    #expect(
      smaller.sentence
        == "better: estimated cost 1,000 → 500.0 (50.0 % lower), about 875.0 with what HypoPG leaves out, through %1"
    )
    // Neither equal nor costlier plans become unknown.
    #expect(verdict(1_000).overall == .unchanged)
    #expect(verdict(1_100).overall == .worse)
  }

  @Test func `a large gain is shown without what is left out of it`() {
    let before = ExecutionPlan(root: .seqScan("b", cost: 800))
    let after = ExecutionPlan(root: Self.scan("(id = 1)", cost: 8.02))
    let verdict = PlanDiff(before: before, after: after).verdict(
      designs: [Self.one], descents: UnchargedDescents(in: after, into: [Self.one: Self.tree]))
    #expect(verdict.sentence == "better: estimated cost 800.0 → 8.02 (99.0 % lower), through %1")
  }

  @Test func `twins come before descents`() {
    let before = ExecutionPlan(root: .indexScan("b", .real("b_id"), by: "(id = 1)", cost: 8.3))
    let after = ExecutionPlan(root: Self.scan("(id = 1)", cost: 8.02))
    let verdict = PlanDiff(before: before, after: after).verdict(
      designs: [Self.one], twins: [Self.one: RelationName(schema: "public", name: "b_id")],
      descents: UnchargedDescents(in: after, into: [Self.one: Self.tree]))
    #expect(verdict.overall == .unchanged)
  }

  struct FalseGain {
    let plans: RealPlans
    let sizeInBytes: Double
    let keyWidth: Double
    let sentence: String
  }

  /// In each case PostgreSQL 15 does not use the real index.
  static let falseGains = [
    FalseGain(
      plans: .shippedVolumes, sizeInBytes: 129_310_720, keyWidth: 4,
      sentence:
        "unknown: estimated cost 44,172 → 35,805 (18.9 % lower), but HypoPG leaves out 25,000 descents of %1, "
        + "about 9,375: with the real index the plan may well stay as it is"),
    FalseGain(
      plans: .profitOfParts, sizeInBytes: 17_760_256, keyWidth: 4,
      sentence:
        "unknown: estimated cost 89,277 → 87,549 (1.9 % lower), but HypoPG leaves out 76,317 descents of %1, "
        + "about 28,619: with the real index the plan may well stay as it is"),
  ]

  @Test(arguments: falseGains)
  func `a gain in a plan that the real index does not give is unknown`(_ gain: FalseGain) throws {
    let diff = try gain.plans.diff()
    let tree = HypotheticalTree(
      pages: gain.sizeInBytes / 8_192, keyWidthInBytes: gain.keyWidth, operatorCost: 0.0025)
    let descents = UnchargedDescents(in: diff.after, into: [Self.one: tree])
    let verdict = diff.verdict(designs: [Self.one], descents: descents)
    #expect(verdict.sentence == gain.sentence)
    #expect(verdict.overall == .unknown)
  }

  struct Skip: Sendable {
    let condition: String
    let values: [Double?]
    /// Nil where it is not known.
    let times: Double?

    init(_ condition: String, _ values: [Double?], _ times: Double?) {
      (self.condition, self.values, self.times) = (condition, values, times)
    }
  }

  /// 9,000 pages by HypoPG; the real index may have a fifth of them.
  @Test(arguments: [
    Skip("(b = 5)", [7, 50, 3], 8), Skip("(t.b = 5)", [7, 50, 3], 8),
    Skip("((b >= 5) AND (b < 9))", [21, 50, 3], 22),
    Skip("(c = 5)", [7, 9, 3], 80), Skip("((a = 1) AND (c = 5))", [7, 9, 3], 10),
    Skip("((a = ANY ('{1,2}'::integer[])) AND (c = 5))", [7, 9, 3], 20), Skip("(a = 1)", [7, 9, 3], 1),
    Skip("((a = 1) AND (b > 2))", [7, 9, 3], 1), Skip("(a > 1)", [7, 9, 3], 1),
    // As many values as pages: the whole of it is read.
    Skip("(b = 5)", [9_000, 9, 3], 1), Skip("(c = 5)", [7, 2_000, 3], 8),
    // Without statistics the planner does not skip.
    Skip("(b = 5)", [nil, 9, 3], 1), Skip("(c = 5)", [7, nil, 3], 8),
    // The real index may have fewer pages than values.
    Skip("(b = 5)", [2_000, 9, 3], nil),
    // How much of the range there is to skip is not known.
    Skip("((a > 1) AND (b = 5))", [7, 9, 3], nil),
  ])
  func `each value of a key that is skipped is a descent, and one more`(_ skip: Skip) {
    let keys = zip(["a", "b", "c"], skip.values).map { SkippedKeys.Key(column: $0, distinctValues: $1) }
    let tree = HypotheticalTree(
      pages: 9_000, keyWidthInBytes: 4, operatorCost: 0.0025, skipped: SkippedKeys(keys))
    let descents = Self.descents(Self.scan(skip.condition), tree)
    #expect(descents.uncounted == (skip.times == nil ? [Self.one] : []))
    #expect(descents.shares.map(\.times) == [skip.times ?? 1])
  }

  @Test func `no more than a third of the pages is entered for skipped keys`() {
    let tree = HypotheticalTree(
      pages: 60, keyWidthInBytes: 4, operatorCost: 0.0025,
      skipped: SkippedKeys([
        .init(column: "a", distinctValues: 11), .init(column: "b", distinctValues: 9),
      ]))
    #expect(Self.descents(Self.scan("(b = ANY ('{1,2,3}'::integer[]))"), tree).uncounted == [Self.one])
    #expect(Self.descents(Self.scan("(b = 3)"), tree).shares.map(\.times) == [12])
  }

  @Test func `an expression is not skipped`() {
    let tree = HypotheticalTree(
      pages: 9_000, keyWidthInBytes: 4, operatorCost: 0.0025,
      skipped: SkippedKeys([
        .init(column: nil, distinctValues: nil), .init(column: "b", distinctValues: 9),
      ]))
    #expect(Self.descents(Self.scan("(b = 3)"), tree).shares.map(\.times) == [1])
    #expect(Self.descents(Self.scan("(lower(x) = 'y'::text)"), tree).shares.map(\.times) == [1])
  }
}
