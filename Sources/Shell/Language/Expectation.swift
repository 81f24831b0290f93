import IndexDesign
import Notebook
import Reports
import Server

/// What a script states must hold.
struct Expectation {
  /// The subject and what is said of it.
  enum Predicate {
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
  let text: String
  let predicate: Predicate
  private let place: Failure.Place

  /// What can be expected, for messages and the manual: an example of each, words in capitals to be filled in.
  static let examples = [
    "cost @n < N", "cost @n drops >= N%", "plan @n uses index %n", "plan @n has \"Index Scan\"",
    "plan @n lacks Sort", "no seq scan on TABLE", "no regression", "index NAME valid", "no index NAME",
    "role primary", "error CODE", "VALUE < VALUE",
  ]

  /// The same in a line.
  static let forms = examples.joined(separator: ", ")

  init(_ arguments: inout ArgumentReader) throws(Failure) {
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

// MARK: Evaluation

extension Expectation {
  /// What was found of an expectation.
  struct Answer: Equatable {
    var holds: Bool
    var explanation: String
  }

  /// Asks the server.
  func evaluate(in workspace: Workspace) throws -> Answer {
    switch predicate {
    case .cost(let query, let comparison, let limit):
      let cost = try explanation(query, workspace).plan.totalCost
      return Answer(holds: comparison.holds(cost.units, limit), explanation: "cost \(NumberText.cost(cost))")
    case .drop(let query, let comparison, let share): return try drop(query, comparison, share, workspace)
    case .usesIndex(let query, let name): return try usesIndex(query, name, workspace)
    case .hasNode(let query, let node, let wanted): return try hasNode(query, node, wanted, workspace)
    case .noSequentialScan(let table): return try noSequentialScan(table, workspace)
    case .noRegression: return try noRegression(workspace)
    case .indexValid(let name):
      let index = try workspace.connected().index(name)
      return Answer(
        holds: index?.isValid == true,
        explanation: index.map { $0.isValid ? "valid" : "invalid" } ?? "there is no such index")
    case .noIndex(let name):
      let index = try workspace.connected().index(name)
      return Answer(holds: index == nil, explanation: index == nil ? "there is none" : "it is there")
    case .role(let role):
      let session = try workspace.connected()
      let isWanted = session.facts.isInRecovery == ["standby", "reader"].contains(role)
      return Answer(holds: isWanted, explanation: session.facts.role)
    case .error(let code):
      guard let failure = workspace.frame.foreseenFailure else {
        return Answer(holds: false, explanation: "the command before it did not fail with \(code)")
      }
      workspace.foresee(nil)
      return Answer(holds: failure.sqlState == code, explanation: failure.message)
    case .comparison(let left, let comparison, let right):
      return try compare(left, comparison, right, workspace)
    }
  }

  private func explanation(_ handle: QueryHandle, _ workspace: Workspace) throws -> Explanation {
    try workspace.explained(handle, at: place)
  }

  /// Two numbers by size, else two texts by their letters.
  private func compare(
    _ left: Operand, _ comparison: Comparison, _ right: Operand, _ workspace: Workspace
  ) throws -> Answer {
    let (a, b) = (try left.value(in: workspace, at: place), try right.value(in: workspace, at: place))
    let explanation = "\(a.text) and \(b.text)"
    // A Double does not tell large whole numbers apart.
    if let a = Int64(a.text), let b = Int64(b.text) {
      return Answer(holds: comparison.holds(a, b), explanation: explanation)
    }
    if let a = a.number, let b = b.number {
      return Answer(holds: comparison.holds(a, b), explanation: explanation)
    }
    guard comparison == .equal || comparison == .unequal else {
      return Answer(holds: false, explanation: "\(explanation) are not both numbers")
    }
    return Answer(holds: (a.text == b.text) == (comparison == .equal), explanation: explanation)
  }

  private func drop(
    _ query: QueryHandle, _ comparison: Comparison, _ share: Double, _ workspace: Workspace
  ) throws -> Answer {
    let explanation = try explanation(query, workspace)
    guard let before = explanation.baseline?.totalCost ?? workspace.plans.firstCost(of: query),
      let change = explanation.plan.totalCost.change(from: before)
    else { return Answer(holds: false, explanation: "there is nothing to compare with") }
    return Answer(
      holds: comparison.holds(-change, share),
      explanation:
        "from \(NumberText.cost(before)) to \(NumberText.cost(explanation.plan.totalCost)): \(NumberText.percent(change))"
    )
  }

  private func usesIndex(_ query: QueryHandle, _ name: String, _ workspace: Workspace) throws -> Answer {
    let used = try explanation(query, workspace).plan.usedIndexes
    let wanted: IndexReference
    if let handle = DesignHandle(name) {
      _ = try workspace.designs.find(handle, at: place)
      wanted = .design(handle)
    } else {
      wanted = .real(try RelationName.parse(name).name)
    }
    return Answer(
      holds: used.contains(wanted),
      explanation: used.isEmpty
        ? "it uses no index" : "it uses " + used.map(\.description).joined(separator: ", "))
  }

  private func hasNode(_ query: QueryHandle, _ node: String, _ wanted: Bool, _ workspace: Workspace) throws
    -> Answer
  {
    let plan = try explanation(query, workspace).plan
    let types = plan.nodes.map(\.nodeType)
    let has = types.contains { $0.lowercased() == node.lowercased() }
    return Answer(holds: has == wanted, explanation: "nodes: " + types.joined(separator: ", "))
  }

  private func noSequentialScan(_ table: RelationName, _ workspace: Workspace) throws -> Answer {
    let query = try workspace.queries.onlyOrLast("expect")
    let explanation = try workspace.explain(query)
    let scan = explanation.plan.nodes.first { $0.nodeType == "Seq Scan" && $0.relation == table.name }
    return Answer(holds: scan == nil, explanation: scan?.title ?? "there is none")
  }

  private func noRegression(_ workspace: Workspace) throws -> Answer {
    let session = try workspace.connected()
    var checked = 0
    var unplanned: [QueryHandle] = []
    for query in workspace.queries.all {
      guard let explanation = try plannable(query, workspace) else {
        unplanned.append(query.handle)
        continue
      }
      guard let baseline = explanation.baseline else { continue }
      checked += 1
      let verdict = workspace.verdict(of: PlanDiff(before: baseline, after: explanation.plan), session)
      if verdict.overall == .worse || verdict.joins.outcome == .stop {
        return Answer(holds: false, explanation: "\(query.handle): \(verdict.sentence)")
      }
    }
    guard checked > 0 else {
      return Answer(holds: false, explanation: "no query was planned with an active design")
    }
    let rest =
      unplanned.isEmpty ? "" : "; not planned: " + unplanned.map(\.description).joined(separator: " ")
    return Answer(holds: true, explanation: (checked == 1 ? "1 query" : "\(checked) queries") + rest)
  }

  /// A plan of a query; nil for one that the server cannot plan, such as a utility statement that `top` ranked.
  private func plannable(_ query: Query, _ workspace: Workspace) throws -> Explanation? {
    do { return try workspace.explain(query) } catch {
      guard Failure(error).status == .script else { throw error }
      return nil
    }
  }
}
