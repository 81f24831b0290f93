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
  /// Columns that the statement does not name, by the design that needs them and that HypoPG does not offer or that was
  /// left out, so that it is certain to change nothing.
  public var unnamedColumns: [DesignHandle: [String]] = [:]
  /// What is known of the other active designs that the plan does not use although it reads a table of that name;
  /// empty unless that was asked for.
  public var contests: [DesignHandle: DesignContest] = [:]
  /// The titles of the steps that read the tables of such designs, where the plan reads several of one name, in other
  /// schemas; empty unless `contests` was asked for.
  var rivals: [DesignHandle: String] = [:]
  /// What lacks statistics of the tables that the plan reads; nil for nothing, and unless that was asked for.
  public var missingStatistics: MissingStatistics?
  /// The functions that were run to make the plans, or could be, and that hypo cannot vouch for; nil for none, and unless
  /// that was asked for.
  public var plannedFunctions: PlannedFunctions?
  /// Designs that lost by no more than what HypoPG adds to their size, or by nobody knows how much to something larger,
  /// oldest first; empty unless `contests` was asked for.
  public var oversizedDesigns: [OversizedDesign] = []
  /// Designs that the plan does not use, of which HypoPG cannot tell whether the real index would be, oldest first; empty
  /// unless `contests` was asked for.
  public var undecidedDesigns: [UndecidedDesign] = []
  /// Designs whose expressions have no statistics yet, on tables that the plan reads, oldest first; empty unless that was
  /// asked for.
  public var designsWithoutStatistics: [DesignHandle] = []
  /// What HypoPG leaves out of the cost of `plan`.
  public var descents = UnchargedDescents.none
  /// What became of a difference between the two plans that no design explains; nil where there is none.
  public var unexplained: UnexplainedDifference?
  /// What was taken for granted of parameters without values, by their numbers; empty for nothing.
  public var assumptions: [ParameterAssumption] = []
  /// The table that was put first in FROM, so that HypoPG offers its partial and expression designs; nil when the
  /// statement was planned as it is.
  public var tableFirst: RelationName?
  /// In which form the planner was asked, as a sentence; nil when it was asked about the statement as it is.
  public var formSentence: String?
  /// Whether the statement has hints and pg_hint_plan, which is loaded, did not follow them.
  public var ignoresHints = false
  /// The statement that was asked about, when only what is inside it was planned; nil when it was planned whole.
  public var wrapper: InnerStatement.Wrapper?
}

extension Session {
  /// Answers a question to the planner, once as things are and, while designs are active, once without them.
  ///
  /// - Parameter askingWhy: whether the planner is asked again about designs that it does not use.
  /// - Throws: `ServerError`, its position being in the statement that the question was made of.
  public func explain(_ question: PlanQuestion, askingWhy: Bool = false) throws(ServerError) -> Explanation {
    if case .refresh(let view)? = question.wrapper { return try explainQuery(of: view, question, askingWhy) }
    if case .named(let name)? = question.wrapper { return try explainStatement(name, question, askingWhy) }
    try refuseFunctions(in: question.statement)
    var explanation: Explanation
    do {
      switch question.values {
      case .none, .given:
        explanation = try explain(
          question.statement, values: question.values, options: question.options, askingWhy: askingWhy)
      case .generic(let highest):
        explanation = try explainGeneric(
          question.statement, parameterCount: highest, options: question.options, askingWhy: askingWhy)
      }
    } catch {
      var error = error
      error.position = error.position.map { question.place(of: $0) }
      throw error
    }
    explanation.wrapper = question.wrapper
    explanation.ignoresHints = facts.libraries.ignoresHints && question.statement.contains("/*+")
    explanation.assumptions =
      question.assumptions
      + explanation.assumptions.filter { assumption in
        !question.assumptions.contains { $0.number == assumption.number }
      }
    explanation.assumptions.sort { $0.number < $1.number }
    if askingWhy {
      explanation.missingStatistics = try missingStatistics(of: explanation)
      explanation.plannedFunctions = try plannedFunctions(in: question.statement)
      explanation.oversizedDesigns = try oversizedDesigns(in: explanation)
      if explanation.baseline != nil {
        explanation.designsWithoutStatistics = try designsWithoutStatistics(in: explanation.plan)
      }
      explanation.undecidedDesigns = try undecidedDesigns(in: explanation)
    }
    return explanation
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
    let list = try Self.optionList(options)
    var found = try bestForm(of: statement) { text, withDesigns throws(ServerError) in
      try explanation(of: text, values, planning(text, list), withDesigns: withDesigns)
    }
    if askingWhy { try judgeUnused(in: &found) { planning($0, Self.verbose) } }
    found.statement = statement
    return found
  }

  /// Asks the planner for what `explain` will be asked next and in this order, without waiting for the answers.
  ///
  /// What cannot be told beforehand, such as how a statement without values is to be prepared, is left to `explain`.
  public func explainAhead(_ questions: [PlanQuestion]) {
    let pair = isPair
    // The first look at the designs' tables may lead to others.
    if pair, hypotheticals.glance == nil { return }
    // What may not be planned is found out one after the other.
    if plannedFunctionRule == .refuse { return }
    if pair, facts.versionNumber >= CrashGuard.since,
      hypotheticals.active.contains(where: { $0.definition?.predicate != nil })
    {
      return
    }
    var groups: [[PipelineStep]] = []
    for question in questions {
      if case .generic = question.values { break }
      guard question.wrapper == nil, let list = try? Self.optionList(question.options) else { break }
      groups.append(steps(of: planning(question.statement, list), inPair: pair))
    }
    sendAhead(groups)
  }

  /// Every column with the name of its table, and every table with its schema.
  static let verbose = "FORMAT JSON, VERBOSE"

  /// ANALYZE would execute the statement, and another FORMAT could not be read.
  static func optionList(_ options: [String]) throws(ServerError) -> String {
    for option in options {
      let word = option.lowercased().drop { !$0.isLetter }.prefix { $0.isLetter }
      guard ["analyze", "analyse", "format"].contains(word) else { continue }
      throw ServerError(
        .refused, "explain does not take \(word.uppercased())", hint: "leave the option out")
    }
    return (["FORMAT JSON"] + options).joined(separator: ", ")
  }

  /// The steps that make one plan, which of them holds it, and how far behind the text begins in it.
  struct Planning {
    var steps: [PipelineStep]
    var answer: Int
    var behind: Int
    /// Ends what the steps left behind, also after a failure.
    var cleanUp: String?
  }

  /// Plans a statement as it is.
  private func planning(_ statement: String, _ optionList: String) -> Planning {
    if facts.ownCounting.leavesEntries { return preparedSteps(GenericPlanAttempt(statement), optionList) }
    let start = Self.mark + "EXPLAIN (\(optionList)) "
    return Planning(steps: [.query(start + statement)], answer: 0, behind: start.unicodeScalars.count)
  }

  /// Whether a statement is planned with the designs and without them.
  private var isPair: Bool { !hypotheticals.active.isEmpty && hypotheticals.isEnabled }

  private func steps(of planning: Planning, inPair: Bool) -> [PipelineStep] {
    planning.steps + (inPair ? [hypotheticals.hidingStep] + planning.steps : [])
  }

  /// - Parameter withDesigns: whether the active designs are offered at all.
  func explanation(
    of statement: String, _ values: PlanQuestion.Values, _ planning: Planning, withDesigns: Bool = true
  ) throws(ServerError) -> Explanation {
    // Known before the plans are asked for, so that they are told apart from what the pair shows.
    do { try ensureConnected() } catch { throw ServerError(error) }
    let pair = withDesigns && isPair
    if pair { try refuseCrash(statement) }
    var results: [QueryResult]
    do {
      results = try run((withDesigns ? [] : [hypotheticals.hidingStep]) + steps(of: planning, inPair: pair))
    } catch {
      if let cleanUp = planning.cleanUp, connection.isAlive { _ = try? connection.query(Self.mark + cleanUp) }
      let error = ServerError(error.error, in: statement, behind: planning.behind)
      // The reason may be that a table is gone, and its designs with it.
      if pair, error.isRefusal { try hypotheticals.renew() }
      throw error.naming(hypotheticals.active)
    }
    if pair, try hypotheticals.isChanged(seeing: results[planning.steps.count]) {
      return try self.explanation(of: statement, values, planning)
    }
    if !withDesigns { results.removeFirst() }
    let document = PlanDocument(
      text: results[planning.answer].value ?? "", designs: hypotheticals.handlesByName)
    let behind = planning.steps.count + 1 + planning.answer
    let baseline = pair ? PlanDocument(text: results[behind].value ?? "") : nil
    let plans: (plan: ExecutionPlan, baseline: ExecutionPlan?)
    do { plans = (try document.plan(), try baseline?.plan()) } catch { throw ServerError(unreadable: error) }
    var explanation = Explanation(
      statement: statement, values: values, plan: plans.plan, baseline: plans.baseline, document: document,
      baselineDocument: baseline, designs: pair ? hypotheticals.active.map(\.handle) : [],
      unjudgedDesigns: pair ? unjudgedDesigns(of: plans.plan, statement) : [])
    if explanation.unjudgedDesigns.contains(where: { $0.reason == .notFirstTable }) {
      let unnamed = try designReach(of: statement).unnamed
      let unjudged = explanation.unjudgedDesigns.filter { $0.reason == .notFirstTable }.map(\.handle)
      explanation.unnamedColumns = unnamed.filter { unjudged.contains($0.key) }
      explanation.unjudgedDesigns.removeAll { explanation.unnamedColumns[$0.handle] != nil }
    }
    var settled = try settled(explanation, by: [hypotheticals.hidingStep], planning)
    if pair { settled.descents = hypotheticals.descents(in: settled.plan) }
    return settled
  }
}

extension ServerError {
  /// What the server sent is no plan.
  init(unreadable error: DesignError) {
    self.init(.unexpectedAnswer, "could not read the plan: \(error.message)", detail: error.detail)
  }
}
