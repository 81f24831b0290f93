import Foundation
import Testing

/// The steps of one plan as PostgreSQL 15.20 prints them as text, and the same plan as JSON (of `EXPLAIN
/// (FORMAT JSON, VERBOSE)`, with only those members that titles are made of).
struct RealTitles: CustomTestStringConvertible {
  let testDescription: String
  /// One line a step, in the order of the plan; HypoPG's names replaced by `%1`, `%2` …
  let titles: [String]
  /// HypoPG's names, in the order of their handles.
  let names: [String]
  let plan: String

  /// All of Resources/titles.json.
  static func all() throws -> [RealTitles] {
    let list = try JSONSerialization.jsonObject(with: PlanResource.data("titles"))
    return try #require(list as? [[String: Any]]).map { try RealTitles($0) }
  }

  private init(_ members: [String: Any]) throws {
    testDescription = try #require(members["statement"] as? String)
    titles = try #require(members["titles"] as? [String])
    names = try #require(members["names"] as? [String])
    let plan = try JSONSerialization.data(withJSONObject: #require(members["plan"]))
    self.plan = String(decoding: plan, as: UTF8.self)
  }
}
