/// Which statement has which number `@1`: those that `top` ranks, and those that a person or a recording has bound.
///
/// A statement keeps its number, and a number that was given is never given to another one, unless it is bound anew.
public struct QueryNumbers: Sendable {
  /// A statement that was bound to its number, with the `queryid` that it had where that was done; nil for none.
  private struct Bound {
    var text: String
    var queryID: String?
  }

  private var byKey: [String: Int] = [:]
  private var bound: [Int: Bound] = [:]
  private var last = 0

  /// No statement has a number.
  public init() {}

  /// The number of a statement that was ranked.
  ///
  /// A bound one is known by its `queryid`, else by its text, which the server may have with other blanks and comments.
  /// - Parameter target: the server and database, which `queryid` belongs to.
  public mutating func number(of statement: StatementStatistics, on target: String) -> Int {
    let key = Self.key(statement.queryID, target)
    if let number = byKey[key] { return number }
    let taken = Set(byKey.filter { $0.key.hasPrefix(target + "\0") }.values)
    let free = bound.filter { !taken.contains($0.key) }.sorted { $0.key < $1.key }
    let match =
      free.first { $0.value.queryID == statement.queryID }
      ?? free.first { SQLLexer.isSame($0.value.text, statement.text) }
    let number = match?.key ?? last + 1
    last = max(last, number)
    byKey[key] = number
    return number
  }

  /// Whether a number was bound to its statement, so that ranking it changes its counters only.
  public func isBound(_ number: Int) -> Bool { bound[number] != nil }

  /// Gives a number to a statement; whatever had it gets another one when it is ranked again.
  ///
  /// - Parameters:
  ///   - queryID: the statement's `queryid` on some server; nil when none is known.
  ///   - ranked: the statements that `top` has given numbers to.
  /// - Returns: the number that the statement had before, which counts no more; nil when it had none.
  public mutating func bind(
    _ number: Int, to text: String, queryID: String?, ranked: [Int: StatementStatistics]
  ) -> Int? {
    let like = ranked.sorted { $0.key < $1.key }
    let before =
      like.first { $0.value.queryID == queryID } ?? like.first { SQLLexer.isSame($0.value.text, text) }
    byKey = byKey.filter { $0.value != number || before?.key == number }
    if let before {
      for (key, value) in byKey where value == before.key { byKey[key] = number }
      bound[before.key] = nil
    }
    bound[number] = Bound(text: text, queryID: queryID)
    last = max(last, number)
    return before?.key
  }

  private static func key(_ queryID: String, _ target: String) -> String { "\(target)\0\(queryID)" }
}

extension SQLLexer {
  /// Whether two texts are one but for blanks and comments.
  public static func isSame(_ one: String, _ other: String) -> Bool {
    if one == other { return true }
    let (left, right) = (SQLLexer(one), SQLLexer(other))
    return left.tokens.map { left.text(of: $0.range) } == right.tokens.map { right.text(of: $0.range) }
  }
}
