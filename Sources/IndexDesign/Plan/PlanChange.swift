/// One difference between two plans of a statement.
///
/// Costs are estimates of the whole subtree below the step, for one execution of it and in all; a step under a
/// Limit counts with no more than the Limit's own cost, because it is not run to its end.
public enum PlanChange: Sendable, Equatable {
  /// A relation is read in another way. `alias` is nil when it is the relation's own name.
  case scan(
    relation: String, alias: String?, from: ScanDescription, to: ScanDescription,
    costBefore: StepCost, costAfter: StepCost)
  /// A sort is not needed any more. `over` names what it sorted; empty when the plans read only one thing.
  case sortRemoved(keys: [String], over: [String], cost: StepCost)
  /// A sort has become necessary. `over` as for `sortRemoved`.
  case sortAdded(keys: [String], over: [String], cost: StepCost)
  /// A sort works by other keys, or became or ceased to be an incremental one.
  case sortChanged(
    from: SortDescription, to: SortDescription, over: [String], costBefore: StepCost,
    costAfter: StepCost)
  /// The same relations are joined in another way. `innerSide` says how a nested loop reaches its inner
  /// side after the change; nil for other joins and where no single way can be named.
  case join(
    relations: [String], methodBefore: String, methodAfter: String, sides: JoinComparison.Sides,
    innerSide: String?, costBefore: StepCost, costAfter: StepCost)
  /// A step does the same work in another way, such as grouping by hash or by order.
  case nodeChanged(from: String, to: String, costBefore: StepCost, costAfter: StepCost)
  /// A step is new: `Gather`, `Memoize`, a join of relations that were not joined with each other before.
  case nodeAdded(title: String, cost: StepCost)
  /// A step is gone.
  case nodeRemoved(title: String, cost: StepCost)
  /// The plans have the same shape; only costs may differ.
  case unchanged(costBefore: StepCost, costAfter: StepCost)

  /// The change in words: `Seq Scan on orders → Index Scan using %1`, and for what is executed again and again the
  /// cost of one execution: `…, now 0.43 in each of 1,500 loops`.
  public var sentence: String {
    switch (costBefore, costAfter) {
    case (let before?, let after?):
      words + StepCost.loopWords(before, after) + StepCost.workerWords(before, after)
    case (let cost?, nil), (nil, let cost?): words + (cost.loopWords.map { ", " + $0 } ?? "")
    case (nil, nil): words
    }
  }

  /// The change in words without costs.
  var words: String {
    switch self {
    case .scan(let relation, let alias, let from, let to, _, _):
      Self.scan(
        PlanIdentifier.quoted(relation) + (alias.map { " " + PlanIdentifier.quoted($0) } ?? ""), from, to)
    case .sortRemoved(let keys, let over, _):
      "Sort by \(keys.joined(separator: ", "))\(PlanNames.over(over)) removed"
    case .sortAdded(let keys, let over, _):
      "Sort by \(keys.joined(separator: ", "))\(PlanNames.over(over)) added"
    case .sortChanged(let from, let to, let over, _, _): "\(from)\(PlanNames.over(over)) → \(to)"
    case .join(let relations, let before, let after, let sides, let inner, _, _):
      "\(before) of \(PlanNames.list(relations))" + (before == after ? "" : " → \(after)")
        + (sides == .exchanged && before == after ? ", outer and inner side exchanged" : "")
        + (sides == .others ? ", joined in another order" : "")
        + (inner.map { ", inner side \($0)" } ?? "")
    case .nodeChanged(let from, let to, _, _): "\(from) → \(to)"
    case .nodeAdded(let title, _): "\(title) added"
    case .nodeRemoved(let title, _): "\(title) removed"
    case .unchanged: "the plan keeps its shape"
    }
  }

  private static func scan(_ name: String, _ from: ScanDescription, _ to: ScanDescription) -> String {
    guard from.description == to.description else { return "\(from) on \(name) → \(to)" }
    func entry(_ scan: ScanDescription) -> String {
      scan.indexConditions.isEmpty ? "the whole index" : scan.indexConditions.joined(separator: " and ")
    }
    return "\(from) on \(name): \(entry(from)) → \(entry(to))"
  }

  /// The cost before; nil for what was not there.
  public var costBefore: StepCost? {
    switch self {
    case .scan(_, _, _, _, let cost, _), .sortChanged(_, _, _, let cost, _),
      .join(_, _, _, _, _, let cost, _),
      .nodeChanged(_, _, let cost, _), .unchanged(let cost, _), .sortRemoved(_, _, let cost),
      .nodeRemoved(_, let cost):
      cost
    case .sortAdded, .nodeAdded: nil
    }
  }

  /// The cost after; nil for what is not there any more.
  public var costAfter: StepCost? {
    switch self {
    case .scan(_, _, _, _, _, let cost), .sortChanged(_, _, _, _, let cost),
      .join(_, _, _, _, _, _, let cost),
      .nodeChanged(_, _, _, let cost), .unchanged(_, let cost), .sortAdded(_, _, let cost),
      .nodeAdded(_, let cost):
      cost
    case .sortRemoved, .nodeRemoved: nil
    }
  }

  /// The change of cost as a share of the cost before, −0.9 for ninety per cent cheaper; nil where one of the
  /// two is missing, the cost before is zero, or the two are those of one among different numbers of workers.
  public var costChange: Double? {
    guard let costBefore, let costAfter, costBefore.workers == costAfter.workers else { return nil }
    return costAfter.total.change(from: costBefore.total)
  }
}

/// How a plan sorts.
public struct SortDescription: Sendable, Equatable, CustomStringConvertible {
  /// The keys, most significant first.
  public var keys: [String]
  /// The leading keys by which the input is already sorted; empty for a full sort.
  public var presortedKeys: [String]

  /// Makes a description.
  public init(keys: [String], presortedKeys: [String] = []) {
    self.keys = keys
    self.presortedKeys = presortedKeys
  }

  /// `Sort by a, b` or `Incremental Sort by a, b (presorted by a)`.
  public var description: String {
    let keys = keys.joined(separator: ", ")
    guard !presortedKeys.isEmpty else { return "Sort by \(keys)" }
    return "Incremental Sort by \(keys) (presorted by \(presortedKeys.joined(separator: ", ")))"
  }
}

/// Lists of names in sentences about plans.
enum PlanNames {
  /// `(customers, orders)`: all of them, because two joins can differ in the last one.
  static func list(_ names: [String]) -> String { "(\(names.joined(separator: ", ")))" }

  /// ` over (customers, orders)`; nothing when there are no names.
  static func over(_ names: [String]) -> String { names.isEmpty ? "" : " over \(list(names))" }
}
