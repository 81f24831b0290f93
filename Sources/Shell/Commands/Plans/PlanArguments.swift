import IndexDesign
import Notebook
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
  /// What the planner is asked about the statement that was typed; nil when none was, or the values do not fit it.
  private var typedQuestion: PlanQuestion?

  /// Whether nothing was typed that names a query or its values.
  var isBare: Bool { handle == nil && typed == nil && values == nil && !isGeneric }

  /// Whether it is about the last query without naming it.
  var meansLast: Bool { handle == nil && typed == nil }

  /// How it is typed, in the notation of forms.
  static let notation =
    "[{[(OPTION, …)] [analyze] [verbose]} @n] [with (VALUE, …) | generic] | SQL; [with (VALUE, …) | generic]"

  /// A statement where other words are meant as often, so that it begins as one.
  static let statement = Placeholder(
    noun: "statement", extent: .statement, example: "select 1;", source: .statement,
    fit: { word in
      StatementKeyword.all.contains(word.lowercased()) || ["(", "/*", "--"].contains(where: word.hasPrefix)
        ? 0 : nil
    })

  /// Takes what was typed for a query by its handle, or for a statement.
  init(_ arguments: Arguments) throws(Failure) {
    text = arguments.text
    handle = try arguments.queryHandle()
    isGeneric = arguments.has("generic")
    if let word = arguments.leading("@n") {
      options = try arguments.read(word) { text throws(DesignError) in
        try ExplainRequest.parseOptions(text).options.map(\.sql)
      }
    }
    if let word = arguments.word("SQL") {
      let request = try arguments.read(word, ExplainRequest.parse)
      let start = word.range.lowerBound
      let range = start + request.statementRange.lowerBound..<start + request.statementRange.upperBound
      typed = (request.statement, .init(text: text, range: range))
      options = request.options.map(\.sql)
    }
    if let word = arguments.word("VALUE") {
      values = try arguments.read(word, StatementParameters.parseValues).values
    }
    typedQuestion = typed.flatMap { try? question(of: $0.text, values) }
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
    if let typedQuestion { return typedQuestion }
    return try question(of: query.text, values ?? (typed == nil && !isGeneric ? remembered : nil))
  }

  private func question(of statement: String, _ values: [String]?) throws(DesignError) -> PlanQuestion {
    guard let values else { return PlanQuestion(statement, options: options) }
    return try PlanQuestion(statement, values: values, options: options)
  }

  /// Where the statement is in what was typed; nil when it comes from elsewhere.
  var placeOfStatement: Failure.Place? { typed?.place }
}
