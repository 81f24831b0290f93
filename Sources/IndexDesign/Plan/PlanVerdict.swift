/// The three checks that a design has to pass before it may become an index, and what they add up to.
///
/// All of them are about estimates; whether the statement really gets faster only a real index can tell.
public struct PlanVerdict: Sendable, Equatable {
  /// What the checks add up to.
  public enum Overall: String, Sendable {
    /// The plan is cheaper and no check failed.
    case better
    /// The plan costs the same and no join got worse.
    case unchanged
    /// The plan is costlier, or it costs the same with a worse join.
    case worse
    /// The plan is cheaper, but a check failed.
    case mixed
    /// The plan costs the same, but HypoPG cannot tell of a design whether the real index would be used; or it is cheaper
    /// by no more than what HypoPG leaves out.
    case unknown
  }

  /// Costs that differ by no more than this share count as equal: 0.1 %.
  public static let tolerance = 0.001

  /// Of two plans whose costs differ by no more than this share the planner takes either: 1 %.
  ///
  /// - Source: `STD_FUZZ_FACTOR` in PostgreSQL's pathnode.c.
  public static let fuzz = 0.01

  /// What a join may cost more, as a share of the statement's cost before, without being called worse: 5 %.
  ///
  /// The planner chooses the cheapest whole; a part that is a little costlier is the price of it. Of a new loop
  /// over an inner side without an index this bounds what repeating costs: at 5 % the outer rows have to be
  /// twenty times as many as was estimated before the loop alone costs what the statement did.
  public static let joinTolerance = 0.05

  /// What HypoPG leaves out is told of when it takes this share of the gain: a fifth.
  private static let tellingShare = 0.2

  /// Whether the indexes asked about are used, by an index, index only or bitmap index scan.
  public let indexUse: Finding
  /// Whether the estimated cost of the statement is lower.
  public let cost: Finding
  /// Whether every join keeps a method, input order and cost that are no worse.
  public let joins: Finding
  /// What the checks add up to.
  public let overall: Overall
  /// The verdict in one sentence without a final full stop.
  public let sentence: String

  /// The three checks in the runbook's order.
  public var checks: [Finding] { [indexUse, cost, joins] }

  /// Judges a change of plan.
  ///
  /// - Parameters:
  ///   - diff: the plans without and with the designs, or before and after a promotion.
  ///   - designs: the designs asked about; one of them used is enough.
  ///   - indexes: unquoted names of real indexes asked about in the same way, as after a promotion.
  ///   - unjudged: those of the designs of which HypoPG cannot tell whether the real index would be used.
  ///   - twins: the real indexes that do what a design does, by design. Such a design is no gain: it only looks cheaper,
  ///     because a hypothetical B-tree costs no descent.
  ///   - descents: what HypoPG leaves out of the cost of the plan after. A gain that is no larger is none that is certain:
  ///     with the real index the planner may well keep the plan before.
  ///   - doubt: why a lower cost may be no gain; nil when nothing more speaks against it.
  ///   - oversized: those of the designs that HypoPG takes for larger than the real index.
  public init(
    of diff: PlanDiff, designs: [DesignHandle], indexes: [String] = [], unjudged: [DesignHandle] = [],
    twins: [DesignHandle: RelationName] = [:], descents: UnchargedDescents = .none,
    doubt: GainDoubt? = nil, oversized: [DesignHandle] = []
  ) {
    let asked = designs.map(IndexReference.design) + indexes.map(IndexReference.real)
    let unjudged = unjudged.filter { designs.contains($0) && !diff.after.usedDesigns.contains($0) }
    indexUse = Self.checkIndexUse(diff.after, asked, unjudged)
    let same = Self.onlyTwins(diff.after, asked, twins)
    let keepsPlan = diff.keepsPlan && indexes.isEmpty && Self.compare(diff) < 0
    let whole = diff.after.totalCost + descents.total
    let isSwallowed = Self.compare(diff) < 0 && Self.compare(diff, after: whole) >= 0
    let uncertain = Self.uncertainty(diff, doubt, isSwallowed: isSwallowed, descents)
    let isTie = indexes.isEmpty && Self.isTie(diff, designs)
    if keepsPlan {
      cost = Self.costOfSamePlan(diff)
    } else if let uncertain, same == nil {
      cost = Self.uncertainCost(diff, uncertain)
    } else {
      cost = Self.checkCost(diff, unjudged, same, descents, isTie: isTie)
    }
    joins = Self.checkJoins(diff)
    let known = Self.sum(diff, indexUse: indexUse, joins: joins, isTie: isTie)
    if keepsPlan {
      overall = unjudged.isEmpty ? .unchanged : .unknown
      sentence = "\(overall.rawValue): \(Self.costWords(diff)), but \(Self.samePlan)"
    } else if let same, known == .better || known == .mixed {
      overall = .unchanged
      sentence = "unchanged: \(same), and looks cheaper only because a hypothetical index costs no descent"
    } else if let uncertain {
      overall = .unknown
      sentence =
        "unknown: \(Self.costWords(diff)), but \(uncertain): with the real index the plan may well stay as it is"
    } else {
      let isOpen = !unjudged.isEmpty || isTie && diff.after.usedDesigns.contains(where: oversized.contains)
      overall = known == .unchanged && isOpen ? .unknown : known
      let helpful = asked.filter { index in !twins.keys.contains { index == .design($0) } }
      sentence = Self.word(
        overall, diff, indexUse: indexUse, joins: joins, asked: helpful, descents, isTie: isTie)
    }
  }

  /// Whether the planner holds the two plans for the same: what reads a design costs a little more, or nothing reads one.
  private static func isTie(_ diff: PlanDiff, _ designs: [DesignHandle]) -> Bool {
    let (before, after) = (diff.before.totalCost.units, diff.after.totalCost.units)
    guard !designs.isEmpty, diff.before.disabledSteps == diff.after.disabledSteps,
      abs(after - before) <= abs(before) * fuzz
    else { return false }
    let isUsed = diff.after.usedDesigns.contains(where: designs.contains)
    return isUsed ? compare(diff) > 0 : diff.after.usedDesigns.isEmpty && compare(diff) != 0
  }

  /// Compares two plans as the planner does: first by the number of their disabled steps, then by cost.
  private static func compare(_ diff: PlanDiff, after cost: PlannerCost? = nil) -> Int {
    let difference = diff.after.disabledSteps - diff.before.disabledSteps
    return difference == 0
      ? compare(diff.before.totalCost, cost ?? diff.after.totalCost) : difference.signum()
  }

  /// Whether two plans cost the same by the planner's own measure.
  public static func costsEqual(_ one: ExecutionPlan, _ other: ExecutionPlan) -> Bool {
    one.disabledSteps == other.disabledSteps && compare(one.totalCost, other.totalCost) == 0
  }

  /// Compares two costs with the tolerance: below zero when `after` is lower, 0 when they count as equal.
  static func compare(_ before: PlannerCost, _ after: PlannerCost) -> Int {
    let difference = after.units - before.units
    if abs(difference) <= abs(before.units) * tolerance { return 0 }
    return difference < 0 ? -1 : 1
  }
}

extension PlanVerdict {
  private static func checkIndexUse(
    _ plan: ExecutionPlan, _ asked: [IndexReference], _ unjudged: [DesignHandle]
  ) -> Finding {
    let name = "index or bitmap index scan used"
    guard !asked.isEmpty else {
      return Finding(name, .notApplicable, "no design or index was asked about")
    }
    let sentences = asked.map { index in
      let titles = plan.titles(reading: index)
      if !titles.isEmpty { return "\(index) is used by \(titles.joined(separator: ", "))" }
      return unjudged.contains { index == .design($0) }
        ? "HypoPG cannot tell whether \(index) would be used" : "\(index) is not used"
    }
    let isUsed = asked.contains { plan.usedIndexes.contains($0) }
    let otherwise: Finding.Outcome = unjudged.isEmpty ? .stop : .lookYourself
    return Finding(name, isUsed ? .ok : otherwise, sentences.joined(separator: "; "))
  }

  /// In words that each design in use does what a real index does; nil when one does not, or none is used.
  private static func onlyTwins(
    _ plan: ExecutionPlan, _ asked: [IndexReference], _ twins: [DesignHandle: RelationName]
  ) -> String? {
    let used = asked.filter { plan.usedIndexes.contains($0) }
    let pairs = twins.filter { twin in used.contains { $0 == .design(twin.key) } }
    guard !used.isEmpty, pairs.count == used.count else { return nil }
    return pairs.sorted { $0.key.number < $1.key.number }
      .map { "\($0.key) does what index \($0.value.sql) does already" }.joined(separator: ", ")
  }

  private static let samePlan =
    "the plan stays as it is and reads no design: the planner counts a way for a subplan that it does not take, holds "
    + "costs within 1 % for the same, a UNIQUE design changes an estimate, or statistics changed in between"

  private static func costOfSamePlan(_ diff: PlanDiff) -> Finding {
    Finding(
      "estimated cost lower", .stop,
      "the estimated cost goes \(PlanNumbers.pair(diff.before.totalCost, diff.after.totalCost)), but \(samePlan)"
    )
  }

  /// Why a lower cost may be none with the real index; nil when nothing speaks against it.
  private static func uncertainty(
    _ diff: PlanDiff, _ doubt: GainDoubt?, isSwallowed: Bool, _ descents: UnchargedDescents
  ) -> String? {
    if isSwallowed { return "HypoPG leaves out \(descents.words)" }
    if doubt == .chance, compare(diff) != 0 { return doubt?.words }
    guard compare(diff) < 0 else { return nil }
    // PostgreSQL 13; later versions choose when they plan, and show one.
    if diff.after.nodes.contains(where: {
      $0.conditions.contains { $0.text.contains("alternatives: SubPlan") }
    }) {
      return "the plan keeps two ways for a subplan, of which the server takes one when it runs"
    }
    return doubt?.words
  }

  private static func uncertainCost(_ diff: PlanDiff, _ uncertain: String) -> Finding {
    Finding(
      "estimated cost lower", .lookYourself,
      "the estimated cost goes \(PlanNumbers.pair(diff.before.totalCost, diff.after.totalCost)), but \(uncertain): no "
        + "gain is certain")
  }

  /// What the plan would cost with the descents that HypoPG leaves out; nil where they take little of the gain.
  private static func costWithDescents(_ diff: PlanDiff, _ descents: UnchargedDescents) -> PlannerCost? {
    let gain = diff.before.totalCost.units - diff.after.totalCost.units
    guard gain > 0, descents.total.units >= gain * tellingShare else { return nil }
    return diff.after.totalCost + descents.total
  }

  private static func checkCost(
    _ diff: PlanDiff, _ unjudged: [DesignHandle], _ same: String?, _ descents: UnchargedDescents, isTie: Bool
  ) -> Finding {
    let (before, after) = (diff.before.totalCost, diff.after.totalCost)
    let words =
      before == after
      ? "the estimated cost stays at \(PlanNumbers.text(after))"
      : "the estimated cost goes \(PlanNumbers.pair(before, after))"
    let (steps, stepsAfter) = (diff.before.disabledSteps, diff.after.disabledSteps)
    if steps != stepsAfter {
      return Finding(
        "estimated cost lower", stepsAfter < steps ? .ok : .stop,
        "\(words), which counts only after the number of steps that settings switch off: \(steps) → \(stepsAfter)"
      )
    }
    let difference = isTie ? 0 : compare(before, after)
    if difference < 0, let same { return Finding("estimated cost lower", .stop, "\(words), but \(same)") }
    if difference < 0, let whole = costWithDescents(diff, descents) {
      return Finding(
        "estimated cost lower", .ok,
        "\(words); HypoPG leaves out \(descents.words), and with them it goes \(PlanNumbers.pair(before, whole))"
      )
    }
    let isUnknown = difference == 0 && !unjudged.isEmpty
    let without = isUnknown ? " without " + unjudged.map(\.description).joined(separator: ", ") : ""
    return Finding(
      "estimated cost lower", difference < 0 ? .ok : isUnknown ? .lookYourself : .stop,
      words + (isTie && before != after ? ", which the planner holds for the same" : "") + without)
  }

  private static func checkJoins(_ diff: PlanDiff) -> Finding {
    let name = "join strategy not worse"
    let bearable = diff.before.totalCost.units * joinTolerance
    let costlier = diff.joins.filter {
      $0.isComparable && compare($0.costBefore, $0.costAfter) > 0
        && $0.costAfter.units - $0.costBefore.units > bearable
    }
    let loops = diff.newUnindexedLoops.filter { $0.costOfRepeating.units > bearable }
    let problems =
      loops.map { "new \($0.sentence)" }
      + costlier.map { "\($0.sentence) costs \(PlanNumbers.pair($0.costBefore, $0.costAfter))" }
    guard problems.isEmpty else {
      return Finding(name, .stop, problems.joined(separator: "; "))
    }
    guard !diff.joins.isEmpty else {
      let isJoining = [diff.before, diff.after].contains { $0.nodes.contains(where: \.isJoin) }
      return isJoining
        ? Finding(name, .ok, "no join of the two plans is the same")
        : Finding(name, .notApplicable, "the plans have no join")
    }
    let words = diff.joins.prefix(mostJoins).map { join in
      guard join.isComparable else { return "\(join.sentence) is shared among workers in another way" }
      return join.costBefore == join.costAfter
        ? "\(join.sentence) still costs \(PlanNumbers.text(join.costAfter))"
        : "\(join.sentence) costs \(PlanNumbers.pair(join.costBefore, join.costAfter))"
          + (compare(join.costBefore, join.costAfter) > 0 ? ", little beside the whole statement" : "")
    }
    let others = diff.joins.count - words.count
    let rest =
      others > 0 ? ["and \(NumberText.counted(Int64(others), "join")) below, none of them worse"] : []
    return Finding(name, .ok, (words + rest).joined(separator: "; "))
  }

  /// How many joins are named where none is worse.
  private static let mostJoins = 4

  private static func sum(_ diff: PlanDiff, indexUse: Finding, joins: Finding, isTie: Bool) -> Overall {
    switch isTie ? 0 : compare(diff) {
    case ..<0 where indexUse.outcome == .lookYourself: .unknown
    case ..<0: indexUse.outcome == .stop || joins.outcome == .stop ? .mixed : .better
    case 0: joins.outcome == .stop ? .worse : .unchanged
    default: .worse
    }
  }

  private static func costWords(_ diff: PlanDiff) -> String {
    let (steps, stepsAfter) = (diff.before.disabledSteps, diff.after.disabledSteps)
    return (steps == stepsAfter ? "" : "disabled steps \(steps) → \(stepsAfter), ")
      + "estimated cost \(PlanNumbers.pair(diff.before.totalCost, diff.after.totalCost))"
  }

  private static func word(
    _ overall: Overall, _ diff: PlanDiff, indexUse: Finding, joins: Finding, asked: [IndexReference],
    _ descents: UnchargedDescents, isTie: Bool
  ) -> String {
    let left = costWithDescents(diff, descents).map {
      ", about \(PlanNumbers.text($0)) with what HypoPG leaves out"
    }
    let cost = costWords(diff) + (left ?? "")
    let used = asked.filter { diff.after.usedIndexes.contains($0) }.map(\.description)
    switch overall {
    case .better: return "better: \(cost)" + (used.isEmpty ? "" : ", through \(used.joined(separator: ", "))")
    case .unchanged:
      let stays =
        isTie && diff.before.totalCost != diff.after.totalCost
        ? "unchanged: \(cost), which the planner holds for the same"
        : "unchanged: estimated cost \(PlanNumbers.text(diff.after.totalCost))"
      return stays + (indexUse.outcome == .stop ? ", and nothing asked about is used" : "")
    case .unknown:
      return "unknown: HypoPG cannot tell what the real index would change; without it the estimated cost is "
        + PlanNumbers.text(diff.before.totalCost)
    case .worse: return "worse: \(cost)" + (joins.outcome == .stop ? ", and a join got worse" : "")
    case .mixed:
      return "mixed: \(cost)"
        + (joins.outcome == .stop ? ", but a join got worse" : ", but nothing asked about is used")
    }
  }
}

extension PlanDiff {
  /// The runbook's three checks on this change of plan; parameters as in `PlanVerdict.init`.
  public func verdict(
    designs: [DesignHandle], indexes: [String] = [], unjudged: [DesignHandle] = [],
    twins: [DesignHandle: RelationName] = [:], descents: UnchargedDescents = .none,
    doubt: GainDoubt? = nil, oversized: [DesignHandle] = []
  ) -> PlanVerdict {
    PlanVerdict(
      of: self, designs: designs, indexes: indexes, unjudged: unjudged, twins: twins, descents: descents,
      doubt: doubt, oversized: oversized)
  }
}
