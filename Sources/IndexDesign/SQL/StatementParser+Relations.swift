extension StatementParser {
  /// The relations that a text names, common table expressions left out, each once, in reading order.
  ///
  /// - Returns: nil when the text cannot be parsed, so that nothing is known.
  public static func relations(in text: String) -> [RelationName]? {
    (try? parse(text)).map { relations(in: $0) }
  }

  /// The relations that parsed statements name, common table expressions left out, each once, in reading order.
  public static func relations(in statements: [ParsedStatement]) -> [RelationName] {
    var found: [RelationName] = []
    var common: Set<String> = []
    for statement in statements { collect(statement.tree, &found, &common) }
    return found.filter { $0.schema != nil || !common.contains($0.name) }
  }

  private static func collect(_ tree: JSONValue, _ found: inout [RelationName], _ common: inout Set<String>) {
    switch tree {
    case .array(let elements): for element in elements { collect(element, &found, &common) }
    case .object(let members):
      if let name = tree["relname"]?.string {
        let relation = RelationName(schema: tree["schemaname"]?.string, name: name)
        if !found.contains(relation) { found.append(relation) }
      }
      if let name = tree["ctename"]?.string { common.insert(name) }
      for member in members { collect(member.value, &found, &common) }
    default: break
    }
  }
}
