public import IndexDesign

extension Finding {
  /// The row of a table of checks: name, outcome and fact.
  public var cells: [Cell] { [.identifier(name), .outcome(outcome), .text(fact)] }
}
