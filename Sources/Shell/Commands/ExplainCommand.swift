import IndexDesign
import Server

/// What `explain` and `diff` plan: a query by handle, or a typed statement.
struct PlanSubject {
  /// The handle that was typed; nil for a typed statement or a bare command.
  var handle: (QueryHandle, Failure.Place)?
  /// The statement that was typed and where it begins.
  var typed: (text: String, offset: Int)?
  /// Options of `EXPLAIN` that were typed.
  var options: [String] = []
  /// The values of `with (…)`; nil when none were given.
  var values: [String]?
  /// Whether `generic` was typed.
  var isGeneric = false
  /// The whole text that was typed.
  var text: String

  /// Whether nothing was typed that names a query or its values.
  var isBare: Bool { handle == nil && typed == nil && values == nil && !isGeneric }

  /// Reads `[@n] [with (…)] [generic]`, or a statement up to its semicolon.
  init(_ arguments: inout ArgumentReader, synopsis: String) throws(Failure) {
    text = arguments.text
    try readOptions(&arguments)
    if let word = arguments.next, word.text.hasPrefix("@") {
      try readHandle(&arguments)
    } else if !arguments.isAtEnd, !Self.isOption(arguments) {
      try readStatement(&arguments)
    }
    if Self.isOption(arguments), arguments.take("with") { try readValues(&arguments) }
    if values == nil { isGeneric = arguments.take("generic") }
    if let word = arguments.next, typed != nil {
      throw arguments.failure(
        "a second statement is not allowed", at: word,
        hint: "give one statement at a time; only with (VALUE, …) or generic can follow the ;")
    }
    try arguments.expectEnd(synopsis)
  }

  /// Reads `(VERBOSE, …)` in front of a handle; in front of a statement it is read with the statement.
  private mutating func readOptions(_ arguments: inout ArgumentReader) throws(Failure) {
    guard Self.namesHandle(arguments) else { return }
    let rest = arguments.rest
    do {
      let parsed = try ExplainRequest.parseOptions(rest.text)
      options = parsed.options.map(\.sql)
      arguments.skip(to: rest.range.lowerBound + parsed.end)
    } catch {
      throw Failure(error, in: text, offset: rest.range.lowerBound)
    }
  }

  /// Whether a handle comes next, or behind an option list or EXPLAIN's old option words.
  static func namesHandle(_ arguments: ArgumentReader) -> Bool {
    var ahead = arguments
    if let word = ahead.next, word.text == "(" {
      let rest = ahead.rest
      let tokens = SQLLexer(rest.text)
      guard let close = tokens.tokens.first(where: { tokens.text(of: $0.range) == ")" }) else { return false }
      ahead.skip(to: rest.range.lowerBound + close.range.upperBound)
    }
    while ahead.take("analyze") || ahead.take("verbose") {}
    return ahead.next?.text.hasPrefix("@") == true
  }

  /// Whether `with (` or `generic` comes next; a statement's WITH is followed by a name.
  private static func isOption(_ arguments: ArgumentReader) -> Bool {
    var ahead = arguments
    if ahead.take("generic") { return true }
    return ahead.take("with") && (ahead.isAtEnd || ahead.next?.text == "(")
  }

  /// A semicolon behind the handle is a habit and does no harm.
  private mutating func readHandle(_ arguments: inout ArgumentReader) throws(Failure) {
    guard let word = arguments.word() else { return }
    let name = word.text.hasSuffix(";") ? String(word.text.dropLast()) : word.text
    guard let handle = QueryHandle(name) else {
      throw arguments.failure("\"\(name)\" is no query handle", at: word, hint: "query lists them")
    }
    self.handle = (
      handle, .init(text: text, range: word.range.lowerBound..<word.range.lowerBound + name.utf8.count)
    )
  }

  /// The plan of a query as it is, for commands that take no arguments of their own.
  init(of query: Query) { text = query.text }

  private mutating func readStatement(_ arguments: inout ArgumentReader) throws(Failure) {
    let rest = arguments.rest
    let end = SQLScan(rest.text).firstStatementEnd ?? rest.text.utf8.count
    let statement = String(decoding: Array(rest.text.utf8)[..<end], as: UTF8.self)
    do {
      let request = try ExplainRequest.parse(statement)
      typed = (request.statement, rest.range.lowerBound + request.statementRange.lowerBound)
      options = request.options.map(\.sql)
    } catch {
      throw Failure(error, in: text, offset: rest.range.lowerBound)
    }
    arguments.skip(to: rest.range.lowerBound + end)
  }

  private mutating func readValues(_ arguments: inout ArgumentReader) throws(Failure) {
    let rest = arguments.rest
    do {
      let parsed = try StatementParameters.parseValues(rest.text)
      values = parsed.values
      arguments.skip(to: rest.range.lowerBound + parsed.end)
    } catch {
      throw Failure(error, in: text, offset: rest.range.lowerBound)
    }
  }

  /// The query that is meant; a typed statement has no handle and is remembered for the next bare command.
  func query(in workspace: Workspace, command: String) throws -> Query {
    if let (handle, place) = handle { return try workspace.queries.find(handle, at: place) }
    if let typed { return Query(handle: .name(""), text: typed.text, statistics: nil) }
    return try workspace.queries.onlyOrLast(command)
  }

  /// Asks the server for the plan, or the pair of plans.
  func explain(_ query: Query, _ session: Session) throws -> Explanation {
    let parameters = StatementParameters(query.text)
    do {
      if let values {
        let text = try parameters.substituting(values)
        return try session.explain(text, values: .given(values), options: options)
      }
      guard let highest = parameters.numbers.last else {
        return try session.explain(query.text, options: options)
      }
      return try session.explainGeneric(
        StatementParameters.castingTypedLiterals(in: query.text), parameterCount: highest, options: options)
    } catch let error as ServerError {
      // A place in the statement is one in the typed text only when the statement was typed here.
      guard let typed, values == nil else {
        var failure = Failure(error)
        if let position = error.position { failure.place = .init(text: query.text, range: position) }
        throw Advice.onStatement(failure, session, statement: query.text)
      }
      throw Advice.onStatement(
        Failure(error, in: text, offset: typed.offset), session, statement: query.text)
    }
  }
}

/// `explain [@n] [with (…)] [generic]`, `explain SQL;`
struct ExplainCommand: Command {
  static let declaration = CommandDeclaration(
    name: "explain", arguments: "[@n] [with (VALUE, …) | generic] | SQL; [with (VALUE, …) | generic]",
    summary: "the estimated plan; with active designs the pair, without and with them",
    details: """
      The statement is never executed, so explaining an UPDATE changes nothing, and ANALYZE is refused. Parameters \
      $1 … get the values of with (…); without values it is the generic plan, for any value, that prepared statements \
      get. Bare explain takes the last query. Costs are the planner's units, not time.
      """,
    examples: [
      "explain @1", "explain SELECT count(*) FROM orders WHERE customer_id = 42;",
      "explain SELECT * FROM orders WHERE customer_id = $1 ORDER BY created_at DESC LIMIT 50; with (42)",
    ], group: .plans)

  /// What is planned.
  let subject: PlanSubject

  init(_ arguments: inout ArgumentReader) throws(Failure) {
    subject = try PlanSubject(&arguments, synopsis: Self.declaration.synopsis)
  }

  func run(in workspace: Workspace) throws -> Report {
    let query = try subject.query(in: workspace, command: "explain")
    let session = try workspace.connected()
    // Bare explain repeats the last one, values and all.
    let again = subject.isBare ? workspace.withRememberedValues(subject, of: query) : subject
    let explanation = try again.explain(query, session)
    workspace.remember(explanation, of: query)
    return Self.report(explanation, query, session, workspace)
  }

  static func report(_ explanation: Explanation, _ query: Query, _ session: Session, _ workspace: Workspace)
    -> Report
  {
    var report = Report("explain")
    report.blocks.append(.note(.init(weight: .information, text: heading(explanation, query))))
    report.blocks += plans(explanation, query)
    if explanation.baseline != nil {
      report.blocks.append(.table(uses(explanation, session, workspace)))
      report.note(.hint, "diff compares the two, with a verdict")
    } else if !session.hypotheticals.active.isEmpty {
      report.note(.information, "hypothetical indexes are switched off; hypo on lets the planner see them")
    }
    return report
  }

  /// The plan, or the pair without and with the designs that were active.
  static func plans(_ explanation: Explanation, _ query: Query, toldInWords: Bool = false) -> [Report.Block] {
    let statement = Report.PlanBlock.Statement(title: title(explanation, query), sql: query.text)
    func block(_ name: String, _ title: String, _ plan: ExecutionPlan) -> Report.Block {
      .plan(.init(name: name, title: title, plan: plan, statement: statement, isToldInWords: toldInWords))
    }
    guard let baseline = explanation.baseline else { return [block("plan", "Plan", explanation.plan)] }
    let designs = explanation.designs.map(\.description).joined(separator: " ")
    return [
      block("baseline", "Without designs", baseline), block("plan", "With \(designs)", explanation.plan),
    ]
  }

  /// What was planned and with which values.
  private static func title(_ explanation: Explanation, _ query: Query) -> String {
    let name = query.handle == .name("") ? "the statement" : "\(query.handle)"
    switch explanation.values {
    case .none: return name
    case .given(let values):
      return "\(name) with " + values.enumerated().map { "$\($0 + 1) = \($1)" }.joined(separator: ", ")
    case .generic: return "\(name), generic plan: for any value of its parameters"
    }
  }

  /// What was planned, with which values and how.
  static func heading(_ explanation: Explanation, _ query: Query) -> String {
    title(explanation, query) + (explanation.values == .generic ? "; " : ", ")
      + (explanation.values == .generic ? "estimated, not executed" : "estimated; not executed")
  }

  /// Of each active design whether it is used and, if not, what beat it.
  static func uses(_ explanation: Explanation, _ session: Session, _ workspace: Workspace) -> Report.Table {
    let rows = session.hypotheticals.active.map { active -> [Cell] in
      let design = workspace.designs[active.handle]
      let table = design?.definition.table
      let (used, why): (Bool, String) =
        switch design?.use(in: explanation.plan) ?? .tableNotRead {
        case .used(let titles): (true, titles.joined(separator: "; "))
        case .tableNotRead: (false, "the statement does not read \(table?.name ?? "its table")")
        case .beaten where explanation.unofferedDesigns.contains(active.handle):
          (
            false,
            "not tried: HypoPG offers partial and expression designs only for a statement's first table"
          )
        case .beaten(let title, let cost): (false, "beaten by \(title), cost \(CellText.cost(cost))")
        }
      return [
        .handle(active.handle.description), .boolean(used), .text(why),
        .sql(design?.definition.shortForm ?? ""),
      ]
    }
    return .init(
      name: "designs", title: nil,
      columns: [.init("design"), .init("used"), .init("how"), .init("definition")],
      rows: rows)
  }
}
