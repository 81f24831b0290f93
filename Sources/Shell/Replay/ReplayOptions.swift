import Notebook

/// What the command line asks of a replay.
public struct ReplayOptions: Sendable {
  /// Values of the notebook's parameters, as `NAME=VALUE` was given.
  public var values: [(name: String, value: String)] = []
  /// Whether results are compared with what was recorded.
  public var verifies = false
  /// Whether a result that is another one than was recorded is a failure.
  public var isStrict = false
  /// Whether nothing is run, only shown.
  public var isDryRun = false
  /// Whether a learner types the commands.
  public var isStepped = false
  /// Whether what comes takes the place of what was recorded.
  public var blesses = false
  /// The first step to be shown, from 1.
  public var firstStep = 1
  /// A file for CI's list of tests; nil for none.
  public var junitFile: String?
  /// A file for the evidence record; nil for the usual place, when the run may change a database.
  public var evidenceFile: String?

  /// What was asked for besides values, as it is typed; for records of the run.
  var words: [String] {
    (verifies ? ["--verify"] : []) + (isStrict ? ["--strict"] : []) + (isStepped ? ["--step"] : [])
      + (blesses ? ["--bless"] : []) + (firstStep > 1 ? ["--from \(firstStep)"] : [])
  }

  /// A plain replay.
  public init() {}
}
