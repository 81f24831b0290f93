public import IndexDesign
internal import Postgres

/// What the planner would do with a statement; the statement was not executed.
public struct Explanation: Equatable, Sendable {
  /// The text that was planned.
  public var statement: String
  /// What stood for its parameters.
  public var values: PlanQuestion.Values
  /// The plan as things are: with the active designs when there are any and they are switched on.
  public var plan: ExecutionPlan
  /// The plan without any design; nil when none is active.
  public var baseline: ExecutionPlan?
  /// What the server sent for `plan`.
  public var document: PlanDocument
  /// What the server sent for `baseline`; nil without one.
  public var baselineDocument: PlanDocument?
  /// The designs that the planner was offered for `plan`, oldest first; empty without a baseline.
  public var designs: [DesignHandle] = []
  /// Active designs on a table that the plan reads, of which HypoPG cannot tell whether the real index would be
  /// used, oldest first.
  public var unjudgedDesigns: [UnjudgedDesign] = []
  /// What is known of the other active designs that the plan does not use although it reads a table of that name;
  /// empty unless that was asked for.
  public var contests: [DesignHandle: DesignContest] = [:]
  /// What became of a difference between the two plans that no design explains; nil where there is none.
  public var unexplained: UnexplainedDifference?
}

extension Session {
  /// Answers a question to the planner, once as things are and, while designs are active, once without them.
  ///
  /// - Parameter askingWhy: whether the planner is asked again about designs that it does not use.
  /// - Throws: `ServerError`, its position being in the question's statement.
  public func explain(_ question: PlanQuestion, askingWhy: Bool = false) throws(ServerError) -> Explanation {
    switch question.values {
    case .none, .given:
      try explain(
        question.statement, values: question.values, options: question.options, askingWhy: askingWhy)
    case .generic(let highest):
      try explainGeneric(
        question.statement, parameterCount: highest, options: question.options, askingWhy: askingWhy)
    }
  }

  /// Plans a statement, once as things are and, while designs are active, once without them.
  ///
  /// - Parameters:
  ///   - statement: one statement without parameters, or with values already in their places.
  ///   - values: what to report of its parameters.
  ///   - options: further options of `EXPLAIN`, such as `SETTINGS`; ANALYZE and FORMAT are refused.
  /// - Throws: `ServerError`, its position being in `statement`.
  func explain(
    _ statement: String, values: PlanQuestion.Values = .none, options: [String] = [], askingWhy: Bool = false
  ) throws(ServerError) -> Explanation {
    func planning(_ list: String) -> Planning {
      let start = Self.mark + "EXPLAIN (\(list)) "
      return Planning(
        steps: [.query(start + statement)], answer: 0, behind: start.unicodeScalars.count)
    }
    var explanation = try explanation(of: statement, values, planning(Self.optionList(options)))
    if askingWhy { explanation.contests = try contests(explanation, asking: planning(Self.verbose)) }
    return explanation
  }

  /// Every column with the name of its table, and every table with its schema.
  private static let verbose = "FORMAT JSON, VERBOSE"

  /// Plans a statement for any values of its parameters, as PostgreSQL plans a prepared statement.
  ///
  /// Works on every server since 13: the statement is parsed under a name and explained from there,
  /// which also lets the server infer the parameters' types. It is never executed.
  /// - Parameter parameterCount: the highest number of a `$n` in it.
  func explainGeneric(
    _ statement: String, parameterCount: Int, options: [String] = [], askingWhy: Bool = false
  ) throws(ServerError) -> Explanation {
    guard parameterCount <= Self.mostParameters else {
      throw ServerError(
        .statement, "there is no parameter $\(parameterCount): a statement has at most 65,535",
        sqlState: "42P02")
    }
    let list = try Self.optionList(options)
    var types: [UInt32] = []
    while true {
      do {
        let attempt = genericSteps(statement, parameterCount, list, types)
        var explanation = try explanation(of: statement, .generic(highest: parameterCount), attempt)
        guard askingWhy else { return explanation }
        explanation.contests = try contests(
          explanation, asking: genericSteps(statement, parameterCount, Self.verbose, types))
        return explanation
      } catch {
        guard let more = Self.types(types, after: error) else {
          throw Self.hintingAtValues(error, in: statement)
        }
        types = more
      }
    }
  }

  /// The steps that make one plan, which of them holds it, and how far behind the text begins in it.
  struct Planning {
    var steps: [PipelineStep]
    var answer: Int
    var behind: Int
    /// Ends what the steps left behind, also after a failure.
    var cleanUp: String?
  }

  /// The prepared text carries no mark: it is what pg_stat_statements shows when the application runs the
  /// same statement later.
  func genericSteps(
    _ statement: String, _ count: Int, _ options: String, _ types: [UInt32]
  ) -> Planning {
    let nulls = Array(repeating: "NULL", count: count).joined(separator: ", ")
    let values = count == 0 ? "" : "(\(nulls))"
    return Planning(
      steps: [
        .query(Self.mark + "SET LOCAL plan_cache_mode = force_generic_plan"),
        .prepare(name: "hypo_statement", statement, types: types),
        .query(Self.mark + "EXPLAIN (\(options)) EXECUTE hypo_statement" + values),
        .query(Self.mark + "DEALLOCATE hypo_statement"),
      ], answer: 2, behind: 0, cleanUp: "DEALLOCATE ALL")
  }

  /// Source: the protocol's Bind message counts parameters in 16 bits.
  private static let mostParameters = 65_535

  /// ANALYZE would execute the statement, and another FORMAT could not be read.
  private static func optionList(_ options: [String]) throws(ServerError) -> String {
    for option in options {
      let word = option.lowercased().drop { !$0.isLetter }.prefix { $0.isLetter }
      guard ["analyze", "analyse", "format"].contains(word) else { continue }
      throw ServerError(
        .refused, "explain does not take \(word.uppercased())", hint: "leave the option out")
    }
    return (["FORMAT JSON"] + options).joined(separator: ", ")
  }

  /// A text of pg_stat_statements can have a parameter where the grammar wants a constant, as in
  /// `interval $1`, or where nothing tells its type.
  static func hintingAtValues(_ error: ServerError, in statement: String) -> ServerError {
    guard error.hint == nil else { return error }
    var error = error
    switch error.sqlState {
    case "42601":
      guard let place = error.position, Array(statement.utf8)[place].first == UInt8(ascii: "$") else { break }
      error.hint = "a constant is needed there: give values, with (VALUE, …)"
    case "42804", "42P08", "42P18":
      error.hint = "the type of a parameter may be unclear: give values, with (VALUE, …)"
    default: break
    }
    return error
  }

  private func explanation(
    of statement: String, _ values: PlanQuestion.Values, _ planning: Planning
  ) throws(ServerError) -> Explanation {
    // Known before the plans are asked for, so that they are told apart from what the pair shows.
    do { try ensureConnected() } catch { throw ServerError(error) }
    let pair = !hypotheticals.active.isEmpty && hypotheticals.isEnabled
    if pair { try refuseCrash(statement) }
    let off = [PipelineStep.query(Self.mark + "SET LOCAL hypopg.enabled = off")]
    let results: [QueryResult]
    do {
      results = try run(planning.steps + (pair ? off + planning.steps : []))
    } catch {
      if let cleanUp = planning.cleanUp, connection.isAlive { _ = try? connection.query(Self.mark + cleanUp) }
      throw ServerError(error.error, in: statement, behind: planning.behind)
    }
    do {
      let document = PlanDocument(
        text: results[planning.answer].value ?? "", designs: hypotheticals.handlesByName)
      let behind = planning.steps.count + 1 + planning.answer
      let baseline = pair ? PlanDocument(text: results[behind].value ?? "") : nil
      let plan = try document.plan()
      let explanation = Explanation(
        statement: statement, values: values, plan: plan, baseline: try baseline?.plan(), document: document,
        baselineDocument: baseline, designs: pair ? hypotheticals.active.map(\.handle) : [],
        unjudgedDesigns: pair ? unjudgedDesigns(of: plan, statement) : [])
      return try settled(explanation, by: off, planning.steps, answer: planning.answer)
    } catch {
      throw ServerError(.unexpectedAnswer, "could not read the plan: \(error.message)", detail: error.detail)
    }
  }

  /// The types to try next when the server cannot determine one; nil when another attempt is of no use.
  ///
  /// An undetermined parameter is planned as text, which is what most drivers would send.
  static func types(_ types: [UInt32], after error: ServerError) -> [UInt32]? {
    guard error.sqlState == "42P18", let number = undeterminedParameter(error.message), types.count < number
    else { return nil }
    return types + Array(repeating: 0, count: number - 1 - types.count) + [25]
  }

  /// The number in "could not determine data type of parameter $3", which every language keeps.
  static func undeterminedParameter(_ message: String) -> Int? {
    message.split(separator: "$").last.flatMap { Int($0.prefix { $0.isNumber }) }
  }
}
