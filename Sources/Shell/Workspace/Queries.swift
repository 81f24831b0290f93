import IndexDesign
import Notebook
import OrderedCollections
import Reports

/// A statement that has a handle.
struct Query: Equatable {
  var handle: QueryHandle
  var text: String
  /// Its counters when `top` last saw it; nil for a query that a person named.
  var statistics: StatementStatistics?
  /// Its `queryid` where it was bound to its number; nil for any other.
  var queryID: String?
}

/// The statements of a session by handle. A number is never used again.
struct Queries {
  private var byHandle: OrderedDictionary<QueryHandle, Query> = [:]
  private var numbers = QueryNumbers()
  private var places: [QueryHandle: RecordedPlace] = [:]
  /// How often a statement became the one that a bare command means.
  private(set) var rememberings = 0
  /// The query that a bare `explain` and `diff` mean; nil before the first.
  private(set) var last: QueryHandle?
  /// A statement that was explained without a handle, which a bare `diff` means.
  private(set) var lastText: Query?

  /// Whether there is any query.
  var isEmpty: Bool { byHandle.isEmpty }

  /// Every query, oldest first.
  var all: [Query] { Array(byHandle.values) }

  /// Gives a statement of pg_stat_statements its number, the same one for the same queryid and target.
  ///
  /// One that was bound to its number keeps the text that it was bound with.
  mutating func add(_ statistics: StatementStatistics, target: String) -> Query {
    let number = numbers.number(of: statistics, on: target)
    let bound = numbers.isBound(number) ? byHandle[.number(number)]?.text : nil
    let query = Query(handle: .number(number), text: bound ?? statistics.text, statistics: statistics)
    byHandle[query.handle] = query
    return query
  }

  /// Binds a number to a statement, whatever `top` gave it to; the statement's own earlier number counts no more.
  ///
  /// - Parameter queryID: the statement's `queryid` on some server; nil when none is known.
  mutating func bind(_ number: Int, _ text: String, queryID: String?) -> Query {
    var ranked: [Int: StatementStatistics] = [:]
    for case (.number(let number), let query) in byHandle { ranked[number] = query.statistics }
    let before = numbers.bind(number, to: text, queryID: queryID, ranked: ranked)
    let query = Query(
      handle: .number(number), text: text, statistics: before.flatMap { ranked[$0] }, queryID: queryID)
    if let before, before != number { byHandle.removeValue(forKey: .number(before)) }
    byHandle[query.handle] = query
    return query
  }

  /// Whether `top` gave a query its handle, so that it is of a moment and of a server.
  func isRanked(_ query: Query) -> Bool {
    if case .number(let number) = query.handle { !numbers.isBound(number) } else { false }
  }

  /// Names a statement; an earlier one of that name gives way.
  mutating func name(_ name: String, _ text: String) -> Query {
    let query = Query(handle: .name(name), text: text, statistics: nil)
    byHandle[query.handle] = query
    remember(query)
    return query
  }

  /// Notes the database that a query was made in; nil when there was no connection.
  mutating func note(_ place: RecordedPlace?, of query: QueryHandle) { places[query] = place }

  /// The database that a query was made in; nil when there was no connection.
  func place(of query: QueryHandle) -> RecordedPlace? { places[query] }

  /// Remembers what a bare `explain` or `diff` means.
  mutating func remember(_ query: Query) {
    if byHandle[query.handle] != nil { last = query.handle }
    lastText = query
    rememberings += 1
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
