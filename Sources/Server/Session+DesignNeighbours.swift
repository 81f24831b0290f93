public import IndexDesign

/// The real indexes of a table that a design has to be seen beside; invalid ones count for nothing.
struct DesignNeighbours: Equatable {
  /// The one that is the same apart from its name; nil when there is none.
  var same: CatalogIndex?
  /// The first one that can do all that the design could; nil when there is none.
  var covering: CatalogIndex?
  /// The first one that finds rows as the design would, unique or not, so that the design is no gain; nil when there is
  /// none.
  var twin: CatalogIndex?
  /// Those that the design would make redundant; empty when one is the same.
  var redundant: [CatalogIndex] = []
}

extension Session {
  /// The real indexes that do what a design does, or less.
  ///
  /// - Throws: `ServerError`.
  func neighbours(
    of design: IndexDefinition, on relation: Relation
  ) throws(ServerError) -> DesignNeighbours {
    let existing = try indexes(of: relation).filter(\.isValid).compactMap { index in
      index.design.map { (index, $0) }
    }
    let compared = try comparable([design] + existing.map(\.1), on: relation)
    var found = DesignNeighbours()
    for ((index, _), definition) in zip(existing, compared.dropFirst()) {
      let isSame = IndexComparison.isSame(definition, compared[0], names: .resolved)
      let covers = IndexComparison.covers(definition, compared[0], names: .resolved)
      if isSame { found.same = found.same ?? index }
      if covers { found.covering = found.covering ?? index }
      var plain = definition
      (plain.isUnique, plain.nullsNotDistinct) = (false, false)
      let isCovered = IndexComparison.covers(compared[0], plain, names: .resolved)
      if isSame || covers && isCovered { found.twin = found.twin ?? index }
      if isCovered, !definition.isUnique, !index.isBound { found.redundant.append(index) }
    }
    if found.same != nil { (found.covering, found.redundant) = (nil, []) }
    return found
  }

  /// Of real indexes those that are the same as a definition apart from the name.
  ///
  /// - Throws: `ServerError`.
  package func indexes(
    _ indexes: [CatalogIndex], sameAs definition: IndexDefinition, on relation: Relation
  ) throws(ServerError) -> [CatalogIndex] {
    let known = indexes.compactMap { index in index.design.map { (index, $0) } }
    let compared = try comparable([definition] + known.map(\.1), on: relation)
    return zip(known, compared.dropFirst()).filter {
      IndexComparison.isSame($1, compared[0], names: .resolved)
    }.map(\.0.0)
  }

  /// The real indexes that do what active designs do, by design: such a design is no gain, and only looks cheaper because
  /// a hypothetical B-tree costs no descent.
  ///
  /// - Throws: `ServerError`.
  public func twins(of designs: [DesignHandle]) throws(ServerError) -> [DesignHandle: RelationName] {
    var twins: [DesignHandle: RelationName] = [:]
    for active in hypotheticals.active where designs.contains(active.handle) {
      guard let typed = active.typed else { continue }
      twins[active.handle] = try neighbours(of: typed, on: relation(typed.table)).twin?.qualifiedName
    }
    return twins
  }

  /// Definitions in words that say the same when they mean the same: conditions and expressions as the planner simplifies
  /// them, collations and operator classes by what the catalog knows them as.
  private func comparable(
    _ definitions: [IndexDefinition], on relation: Relation
  ) throws(ServerError) -> [IndexDefinition] {
    var definitions = definitions
    // Simplifying costs a round trip, and only one that is partial or has an expression can be like another such one.
    let special = definitions.indices.filter { definitions[$0].hasExpressionOrCondition }
    if special.first == 0, special.count > 1 {
      for index in special { definitions[index] = try folded(definitions[index]) }
    }
    return try resolved(definitions, on: relation)
  }
}
