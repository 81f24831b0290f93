internal import IndexDesign
internal import Postgres

extension Session {
  /// Plans a statement for any values of its parameters, as PostgreSQL plans a prepared statement.
  ///
  /// Works on every server since 13: the statement is parsed under a name and explained from there, which also lets
  /// the server infer the parameters' types. Where it cannot, they are assumed. It is never executed.
  /// - Parameter parameterCount: the highest number of a `$n` in it.
  func explainGeneric(
    _ statement: String, parameterCount: Int, options: [String] = [], askingWhy: Bool = false
  ) throws(ServerError) -> Explanation {
    guard parameterCount <= GenericPlanAttempt.mostParameters else {
      throw ServerError(
        .statement, "there is no parameter $\(parameterCount): a statement has at most 65,535",
        sqlState: "42P02")
    }
    let list = try Self.optionList(options)
    let values = PlanQuestion.Values.generic(highest: parameterCount)
    if let known = mendedStatements[statement] {
      // What it rests on may have changed since, and then it begins anew.
      let planned = try ifPossible { () throws(ServerError) in
        try explanation(of: statement, values, list, known, askingWhy)
      }
      if let planned { return planned }
      mendedStatements[statement] = nil
    }
    var attempt = GenericPlanAttempt(statement)
    var first: ServerError?
    while true {
      do {
        let explanation = try explanation(of: statement, values, list, attempt, askingWhy)
        if attempt.mends > 0 { keep(attempt, of: statement) }
        return explanation
      } catch {
        first = first ?? error
        guard try mend(&attempt, after: error) else {
          // A complaint of types is clearest about the statement as it is.
          let reason = GenericPlanAttempt.concernsTypes(error.sqlState) ? first ?? error : error
          throw reason.hintingAtValues(in: attempt)
        }
      }
    }
  }

  private func keep(_ attempt: GenericPlanAttempt, of statement: String) {
    if mendedStatements.count >= 1_000 { mendedStatements = [:] }
    mendedStatements[statement] = attempt
  }

  /// Changes the statement until the server parses it: one round trip a change.
  ///
  /// - Returns: false when the error cannot be mended.
  /// - Throws: `ServerError` when parsing fails for a reason that cannot be mended.
  private func mend(_ attempt: inout GenericPlanAttempt, after error: ServerError) throws(ServerError) -> Bool
  {
    guard attempt.mend(after: .init(error)) else { return false }
    while let refusal = try refusal(of: attempt) {
      guard attempt.mend(after: .init(refusal)) else {
        if GenericPlanAttempt.concernsTypes(refusal.sqlState) { return false }
        throw refusal.placed(before: attempt)
      }
    }
    return true
  }

  /// What the server says of the statement when it only parses it; nil when it takes it.
  private func refusal(of attempt: GenericPlanAttempt) throws(ServerError) -> ServerError? {
    do { try ensureConnected() } catch { throw ServerError(error) }
    let isInside = connection.transactionStatus == .open
    let before = isInside ? [.query(Self.mark + "SAVEPOINT hypo")] : begin("BEGIN READ ONLY")
    let after =
      isInside ? ["ROLLBACK TO SAVEPOINT hypo", "RELEASE SAVEPOINT hypo"] : ["ROLLBACK"]
    let outcomes: [PipelineOutcome]
    do {
      // The end is a group of its own: it runs after a failure, too.
      outcomes = try connection.pipeline(groups: [
        before + [.prepare(name: "", attempt.text, types: attempt.types)],
        after.map { .query(Self.mark + $0) },
      ])
    } catch { throw ServerError(error) }
    guard let failure = outcomes[0].failure else { return nil }
    let error = ServerError(failure.error, in: attempt.text, behind: 0)
    if failure.step < before.count || error.code != .statement { throw error }
    return error
  }

  private func explanation(
    of statement: String, _ values: PlanQuestion.Values, _ options: String, _ attempt: GenericPlanAttempt,
    _ askingWhy: Bool
  ) throws(ServerError) -> Explanation {
    var explanation = try bestForm(of: attempt.text) { text, withDesigns throws(ServerError) in
      try self.explanation(
        of: text, values, genericSteps(attempt, options, text: text), withDesigns: withDesigns)
    }
    if askingWhy {
      try judgeUnused(in: &explanation) { genericSteps(attempt, Self.verbose, text: $0) }
    }
    explanation.statement = statement
    explanation.assumptions = attempt.assumptions
    return explanation
  }

  /// Plans a statement for any values of its parameters.
  ///
  /// - Parameter text: the statement in another form with the same parameters; nil for the attempt's own.
  func genericSteps(_ attempt: GenericPlanAttempt, _ options: String, text: String? = nil) -> Planning {
    var planning = preparedSteps(attempt, options, text: text)
    planning.steps.insert(setting("plan_cache_mode", "force_generic_plan"), at: 0)
    planning.answer += 1
    return planning
  }

  /// Plans a statement under a name.
  ///
  /// The prepared text carries no mark: it is what pg_stat_statements shows when the application runs the
  /// same statement later. Where the session's work is counted, EXPLAIN has the same text for all statements: each
  /// other text would be an entry.
  func preparedSteps(_ attempt: GenericPlanAttempt, _ options: String, text: String? = nil) -> Planning {
    let attempt = facts.ownCounting.leavesEntries ? attempt.uniform : attempt
    return Planning(
      steps: [
        .prepare(name: "hypo_statement", text ?? attempt.text, types: attempt.types),
        .query(Self.mark + "EXPLAIN (\(options)) " + attempt.execution),
        .query(Self.mark + "DEALLOCATE hypo_statement"),
      ], answer: 1, behind: 0, cleanUp: facts.isBehindPooler ? nil : "DEALLOCATE ALL")
  }
}

extension GenericPlanAttempt.Refusal {
  /// What the server said.
  init(_ error: ServerError) {
    self.init(
      sqlState: error.sqlState, message: error.message, detail: error.detail, position: error.position)
  }
}

extension ServerError {
  /// The same with its place in the statement as it was before it was changed.
  func placed(before attempt: GenericPlanAttempt) -> ServerError {
    var error = self
    error.position = position.map { attempt.edited.original(of: $0) }
    return error
  }

  /// The same with values as the way out, when it is the parameters that the server does not understand.
  func hintingAtValues(in attempt: GenericPlanAttempt) -> ServerError {
    var error = placed(before: attempt)
    let isAtParameter = position.map { Array(attempt.text.utf8)[$0].first == UInt8(ascii: "$") } ?? false
    if sqlState == "42601", isAtParameter {
      error.hint = "a constant is needed there: give values, with (VALUE, …)"
    } else if GenericPlanAttempt.concernsTypes(sqlState), hint == nil || !attempt.assumptions.isEmpty,
      attempt.concernsParameter(.init(self))
    {
      error.hint =
        ["42803", "42P10"].contains(sqlState)
        ? "one constant may be several parameters now: give values, with (VALUE, …)"
        : "the type of a parameter may be unclear: give values, with (VALUE, …)"
    }
    return error
  }
}
