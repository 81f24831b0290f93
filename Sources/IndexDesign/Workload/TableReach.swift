/// What a statement can name to reach a table without naming it.
///
/// A statement on a partitioned table reaches its partitions, one on a view the tables of its query, and one that
/// calls a function what the function's body names. The catalog knows the first two, and of functions those with a
/// body of SQL that it has parsed; of the others only the text of the body tells.
public struct TableReach: Equatable, Sendable {
  /// The table itself, its parents, its partitions and other children, views of any of them, and tables with a
  /// rule that names one of them.
  public var relations: Set<RelationName>
  /// Materialized views: only REFRESH reaches the table through one.
  public var materializedViews: Set<RelationName>
  /// Functions that reach one of these.
  public var functions: Set<RelationName>

  /// A table that nothing else reaches.
  public init(_ table: RelationName) {
    relations = [table]
    materializedViews = []
    functions = []
  }

  /// Every name, as a statement may have it.
  public var names: Set<String> { Set((relations.union(materializedViews).union(functions)).map(\.name)) }

  /// Whether a statement reaches the table; a text that cannot be read may.
  ///
  /// A name without a schema may be any of that name: the search path of whoever ran it is not known.
  public func isReached(by text: String) -> Bool {
    guard let statements = try? StatementParser.parse(text) else { return true }
    let named = StatementParser.relations(in: statements)
    let reached = statements.contains { $0.kind == "RefreshMatViewStmt" } ? materializedViews : relations
    if named.contains(where: { Self.holds(reached, $0) }) { return true }
    guard !functions.isEmpty else { return false }
    return StatementParser.functions(in: text)?.contains { Self.holds(functions, $0) } ?? false
  }

  private static func holds(_ known: Set<RelationName>, _ name: RelationName) -> Bool {
    known.contains {
      $0.name == name.name && (name.schema == nil || $0.schema == nil || name.schema == $0.schema)
    }
  }
}
