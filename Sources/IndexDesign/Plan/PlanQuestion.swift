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
  public var statement: String { edited.text }
  /// What stands for its parameters.
  public let values: Values
  /// Options of `EXPLAIN` as they stand in its list, such as `SETTINGS`; empty for none.
  public let options: [String]
  /// The statement that was asked about, when only what is inside it is planned; nil when it is planned whole.
  public let wrapper: InnerStatement.Wrapper?
  /// What the text alone makes one assume of its parameters.
  public let assumptions: [ParameterAssumption]

  private let edited: EditedText

  /// Asks for the plan of a statement, which is the generic one when it has parameters.
  public init(_ statement: String, options: [String] = []) {
    self.options = options
    let (parameters, inner) = Self.parameters(of: statement, areGiven: false)
    wrapper = inner?.wrapper
    guard let highest = parameters.numbers.last else {
      (edited, values, assumptions) = (parameters.numbered, .none, [])
      return
    }
    (edited, assumptions) = parameters.prepared(types: inner?.parameterTypes ?? [])
    values = .generic(highest: highest)
  }

  /// Asks for the plan of a statement with values in the places of its parameters.
  ///
  /// - Throws: `DesignError` with code `.parameter` when there are not as many values as the highest number.
  public init(_ statement: String, values: [String], options: [String] = []) throws(DesignError) {
    self.options = options
    let (parameters, inner) = Self.parameters(of: statement, areGiven: true)
    wrapper = inner?.wrapper
    edited = try parameters.filled(with: values)
    self.values = .given(values)
    assumptions = []
  }

  /// Where a part of `statement` is in the statement that was asked about.
  public func place(of range: Range<Int>) -> Range<Int> { edited.original(of: range) }

  /// The parameters of what is planned, and of what it is a part.
  private static func parameters(
    of statement: String, areGiven: Bool
  ) -> (StatementParameters, InnerStatement?) {
    let whole = StatementParameters(statement)
    guard let inner = InnerStatement(in: statement),
      !inner.wrapper.isExplained || !(areGiven || whole.numbers.isEmpty)
    else { return (whole, nil) }
    return (StatementParameters(EditedText(statement).editing(inner.edits)), inner)
  }
}
