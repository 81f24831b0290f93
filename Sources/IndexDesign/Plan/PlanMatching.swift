/// Which step of one plan is which step of another, by what they read and never by where they stand.
struct PlanMatching {
  /// A step of the plan before, of the plan after, or of both.
  struct Pair: Equatable {
    var before: Int?
    var after: Int?
  }

  let before: PlanShape
  let after: PlanShape
  /// The scans of both plans, those of the plan before first, each in the order of its plan.
  let scans: [Pair]
  /// For each scan the place of its pair in `scans`: one number for one thing read.
  private let numbersBefore: [Int: Int]
  private let numbersAfter: [Int: Int]
  /// The numbers of what both plans read.
  private let shared: Set<Int>

  init(before: PlanShape, after: PlanShape) {
    self.before = before
    self.after = after
    // EXPLAIN makes names unique by a suffix that depends on the rest of the plan and can go to the other of
    // two subqueries; so the name without it counts first where the conditions tell which is which.
    let keys: [(PlanShape, Int) -> [String]] = [
      { $0.key($1, alias: $0.steps[$1].node.alias) + $0.steps[$1].node.terms },
      { $0.key($1, alias: $0.steps[$1].node.aliasWithoutSuffix) + $0.steps[$1].node.terms },
      { $0.key($1, alias: $0.steps[$1].node.alias) },
      { $0.key($1, alias: $0.steps[$1].node.aliasWithoutSuffix) },
      { $0.key($1, alias: nil) },
    ]
    scans = Self.pairs(
      before.scans, after.scans, keys.map { key in ({ key(before, $0) }, { key(after, $0) }) })
    var numbersBefore: [Int: Int] = [:]
    var numbersAfter: [Int: Int] = [:]
    for (number, pair) in scans.enumerated() {
      if let place = pair.before { numbersBefore[place] = number }
      if let place = pair.after { numbersAfter[place] = number }
    }
    self.numbersBefore = numbersBefore
    self.numbersAfter = numbersAfter
    shared = Set(numbersBefore.values).intersection(numbersAfter.values)
  }

  /// The numbers of everything that the step `place` of the plan before stands over.
  func readBefore(_ place: Int) -> Set<Int> {
    Set(before.steps[place].scans.compactMap { numbersBefore[$0] })
  }

  /// The numbers of everything that the step `place` of the plan after stands over.
  func readAfter(_ place: Int) -> Set<Int> { Set(after.steps[place].scans.compactMap { numbersAfter[$0] }) }

  /// The number of a scan of the plan before.
  func number(before scan: Int) -> Int? { numbersBefore[scan] }

  /// The number of a scan of the plan after.
  func number(after scan: Int) -> Int? { numbersAfter[scan] }

  /// The steps of both plans that `isMeant` picks, matched by what they stand over.
  ///
  /// Of several over the same, those that `likeness` calls equal go together first, then bottom up.
  func steps(
    where isMeant: (PlanNode) -> Bool, family: @escaping (PlanNode) -> String,
    likeness: @escaping (PlanNode) -> String
  ) -> [Pair] {
    let left = before.steps.indices.filter { isMeant(before.steps[$0].node) }
    let right = after.steps.indices.filter { isMeant(after.steps[$0].node) }
    func over(_ numbers: Set<Int>, _ node: PlanNode) -> [String] {
      [family(node)] + numbers.intersection(shared).sorted().map(String.init)
    }
    let overBefore = { (place: Int) in over(self.readBefore(place), self.before.steps[place].node) }
    let overAfter = { (place: Int) in over(self.readAfter(place), self.after.steps[place].node) }
    let pairs = Self.pairs(
      left.reversed(), right.reversed(),
      [
        (
          { overBefore($0) + [likeness(self.before.steps[$0].node)] },
          { overAfter($0) + [likeness(self.after.steps[$0].node)] }
        ),
        (overBefore, overAfter),
      ])
    return pairs.sorted { ($0.before ?? .max, $0.after ?? .max) < ($1.before ?? .max, $1.after ?? .max) }
  }

  /// Pairs places by one key after the other; what no key brings together stays alone, at the end.
  private static func pairs(
    _ before: [Int], _ after: [Int], _ keys: [(before: (Int) -> [String], after: (Int) -> [String])]
  ) -> [Pair] {
    var partners: [Int: Int] = [:]
    var open = after
    for key in keys {
      var byKey: [[String]: [Int]] = [:]
      for place in open.reversed() { byKey[key.after(place), default: []].append(place) }
      for place in before where partners[place] == nil {
        partners[place] = byKey[key.before(place)]?.popLast()
      }
      let taken = Set(partners.values)
      open.removeAll { taken.contains($0) }
    }
    return before.map { Pair(before: $0, after: partners[$0]) } + open.map { Pair(before: nil, after: $0) }
  }
}

extension PlanShape {
  fileprivate func key(_ place: Int, alias: String?) -> [String] {
    let node = steps[place].node
    // Without a relation the kind of scan belongs to the name: a function is never a list of values.
    return [node.relation == nil ? node.nodeType : "", node.source, alias ?? ""]
  }
}

extension PlanNode {
  /// The alias without the `_1` that EXPLAIN puts behind names which occur more than once.
  fileprivate var aliasWithoutSuffix: String? {
    guard let alias, let mark = alias.lastIndex(of: "_") else { return alias }
    let digits = alias[alias.index(after: mark)...]
    return !digits.isEmpty && digits.allSatisfy(\.isNumber) ? String(alias[..<mark]) : alias
  }
}
