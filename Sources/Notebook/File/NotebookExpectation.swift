public import IndexDesign
public import Reports

/// What a script states must hold.
public struct NotebookExpectation {
  /// The subject and what is said of it.
  public enum Predicate {
    case cost(QueryHandle, Comparison, Double)
    case drop(QueryHandle, Comparison, Double)
    case usesIndex(QueryHandle, String)
    case hasNode(QueryHandle, String, wanted: Bool)
    case noSequentialScan(RelationName)
    case noRegression
    case indexValid(RelationName)
    case noIndex(RelationName)
    case role(String)
    case error(String)
    case comparison(Operand, Comparison, Operand)
  }

  /// The predicate as it was typed.
  public let text: String
  /// What is said, as it was read.
  public let predicate: Predicate
  /// Where it was typed, for failures.
  public let place: Failure.Place

  /// What can be expected, for messages and the manual: an example of each, words in capitals to be filled in.
  public static let examples = [
    "cost @n < N", "cost @n drops >= N%", "plan @n uses index %n", "plan @n has \"Index Scan\"",
    "plan @n lacks Sort", "no seq scan on TABLE", "no regression", "index NAME valid", "no index NAME",
    "role primary", "error CODE", "VALUE < VALUE",
  ]

  /// The same in a line.
  public static let forms = examples.joined(separator: ", ")

  /// Reads a predicate up to the end of the command.
  ///
  /// - Throws: `Failure` at the place that cannot be read.
  public init(_ arguments: inout ArgumentReader) throws(Failure) {
    let rest = arguments.rest
    text = rest.text.hasSuffix(";") ? String(rest.text.dropLast()) : rest.text
    place = .init(text: arguments.text, range: rest.range)
    let word = arguments.word()
    switch word?.lowercased {
    case "cost": predicate = try Self.cost(&arguments)
    case "plan": predicate = try Self.plan(&arguments)
    case "no": predicate = try Self.absence(&arguments)
    case "index":
      let name = try Self.relation(&arguments)
      try Self.keyword("valid", &arguments)
      predicate = .indexValid(name)
    case "role":
      let role = arguments.word()
      guard let role, ["primary", "standby", "writer", "reader"].contains(role.lowercased) else {
        throw arguments.failure("a role is primary, standby, writer or reader", at: role)
      }
      predicate = .role(role.lowercased)
    case "error":
      guard let code = arguments.word() else {
        throw arguments.failure("expect error needs an SQLSTATE", at: nil)
      }
      guard code.text.utf8.count == 5, code.text.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber) })
      else {
        throw arguments.failure(
          "\"\(code.text)\" is no SQLSTATE", at: code, hint: "an SQLSTATE has five characters, such as 42P01")
      }
      predicate = .error(code.text.uppercased())
    case _ where word.map { Self.isOperand($0.text) } == true:
      arguments.skip(to: word?.range.lowerBound ?? 0)
      predicate = try Self.comparison(&arguments)
    default:
      throw arguments.failure(
        word.map { "cannot expect \"\($0.text)\"" } ?? "expect needs a predicate", at: word,
        hint: "predicates: \(Self.forms)")
    }
  }

  /// Whether a comparison of values begins with a word: no other predicate begins like that.
  private static func isOperand(_ word: String) -> Bool {
    Double(word) != nil || word.hasPrefix("'") || ResultPath(word) != nil
      || ["rows", "size", "name", "change"].contains(word.lowercased())
  }

  private static func comparison(_ arguments: inout ArgumentReader) throws(Failure) -> Predicate {
    let left = try Operand(&arguments)
    let symbol = arguments.word()
    guard let symbol, let comparison = Comparison(rawValue: symbol.text) else {
      throw arguments.failure("expected one of < <= > >= = <>", at: symbol)
    }
    return .comparison(left, comparison, try Operand(&arguments))
  }

  private static func query(_ arguments: inout ArgumentReader) throws(Failure) -> QueryHandle {
    let word = arguments.word()
    guard let word, let handle = QueryHandle(word.text) else {
      throw arguments.failure("expected a query handle such as @1", at: word)
    }
    return handle
  }

  private static func relation(_ arguments: inout ArgumentReader) throws(Failure) -> RelationName {
    guard let word = arguments.word() else { throw arguments.failure("expected a name", at: nil) }
    do { return try RelationName.parse(word.text) } catch {
      throw Failure(error, in: arguments.text, offset: word.range.lowerBound)
    }
  }

  private static func keyword(_ keyword: String, _ arguments: inout ArgumentReader) throws(Failure) {
    guard arguments.take(keyword) else {
      throw arguments.failure("expected \"\(keyword)\"", at: arguments.next, hint: "predicates: \(forms)")
    }
  }

  private static func cost(_ arguments: inout ArgumentReader) throws(Failure) -> Predicate {
    let query = try query(&arguments)
    let drops = arguments.take("drops")
    let symbol = arguments.word()
    guard let symbol, let comparison = Comparison(rawValue: symbol.text) else {
      throw arguments.failure("expected one of < <= > >= = <>", at: symbol)
    }
    let word = arguments.word()
    let digits = word.map { $0.text.hasSuffix("%") ? String($0.text.dropLast()) : $0.text }
    guard let digits, let number = Double(digits), number.isFinite else {
      throw arguments.failure("expected a number", at: word)
    }
    if !drops, word?.text.hasSuffix("%") == true {
      throw arguments.failure(
        "a cost has no %", at: word, hint: "cost @n drops >= N% compares with the plan before")
    }
    _ = drops && arguments.take("%")
    return drops ? .drop(query, comparison, number / 100) : .cost(query, comparison, number)
  }

  private static func plan(_ arguments: inout ArgumentReader) throws(Failure) -> Predicate {
    let query = try query(&arguments)
    let verb = arguments.word()
    switch verb?.lowercased {
    case "uses":
      try keyword("index", &arguments)
      guard let name = arguments.word() else {
        throw arguments.failure("expected %n or an index's name", at: nil)
      }
      return .usesIndex(query, name.text)
    case "has", "lacks":
      let node = arguments.takeName().text.filter { $0 != "\"" }
      guard !node.isEmpty else {
        throw arguments.failure("expected a node type such as \"Index Scan\"", at: nil)
      }
      return .hasNode(query, node, wanted: verb?.lowercased == "has")
    default: throw arguments.failure("expected uses, has or lacks", at: verb, hint: "predicates: \(forms)")
    }
  }

  private static func absence(_ arguments: inout ArgumentReader) throws(Failure) -> Predicate {
    let word = arguments.word()
    switch word?.lowercased {
    case "regression": return .noRegression
    case "index": return .noIndex(try relation(&arguments))
    case "seq":
      try keyword("scan", &arguments)
      try keyword("on", &arguments)
      return .noSequentialScan(try relation(&arguments))
    default:
      throw arguments.failure(
        "expected regression, index or seq scan on TABLE", at: word, hint: "predicates: \(forms)")
    }
  }
}
