import IndexDesign
import Reports
import Server

extension Workspace {
  /// Asks the server for the plan of a query, or the pair of plans; nothing is kept.
  ///
  /// - Parameters:
  ///   - place: where the statement was typed; nil when it comes from elsewhere.
  ///   - askingWhy: whether the planner is asked again about designs that it does not use.
  /// - Throws: `Failure` at its place in what was typed, else in the query.
  func explain(
    _ question: PlanQuestion, of query: Query, typed place: Failure.Place? = nil, askingWhy: Bool = false
  ) throws -> Explanation {
    let session = try connected()
    // That a design is lost with its table is found out when the planner is asked.
    defer { proposeLostDesigns() }
    do { return try session.explain(question, askingWhy: askingWhy) } catch {
      var failure = Failure(error)
      if let place {
        failure = Failure(error, in: place.text, offset: place.range.lowerBound)
      } else if let position = error.position {
        failure.place = .init(text: query.text, range: position)
      }
      throw Advice.onStatement(failure, session, statement: query.text)
    }
  }

  /// Plans a query with the values that it was last planned with.
  func explain(_ query: Query) throws -> Explanation {
    guard let values = plans.values(of: query) else {
      return try explain(PlanQuestion(query.text), of: query)
    }
    return try explain(PlanQuestion(query.text, values: values), of: query)
  }

  /// Plans a query by its handle anew and keeps the plan.
  func explained(_ handle: QueryHandle, at place: Failure.Place?) throws -> Explanation {
    let query = try queries.find(handle, at: place)
    let explanation = try explain(query)
    remember(explanation, of: query)
    return explanation
  }
}
