/// Expressions as trees, alike where the server's own way of writing them out makes the difference.
struct ExpressionTree {
  private let lexer: SQLLexer

  /// Whether two expressions are the same; false when one of them cannot be read.
  static func isSame(_ a: String, _ b: String) -> Bool {
    guard let left = tree(of: a), let right = tree(of: b) else { return false }
    return isSame(left, right)
  }

  /// The name when the expression is a column and nothing else; nil for all other expressions.
  static func column(of expression: String) -> String? {
    let fields = tree(of: expression)?["ColumnRef"]?["fields"]
    return fields?.array?.count == 1 ? fields?.nodeStrings.first : nil
  }

  private static func tree(of expression: String) -> JSONValue? {
    let text = "SELECT (\(expression))"
    guard let select = try? StatementParser.parse(text).first?.tree,
      let value = select["targetList"]?.array?.first?["ResTarget"]?["val"]
    else { return nil }
    return ExpressionTree(lexer: SQLLexer(text)).plain(value)
  }

  /// A cast on one side only is one that the server wrote out when it makes text of text or gives a
  /// constant its type; every other difference counts.
  private static func isSame(_ a: JSONValue, _ b: JSONValue) -> Bool {
    if a["TypeCast"] != nil, b["TypeCast"] == nil, let inner = implied(a) { return isSame(inner, b) }
    if b["TypeCast"] != nil, a["TypeCast"] == nil, let inner = implied(b) { return isSame(a, inner) }
    switch (a, b) {
    case (.array(let left), .array(let right)):
      return left.count == right.count && zip(left, right).allSatisfy { isSame($0, $1) }
    case (.object(let left), .object(let right)):
      return left.count == right.count
        && zip(left, right).allSatisfy { $0.name == $1.name && isSame($0.value, $1.value) }
    default: return a == b
    }
  }

  private static func implied(_ cast: JSONValue) -> JSONValue? {
    guard let inner = cast["TypeCast"]?["arg"] else { return nil }
    let type = cast["TypeCast"]?["typeName"]?["names"]?.nodeStrings.last ?? ""
    if ["text", "varchar", "bpchar"].contains(type) { return inner }
    return isConstant(inner) ? inner : nil
  }

  private static func isConstant(_ value: JSONValue) -> Bool {
    value["A_Const"] != nil || (value["TypeCast"]?["arg"].map(isConstant) ?? false)
  }

  /// The tree without places, and with one spelling for what has several.
  private func plain(_ value: JSONValue) -> JSONValue {
    switch value {
    case .array(let elements): return .array(elements.map(plain))
    case .object(let members):
      if let number = lostNumber(in: value) { return number }
      var kept: [(name: String, value: JSONValue)] = []
      for member in members where !Self.unimportant.contains(member.name) {
        let value =
          member.name == "names" || member.name == "funcname" ? Self.unqualified(member.value) : member.value
        kept.append((member.name, plain(value)))
      }
      return Self.rewritten(.object(kept))
    default: return value
    }
  }

  /// libpg_query writes integers below one as nothing; the text still has them.
  private func lostNumber(in node: JSONValue) -> JSONValue? {
    guard let constant = node["A_Const"], let ival = constant["ival"], ival["ival"] == nil,
      let location = constant["location"]?.integer,
      let first = lexer.tokens.firstIndex(where: { $0.range.lowerBound >= location })
    else { return nil }
    let isNegative = lexer.text(of: lexer.tokens[first].range) == "-"
    let digits = isNegative ? first + 1 : first
    guard lexer.tokens.indices.contains(digits) else { return nil }
    return Int(lexer.text(of: lexer.tokens[digits].range)).map { Self.integer(isNegative ? -$0 : $0) }
  }

  private static func integer(_ value: Int) -> JSONValue {
    .object([("A_Const", .object([("ival", .object([("ival", .number(JSONNumber(value)))]))]))])
  }

  private static let unimportant: Set<String> = ["location", "funcformat"]

  /// `pg_catalog` in front of a function or a type says nothing.
  private static func unqualified(_ names: JSONValue) -> JSONValue {
    guard case .array(let parts) = names, parts.count == 2, names.nodeStrings.first == "pg_catalog" else {
      return names
    }
    return .array([parts[1]])
  }

  private static func rewritten(_ node: JSONValue) -> JSONValue {
    if let text = node["A_Const"]?["fval"]?["fval"]?.string { return fraction(text) ?? node }
    if let expression = node["A_Expr"] { return operation(expression) ?? node }
    if let cast = node["TypeCast"] { return numericConstant(cast) ?? node }
    if let bool = node["BoolExpr"] { return flattened(bool) ?? node }
    return node
  }

  /// `LIKE` is `~~`, `IN` is `= ANY (ARRAY[…])` and `BETWEEN` two comparisons once the server has read them.
  private static func operation(_ expression: JSONValue) -> JSONValue? {
    guard let left = expression["lexpr"], let right = expression["rexpr"] else { return nil }
    let operators = expression["name"]?.nodeStrings ?? []
    switch expression["kind"]?.string {
    case "AEXPR_LIKE", "AEXPR_ILIKE": return comparison(operators.last ?? "", left, right)
    case "AEXPR_IN":
      guard let items = right["List"]?["items"]?.array else { return nil }
      if items.count == 1 { return comparison(operators.last ?? "", left, items[0]) }
      let array = JSONValue.object([("A_ArrayExpr", .object([("elements", .array(items))]))])
      let kind = operators.last == "=" ? "AEXPR_OP_ANY" : "AEXPR_OP_ALL"
      return comparison(operators.last ?? "", left, array, kind: kind)
    case "AEXPR_BETWEEN", "AEXPR_NOT_BETWEEN":
      guard let bounds = right["List"]?["items"]?.array, bounds.count == 2 else { return nil }
      let isNegated = expression["kind"]?.string == "AEXPR_NOT_BETWEEN"
      let low = comparison(isNegated ? "<" : ">=", left, bounds[0])
      let high = comparison(isNegated ? ">" : "<=", left, bounds[1])
      return .object([
        (
          "BoolExpr",
          .object([("boolop", .string(isNegated ? "OR_EXPR" : "AND_EXPR")), ("args", .array([low, high]))])
        )
      ])
    default: return nil
    }
  }

  private static func comparison(
    _ name: String, _ left: JSONValue, _ right: JSONValue, kind: String = "AEXPR_OP"
  ) -> JSONValue {
    let names = JSONValue.array([.object([("String", .object([("sval", .string(name))]))])])
    return .object([
      ("A_Expr", .object([("kind", .string(kind)), ("name", names), ("lexpr", left), ("rexpr", right)]))
    ])
  }

  /// The server writes −1 as `'-1'::integer`.
  private static func numericConstant(_ cast: JSONValue) -> JSONValue? {
    guard let text = cast["arg"]?.constantString,
      ["int2", "int4", "int8", "numeric"].contains(cast["typeName"]?["names"]?.nodeStrings.last ?? "")
    else { return nil }
    if let number = Int32(text) { return integer(Int(number)) }
    return fraction(text)
  }

  /// `1e3`, `1000.0` and `1000` are one number.
  private static func fraction(_ text: String) -> JSONValue? {
    guard let value = Double(text), let number = JSONNumber(value) else { return nil }
    if let whole = Int32(exactly: value) { return integer(Int(whole)) }
    return .object([("A_Const", .object([("fval", .object([("fval", .number(number))]))]))])
  }

  private static func flattened(_ bool: JSONValue) -> JSONValue? {
    guard let kind = bool["boolop"], kind != .string("NOT_EXPR"), let arguments = bool["args"]?.array else {
      return nil
    }
    let flat = arguments.flatMap { argument -> [JSONValue] in
      guard let inner = argument["BoolExpr"], inner["boolop"] == kind else { return [argument] }
      return inner["args"]?.array ?? []
    }
    return .object([("BoolExpr", .object([("boolop", kind), ("args", .array(flat))]))])
  }
}
