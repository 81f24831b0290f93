import IndexDesign
import OrderedCollections
import Reports

/// A statement that has a handle.
struct Query: Equatable {
  var handle: QueryHandle
  var text: String
  /// Its counters when `top` last saw it; nil for a query that a person named.
  var statistics: StatementStatistics?
}

/// The statements of a session by handle. A number is never used again.
struct Queries {
  private var byHandle: OrderedDictionary<QueryHandle, Query> = [:]
  private var numberByKey: [String: Int] = [:]
  private var lastNumber = 0
  /// The query that a bare `explain` and `diff` mean; nil before the first.
  private(set) var last: QueryHandle?
  /// A statement that was explained without a handle, which a bare `diff` means.
  private(set) var lastText: Query?

  /// Whether there is any query.
  var isEmpty: Bool { byHandle.isEmpty }

  /// Every query, oldest first.
  var all: [Query] { Array(byHandle.values) }

  /// Gives a statement of pg_stat_statements its number, the same one for the same queryid and target.
  mutating func add(_ statistics: StatementStatistics, target: String) -> Query {
    let key = "\(target)\u{0}\(statistics.queryID)"
    let number = numberByKey[key] ?? lastNumber + 1
    lastNumber = max(lastNumber, number)
    numberByKey[key] = number
    let query = Query(handle: .number(number), text: statistics.text, statistics: statistics)
    byHandle[query.handle] = query
    return query
  }

  /// Names a statement; an earlier one of that name gives way.
  mutating func name(_ name: String, _ text: String) -> Query {
    let query = Query(handle: .name(name), text: text, statistics: nil)
    byHandle[query.handle] = query
    remember(query)
    return query
  }

  /// Remembers what a bare `explain` or `diff` means.
  mutating func remember(_ query: Query) {
    if byHandle[query.handle] != nil { last = query.handle }
    lastText = query
  }

  /// The query of a handle.
  ///
  /// - Throws: `Failure` that lists the handles that exist.
  func find(_ handle: QueryHandle, at place: Failure.Place?) throws(Failure) -> Query {
    if let query = byHandle[handle] { return query }
    let known = byHandle.keys.map(\.description)
    throw Failure(
      .script, "there is no query \(handle)",
      hint: known.isEmpty
        ? "top gives numbers to queries, query NAME = SQL; gives a name"
        : NearHandle.question(handle.description, known) + "queries: " + known.joined(separator: " "),
      place: place)
  }

  /// The one that a bare command means: the last one, or the only one.
  func onlyOrLast(_ command: String) throws(Failure) -> Query {
    if let lastText { return lastText }
    if let last, let query = byHandle[last] { return query }
    if byHandle.count == 1, let query = byHandle.values.first { return query }
    let known = byHandle.keys.map(\.description).joined(separator: " ")
    throw Failure(
      .script, byHandle.isEmpty ? "there is no query yet" : "\(command) could mean several queries",
      hint: known.isEmpty
        ? "top gives numbers to queries, query NAME = SQL; gives a name" : "queries: \(known)")
  }
}
