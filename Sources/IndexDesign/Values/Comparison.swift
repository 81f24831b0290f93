/// A comparison of two values, as it is typed.
public enum Comparison: String, CaseIterable, Sendable {
  case less = "<"
  case lessOrEqual = "<="
  case more = ">"
  case moreOrEqual = ">="
  case equal = "="
  case unequal = "<>"

  /// Whether it is true of two values.
  public func holds<Value: Comparable>(_ left: Value, _ right: Value) -> Bool {
    switch self {
    case .less: left < right
    case .lessOrEqual: left <= right
    case .more: left > right
    case .moreOrEqual: left >= right
    case .equal: left == right
    case .unequal: left != right
    }
  }
}
