/// The forms of a statement in which the sequential scans of one table alone can be forbidden: its other tables are read
/// as samples of all their rows, which nothing forbids, or not.
public struct SeqScanChoices: Sendable {
  /// The forms; empty when there is none.
  public private(set) var statements: [String] = []
  /// Whether each other table is read in both ways with all the others' ways.
  private var isComplete = false
  private var hasOthers = false

  /// Finds the forms.
  ///
  /// - Parameters:
  ///   - tables: the tables of the statement.
  ///   - table: the one whose sequential scans are to be forbidden.
  ///   - plan: any plan of the statement in which all of its tables are.
  ///   - chosen: the plan that was preferred.
  public init(
    _ tables: SampledTables, _ table: RelationName, in plan: ExecutionPlan, chosen: ExecutionPlan
  ) {
    let read = Set(plan.nodes.filter(\.reads).compactMap(\.relation))
    // A view cannot be a sample; what is not in the plan need not be one.
    let places = tables.places.indices.filter { read.contains(tables.places[$0].table.name) }
    let own = places.filter { table.isMeant(by: tables.places[$0].table) }
    let targets = own.isEmpty ? [nil] : own.map { Optional($0) }
    var sets: [Set<Int>] = []
    for target in targets {
      let others = places.filter { $0 != target }
      for set in Self.choices(of: others, tables, chosen) where !sets.contains(set) { sets.append(set) }
    }
    statements = sets.map { tables.statement(sampling: $0) }
    hasOthers = places.count > 1
    let known = Set(places.map { tables.places[$0].table.name } + [table.name])
    isComplete =
      places.count - min(own.count, 1) <= Self.most && read.isSubset(of: known)
      && plan.scans(of: table, []).count == max(own.count, 1)
  }

  /// Whether the plans of the forms leave no way out. A sample is never read by several workers.
  public func areAll(with plans: [ExecutionPlan]) -> Bool {
    isComplete && !(hasOthers && plans.contains { $0.nodes.contains { $0.plannedWorkers != nil } })
  }

  /// So many tables are combined, which are sixteen forms.
  private static let most = 4

  private static func choices(
    of places: [Int], _ tables: SampledTables, _ chosen: ExecutionPlan
  ) -> [Set<Int>] {
    guard places.count > most else {
      return places.reduce([[]]) { sets, place in sets + sets.map { $0.union([place]) } }
    }
    let scanned = chosen.nodes.filter { $0.nodeType == "Seq Scan" }.compactMap(\.relation)
    let first = Set(places.filter { scanned.contains(tables.places[$0].table.name) })
    // With many tables each plan takes its time.
    let varied = places.count > 7 ? [] : places.map { first.symmetricDifference([$0]) }
    return [first, Set(places)] + varied
  }
}
