// A B-tree scan reads every entry between the first and the last that its boundary allows: that of the conditions with `=`
// on the leading keys and of those on the one key after them. What any other condition leaves out is read all the same.
// Source: `btcostestimate` in PostgreSQL's selfuncs.c.

extension PlanNode {
  /// Whether each condition by which this step enters a B-tree bounds what is read, so that no more entries are read than
  /// come out; false where nothing bounds it, and where a condition is not understood.
  ///
  /// - Parameter keys: those of the index, in their order; the plan is one made with VERBOSE.
  func readsNoMoreThanItFinds(in keys: [IndexKey]) -> Bool {
    guard let condition = condition("Index Cond") else { return false }
    var asked: Set<Int> = []
    var equal: Set<Int> = []
    for term in PlanTerm.terms(of: condition) {
      guard !term.isAlternative, !term.isNegated, let side = term.sides.first,
        let place = keys.firstIndex(where: { $0.isWhole(side, of: nil, casts: ["text"]) })
      else { return false }
      asked.insert(place)
      if term.comparison == "=" { equal.insert(place) }
    }
    let bound = asked.count - 1
    return asked == Set(0...bound) && equal.isSuperset(of: 0..<bound)
  }
}
