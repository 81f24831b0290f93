internal import IndexDesign
internal import Postgres

/// The plans without and with designs differ by more than the designs: neither of them reads one, or GEQO made them.
///
/// From `geqo_threshold` relations on (12) the planner tries a part of all join orders, by chance: the mere presence
/// of an index can lead it to another one.
/// Source: PostgreSQL manual, "Genetic Query Optimizer".
public enum UnexplainedDifference: Equatable, Sendable {
  /// GEQO was the reason: with `geqo = off`, as both plans are now, the difference is gone or a design explains it.
  case plannedWithoutGEQO
  /// Whether GEQO is the reason is not known, because planning without it took too long.
  case tooDearWithoutGEQO
  /// It is still there with `geqo = off`; these are the plans as they were.
  case remains
  /// A design is used, and GEQO had a part in the difference: these are the plans with `geqo = off`.
  case comparedWithoutGEQO
  /// A design is used, and whether GEQO has a part in the difference is not known, because planning without it took too
  /// long.
  case partlyByChance
}

extension UnexplainedDifference {
  /// What has to be known of the two plans besides, without a final full stop.
  public var sentence: String {
    let differ =
      "the plans without and with the designs differ in steps or cost, though neither reads a design"
    let byChance = "from geqo_threshold relations on the planner tries join orders by chance"
    return switch self {
    case .comparedWithoutGEQO:
      "\(byChance), which had a part in the difference: these plans are made with geqo = off"
    case .partlyByChance:
      "\(byChance), and planning with geqo = off took too long: a part of what differs may be no effect of a design"
    case .plannedWithoutGEQO:
      "\(differ): \(byChance); these plans are made with geqo = off"
    case .tooDearWithoutGEQO:
      "\(differ), and planning with geqo = off took too long: what differs is no effect of a design"
    case .remains:
      "\(differ), also with geqo = off: a UNIQUE design can let the planner leave out or simplify a join, it holds costs "
        + "within 1 % for the same, it can count a way for a subplan that it does not take, or statistics changed in between"
    }
  }
}

extension Session {
  /// The most time for one plan without GEQO, which can take any time and memory for many relations.
  private static let patience = Duration.seconds(10)
  /// The same where a design is used: then the answer only tells what of the difference is by chance.
  private static let patienceWithDesign = Duration.seconds(3)

  /// Plans again without GEQO what no design explains.
  ///
  /// - Parameters:
  ///   - off: what switches the designs off.
  ///   - planning: what asks for one plan.
  /// - Throws: `ServerError` when the person stops it or the connection is lost, and when what the server sends is no
  ///   plan.
  func settled(
    _ explanation: Explanation, by off: [PipelineStep], _ planning: Planning
  ) throws(ServerError) -> Explanation {
    guard let baseline = explanation.baseline, baseline != explanation.plan else { return explanation }
    let usesDesign = !explanation.plan.usedDesigns.isEmpty
    // A difference with a design in it is explained unless GEQO was at work, and comparing plans step by step is dear.
    guard
      usesDesign
        ? mayBeByChance(baseline) || mayBeByChance(explanation.plan)
        : PlanDiff(before: baseline, after: explanation.plan).isUnexplained
    else { return explanation }
    var settled = explanation
    let patience = usesDesign ? Self.patienceWithDesign : Self.patience
    guard let with = try documentWithoutGEQO([], planning, explanation.document.designs, patience),
      let without = try documentWithoutGEQO(off, planning, explanation.document.designs, patience)
    else {
      settled.unexplained = usesDesign ? .partlyByChance : .tooDearWithoutGEQO
      return settled
    }
    let plans: (with: ExecutionPlan, without: ExecutionPlan)
    do { plans = (try with.plan(), try without.plan()) } catch { throw ServerError(unreadable: error) }
    if usesDesign {
      let isSame =
        PlanVerdict.costsEqual(plans.with, explanation.plan)
        && PlanVerdict.costsEqual(plans.without, baseline)
      if isSame { return explanation }
    } else if PlanDiff(before: plans.without, after: plans.with).isUnexplained {
      settled.unexplained = .remains
      return settled
    }
    settled.unexplained = usesDesign ? .comparedWithoutGEQO : .plannedWithoutGEQO
    (settled.document, settled.plan) = (with, plans.with)
    (settled.baselineDocument, settled.baseline) = (without, plans.without)
    return settled
  }

  /// Whether a plan reads so much that GEQO may have made it; of settings that the server begins with nothing is known.
  private func mayBeByChance(_ plan: ExecutionPlan) -> Bool {
    let threshold = changedSettings["geqo_threshold"].flatMap { Int($0) } ?? 12
    return changedSettings["geqo"] != "off" && plan.nodes.count(where: \.reads) >= threshold
  }

  /// - Returns: nil when it takes too long, or the server refuses it now.
  private func documentWithoutGEQO(
    _ before: [PipelineStep], _ planning: Planning, _ designs: [String: DesignHandle], _ patience: Duration
  ) throws(ServerError) -> PlanDocument? {
    let milliseconds = patience.components.seconds * 1_000
    let steps =
      before + [setting("geqo", "off"), setting("statement_timeout", String(milliseconds))]
    let start = ContinuousClock.now
    do {
      return try results(of: steps + planning.steps, cleanUp: planning.cleanUp).map {
        PlanDocument(text: $0[steps.count + planning.answer].value ?? "", designs: designs)
      }
    } catch {
      // The server says of its time-out what it says of a person who has stopped it.
      guard error.sqlState == "57014", ContinuousClock.now - start >= patience else { throw error }
      return nil
    }
  }
}
