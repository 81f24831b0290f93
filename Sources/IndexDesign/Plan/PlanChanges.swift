/// Collects the differences of two matched plans, one kind of step after the other.
struct PlanChanges {
  private(set) var changes: [PlanChange] = []
  /// What was found of the steps of the plan before, by their place in it.
  private(set) var marksBefore: [Int: PlanDiff.Mark] = [:]
  /// The same of the plan after.
  private(set) var marksAfter: [Int: PlanDiff.Mark] = [:]
  private var removed: [PlanChange] = []
  private var added: [PlanChange] = []
  private let matching: PlanMatching

  init(_ matching: PlanMatching) { self.matching = matching }

  private func before(_ place: Int) -> PlanShape.Step { matching.before.steps[place] }
  private func after(_ place: Int) -> PlanShape.Step { matching.after.steps[place] }

  private mutating func mark(_ pair: PlanMatching.Pair) {
    let mark: PlanDiff.Mark = pair.before != nil && pair.after != nil ? .changed : .onlyHere
    for place in matching.before.withBitmapParts(pair.before) { marksBefore[place] = mark }
    for place in matching.after.withBitmapParts(pair.after) { marksAfter[place] = mark }
  }

  mutating func addScans() {
    for pair in matching.scans {
      switch (pair.before, pair.after) {
      case (let first?, let second?): if addScan(before(first), after(second)) { mark(pair) }
      case (let first?, nil):
        mark(pair)
        removed.append(.nodeRemoved(title: before(first).node.scanPlainTitle, cost: before(first).cost))
      case (nil, let second?):
        mark(pair)
        added.append(.nodeAdded(title: after(second).node.scanPlainTitle, cost: after(second).cost))
      case (nil, nil): break
      }
    }
  }

  /// False when the scans are alike.
  private mutating func addScan(_ first: PlanShape.Step, _ second: PlanShape.Step) -> Bool {
    let from = ScanDescription(first.node)
    let to = ScanDescription(second.node)
    guard from.withoutParameterNumbers != to.withoutParameterNumbers else { return false }
    let source = second.node.source
    changes.append(
      .scan(
        relation: source, alias: second.node.alias == source ? nil : second.node.alias, from: from, to: to,
        costBefore: first.cost, costAfter: second.cost))
    return true
  }

  mutating func addSorts() {
    let severalScans = max(matching.before.scans.count, matching.after.scans.count) > 1
    let pairs = matching.steps(
      where: \.sorts, family: { _ in "" }, likeness: { $0.sortKeys.joined(separator: ", ") })
    for pair in pairs {
      let over = !severalScans ? [] : matching.names(of: pair)
      switch (pair.before, pair.after) {
      case (let first?, let second?):
        let from = before(first).node.sortDescription
        let to = after(second).node.sortDescription
        guard from != to else { continue }
        mark(pair)
        changes.append(
          .sortChanged(
            from: from, to: to, over: over, costBefore: before(first).cost, costAfter: after(second).cost))
      case (let first?, nil):
        mark(pair)
        changes.append(.sortRemoved(keys: before(first).node.sortKeys, over: over, cost: before(first).cost))
      case (nil, let second?):
        mark(pair)
        changes.append(.sortAdded(keys: after(second).node.sortKeys, over: over, cost: after(second).cost))
      case (nil, nil): break
      }
    }
  }

  mutating func addJoins(_ pairs: [PlanMatching.Pair]) {
    let title = { (shape: PlanShape, place: Int) in
      "\(shape.steps[place].node.plainTitle) of \(PlanNames.list(shape.names(under: place)))"
    }
    for pair in pairs {
      switch (pair.before, pair.after) {
      case (let first?, let second?):
        let join = matching.compareJoin(first, second)
        guard join.isChanged else { continue }
        mark(pair)
        // What is repeated costs more than one execution tells; all others are shown as they are compared.
        let (old, new) = (before(first).cost, after(second).cost)
        changes.append(
          join.change(
            old.isRepeated || !join.isComparable ? old : StepCost(join.costBefore),
            new.isRepeated || !join.isComparable ? new : StepCost(join.costAfter))
        )
      case (let first?, nil):
        mark(pair)
        removed.append(.nodeRemoved(title: title(matching.before, first), cost: before(first).cost))
      case (nil, let second?):
        mark(pair)
        added.append(.nodeAdded(title: title(matching.after, second), cost: after(second).cost))
      case (nil, nil): break
      }
    }
  }

  /// Adds all other steps, and with them those gone and added of every kind.
  ///
  /// Steps of one title are told apart by what they stand over.
  mutating func addOthers() {
    let pairs = matching.steps(
      where: { $0.family != nil }, family: { $0.family ?? "" }, likeness: \.plainTitle)
    let gone = Set(
      pairs.filter { $0.after == nil }.compactMap { $0.before.map { before($0).node.plainTitle } })
    let new = Set(pairs.filter { $0.before == nil }.compactMap { $0.after.map { after($0).node.plainTitle } })
    let alike = gone.intersection(new).union([matching.before, matching.after].flatMap(\.repeatedTitles))
    let title = { (shape: PlanShape, place: Int) in
      let words = shape.steps[place].node.plainTitle
      return words + (alike.contains(words) ? PlanNames.over(shape.names(under: place)) : "")
    }
    for pair in pairs {
      switch (pair.before, pair.after) {
      case (let first?, let second?):
        let to = after(second).node.plainTitle
        guard before(first).node.plainTitle != to else { continue }
        mark(pair)
        changes.append(
          .nodeChanged(
            from: title(matching.before, first), to: to, costBefore: before(first).cost,
            costAfter: after(second).cost))
      case (let first?, nil):
        mark(pair)
        removed.append(.nodeRemoved(title: title(matching.before, first), cost: before(first).cost))
      case (nil, let second?):
        mark(pair)
        added.append(.nodeAdded(title: title(matching.after, second), cost: after(second).cost))
      case (nil, nil): break
      }
    }
    changes += removed + added
  }
}

extension PlanShape {
  /// The titles of steps with a family that occur more than once.
  fileprivate var repeatedTitles: [String] {
    let titles = steps.filter { $0.node.family != nil }.map(\.node.plainTitle)
    return Dictionary(grouping: titles) { $0 }.filter { $0.value.count > 1 }.map(\.key)
  }
}

extension PlanMatching {
  /// The names of what a pair of steps stands over.
  fileprivate func names(of pair: Pair) -> [String] {
    pair.before.map { before.names(under: $0) } ?? pair.after.map { after.names(under: $0) } ?? []
  }
}

extension PlanNode {
  fileprivate var sortDescription: SortDescription {
    SortDescription(keys: sortKeys, presortedKeys: presortedKeys)
  }

  /// The scan's title without `Parallel`, with the indexes of a bitmap scan.
  fileprivate var scanPlainTitle: String {
    var node = self
    node.isParallelAware = false
    return node.scanTitle
  }

  /// The kind of work by which a step is matched; nil for scans, joins and sorts, which are matched in ways
  /// of their own, and for steps that only pass rows on or belong to another step.
  fileprivate var family: String? {
    switch nodeType {
    case "Hash", "Result", "Subquery Scan", "Bitmap Index Scan", "BitmapAnd", "BitmapOr": nil
    case "Aggregate": partialMode == "Partial" ? nil : "grouping"
    case "Group", "Unique": "grouping"
    case "Gather", "Gather Merge": "gather"
    case "Append", "Merge Append": "append"
    default: reads || isJoin || sorts ? nil : nodeType
    }
  }
}

extension ScanDescription {
  fileprivate var withoutParameterNumbers: ScanDescription {
    var result = self
    result.indexConditions = indexConditions.map(\.withoutParameterNumbers)
    return result
  }
}
