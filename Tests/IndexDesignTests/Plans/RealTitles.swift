import IndexDesign
import Testing

/// The steps of one plan as PostgreSQL 15.20 prints them as text, and the same plan as JSON (of `EXPLAIN
/// (FORMAT JSON, VERBOSE)`, with only those members that titles are made of).
struct RealTitles: CustomTestStringConvertible {
  let testDescription: String
  /// One line a step, in the order of the plan; HypoPG's names replaced by `%1`, `%2` …
  let titles: [Substring]
  /// The same with VERBOSE.
  let verboseTitles: [Substring]
  let plan: String
  /// HypoPG's names, in the order of their handles.
  let names: [String]

  init(_ description: String, titles: String, verboseTitles: String? = nil, plan: String, names: [String]) {
    testDescription = description
    self.titles = titles.split(separator: "\n")
    self.verboseTitles = (verboseTitles ?? titles).split(separator: "\n")
    self.plan = plan
    self.names = names
  }
}
