/// Why recorded lines could not be read.
public struct TranscriptError: Error, Equatable, Sendable {
  /// Which line, from 0; the number of lines when something is missing at the end.
  public var line: Int
  /// Where in the line, in bytes of UTF-8 from 0, without the `| ` of a notebook.
  public var column: Int
  /// What was wrong, `expected …` as a rule.
  public var message: String
}
