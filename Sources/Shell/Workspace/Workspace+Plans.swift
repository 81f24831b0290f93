import IndexDesign
import Notebook
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
      if Self.missingNames.contains(failure.sqlState ?? "") {
        failure.hint = origin(of: query) ?? failure.hint
      }
      throw Advice.onStatement(failure, session, statement: query.text)
    }
  }

  /// What the server says of a name that it does not know: a schema, table, column, function or type.
  private static let missingNames: Set<String> = ["3F000", "42P01", "42703", "42883", "42704"]

  /// Where a query was made, when that is another database and this one has never planned it.
  private func origin(of query: Query) -> String? {
    guard let here = place, let made = queries.place(of: query.handle), !made.isSame(as: here),
      plans.place(of: query.handle)?.isSame(as: here) != true
    else { return nil }
    let isOnServer = made.server.host == here.server.host && made.server.port == here.server.port
    let server = isOnServer ? "" : " of \(made.server.host):\(made.server.port)"
    let origin = "\(query.handle) was made in database \(made.database)\(server)"
    let way = made.commands(from: here).joined(separator: ", then ")
    return way.contains(where: \.isNewline) || Secrets.isHeld(in: way)
      ? origin : origin + "; \(way) leads there"
  }

  /// Plans a query with the values that it was last planned with.
  func explain(_ query: Query, askingWhy: Bool = false) throws -> Explanation {
    guard let values = plans.values(of: query) else {
      return try explain(PlanQuestion(query.text), of: query, askingWhy: askingWhy)
    }
    return try explain(PlanQuestion(query.text, values: values), of: query, askingWhy: askingWhy)
  }

  /// Plans a query by its handle anew and keeps the plan.
  func explained(_ handle: QueryHandle, at place: Failure.Place?) throws -> Explanation {
    let query = try queries.find(handle, at: place)
    let explanation = try explain(query)
    remember(explanation, of: query)
    return explanation
  }
}
