/// Why recorded lines could not be read.
struct RecordError: Error, Equatable, Sendable {
  /// Which line, from 0; the number of lines when something is missing at the end.
  var line: Int
  /// Where in the line, in bytes of UTF-8 from 0, without the `| ` of a notebook.
  var column: Int
  /// What was wrong, `expected …` as a rule.
  var message: String
}
