import IndexDesign
import Notebook
import OrderedCollections
import Server

/// The plans that a session has shown, by query.
struct SeenPlans {
  private var explanations: OrderedDictionary<QueryHandle, Explanation> = [:]
  private var places: [QueryHandle: RecordedPlace] = [:]
  private var firstCosts: [QueryHandle: PlannerCost] = [:]

  /// Keeps the newest plan of a query, and what the first one cost.
  ///
  /// - Parameter place: the database that planned it; nil when that is not known.
  mutating func remember(_ explanation: Explanation, of query: QueryHandle, in place: RecordedPlace? = nil) {
    places[query] = place
    explanations.removeValue(forKey: query)
    explanations[query] = explanation
    if firstCosts[query] == nil {
      firstCosts[query] = (explanation.baseline ?? explanation.plan).totalCost
    }
  }

  /// The plan that was shown last of a query; nil for none.
  subscript(query: QueryHandle) -> Explanation? { explanations[query] }

  /// The database that planned a query last; nil for none.
  func place(of query: QueryHandle) -> RecordedPlace? { places[query] }

  /// The first cost that was seen of a query, without designs; nil when it was not planned yet.
  func firstCost(of query: QueryHandle) -> PlannerCost? { firstCosts[query] }

  /// The values that a query was planned with last; nil when there are none, or its text has other parameters now.
  func values(of query: Query) -> [String]? {
    guard case .given(let values)? = explanations[query.handle]?.values,
      (try? StatementParameters(query.text).substituting(values)) != nil
    else { return nil }
    return values
  }

  /// The plan in which a design was used, the last query's first and then the newest; nil for none.
  func explanation(using design: DesignHandle, last: QueryHandle?) -> Explanation? {
    let last = last.flatMap { explanations[$0] }
    return ([last].compactMap { $0 } + explanations.values.reversed()).first {
      $0.plan.usedDesigns.contains(design)
    }
  }

  /// The newest statement that was planned and whose text without constants is this one; nil for none.
  func statement(normalisedAs text: String) -> String? {
    explanations.values.reversed().lazy.map(\.statement).first { NormalisedStatement($0).text == text }
  }
}
