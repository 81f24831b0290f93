extension StatementParser {
  /// The functions that a text calls by name, each once, in reading order; nil when libpg_query cannot read it.
  ///
  /// What an operator, a cast or a trigger calls is not among them.
  public static func functions(in text: String) -> [RelationName]? {
    guard let statements = try? parse(text) else { return nil }
    var found: [RelationName] = []
    for statement in statements { collectFunctions(statement.tree, &found) }
    return found
  }

  private static func collectFunctions(_ tree: JSONValue, _ found: inout [RelationName]) {
    switch tree {
    case .array(let elements): for element in elements { collectFunctions(element, &found) }
    case .object(let members):
      for (name, value) in members {
        if name == "FuncCall" || name == "funccall", let parts = value["funcname"]?.nodeStrings,
          let last = parts.last
        {
          let function = RelationName(schema: parts.count > 1 ? parts[parts.count - 2] : nil, name: last)
          if !found.contains(function) { found.append(function) }
        }
        collectFunctions(value, &found)
      }
    default: break
    }
  }

  /// The names of the operators in a text, each once, in reading order; nil when libpg_query cannot read it.
  public static func operators(in text: String) -> [String]? {
    guard let statements = try? parse(text) else { return nil }
    var found: [String] = []
    for statement in statements { collectOperators(statement.tree, &found) }
    return found
  }

  private static func collectOperators(_ tree: JSONValue, _ found: inout [String]) {
    switch tree {
    case .array(let elements): for element in elements { collectOperators(element, &found) }
    case .object(let members):
      for (name, value) in members {
        if name == "A_Expr", let operation = value["name"]?.nodeStrings.last, !found.contains(operation) {
          found.append(operation)
        }
        collectOperators(value, &found)
      }
    default: break
    }
  }
}
