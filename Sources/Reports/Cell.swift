public import IndexDesign

/// One typed value of a report. Formats and tolerances go by the type, never by the text.
public enum Cell: Equatable, Sendable {
  /// Nothing is known, or SQL's NULL.
  case missing
  /// Words for a person.
  case text(String)
  /// A name of the server: relation, index, column, role.
  case identifier(String)
  /// SQL as it is or would be sent.
  case sql(String)
  /// A count without a unit.
  case integer(Int64)
  /// A number without a unit.
  case number(Double)
  /// A planner cost; never a time.
  case cost(PlannerCost)
  /// A number of rows, estimated when it comes from a plan.
  case rows(Double)
  /// A size.
  case bytes(Int64)
  /// A length of time.
  case milliseconds(Double)
  /// A part of a whole, 1 being all of it; a change when it is negative.
  case share(Double)
  /// `@1`, `%1`, `change 7`.
  case handle(String)
  /// How a check came out.
  case outcome(Finding.Outcome)
  /// Yes or no.
  case boolean(Bool)
  /// A point in time, UTC, as ISO 8601.
  case timestamp(String)
  /// A truth value of a table of the server, which it words `t` and `f`.
  case flag(Bool)
  /// A value of a table of the server, in the server's own words.
  case value(String, isNumber: Bool)
}

extension Cell {
  /// A value in the server's own words: rounding it would be a change of what was asked for.
  public init(_ value: String?, _ kind: Report.ServerColumn.Kind) {
    guard let value else {
      self = .missing
      return
    }
    self = kind == .boolean ? .flag(value == "t") : .value(value, isNumber: kind != .text)
  }
}

extension Report.Column {
  /// The column of a table for one that the server gave.
  public init(_ column: Report.ServerColumn) {
    self.init(column.name, isNumber: column.kind == .integer || column.kind == .number)
  }
}
