/// The same join in two plans: the same relations are brought together, in whatever way.
public struct JoinComparison: Sendable, Equatable {
  /// The names under which the plans know what is joined, in alphabetical order.
  public var relations: [String]
  /// `Nested Loop`, `Hash Join` or `Merge Join`.
  public var methodBefore: String
  /// `Nested Loop`, `Hash Join` or `Merge Join`.
  public var methodAfter: String
  /// Whether the outer side, which is read first or probes, consists of other relations than before.
  public var inputOrderChanged: Bool
  /// How a nested loop reaches its inner side after the change; nil for other joins and where no single way
  /// can be named.
  public var innerSide: String?
  /// The estimated cost of the join with everything below it before the change.
  ///
  /// A Sort or Gather right above counts in, so that a join whose order spares a sort, or whose work was
  /// shared by workers, is compared fairly; so does a Limit, because under it a join is not run to its end.
  public var costBefore: PlannerCost
  /// The same after the change.
  public var costAfter: PlannerCost
  /// False when only one of the plans shares this join among workers, and together with other joins: then
  /// the two costs do not measure the same, and only the join above them can be compared.
  public var isComparable: Bool

  /// Makes a comparison from its facts.
  public init(
    relations: [String], methodBefore: String, methodAfter: String, inputOrderChanged: Bool,
    innerSide: String?, costBefore: PlannerCost, costAfter: PlannerCost, isComparable: Bool
  ) {
    self.relations = relations
    self.methodBefore = methodBefore
    self.methodAfter = methodAfter
    self.inputOrderChanged = inputOrderChanged
    self.innerSide = innerSide
    self.costBefore = costBefore
    self.costAfter = costAfter
    self.isComparable = isComparable
  }

  /// Whether method or input order differ.
  public var isChanged: Bool { methodBefore != methodAfter || inputOrderChanged }

  /// The join in words, as the plan before has it: `Hash Join of (customers, orders)`.
  public var title: String { "\(methodBefore) of \(PlanNames.list(relations))" }

  /// The change in words, without costs.
  public var sentence: String { change.sentence }

  var change: PlanChange {
    .join(
      relations: relations, methodBefore: methodBefore, methodAfter: methodAfter,
      inputOrderChanged: inputOrderChanged, innerSide: innerSide, costBefore: costBefore,
      costAfter: costAfter)
  }
}

extension PlanMatching {
  /// The joins of both plans, matched by what they bring together.
  var joins: [Pair] { steps(where: \.isJoin, family: { _ in "" }, likeness: \.nodeType) }

  /// Compares a join that both plans have.
  func compareJoin(_ first: Int, _ second: Int) -> JoinComparison {
    let outerBefore = before.inputs(of: first).map { readBefore($0.outer) }
    let outerAfter = after.inputs(of: second).map { readAfter($0.outer) }
    let costs = comparableCosts(first, second)
    return JoinComparison(
      relations: after.names(under: second), methodBefore: before.steps[first].node.nodeType,
      methodAfter: after.steps[second].node.nodeType, inputOrderChanged: outerBefore != outerAfter,
      innerSide: after.innerSide(of: second), costBefore: costs?.before ?? before.steps[first].cost,
      costAfter: costs?.after ?? after.steps[second].cost, isComparable: costs != nil)
  }

  private func comparableCosts(_ first: Int, _ second: Int) -> (before: PlannerCost, after: PlannerCost)? {
    let gatherBefore = before.gather(above: first)
    let gatherAfter = after.gather(above: second)
    if (gatherBefore == nil) == (gatherAfter == nil) {
      return (
        before.steps[before.finished(first)].cost, after.steps[after.finished(second)].cost
      )
    }
    let isWhole =
      gatherBefore.map { before.steps[$0].scans == before.steps[first].scans }
      ?? gatherAfter.map { after.steps[$0].scans == after.steps[second].scans } ?? false
    return isWhole ? (before.steps[before.top(first)].cost, after.steps[after.top(second)].cost) : nil
  }
}

extension PlanShape {
  /// The names of what is read below a step, in alphabetical order.
  func names(under place: Int) -> [String] { steps[place].scans.map { steps[$0].node.shortName }.sorted() }

  /// How a nested loop reaches its inner side; nil for other joins, and when several things are read there.
  func innerSide(of join: Int) -> String? {
    guard steps[join].node.nodeType == "Nested Loop", let inputs = inputs(of: join),
      let scan = steps[inputs.inner].scans.first, steps[inputs.inner].scans.count == 1
    else { return nil }
    let node = steps[scan].node
    let description = ScanDescription(node)
    guard !description.indexes.isEmpty else { return "by \(node.plainTitle)" }
    return "through \(description.indexes.map(\.description).joined(separator: ", "))"
  }

  /// The lowest Gather above a step; nil when it is not shared by workers.
  fileprivate func gather(above place: Int) -> Int? {
    var at = steps[place].parent
    while let step = at, !steps[step].node.gathers { at = steps[step].parent }
    return at
  }

  /// The sort or gathering steps right above a step that finish its work, or the step itself.
  fileprivate func finished(_ place: Int) -> Int {
    climb(from: place) { $0.gathers || $0.sorts }
  }

  /// The topmost step that stands over the same as this one.
  fileprivate func top(_ place: Int) -> Int { climb(from: place) { _ in true } }

  private func climb(from place: Int, while goesOn: (PlanNode) -> Bool) -> Int {
    var at = place
    while let above = steps[at].parent, !steps[at].node.isSubplan, steps[above].scans == steps[at].scans,
      goesOn(steps[above].node)
    {
      at = above
    }
    return at
  }
}

extension PlanNode {
  /// Whether this step collects the rows of workers.
  var gathers: Bool { nodeType == "Gather" || nodeType == "Gather Merge" }

  /// Whether this step sorts.
  var sorts: Bool { nodeType == "Sort" || nodeType == "Incremental Sort" }
}
