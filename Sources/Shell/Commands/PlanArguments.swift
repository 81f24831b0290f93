import IndexDesign
import Reports

/// What was typed behind `explain` and `diff`: a query by handle or a whole statement, values and options.
struct PlanArguments {
  /// The handle that was typed; nil for a typed statement or a bare command.
  var handle: (QueryHandle, Failure.Place)?
  /// The statement that was typed, and where it is; nil for a handle or a bare command.
  var typed: (text: String, place: Failure.Place)?
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

  private mutating func readStatement(_ arguments: inout ArgumentReader) throws(Failure) {
    let rest = arguments.rest
    let end = SQLScan(rest.text).firstStatementEnd ?? rest.text.utf8.count
    let statement = String(decoding: Array(rest.text.utf8)[..<end], as: UTF8.self)
    do {
      let request = try ExplainRequest.parse(statement)
      let start = rest.range.lowerBound
      typed = (
        request.statement,
        .init(
          text: text,
          range: start + request.statementRange.lowerBound..<start + request.statementRange.upperBound)
      )
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

  /// What the planner is asked about the query.
  ///
  /// - Parameter remembered: values that it was asked with before; nil for none, or when they do not count.
  /// - Throws: `DesignError` when the values do not fit the statement's parameters.
  func question(about query: Query, remembered: [String]?) throws(DesignError) -> PlanQuestion {
    guard let values = values ?? (typed == nil && !isGeneric ? remembered : nil) else {
      return PlanQuestion(query.text, options: options)
    }
    return try PlanQuestion(query.text, values: values, options: options)
  }

  /// Where the server's places in the planned text are in what was typed; nil when it was planned in another form.
  var placeOfStatement: Failure.Place? { values == nil ? typed?.place : nil }
}
