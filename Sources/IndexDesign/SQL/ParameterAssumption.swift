/// What was taken for granted of a parameter, because a statement without its values could not be planned otherwise.
public enum ParameterAssumption: Equatable, Sendable {
  /// It has this type.
  case type(number: Int, name: String)
  /// It has this value, as it stands in SQL.
  case value(number: Int, sql: String)
  /// It has the value of another parameter.
  case same(number: Int, as: Int)
  /// It stands for a list of unknown length, and that many values were planned.
  case listLength(number: Int, count: Int)

  /// The parameter's number.
  public var number: Int {
    switch self {
    case .type(let number, _), .value(let number, _), .same(let number, _), .listLength(let number, _): number
    }
  }

  /// What is assumed, as a part of a sentence.
  public var clause: String {
    switch self {
    case .type(let number, let name): "$\(number) is \(name)"
    case .value(let number, let sql): "$\(number) is \(sql)"
    case .same(let number, let other): "$\(number) is the same as $\(other)"
    case .listLength(let number, let count):
      "$\(number) is a list of \(count) values (its real length is not recorded)"
    }
  }

  /// All that was assumed, `assumed: $1 is integer, $2 is text`; nil when it is nothing.
  public static func sentence(of assumptions: [ParameterAssumption]) -> String? {
    assumptions.isEmpty ? nil : "assumed: " + assumptions.map(\.clause).joined(separator: ", ")
  }
}
