/// What a planner is asked: which statement, with which values of its parameters and which options of `EXPLAIN`.
///
/// A command, an expectation or a look back at a change makes one; a session answers it. Nothing of it was typed for
/// a screen, and nothing of it needs a server.
public struct PlanQuestion: Equatable, Sendable {
  /// What stands for the parameters `$1` … of the statement.
  public enum Values: Equatable, Sendable {
    /// The statement has no parameters.
    case none
    /// These, in the order of the numbers, as typed.
    case given([String])
    /// None: the plan for any value, which prepared statements get. The highest number of a parameter.
    case generic(highest: Int)
  }

  /// The statement as the planner gets it: values in their places, or parameters where the grammar takes them.
  public let statement: String
  /// What stands for its parameters.
  public let values: Values
  /// Options of `EXPLAIN` as they stand in its list, such as `SETTINGS`; empty for none.
  public let options: [String]

  /// Asks for the plan of a statement, which is the generic one when it has parameters.
  public init(_ statement: String, options: [String] = []) {
    self.options = options
    guard let highest = StatementParameters(statement).numbers.last else {
      (self.statement, values) = (statement, .none)
      return
    }
    self.statement = StatementParameters.castingTypedLiterals(in: statement)
    values = .generic(highest: highest)
  }

  /// Asks for the plan of a statement with values in the places of its parameters.
  ///
  /// - Throws: `DesignError` with code `.parameter` when there are not as many values as the highest number.
  public init(_ statement: String, values: [String], options: [String] = []) throws(DesignError) {
    self.statement = try StatementParameters(statement).substituting(values)
    self.values = .given(values)
    self.options = options
  }
}
