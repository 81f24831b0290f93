/// Which parameters give an expression of a statement its type, as far as the text tells.
///
/// Source: the trees of libpg_query, whose places are bytes.
struct ParameterSources {
  /// A parameter, and how its type follows from that of the expression.
  struct Source: Equatable {
    var number: Int
    /// 0 for the same type, 1 for a list of such, -1 for an element of it.
    var dimensions = 0

    /// The type of the parameter when the expression has this one.
    func type(for type: ParameterType) -> ParameterType {
      dimensions > 0 ? type.array : dimensions < 0 ? type.element : type
    }
  }

  private var columns: [String: [Column]] = [:]
  private let tree: JSONValue

  /// What a column of a subquery or function is made of.
  private struct Column {
    var expression: JSONValue
    var dimensions = 0
  }

  /// Reads one statement; nil when libpg_query cannot.
  init?(_ text: String) {
    guard let statements = try? StatementParser.parse(text), let only = statements.first,
      statements.count == 1
    else { return nil }
    tree = .object([(only.kind, only.tree)])
    readColumns(of: tree)
  }

  /// The expressions that the server may mean by a place, the outermost first.
  func expressions(at place: Int) -> [JSONValue] {
    var found: [JSONValue] = []
    Self.each(of: tree) { name, value in
      if Self.expressions.contains(name), value["location"]?.integer ?? 0 == place, name != "ResTarget" {
        found.append(.object([(name, value)]))
      }
    }
    return found
  }

  /// The two sides of an operator, the arguments of a function, else the expression itself.
  func operands(of expression: JSONValue) -> [JSONValue] {
    if let operation = expression["A_Expr"] {
      return [operation["lexpr"], operation["rexpr"]].compactMap { $0 }.flatMap {
        $0["List"]?["items"]?.array ?? [$0]
      }
    }
    if let call = expression["FuncCall"] { return call["args"]?.array ?? [] }
    return [expression]
  }

  /// The parameters whose type becomes that of an expression, in reading order, each once.
  func sources(of expression: JSONValue) -> [Source] {
    var found: [Source] = []
    var seen: Set<String> = []
    collect(expression, 0, &found, &seen)
    return found
  }

  /// Parameters that nothing near them gives a type, in reading order: whole columns of queries, whole arguments
  /// of functions, and what is only asked whether it is null.
  func looseParameters() -> [Source] {
    var found: [Source] = []
    func take(_ expressions: [JSONValue]) {
      for source in expressions.flatMap({ self.sources(of: $0) }) where !found.contains(source) {
        found.append(source)
      }
    }
    Self.each(of: tree) { name, value in
      switch name {
      case "SelectStmt", "larg", "rarg":
        take((value["valuesLists"]?.array ?? []).flatMap { $0["List"]?["items"]?.array ?? [] })
        take((value["targetList"]?.array ?? []).compactMap { $0["ResTarget"]?["val"] })
      case "FuncCall": take(value["args"]?.array ?? [])
      case "NullTest", "CaseExpr": take([value["arg"]].compactMap { $0 })
      default: break
      }
    }
    return found
  }

  /// The parameters that are whole arguments of calls of functions that take any type and tell none.
  func argumentsOfAnyType() -> Set<Int> {
    var found: Set<Int> = []
    Self.each(of: tree) { name, value in
      guard name == "FuncCall", Self.takingAny.contains(value["funcname"]?.nodeStrings.last ?? "") else {
        return
      }
      found.formUnion((value["args"]?.array ?? []).compactMap { $0["ParamRef"]?["number"]?.integer })
    }
    return found
  }

  /// Source: `pg_proc.dat`, functions with a variadic argument of type "any".
  private static let takingAny: Set<String> = [
    "concat", "concat_ws", "format", "json_build_array", "json_build_object", "jsonb_build_array",
    "jsonb_build_object", "num_nonnulls", "num_nulls",
  ]

  private static let expressions: Set<String> = [
    "A_ArrayExpr", "A_Const", "A_Expr", "CaseExpr", "CoalesceExpr", "ColumnRef", "FuncCall", "MinMaxExpr",
    "ParamRef",
    "SubLink",
  ]

  private func collect(
    _ expression: JSONValue, _ dimensions: Int, _ found: inout [Source], _ seen: inout Set<String>
  ) {
    guard case .object(let members) = expression,
      let (name, node) = members.first.map({ ($0.name, $0.value) })
    else { return }
    switch name {
    case "ParamRef":
      let source = Source(number: node["number"]?.integer ?? 0, dimensions: dimensions)
      if source.number > 0, !found.contains(source) { found.append(source) }
    case "A_Expr" where node["kind"]?.string == "AEXPR_OP" || node["kind"]?.string == "AEXPR_NULLIF":
      for side in [node["lexpr"], node["rexpr"]].compactMap({ $0 }) {
        collect(side, dimensions, &found, &seen)
      }
    case "CaseExpr":
      for branch in node["args"]?.array ?? [] {
        if let result = branch["CaseWhen"]?["result"] { collect(result, dimensions, &found, &seen) }
      }
      if let other = node["defresult"] { collect(other, dimensions, &found, &seen) }
    case "CoalesceExpr", "MinMaxExpr":
      for argument in node["args"]?.array ?? [] { collect(argument, dimensions, &found, &seen) }
    case "A_ArrayExpr":
      for element in node["elements"]?.array ?? [] { collect(element, dimensions - 1, &found, &seen) }
    case "FuncCall" where Self.keepingType.contains(node["funcname"]?.nodeStrings.last ?? ""):
      for argument in node["args"]?.array ?? [] { collect(argument, dimensions, &found, &seen) }
    case "SubLink":
      for target in node["subselect"]?["SelectStmt"]?["targetList"]?.array ?? [] {
        if let value = target["ResTarget"]?["val"] { collect(value, dimensions, &found, &seen) }
      }
    case "ColumnRef":
      guard let column = node["fields"]?.nodeStrings.last, seen.insert(column).inserted else { return }
      for source in columns[column] ?? [] {
        collect(source.expression, dimensions + source.dimensions, &found, &seen)
      }
    default: break
    }
  }

  /// Functions whose result has the type of their arguments.
  private static let keepingType: Set<String> = ["max", "min", "lag", "lead", "first_value", "last_value"]

  // MARK: Columns

  private mutating func readColumns(of tree: JSONValue) {
    var read: [(name: String, column: Column)] = []
    Self.each(of: tree) { name, value in
      switch name {
      case "RangeSubselect":
        read += Self.columns(
          of: value["subquery"]?["SelectStmt"], named: value["alias"]?["colnames"]?.nodeStrings ?? [])
      case "CommonTableExpr":
        read += Self.columns(
          of: value["ctequery"]?["SelectStmt"], named: value["aliascolnames"]?.nodeStrings ?? [])
      case "RangeFunction": read += Self.columns(ofFunctions: value)
      default: break
      }
    }
    for (name, column) in read { columns[name, default: []].append(column) }
  }

  private static func columns(of select: JSONValue?, named names: [String]) -> [(
    name: String, column: Column
  )] {
    guard let select else { return [] }
    var found: [(name: String, column: Column)] = []
    for side in [select["larg"], select["rarg"]] { found += columns(of: side, named: names) }
    for row in select["valuesLists"]?.array ?? [] {
      for (place, value) in (row["List"]?["items"]?.array ?? []).enumerated() {
        let name = names.indices.contains(place) ? names[place] : "column\(place + 1)"
        found.append((name, Column(expression: value)))
      }
    }
    for (place, target) in (select["targetList"]?.array ?? []).enumerated() {
      guard let value = target["ResTarget"]?["val"] else { continue }
      let own = target["ResTarget"]?["name"]?.string ?? value["ColumnRef"]?["fields"]?.nodeStrings.last
      guard let name = names.indices.contains(place) ? names[place] : own else { continue }
      found.append((name, Column(expression: value)))
    }
    return found
  }

  /// `unnest($1, $2) AS p(id, name)`.
  private static func columns(ofFunctions range: JSONValue) -> [(name: String, column: Column)] {
    var names = range["alias"]?["colnames"]?.nodeStrings ?? []
    if names.isEmpty, let alias = range["alias"]?["aliasname"]?.string { names = [alias] }
    let calls = (range["functions"]?.array ?? []).compactMap {
      $0["List"]?["items"]?.array?.first?["FuncCall"]
    }
    let arguments = calls.flatMap { call -> [Column] in
      switch call["funcname"]?.nodeStrings.last {
      case "unnest": (call["args"]?.array ?? []).map { Column(expression: $0, dimensions: 1) }
      case "generate_series": (call["args"]?.array ?? []).prefix(1).map { Column(expression: $0) }
      default: []
      }
    }
    return Array(zip(names, arguments)).map { (name: $0, column: $1) }
  }

  /// Every member of every object, in document order.
  static func each(of tree: JSONValue, _ visit: (_ name: String, _ value: JSONValue) -> Void) {
    switch tree {
    case .array(let elements): for element in elements { each(of: element, visit) }
    case .object(let members):
      for member in members {
        visit(member.name, member.value)
        each(of: member.value, visit)
      }
    default: break
    }
  }
}
