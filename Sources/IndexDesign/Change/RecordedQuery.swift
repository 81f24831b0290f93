/// The query that a change was made for, as its record keeps it.
public struct RecordedQuery: Hashable, Sendable {
  /// The statement with `$n` in the place of its constants.
  public var text: String
  /// What `$1` … stood for, nil for parameters without a value; nil altogether when the values were not to be
  /// kept.
  public var values: [String?]?
  /// What the server said of its plan before the change, nothing left out; without the values when they were
  /// not to be kept. Nil when it was not planned.
  public var planBefore: PlanDocument?

  /// Makes a recorded query from its facts.
  public init(text: String, values: [String?]? = nil, planBefore: PlanDocument? = nil) {
    self.text = text
    self.values = values
    self.planBefore = planBefore
  }

  /// Takes from a statement what may be kept of it.
  ///
  /// - Parameter keepsLiterals: whether its constants are kept, which may be a person's data.
  public init(of statement: String, planBefore: PlanDocument?, keepsLiterals: Bool) {
    let normalised = NormalisedStatement(statement)
    text = normalised.text
    values = keepsLiterals ? normalised.values : nil
    self.planBefore = keepsLiterals ? planBefore : planBefore?.withoutLiterals()
  }

  /// The statement with the values in their places, as far as each is known.
  public var statement: String {
    guard let values, !values.isEmpty else { return text }
    let known = values.enumerated().map { $1 ?? "$\($0 + 1)" }
    return (try? StatementParameters(text).substituting(known)) ?? text
  }
}
