import IndexDesign

/// The name `@1` or `@name` of a query.
enum QueryHandle: Hashable, Sendable, CustomStringConvertible {
  /// Given by `top`, never used again in a session.
  case number(Int)
  /// Given by a person, with `query NAME = …;`.
  case name(String)

  /// The handle as it is typed.
  var description: String {
    switch self {
    case .number(let number): "@\(number)"
    case .name(let name): "@\(name)"
    }
  }

  /// Reads `@1` or `@name`; nil when the text is no query handle.
  init?(_ text: String) {
    guard text.hasPrefix("@"), text.count > 1 else { return nil }
    let rest = text.dropFirst()
    if let number = Int(rest), number > 0 {
      self = .number(number)
    } else if let first = rest.first, first.isLetter || first == "_",
      rest.allSatisfy({ $0.isLetter || $0.isNumber || $0 == "_" || $0 == "-" })
    {
      self = .name(rest.lowercased())
    } else {
      return nil
    }
  }
}

extension DesignHandle {
  /// Reads `%1`; nil when the text is no design handle.
  init?(_ text: String) {
    guard text.hasPrefix("%"), let number = Int(text.dropFirst()), number > 0 else { return nil }
    self.init(number)
  }
}
